//! Spec files as trees: nothing is lost, and there is one layout.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../common/arbitrary.rs"]
mod arbitrary;
#[path = "../../../codegen/tests/common/mod.rs"]
mod common;
mod layout;

use arbitrary::Dice;
use std::path::Path;

use dingtalk_codegen::schema::File;
use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::{Event, EventGroupFile, Glossary, Operation, Platform, ServiceFile};
use dingtalk_spec::document::Document;
use proptest::prelude::*;
use proptest::sample::Index;

fn read(kind: File, text: &str) -> Document {
    Document::read(kind, "file.yaml", text)
        .unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn formatted(text: &str) -> String {
    read(File::Operation, text).to_string()
}

fn kind_of(path: &str) -> File {
    File::of(path)
}

#[test]
fn fields_that_nobody_wrote_are_laid_out_once_and_for_all() {
    let head = "operation: A\nsummary: a\nmethod: GET\npath: /v1.0/a\n";
    let once = formatted(&format!("{head}response:\n  result:\n    object:\n"));
    assert!(
        once.ends_with("response:\n  result: { object: {} }\n"),
        "{once}"
    );
    assert_eq!(formatted(&once), once);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_operation_reads_back_as_it_was(seed in any::<u64>()) {
        let operation = Dice::new(seed).operation();
        let text = Document::operation(&operation).to_string();
        let read: Operation = serde_yaml::from_str(&text)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read, &operation, "{}", text);
        let document = self::read(File::Operation, &text);
        prop_assert_eq!(document.to_string(), text);
    }

    #[test]
    fn a_service_reads_back_as_it_was(seed in any::<u64>()) {
        let service = Dice::new(seed).service();
        let text = Document::service(&service).to_string();
        let read: ServiceFile = serde_yaml::from_str(&text)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read, &service, "{}", text);
        let document = self::read(File::Service, &text);
        prop_assert_eq!(document.to_string(), text);
    }

    /// Comments and empty lines anywhere in the good specs: what is said stays, each comment is there
    /// once, and formatting twice is the same as once.
    #[test]
    fn comments_are_kept_wherever_they_stand(
        file in any::<Index>(),
        lines in prop::collection::vec((any::<Index>(), 0..3_usize, 0..14_usize), 1..8),
    ) {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semver/base");
        let files: Vec<(String, String)> = common::good().into_iter().chain(common::read(&base)).collect();
        let (path, good) = file.get(&files);
        let mut text: Vec<String> = good.lines().map(str::to_owned).collect();
        for (number, (at, what, indent)) in lines.iter().enumerate() {
            let at = at.index(text.len());
            match what {
                0 => text[at] = format!("{} # trailing {number}", text[at]),
                1 => text.insert(at, format!("{}# alone {number}", " ".repeat(*indent))),
                _ => text.insert(at, String::new()),
            }
        }
        let text = text.join("\n") + "\n";
        // Not what became part of a text.
        prop_assume!(says_the_same(kind_of(path), &text, good));
        let once = read(kind_of(path), &text).to_string();
        prop_assert!(says_the_same(kind_of(path), &once, good), "{}", once);
        for (number, (_, what, _)) in lines.iter().enumerate() {
            let comment = match what {
                0 => format!("# trailing {number}"),
                1 => format!("# alone {number}"),
                _ => continue,
            };
            let count = once.matches(&comment).count();
            prop_assert_eq!(count, 1, "{} in\n{}\nof\n{}", comment, once, text);
        }
        prop_assert_eq!(read(kind_of(path), &once).to_string(), once, "from\n{}", text);
    }
}

/// Whether two texts are the same to the generator.
fn says_the_same(kind: File, a: &str, b: &str) -> bool {
    fn same<T: serde::de::DeserializeOwned + PartialEq>(a: &str, b: &str) -> bool {
        let read = |text| serde_yaml::from_str::<T>(text).ok();
        read(a).is_some_and(|a| Some(a) == read(b))
    }
    match kind {
        File::Operation => same::<Operation>(a, b),
        File::Service => same::<ServiceFile>(a, b),
        File::Event => same::<Event>(a, b),
        File::EventGroup => same::<EventGroupFile>(a, b),
        File::Platform => same::<Platform>(a, b),
        File::Glossary => same::<Glossary>(a, b),
    }
}

/// The head of an operation; what a test is about goes below it.
const HEAD: &str = "operation: Op\nsummary: Does it\nmethod: GET\npath: /v1.0/op\n";

/// Formats what is below the head of an operation, twice.
fn body(text: &str) -> String {
    let once = formatted(&format!("{HEAD}{text}"));
    assert_eq!(formatted(&once), once, "it is stable");
    once.strip_prefix(HEAD)
        .expect("the head is as it was")
        .to_owned()
}

#[test]
fn mistakes_of_form_are_those_that_check_reports() {
    let mistakes = Document::read(File::Operation, "a/b.yaml", &format!("{HEAD}qurey: {{}}\n"));
    let mistakes = mistakes.expect_err("an unknown key");
    assert_eq!(mistakes.len(), 1);
    assert!(mistakes[0].message.contains("unknown key `qurey`"));
    assert!(Document::read(File::Operation, "a/b.yaml", "a: [").is_err());
    let text = format!("{HEAD}permission: \"a\u{2028} b\"\n");
    let mistakes = Document::read(File::Operation, "a/b.yaml", &text).expect_err("unclear");
    assert_eq!(
        mistakes[0].help.as_deref(),
        Some("delete it; it may have come with a copied text, and editors may not show it")
    );
    assert!(Document::read(File::Operation, "a/b.yaml", "").is_err());
}

/// In braces, a text that begins with a question mark is one key to one parser and another to the next.
#[test]
fn what_not_every_parser_reads_alike_is_not_laid_out() {
    let text = format!("{HEAD}example: {{ request: {{ path: {{ ?id: m1 }} }} }}\n");
    let mistakes = Document::read(File::Operation, "a/b.yaml", &text).expect_err("unclear");
    assert!(
        mistakes[0].message.contains("not every parser"),
        "{mistakes:?}"
    );
    let quoted = text.replace("?id", "\"?id\"");
    Document::read(File::Operation, "a/b.yaml", &quoted).expect("clear");
}

/// The smaller specs of the repository; `fmt --check` looks at all.
#[test]
fn the_files_of_the_repository_are_laid_out_well() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["../tests/golden/spec", "../examples/own_endpoints/spec"] {
        let sources = Sources::read(&root.join(folder)).expect("a spec");
        for (path, text) in sources.files() {
            let canonical = read(kind_of(&path), text).to_string();
            assert_eq!(canonical, text, "{folder}/{path}: run `dingtalk-spec fmt`");
        }
    }
}
