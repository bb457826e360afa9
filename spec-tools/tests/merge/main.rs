//! Facts put into reviewed files: what comes out, and what is said of it.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../common/arbitrary.rs"]
mod arbitrary;
mod fields;
mod parts;
mod properties;

use arbitrary::Dice;
use dingtalk_codegen::schema::File;
use dingtalk_codegen::spec::{
    Field, Fields, Operation, Ordered, ScalarOrNamed, ServiceFile, TypeNode,
};
use dingtalk_spec::document::Document;
use dingtalk_spec::merge::{self, Kind};
use proptest::prelude::*;

const FILE: &str = "demo_1_0/find_rooms.yaml";

fn document(text: &str) -> Document {
    Document::read(File::Operation, FILE, text)
        .unwrap_or_else(|mistakes| panic!("{mistakes:#?}\n{text}"))
}

fn facts(text: &str) -> Operation {
    serde_yaml::from_str(&operation(text)).expect("facts")
}

const HEAD: &str =
    "operation: FindRooms\nsummary: Finds rooms\nmethod: POST\npath: /v1.0/rooms/find\n";

/// An operation; what a test is about goes below its head.
fn operation(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// What comes out, and the findings, a line each. Merging once more must change nothing.
#[track_caller]
fn merge(reviewed: &str, known: &Operation, shared: Option<&Document>) -> (String, Vec<String>) {
    let mut document = document(reviewed);
    let findings = merge::operation(&mut document, known, shared);
    let text = document.to_string();
    let mut again = self::document(&text);
    assert_eq!(again.to_string(), text, "it is printed in its layout");
    let second = merge::operation(&mut again, known, shared);
    let twice = again.to_string();
    let mut lines = twice.lines().zip(text.lines());
    assert_eq!(
        lines.find(|(twice, once)| twice != once),
        None,
        "twice is the same as once"
    );
    assert_eq!(twice.len(), text.len(), "twice is the same as once");
    let added = second.iter().filter(|finding| finding.kind == Kind::Added);
    assert_eq!(added.count(), 0, "{second:#?}");
    (text, findings.iter().map(ToString::to_string).collect())
}

/// A case: what is below the head of the file, what below that of the facts, what comes out, and
/// the findings without the file's name.
#[track_caller]
fn case(reviewed: &str, known: &str, wanted: &str, findings: &[&str]) {
    let (text, found) = merge(&operation(reviewed), &facts(known), None);
    assert_eq!(text.strip_prefix(HEAD), Some(wanted));
    let found: Vec<&str> = found
        .iter()
        .map(|line| {
            line.strip_prefix("demo_1_0/find_rooms.yaml:")
                .expect("the file")
        })
        .collect();
    assert_eq!(found, findings);
}
