//! Those of the twenty defects of DingTalk's official SDKs that are made where code is generated. The others are in
//! `runtime/tests/official_defects`.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{Spec, project};
use dingtalk_codegen::check::examine_parts;
use dingtalk_codegen::sources::{Entries, Sources};

/// The lines of a file of the generated crate.
fn generated(path: &str) -> Vec<String> {
    let text = fs::read_to_string(project("generated/src").join(path)).unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

/// Each service is a module behind its own feature, and compiles with that alone (see `features`). The service that
/// the official SDK cannot import is one of them like any other.
#[test]
fn defect_14_every_service_is_a_module_that_can_be_imported() {
    let spec = Spec::of_this_project();
    let services: BTreeSet<_> = spec.operations.iter().map(|op| &op.service).collect();
    assert!(!services.is_empty());
    let library = generated("lib.rs");
    let manifest = fs::read_to_string(project("generated/Cargo.toml")).unwrap();
    for service in services {
        assert!(
            library.contains(&format!("pub mod {service};")),
            "{service}"
        );
        assert!(
            manifest.contains(&format!("\n{service} =")),
            "{service} is not a feature"
        );
        let module = generated(&format!("{service}/mod.rs"));
        assert!(
            module.iter().any(|line| line.starts_with("pub mod ")),
            "{service} is empty"
        );
    }
    // All that are compiled in say so themselves.
    let compiled: BTreeSet<_> = dingtalk_api::operations()
        .map(|operation| operation.service)
        .collect();
    assert!(!compiled.is_empty());
}

#[test]
fn defect_19_no_path_holds_a_space() {
    for operation in &Spec::of_this_project().operations {
        let odd = operation
            .path
            .contains(|c: char| c.is_whitespace() || c.is_control() || "?#%\\".contains(c));
        assert!(!odd, "{}: {:?}", operation.action, operation.path);
    }
    for operation in dingtalk_api::operations() {
        assert_eq!(operation.path, operation.path.trim(), "{operation}");
    }
    // And the generator takes none.
    let operation = "operation: Free\nsummary: Has a space\nmethod: GET\npath: \"/v1.0/free \"\n";
    let entries = Entries::from([("demo_1_0/free.yaml".to_owned(), Ok(operation.into()))]);
    let sources = Sources::from_entries("spec", entries).unwrap();
    let report = examine_parts(&sources).unwrap_err();
    let messages: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(messages, ["the path starts or ends with a space"]);
}

#[test]
fn defect_20_methods_have_names_that_people_would_choose() {
    // The golden crate has the operation whose name the official SDK makes `batch_send_otowith_options` of.
    let golden = "tests/golden/generated/src/names_1_0/mod.rs";
    let golden = fs::read_to_string(project(golden)).unwrap();
    assert!(golden.contains("pub fn batch_send_oto("), "{golden}");
    let mut modules = vec![golden];
    for entry in fs::read_dir(project("generated/src")).unwrap() {
        let module = entry.unwrap().path().join("mod.rs");
        modules.extend(fs::read_to_string(module));
    }
    let names = modules.iter().flat_map(|module| {
        let names = module.split("pub fn ").skip(1);
        names.map(|text| text.split(['(', '<']).next().unwrap_or_default())
    });
    let mut count = 0;
    for name in names {
        count += 1;
        let plain = name.trim_start_matches("r#").trim_end_matches('_');
        let words = plain.split('_');
        let mut letters = words.map(|word| word.chars().filter(char::is_ascii_lowercase).count());
        assert!(
            plain
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
            "{name}"
        );
        assert!(letters.any(|count| count > 1), "{name} is cut into letters");
        assert!(!plain.ends_with("with_options"), "{name}");
    }
    assert!(count > 4, "{count} methods");
}
