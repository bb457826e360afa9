//! Fields: added, kept, refined, named.

use super::*;

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
token: application
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
            "6:1: `token` is `application` here, `none` elsewhere",
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
fn a_one_of_is_kept_and_what_it_describes_is_not_added_again() {
    let file = "\
body:
  message: { type: Message, required: true, flatten: true }
  note:
    one_of:
      tag: type
      kinds:
        text:
          doc: A text
          object:
            content: { type: string }

types:
  Message:
    one_of:
      tag: msgKey
      content: msgParam
      encoding: json_string
      kinds:
        sampleText:
          object:
            content: { type: string, required: true }
";
    case(
        &format!("\n{file}"),
        "
body:
  msgKey: { type: string, required: true }
  msgParam: { type: string, required: true }
  note: { object: { type: { type: string }, text: { object: { content: { type: string } } } } }
  more: { type: string }
",
        &format!(
            "\n{}",
            file.replace("\ntypes:", "  more: { type: string }\n\ntypes:")
        ),
        &["16:3: added `body.more`: { type: string }"],
    );
}
