//! Spec files as trees: nothing is lost, and there is one layout.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "common/arbitrary.rs"]
mod arbitrary;
#[path = "../../codegen/tests/common/mod.rs"]
mod common;

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
fn fields_and_values_of_enums_have_lines_of_their_own_and_the_rest_braces() {
    assert_eq!(
        body("query: { a: { doc: A, type: string }, b: { enum: { x: X, y1: }, rust_type: B } }\n"),
        "
query:
  a: { type: string, doc: A }
  b:
    enum:
      x: X
      y1:
    rust_type: B
"
    );
}

#[test]
fn what_has_no_room_on_a_line_is_spread_over_several() {
    let long = "word ".repeat(22).trim().to_owned();
    let longer = "word ".repeat(40).trim().to_owned();
    assert_eq!(
        body(&format!(
            "query:\n  a: {{ type: string, doc: {long} }}\n  b: {{ type: string, doc: {longer} }}\n"
        )),
        format!(
            "
query:
  a:
    type: string
    doc: {long}
  b:
    type: string
    doc: >-
      {}
      {}
",
            "word ".repeat(23).trim(),
            "word ".repeat(17).trim()
        )
    );
}

#[test]
fn keys_are_in_the_order_of_the_format_and_take_their_comments_along() {
    let text = "\
# of the path
path: /v1.0/op
method: GET # of the method
summary: Does it
operation: Op
response:
  b: { type: string }
  a: { type: string }
# of the query
query: {}
";
    assert_eq!(
        formatted(text),
        "\
operation: Op
summary: Does it
method: GET # of the method
# of the path
path: /v1.0/op

# of the query
query: {}

response:
  b: { type: string }
  a: { type: string }
"
    );
}

#[test]
fn comments_stay_with_what_they_speak_of() {
    assert_eq!(
        body(
            "\
# of the section
query: # behind the section
  # of a
  a: { type: string } # behind a

  # apart from b

  # of b
  b:   # behind b
    enum:
      x: X
      # y: not yet
    doc: D
  # of what may come
body: {
  # inside braces
  c: { type: string }, # behind c
  d: { list: [ # odd
  ] } }
errors:
# of the first
- status: 400 # behind the status
  code: a
- # of the second
  status: 500
  code: b
# of the end
"
            .replace("[ # odd\n  ]", "string")
            .as_str()
        ),
        "
# of the section
query: # behind the section
  # of a
  a: { type: string } # behind a

  # apart from b

  # of b
  b: # behind b
    enum:
      x: X
      # y: not yet
    doc: D
  # of what may come

body:
  # inside braces
  c: { type: string } # behind c
  d: { list: string }

errors:
  # of the first
  - status: 400 # behind the status
    code: a
  # of the second
  - { status: 500, code: b }
# of the end
"
    );
}

#[test]
fn the_line_for_editors_comes_first_and_what_speaks_of_the_file_stays_apart() {
    let text = format!(
        "# yaml-language-server: $schema=../schema.json\n\n# Of the file.\n\n# Of the name.\n{HEAD}"
    );
    assert_eq!(formatted(&text), text);
    let text = format!("# yaml-language-server: $schema=../schema.json\n\n\n{HEAD}\n\n");
    let wanted = format!("# yaml-language-server: $schema=../schema.json\n{HEAD}");
    assert_eq!(formatted(&text), wanted);
}

#[test]
fn texts_of_several_lines_stay_blocks() {
    let text = "\
query:
  a:
    type: string
    doc: | # why
      One # no comment
        two

      three
  b: { type: string, doc: \"one\\ntwo\" }
";
    assert_eq!(
        body(text),
        "
query:
  a:
    type: string
    doc: | # why
      One # no comment
        two

      three
  b:
    type: string
    doc: |-
      one
      two
"
    );
}

#[test]
fn quotes_stand_where_a_text_would_be_misread_and_nowhere_else() {
    let misread = [
        "",
        "~",
        "null",
        "yes",
        "No",
        "y",
        "on",
        "1",
        "-1",
        "1_000",
        "0x10",
        "010",
        "1e3",
        ".5",
        "1:30",
        "2024-01-31",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "[a",
        "{a",
        "@a",
        "`a`",
        "%a",
        "a:",
        " a",
        "a ",
        "a\tb",
        "=",
        "<<",
        "---",
    ];
    for text in misread {
        let json = serde_json::to_string(text).unwrap();
        let out = body(&format!("permission: {json}\n"));
        assert!(out.starts_with("permission: \""), "{out}");
    }
    for text in [
        "0.1.0", "a-b", "-a", "a:b", "a#b", "a, b", "a[b]", "it's", "名称", "1080p", "v1", "nope",
    ] {
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(
            body(&format!("permission: {json}\n")),
            format!("permission: {text}\n")
        );
    }
    // A number that stood without quotes is one, and stays one.
    let example =
        "example: { request: { query: { a: 1_0, b: 0x10, c: '0x10', d: [1, 'a,b'] } } }\n";
    let wanted = "\nexample:\n  request:\n    query: { a: \"1_0\", b: 0x10, c: \"0x10\", d: [1, \"a,b\"] }\n";
    assert_eq!(body(example), wanted);
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
