//! The JSON Schemas are of use to an editor.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use std::path::{Path, PathBuf};

use dingtalk_codegen::schema::File;

fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}

fn is_yaml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "yaml")
}

fn valid(file: File, text: &str) -> bool {
    let schema = serde_json::from_str(file.schema()).expect("a schema");
    let document: serde_json::Value = serde_yaml::from_str(text).expect("YAML");
    jsonschema::validator_for(&schema)
        .expect("a good schema")
        .is_valid(&document)
}

fn kind(path: &str) -> File {
    match path.rsplit('/').next() {
        Some("platform.yaml") => File::Platform,
        Some("_service.yaml") => File::Service,
        _ => File::Operation,
    }
}

#[test]
fn what_the_generator_takes_the_schemas_take() {
    let mut files = common::good();
    files.extend(common::read(&spec()));
    for (path, text) in files.iter().filter(|(path, _)| is_yaml(path)) {
        assert!(valid(kind(path), text), "{path}");
    }
}

#[test]
fn mistakes_of_form_are_seen_by_the_schemas_too() {
    let files = common::good();
    let create = &files["demo_1_0/create_meeting.yaml"];
    let changes = [
        ("method: POST", "methd: POST"),
        ("method: POST", "method: PSOT"),
        ("method: POST\n", ""),
        ("status: 500", "status: \"500\""),
        ("app_types: [internal, third_party]", "app_types: internal"),
        (
            "{ type: boolean }\n  days",
            "{ type: boolean, requierd: true }\n  days",
        ),
        ("encoding: comma", "encoding: commas"),
        ("class: transient", "class: passing"),
        (
            "labels: { map: { list: string } }",
            "labels: { map: { list: 5 } }",
        ),
    ];
    for (from, to) in changes {
        assert!(create.contains(from), "{from}");
        assert!(!valid(File::Operation, &create.replace(from, to)), "{to}");
    }
}

/// A spec file may begin with the line by which editors find its schema.
#[test]
fn spec_files_name_their_schemas() {
    for (path, text) in common::read(&spec())
        .iter()
        .filter(|(path, _)| is_yaml(path))
    {
        let (_, name) = File::ALL
            .into_iter()
            .find(|(file, _)| *file == kind(path))
            .expect("known");
        let up = if path.contains('/') { "../" } else { "" };
        let first = format!("# yaml-language-server: $schema={up}{name}");
        assert_eq!(text.lines().next(), Some(first.as_str()), "{path}");
    }
}
