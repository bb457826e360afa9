//! Mistakes in fields, and in the types that they have.

use crate::{CREATE, FIND, LIST, SERVICE, SET};

// What a field holds.
cases! {
    a_field_that_holds_nothing: CREATE "notify: { type: boolean }" => "notify: { doc: Whether to notify }";
    a_field_that_holds_several_things: CREATE "notify: { type: boolean }" => "notify: { type: boolean, list: string }";
    an_element_that_holds_nothing: CREATE "labels: { map: { list: string } }" => "labels: { map: { doc: Words } }";
    an_enum_of_numbers_with_fractions: SERVICE "type: integer" => "type: number";
    a_field_with_an_enum_of_truth_values: LIST "{ enum: { a: First, b: Second } }" => "{ type: boolean, enum: { a: First, b: Second } }";
    an_empty_enum: LIST "{ a: First, b: Second }" => "{}";
    numbers_in_an_enum_of_strings: LIST "{ a: First, b: Second }" => "{ 1: First, b: Second }";
    text_in_an_enum_of_integers: SERVICE "{ 1: Low, 2: High }" => "{ 1: Low, high: High }";
    quoted_numbers_in_an_enum_of_integers: SERVICE "{ 1: Low, 2: High }" => "{ 1: Low, \"2\": High }";
    a_list_in_the_path: CREATE "roomId: { type: string, doc: Id of the room }" => "roomId: { list: string }";
    a_declared_object_in_the_path: CREATE "roomId: { type: string, doc: Id of the room }" => "roomId: { type: Person }";
    an_object_in_a_header: CREATE "x-client-token: { type: string }" => "x-client-token: { object: { a: { type: string } } }";
    body_and_body_type: CREATE "response:\n  id" => "body_type: { list: string }\nresponse:\n  id";
    response_and_response_type: LIST "method: GET" => "method: GET\nresponse: { id: { type: string } }";
    an_object_as_body_type: SET "body_type: { list: Person, required: true }" => "body_type: { object: { person: { type: Person } } }";
    a_named_type_that_is_nothing: SERVICE "    type: integer\n    enum: { 1: Low, 2: High }" => "    doc: How high";
    a_named_type_that_is_two_things: SERVICE "    type: integer" => "    object: { a: { type: string } }";
    an_application_type_twice: CREATE "[internal, third_party]" => "[internal, third_party, internal]";
}

// Keys that mean nothing where they are.
cases! {
    required_on_an_element: CREATE "{ list: { type: string } }" => "{ list: { type: string, required: true } }";
    secret_on_an_object: CREATE "settings:\n    object" => "settings:\n    secret: true\n    object";
    an_idempotency_key_that_is_no_text: CREATE "notify: { type: boolean }" => "notify: { type: boolean, idempotency_key: true }";
    a_success_flag_in_a_request: CREATE "notify: { type: boolean }" => "notify: { type: boolean, success_flag: true }";
    a_success_flag_that_is_no_boolean: CREATE "  id: { type: string }\n" => "  id: { type: integer, success_flag: true }\n";
    an_idempotency_key_in_a_reply: CREATE "  id: { type: string }\n" => "  id: { type: string, idempotency_key: true }\n";
    attributes_of_a_whole_reply: SET "{ type: boolean }" => "{ type: boolean, required: true, rust_name: done }";
    json_string_in_a_query: CREATE "days: { list: integer, encoding: comma }" => "days: { list: integer, encoding: json_string }";
    json_string_on_a_string: CREATE "password: { type: string, secret: true }" => "password: { type: string, encoding: json_string }";
    comma_in_a_body: CREATE "rows: { list: { list: { type: string } } }" => "rows: { list: { list: { type: string } }, encoding: comma }";
    comma_on_a_scalar: CREATE "notify: { type: boolean }" => "notify: { type: boolean, encoding: comma }";
    comma_on_a_list_of_objects: CREATE "rust_type: Filter }, encoding: indexed" => "rust_type: Filter }, encoding: comma";
    rust_type_where_no_type_is_made: CREATE "rows: { list: { list: { type: string } } }" => "rows: { list: { list: { type: string } }, rust_type: Row }";
}

// Limits.
cases! {
    limits_of_other_types: CREATE "notify: { type: boolean }" => "notify: { type: boolean, max_length: 5, max_bytes: 5, min: 1, max: 2, max_items: 3 }";
    a_limit_of_a_reply: CREATE "  id: { type: string }" => "  id: { type: string, max_length: 5 }";
    a_limit_of_an_element: CREATE "days: { list: integer, encoding: comma }" => "days: { list: { type: integer, max: 3 }, encoding: comma }";
    a_limit_of_a_value_in_the_path: CREATE "roomId: { type: string," => "roomId: { type: string, max_length: 5,";
    a_limit_that_no_float_holds: CREATE "notify: { type: boolean }" => "notify: { type: boolean }\n  large: { type: integer, max: 9007199254740992, min: -9007199254740991 }";
    a_limit_of_nothing: CREATE "days: { list: integer, encoding: comma }" => "days: { list: integer, encoding: comma, max_items: 0 }";
    a_limit_with_a_fraction_for_an_integer: FIND "index: { type: integer }" => "index: { type: integer, max: 2.5 }";
    a_limit_that_is_no_number: FIND "index: { type: integer }" => "index: { type: integer, max: many }";
    limits_in_the_wrong_order: FIND "index: { type: integer }" => "index: { type: integer, min: 3, max: 2 }";
    an_example_beyond_the_limits: CREATE "title: { type: string, required: true," => "title: { type: string, required: true, max_length: 5, max_bytes: 5,", CREATE "days: { list: integer, encoding: comma }" => "days: { list: integer, encoding: comma, max_items: 1 }";
}

// Files.
cases! {
    a_file_in_a_body_of_json: CREATE "password: { type: string, secret: true }" => "photo: { type: file }";
    files_where_none_can_be: CREATE "password: { type: string, secret: true }" => "photo: { list: file }\n  inner: { object: { file: { type: file } } }", CREATE "  id: { type: string }" => "  id: { type: file }", FIND "index: { type: integer }" => "index: { type: file }";
    keys_that_files_do_not_have: CREATE "permission: Demo.Write" => "permission: Demo.Write\nencoding: multipart", CREATE "password: { type: string, secret: true }" => "photo: { type: file, secret: true, encoding: json_string, max_length: 3 }\n  more: { type: string, extensions: [png], limits_by: { kind: { a: { max_bytes: 1 } } } }";
    extensions_that_no_name_has: CREATE "permission: Demo.Write" => "permission: Demo.Write\nencoding: multipart", CREATE "password: { type: string, secret: true }" => "photo: { type: file, extensions: [.png, JPG, gif, gif] }\n  other: { type: file, extensions: [] }";
    limits_by_what_cannot_be: CREATE "permission: Demo.Write" => "permission: Demo.Write\nencoding: multipart", CREATE "password: { type: string, secret: true }" => "kind: { enum: { image: A, voice: B } }\n  photo: { type: file, limits_by: { title: { a: { max_bytes: 1 } }, nothing: { a: { max_bytes: 1 } }, kind: { imagee: { max_bytes: 1 }, image: { max_bytes: 0 }, voice: {} } } }";
    an_example_of_a_file_with_another_extension: CREATE "permission: Demo.Write" => "permission: Demo.Write\nencoding: multipart", CREATE "title: { type: string, required: true," => "title: { type: file, required: true, extensions: [png],";
}

// References.
cases! {
    unknown_type: CREATE "owner: { type: Person, required: true }" => "owner: { type: Persn, required: true }";
    unknown_type_of_an_element: SERVICE "friends: { list: Person }" => "friends: { list: Friend }";
    unknown_type_with_a_name_from_elsewhere: CREATE "count: { type: number }" => "count: { type: long }", CREATE "  id: { type: string }\n" => "  id: { type: String }\n", CREATE "notify: { type: boolean }" => "notify: { type: array }";
    unused_type_of_an_operation: CREATE "  extra: { type: Extra, encoding: json_string }\n" => "", CREATE "      extra: '{\"note\": \"n\", \"tags\": [\"a\"]}'\n" => "";
    unused_type_of_a_service: CREATE "  level: { type: Level }\n" => "", CREATE "      level: 2\n" => "";
    a_type_that_only_uses_itself: SERVICE "  Level:" => "  Tree:\n    object: { leaves: { list: Tree } }\n  Level:";
    a_type_of_an_operation_that_hides_one_of_the_service: CREATE "types:\n  Extra:" => "types:\n  Person:\n    object: { name: { type: string, required: true }, friends: { list: Person } }\n  Extra:";
    a_type_named_like_a_scalar: CREATE "types:\n  Extra:" => "types:\n  json:\n    object: { a: { type: string } }\n  Extra:";
    a_required_field_that_contains_itself: SERVICE "boss: { type: Person }" => "boss: { type: Person, required: true }";
    required_fields_that_contain_each_other: CREATE "types:\n  Extra:\n    object:" => "types:\n  Hen:\n    object: { egg: { object: { inner: { type: Egg, required: true } }, required: true, rust_type: HenEgg } }\n  Egg:\n    object: { hen: { type: Hen, required: true } }\n  Extra:\n    object:\n      hen: { type: Hen }";
}
