//! Types with names, services, bodies of other kinds, examples.

use super::*;

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
            "demo_1_0/_service.yaml:3:5: `types.Person.object` lacks `age: { type: integer }` here",
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
