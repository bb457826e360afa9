//! Facts put into reviewed files: what comes out, and what is said of it.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests may")]

use dingtalk_codegen::document::Document;
use dingtalk_codegen::merge::{self, Kind};
use dingtalk_codegen::schema::File;
use dingtalk_codegen::spec::{Operation, ServiceFile};

const FILE: &str = "demo_1_0/find_rooms.yaml";

fn document(text: &str) -> Document {
    Document::read(File::Operation, FILE, text).expect("good form")
}

fn service(text: &str) -> Document {
    Document::read(File::Service, "demo_1_0/_service.yaml", text).expect("good form")
}

fn facts(text: &str) -> Operation {
    serde_yaml::from_str(text).expect("facts")
}

/// The head of an operation, before what a test is about.
fn operation(rest: &str) -> String {
    format!(
        "operation: FindRooms\nsummary: Finds rooms\nmethod: POST\npath: /v1.0/rooms/find\n{rest}"
    )
}

/// What comes out, and the findings a line each. Merging once more must change nothing.
fn merged(reviewed: &str, known: &str, shared: Option<&Document>) -> (String, Vec<String>) {
    let mut document = document(reviewed);
    let known = facts(known);
    let findings = merge::operation(&mut document, &known, shared);
    let text = document.to_string();
    let mut again = self::document(&text);
    assert_eq!(again.to_string(), text, "it is printed in its layout");
    let second = merge::operation(&mut again, &known, shared);
    assert_eq!(again.to_string(), text, "twice is the same as once");
    assert!(
        second.iter().all(|finding| finding.kind != Kind::Added),
        "{second:?}"
    );
    let lasting = findings
        .iter()
        .filter(|finding| finding.kind != Kind::Added);
    assert_eq!(
        lasting.collect::<Vec<_>>(),
        second.iter().collect::<Vec<_>>()
    );
    (text, findings.iter().map(ToString::to_string).collect())
}

#[test]
fn smoke() {
    let (text, findings) = merged(
        &operation("
# about the query
query:
  # first
  b: { type: string } # b itself
  c:
    list:
      object:
        x: { type: string }
errors:
  - { status: 400, code: a, message: one }
  - { status: 400, code: z }
response: { ok: { type: boolean } }
"),
        &operation("
app_types: [internal]
permission: A.B
query: { a: { type: string, required: true }, b: { enum: { x: X, y: } }, c: { list: { object: { w: { type: integer }, x: { type: json } } } } }
body: { n: { type: Node } }
response: { ok: { type: string }, more: { type: string } }
types: { Node: { object: { next: { type: Node } } } }
errors:
  - { status: 400, code: a, message: two }
  - { status: 400, code: b, message: two }
example: { request: { query: { b: x, a: '1' } } }
"),
        None,
    );
    println!("{text}");
    for f in findings {
        println!("{f}");
    }
    panic!();
}
