//! One-ofs.

use crate::TOUCH;

cases! {
    one_of_without_kinds: TOUCH "touch\n" => "touch
body:
  a: { one_of: { tag: '', content: '', kinds: {} } }
  b: { one_of: { tag: kind, content: kind, encoding: comma, kinds: { a: { object: {} } } } }
  c: { one_of: { tag: a, kinds: { a: { object: {} } } } }
";
    one_of_with_duplicate_kinds: TOUCH "touch\n" => "touch
body:
  a:
    one_of:
      tag: kind
      kinds:
        a: { object: {} }
        a: { object: {} }
";
    one_of_beside_another_type: TOUCH "touch\n" => "touch
body:
  a: { type: string, one_of: { tag: kind, kinds: { a: { object: {} } } } }
  b: { type: Both }
types:
  Both:
    object: {}
    one_of: { tag: kind, kinds: { c: { object: {} } } }
";
    one_of_whose_fields_collide: TOUCH "touch\n" => "touch
body:
  message: { one_of: { tag: kind, kinds: { text: { object: {} }, link: { object: {} } } }, flatten: true }
  more: { one_of: { tag: sort, kinds: { note: { object: {} } } }, flatten: true }
  text: { type: string }
  kind: { type: string }
";
    one_of_whose_kinds_have_one_name: TOUCH "touch\n" => "touch
body:
  a: { one_of: { tag: kind, kinds: { some_text: { object: {} }, someText: { object: {} } } } }
";
    flatten_where_it_cannot_be: TOUCH "touch\n" => "touch
query:
  q: { one_of: { tag: kind, kinds: { a: { object: {} } } }, flatten: true }
body:
  text: { type: string, flatten: true }
  object: { object: {}, flatten: true }
  encoded: { object: { inner: { type: Message, flatten: true, encoding: json_string } } }
  limited: { object: { inner: { type: Message, flatten: true, max_bytes: 3 } } }
  list: { list: { type: Message, flatten: true } }
types:
  Message: { one_of: { tag: kind, kinds: { b: { object: {} } } } }
";
    flatten_in_a_form: TOUCH "touch\n" => "touch
encoding: form
body:
  message: { one_of: { tag: kind, kinds: { a: { object: {} } } }, flatten: true }
";
    example_of_a_one_of_that_does_not_fit: TOUCH "touch\n" => "touch
body:
  message: { type: Message, flatten: true, required: true }
  other: { type: Other }
types:
  Message:
    one_of: { tag: key, content: param, encoding: json_string, kinds: { a: { object: { x: { type: string, required: true } } } } }
  Other: { one_of: { tag: sort, kinds: { c: { object: {} }, d: { object: {} } } } }
example:
  request: { body: { key: a, param: '{\"x\":1,\"y\":2}', other: { sort: c, d: {}, z: 1 } } }
  response: { status: 200 }
";
    example_of_a_one_of_without_its_tag: TOUCH "touch\n" => "touch
body:
  message: { type: Message, flatten: true, required: true }
  other: { type: Message }
types:
  Message: { one_of: { tag: key, content: param, kinds: { a: { object: { x: { type: string, required: true } } } } } }
example:
  request: { body: { other: { key: b } } }
  response: { status: 200 }
";
}
