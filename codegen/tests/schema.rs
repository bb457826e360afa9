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
use jsonschema::Validator;

fn spec() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}

fn is_yaml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "yaml")
}

/// Making a validator takes longer than asking it about all files.
fn validator(file: File) -> Validator {
    let schema = serde_json::from_str(file.schema()).expect("a schema");
    jsonschema::validator_for(&schema).expect("a good schema")
}

fn valid(validator: &Validator, text: &str) -> bool {
    let document = serde_yaml::from_str(text).expect("YAML");
    validator.is_valid(&document)
}

fn kind(path: &str) -> File {
    File::of(path)
}

#[test]
fn what_the_generator_takes_the_schemas_take() {
    let mut files = common::good();
    files.extend(common::read(&spec()));
    let validators = File::ALL.map(|(file, _)| (file, validator(file)));
    for (path, text) in files.iter().filter(|(path, _)| is_yaml(path)) {
        let mut validators = validators.iter();
        let (_, validator) = validators.find(|(file, _)| *file == kind(path)).unwrap();
        assert!(valid(validator, text), "{path}");
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
    let operation = validator(File::Operation);
    for (from, to) in changes {
        assert!(create.contains(from), "{from}");
        assert!(!valid(&operation, &create.replace(from, to)), "{to}");
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
        let up = "../".repeat(path.matches('/').count());
        let first = format!("# yaml-language-server: $schema={up}{name}");
        assert_eq!(text.lines().next(), Some(first.as_str()), "{path}");
    }
}
