//! The tools' work on a file grows with its size, and no faster.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use common::scaling::{is_linear, lines, operation};
use dingtalk_codegen::schema::File;
use dingtalk_codegen::sources::{Entries, Sources};
use dingtalk_spec::diff::{Side, diff};
use dingtalk_spec::document::Document;

const SIZE: usize = 500;

fn text(size: usize, kind: &str) -> String {
    let field = |i| format!("  field{i}: {{ type: {kind}, doc: A field }} # a comment\n");
    operation(&format!("body:\n{}", lines(size, field)))
}

#[test]
fn a_large_file_is_formatted_in_linear_time() {
    let make = |size| text(size, "string");
    is_linear("fmt", SIZE, make, |text| {
        let document = Document::read(File::Operation, "big.yaml", text).expect("a document");
        drop(document.to_string());
    });
}

#[test]
fn large_specs_are_compared_in_linear_time() {
    let sources = |size, kind| {
        let entries =
            Entries::from([("demo_1_0/big.yaml".to_owned(), Ok(text(size, kind).into()))]);
        Sources::from_entries("spec", entries).unwrap()
    };
    let make = |size| (sources(size, "string"), sources(size, "integer"));
    is_linear("diff", SIZE, make, |(old, new)| {
        let (old, new) = (Side::read(old).unwrap(), Side::read(new).unwrap());
        let changes = diff(&old, &new);
        assert!(changes.0.len() >= SIZE);
        drop(changes.text(&old, &new));
    });
}
