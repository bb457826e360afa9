//! Whatever is done to a good file: formatting does not change what it says.
#![allow(clippy::expect_used, reason = "tests may")]

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use common::damage::damage;
use common::good;
use dingtalk_codegen::schema::File;
use dingtalk_codegen::spec::{Event, EventGroupFile, Glossary, Operation, Platform, ServiceFile};
use dingtalk_spec::document::Document;
use proptest::prelude::*;
use proptest::sample::Index;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// What can be read of a damaged file is formatted without being changed, and only once.
    #[test]
    fn no_damage_makes_formatting_change_what_a_file_says(
        file in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let files: Vec<(String, String)> = good().into_iter().collect();
        let (path, text) = file.get(&files);
        let mut bytes = text.clone().into_bytes();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let kind = File::of(path);
        match kind {
            File::Operation => formatting::<Operation>(kind, text),
            File::Service => formatting::<ServiceFile>(kind, text),
            File::Event => formatting::<Event>(kind, text),
            File::EventGroup => formatting::<EventGroupFile>(kind, text),
            File::Platform => formatting::<Platform>(kind, text),
            File::Glossary => formatting::<Glossary>(kind, text),
        }
    }
}

fn formatting<T: serde::de::DeserializeOwned + PartialEq>(kind: File, text: &str) {
    let Ok(document) = Document::read(kind, "file.yaml", text) else {
        return;
    };
    let once = document.to_string();
    let read = |text| serde_yaml::from_str::<T>(text).ok();
    assert!(read(text) == read(&once), "{text}\nbecame\n{once}");
    let again = Document::read(kind, "file.yaml", &once).expect("what is printed is read");
    assert_eq!(again.to_string(), once, "from\n{text}");
}
