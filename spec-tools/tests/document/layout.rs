//! The one layout of a spec file.

use crate::{HEAD, body, formatted};

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
