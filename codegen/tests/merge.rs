//! Facts put into reviewed files: what comes out, and what is said of it.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "common/arbitrary.rs"]
mod arbitrary;

use arbitrary::Dice;
use dingtalk_codegen::document::Document;
use dingtalk_codegen::merge::{self, Kind};
use dingtalk_codegen::schema::File;
use dingtalk_codegen::spec::{
    Field, Fields, Operation, Ordered, ScalarOrNamed, ServiceFile, TokenUse, TypeNode,
};
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

/// An operation; what a test is about stands below its head.
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

/// A case: what stands below the head of the file, what below that of the facts, what comes out, and
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

#[test]
fn what_the_file_does_not_say_is_added_in_its_place() {
    case(
        "
# of the query
query:
  # of b
  b: { type: string } # behind b
  d: { type: string }
",
        "
app_types: [internal]
permission: A.B
token: none
query:
  a: { type: string, required: true }
  b: { type: string }
  c: { type: integer }
  d: { type: string, required: true, secret: true, doc: D }
body: { n: { type: number } }
response: { ok: { type: boolean, success_flag: true } }
paging: { page: a }
example: { request: { query: { b: x, a: '1' } } }
",
        "\
app_types: [internal]
permission: A.B
token: none

# of the query
query:
  a: { type: string, required: true }
  # of b
  b: { type: string } # behind b
  c: { type: integer }
  d: { type: string, required: true, secret: true, doc: D }

body:
  \"n\": { type: number }

response:
  ok: { type: boolean, success_flag: true }

paging: { page: a }

example:
  request:
    query: { b: x, a: \"1\" }
",
        &[
            "5:1: added `app_types`: [internal]",
            "6:1: added `permission`: A.B",
            "7:1: added `token`: none",
            "11:3: added `query.a`: { type: string, required: true }",
            "14:3: added `query.c`: { type: integer }",
            "15:22: added `query.d.required`: true",
            "15:38: added `query.d.secret`: true",
            "15:52: added `query.d.doc`: D",
            "18:3: added `body.n`: { type: number }",
            "21:3: added `response.ok`: { type: boolean, success_flag: true }",
            "23:1: added `paging`: { page: a }",
            "25:1: added `example`: { request: { query: { b: x, a: \"1\" } } }",
        ],
    );
}

#[test]
fn what_the_file_says_wins() {
    let reviewed = "\
permission: A.B
token: required
idempotent: true

query:
  a: { type: string, required: false, doc: Mine, rust_name: mine }
  b: { list: integer }
  c: { type: json }
  d: { list: string, encoding: comma }

paging: { page: a }
";
    case(
        reviewed,
        "
permission: C.D
token: none
idempotent: false
query:
  a: { type: integer, required: true, doc: Theirs, rust_name: theirs, rust_type: Theirs }
  b: { list: string }
  c: { object: { x: { type: string } } }
  d: { list: string, encoding: indexed }
paging: { page: b }
",
        reviewed,
        &[
            "5:1: `permission` is `A.B` here, `C.D` elsewhere",
            "6:1: `token` is `required` here, `none` elsewhere",
            "7:1: `idempotent` is `true` here, `false` elsewhere",
            "10:3: `query.a` is `string` here, `integer` elsewhere",
            "10:22: `query.a.required` is `false` here, `true` elsewhere",
            "11:8: `query.b.list` is `integer` here, `string` elsewhere",
            "12:3: `query.c` is `json` here, `object` elsewhere",
            "13:22: `query.d.encoding` is `comma` here, `indexed` elsewhere",
            "15:1: `paging` is `{ page: a }` here, `{ page: b }` elsewhere",
        ],
    );
}

#[test]
fn what_only_the_file_says_is_named() {
    let reviewed = "\
token: none

query:
  a: { type: string, required: true }
  b: { type: string }

body:
  c:
    list:
      object:
        d: { type: string }
        e: { type: string }

response:
  ok: { type: boolean, required: true }

errors:
  - { status: 400, code: a }
  - { status: 400, code: b }
";
    case(
        reviewed,
        "
query: { a: { type: string } }
body: { c: { list: { object: { d: { type: string } } } } }
errors: [{ status: 400, code: b }]
",
        reviewed,
        &[
            "5:1: `token` is only here: none",
            "8:22: `query.a.required` is only here: true",
            "9:3: `query.b` is only here: { type: string }",
            "16:9: `body.c.list.object.e` is only here: { type: string }",
            "18:1: `response` is only here: { ok: { type: boolean, required: true } }",
            "22:5: `errors[0]` is only here: { status: 400, code: a }",
        ],
    );
}

#[test]
fn enums_refine_what_is_plain_and_objects_what_is_free() {
    let reviewed = "
body:
  a:
    enum:
      x: X
  b:
    type: integer
    enum:
      1: One
  c:
    object:
      d: { type: string }
  e: { list: { type: string } }
  f:
    object:
      g: { type: string }
    encoding: json_string
";
    case(
        reviewed,
        "
body:
  a: { type: string }
  b: { type: integer }
  c: { type: json }
  e: { type: json }
  f: { type: string }
",
        reviewed,
        &[],
    );
    case(
        "
body:
  a: { type: string, doc: A } # mine
  b: { type: integer }
  c: { list: string }
  d: { type: string }
",
        "
body:
  a: { enum: { x: X, z: }, rust_type: Letter }
  b: { type: integer, enum: { 1: One } }
  c: { list: { enum: { y1: } } }
  d: { type: Kind }
types: { Kind: { enum: { k: K } } }
",
        "
body:
  a: # mine
    enum:
      x: X
      z:
    doc: A
    rust_type: Letter
  b:
    type: integer
    enum:
      1: One
  c:
    list:
      enum:
        y1:
  d: { type: Kind }

types:
  Kind:
    enum:
      k: K
",
        &[
            "8:5: added `body.a.enum`: { x: X, z: nothing }",
            "15:5: added `body.b.enum`: { 1: One }",
            "19:7: added `body.c.list.enum`: { y1: nothing }",
            "21:8: added `body.d.type`: Kind",
            "24:3: added `types.Kind`: { enum: { k: K } }",
        ],
    );
}

#[test]
fn values_of_enums_are_merged() {
    case(
        "
body:
  a:
    enum:
      b:
      # of c
      c: { doc: Mine, rust_name: Sea }
      x: Only here
",
        "body: { a: { enum: { a: A, b: B, c: Theirs, d: { doc: D, rust_name: Dee } } } }",
        "
body:
  a:
    enum:
      a: A
      b: B
      # of c
      c: { doc: Mine, rust_name: Sea }
      d: { doc: D, rust_name: Dee }
      x: Only here
",
        &[
            "9:7: added `body.a.enum.a`: A",
            "10:7: added `body.a.enum.b`: B",
            "13:7: added `body.a.enum.d`: { doc: D, rust_name: Dee }",
            "14:7: `body.a.enum.x` is only here: Only here",
        ],
    );
}

#[test]
fn rows_are_the_same_if_status_and_code_are_and_new_messages_are_rows() {
    case(
        "
errors:
  # of a
  - { status: 400, code: a, message: one, rust_name: First }
  - { status: 400, code: b } # to be explained
  - { status: 500, code: c, message: three, class: transient }
",
        "
errors:
  - { status: 400, code: a, message: one, doc: A, class: quota }
  - { status: 404, code: a, message: one }
  - { status: 400, code: b, message: two }
  - { status: 400, code: a, message: other }
  - { status: 500, code: c, class: throttled }
",
        "
errors:
  # of a
  - { status: 400, code: a, message: one, class: quota, doc: A, rust_name: First }
  - { status: 400, code: a, message: other }
  - { status: 404, code: a, message: one }
  - { status: 400, code: b, message: two } # to be explained
  - { status: 500, code: c, message: three, class: transient }
",
        &[
            "8:43: added `errors[0].class`: quota",
            "8:57: added `errors[0].doc`: A",
            "9:5: added `errors[1]`: { status: 400, code: a, message: other }",
            "10:5: added `errors[2]`: { status: 404, code: a, message: one }",
            "11:29: added `errors[3].message`: two",
            "12:45: `errors[4].class` is `transient` here, `throttled` elsewhere",
        ],
    );
}

#[test]
fn a_field_that_stands_elsewhere_is_not_added_twice() {
    let reviewed = "
query:
  a: { type: string }

body:
  b: { type: string }
";
    case(
        reviewed,
        "body: { a: { type: string }, b: { type: string } }",
        reviewed,
        &["7:3: `query.a` is `in query` here, `in body` elsewhere"],
    );
}

#[test]
fn bodies_of_other_kinds_are_compared() {
    let reviewed = "
body_type: { list: string }

response:
  a: { type: string }
";
    case(
        reviewed,
        "
body: { a: { type: string } }
response_type: { type: Reply }
types: { Reply: { object: { a: { type: integer } } } }
",
        reviewed,
        &[
            "6:1: `body_type` is `list of string` here, `object` elsewhere",
            "9:3: `response.a` is `string` here, `integer` elsewhere",
        ],
    );
    case(
        "",
        "
body_type: { list: Row }
response_type: { type: boolean }
types: { Row: { object: {} } }
",
        "
body_type: { list: Row }

response_type: { type: boolean }

types:
  Row:
    object: {}
",
        &[
            "6:1: added `body_type`: { list: Row }",
            "8:1: added `response_type`: { type: boolean }",
            "11:3: added `types.Row`: { object: {} }",
        ],
    );
}

#[test]
fn types_with_names_are_followed_on_both_sides() {
    // Their recursion and ours, under other names; and a new type that needs another.
    case(
        "
body:
  tree: { type: Node }

types:
  Node:
    object:
      # of the name
      name: { type: string }
      children: { list: Node }
",
        "
body: { tree: { type: Tree }, leaf: { type: Leaf } }
types:
  Tree: { object: { name: { type: integer }, size: { type: integer }, children: { list: Tree } } }
  Leaf: { object: { kind: { type: LeafKind } } }
  LeafKind: { enum: { green: Green } }
",
        "
body:
  tree: { type: Node }
  leaf: { type: Leaf }

types:
  Node:
    object:
      # of the name
      name: { type: string }
      size: { type: integer }
      children: { list: Node }
  Leaf:
    object:
      kind: { type: LeafKind }
  LeafKind:
    enum:
      green: Green
",
        &[
            "8:3: added `body.leaf`: { type: Leaf }",
            "14:7: `types.Node.object.name` is `string` here, `integer` elsewhere",
            "15:7: added `types.Node.object.size`: { type: integer }",
            "17:3: added `types.Leaf`: { object: { kind: { type: LeafKind } } }",
            "20:3: added `types.LeafKind`: { enum: { green: Green } }",
        ],
    );
}

#[test]
fn types_of_the_service_are_compared_and_left_alone() {
    let shared = "\
types:
  Person:
    object:
      id: { type: string }
      level: { type: Level }
  Level:
    type: integer
    enum: { 1: Low }
";
    let service = Document::read(File::Service, "demo_1_0/_service.yaml", shared).expect("good");
    let known = facts(
        "
body:
  owner: { object: { id: { type: integer }, age: { type: integer }, level: { type: integer } } }
  other: { type: Level }
",
    );
    let reviewed = operation("\nbody:\n  owner: { type: Person }\n  other: { type: Level }\n");
    let (text, found) = merge(&reviewed, &known, Some(&service));
    assert_eq!(text, reviewed);
    assert_eq!(
        found,
        [
            "demo_1_0/_service.yaml:3:5: `types.Person.object` is without `age: { type: integer }` here",
            "demo_1_0/_service.yaml:4:7: `types.Person.object.id` is `string` here, `integer` elsewhere",
        ]
    );
}

#[test]
fn the_file_of_a_service_is_merged_too() {
    let mut document = Document::read(
        File::Service,
        "demo_1_0/_service.yaml",
        "# mine\nsummary: Mine\ntypes:\n  A:\n    object:\n      x: { type: string }\n  C: { enum: { c: } }\n",
    )
    .expect("good");
    let facts: ServiceFile = serde_yaml::from_str(
        "summary: Theirs\ntypes: { A: { object: { x: { type: B }, y: { type: B } } }, B: { enum: { b: } } }",
    )
    .expect("facts");
    let found = merge::service(&mut document, &facts);
    assert_eq!(
        document.to_string(),
        "\
# mine
summary: Mine

types:
  A:
    object:
      x: { type: B }
      \"y\": { type: B }
  C:
    enum:
      c:
  B:
    enum:
      b:
"
    );
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "demo_1_0/_service.yaml:7:12: added `types.A.object.x.type`: B",
            "demo_1_0/_service.yaml:8:7: added `types.A.object.y`: { type: B }",
            "demo_1_0/_service.yaml:9:3: `types.C` is only here: { enum: { c: nothing } }",
            "demo_1_0/_service.yaml:12:3: added `types.B`: { enum: { b: nothing } }",
        ]
    );
}

#[test]
fn parts_of_an_example_are_added_where_there_are_none() {
    case(
        "
example:
  request:
    query: { a: mine }
",
        "
path_params: {}
query: { a: { type: string } }
body: { z: { type: string }, b: { object: { y1: { type: string }, x: { type: string } } } }
example:
  request: { query: { a: theirs }, body: { b: { x: '1', y1: '2' }, z: '3' } }
  response: { status: 201 }
",
        "
query:
  a: { type: string }

body:
  z: { type: string }
  b:
    object:
      y1: { type: string }
      x: { type: string }

example:
  request:
    query: { a: mine }
    body: { z: \"3\", b: { y1: \"2\", x: \"1\" } }
  response:
    status: 201
",
        &[
            "7:3: added `query.a`: { type: string }",
            "10:3: added `body.z`: { type: string }",
            "11:3: added `body.b`: { object: { y1: { type: string }, x: { type: string } } }",
            "19:5: added `example.request.body`: { z: \"3\", b: { y1: \"2\", x: \"1\" } }",
            "20:3: added `example.response`: { status: 201 }",
        ],
    );
}

/// Takes away what a merge puts back: whole fields, values, rows, parts of examples, marks.
fn thin(op: &mut Operation, dice: &mut Dice) {
    let gone = |dice: &mut Dice| dice.one_in(4);
    // Values in the path are always required, those of a reply never.
    thin_fields(&mut op.path_params, false, dice);
    thin_fields(&mut op.query, true, dice);
    thin_fields(&mut op.headers, true, dice);
    for (fields, required) in [(&mut op.body, true), (&mut op.response, false)] {
        fields.take_if(|_| gone(dice));
        if let Some(fields) = fields {
            thin_fields(fields, required, dice);
        }
    }
    if gone(dice) {
        op.app_types.clear();
    }
    if gone(dice) {
        op.token = TokenUse::Required;
    }
    for text in [&mut op.doc, &mut op.source, &mut op.permission] {
        text.take_if(|_| gone(dice));
    }
    op.idempotent.take_if(|_| gone(dice));
    op.paging.take_if(|_| gone(dice));
    op.errors.retain(|_| !gone(dice));
    if let Some(example) = &mut op.example {
        example.response.take_if(|_| gone(dice));
        example.request.body.take_if(|_| gone(dice));
    }
    op.example.take_if(|_| gone(dice));
}

fn thin_fields(fields: &mut Fields, required: bool, dice: &mut Dice) {
    let kept = std::mem::take(fields);
    *fields = kept
        .iter()
        .map(|(name, field)| (name.clone(), field.clone()))
        .filter(|_| !dice.one_in(4))
        .collect();
    let thinned = fields.iter().map(|(name, field)| {
        let mut field = field.clone();
        thin_field(&mut field, required, dice);
        (name.clone(), field)
    });
    *fields = thinned.collect();
}

fn thin_field(field: &mut Field, required: bool, dice: &mut Dice) {
    field.doc.take_if(|_| dice.one_in(2));
    for flag in [&mut field.secret, &mut field.success_flag] {
        *flag &= !dice.one_in(2);
    }
    field.required &= !(required && dice.one_in(2));
    if let Some(values) = &mut field.values {
        let kept = values.iter().filter(|_| !dice.one_in(3));
        *values = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Ordered<_, _>>();
        if field.type_name.is_none() && field.rust_type.is_none() && dice.one_in(3) {
            field.values = None;
            field.type_name = Some(ScalarOrNamed::String);
        }
    }
    if let Some(object) = &mut field.object {
        thin_fields(object, required, dice);
    }
    for node in [&mut field.list, &mut field.map].into_iter().flatten() {
        if let TypeNode::Node(inner) = node.as_mut() {
            // What lists and maps hold has a text at most.
            let marks = (
                inner.required,
                inner.secret,
                inner.success_flag,
                inner.doc.clone(),
            );
            thin_field(inner, required, dice);
            (inner.required, inner.secret, inner.success_flag, inner.doc) = marks;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a file lacks of the facts is put back where it was.
    #[test]
    fn what_was_taken_away_comes_back(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let mut known = dice.operation();
        known.body_type.take_if(|_| known.body.is_some());
        known.response_type.take_if(|_| known.response.is_some());
        known.undecided = None;
        let mut reviewed = known.clone();
        thin(&mut reviewed, &mut dice);
        let (text, findings) = merge(&Document::operation(&reviewed).to_string(), &known, None);
        prop_assert_eq!(text, Document::operation(&known).to_string());
        for finding in findings {
            prop_assert!(finding.contains(": added "), "{finding}");
        }
    }

    /// Facts that have little to do with the file: it keeps what it says, and twice is the same as once.
    #[test]
    fn whatever_the_facts_are_the_file_keeps_what_it_says(seed in any::<u64>(), other in any::<u64>()) {
        let reviewed = Document::operation(&Dice::new(seed).operation()).to_string();
        let known = Dice::new(other).operation();
        let (text, _) = merge(&reviewed, &known, None);
        let merged: Operation = serde_yaml::from_str(&text).expect("good form");
        let reviewed: Operation = serde_yaml::from_str(&reviewed).expect("good form");
        prop_assert_eq!(&merged.summary, &reviewed.summary);
        prop_assert_eq!(&merged.path, &reviewed.path);
        for (ours, theirs) in [(&reviewed.query, &merged.query), (&reviewed.headers, &merged.headers)] {
            for (name, field) in ours.iter() {
                let kept = theirs.get(name).expect("no field is lost");
                prop_assert_eq!(&kept.rust_name, &field.rust_name);
                prop_assert!(field.doc.is_none() || kept.doc == field.doc);
            }
        }
        for row in &reviewed.errors {
            prop_assert!(merged.errors.iter().any(|kept| kept.code == row.code && kept.status == row.status));
        }
    }
}
