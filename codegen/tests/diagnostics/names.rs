//! Names in Rust that collide, or that Rust does not allow.

use crate::{CREATE, LIST, SERVICE, SET};

// Names in Rust.
cases! {
    two_fields_with_one_name: CREATE "  level: { type: Level }" => "  level: { type: Level }\n  Title: { type: string }";
    two_fields_of_query_and_body_with_one_name: CREATE "notify: { type: boolean }" => "title: { type: boolean }", CREATE "notify: true, " => "";
    two_fields_of_an_inner_object_with_one_name: CREATE "      mute: { type: boolean }" => "      mute: { type: boolean }\n      Mute: { type: boolean }";
    two_reply_fields_with_one_name: CREATE "  count: { type: number }" => "  count: { type: number }\n  COUNT: { type: number }";
    two_enum_values_with_one_name: LIST "{ a: First, b: Second }" => "{ a-b: First, a_b: Second, \"a b\": Third }";
    three_enum_values_with_one_name: LIST "{ a: First, b: Second }" => "{ \"1.0\": First, \"1_0\": Second, \"10\": Third, Value10No2: Fourth }";
    enum_values_of_signs: LIST "{ a: First, b: Second }" => "{ \"=\": ., \">\": ., \"<\": ., \"≥\": ., \">=\": ., \"≤\": ., \"<=\": ., \"≠\": ., \"!=\": ., Equal: . }";
    enum_values_without_words: LIST "{ a: First, b: Second }" => "{ \"\": ., \"🎉\": Party, \"**\": ., a!: . }";
    enum_values_that_differ_in_case_alone: LIST "{ a: First, b: Second }" => "{ a_b: First, aB: Second }";
    three_fields_with_one_name: CREATE "  level: { type: Level }" => "  level: { type: Level }\n  Title: { type: string }\n  TITLE: { type: string }";
    a_rust_name_that_is_a_keyword_of_the_edition: CREATE "rust_name: side" => "rust_name: gen";
    two_path_values_with_one_name: CREATE "rooms/{roomId}/meetings" => "rooms/{roomId}/x/{room_id}", CREATE "  roomId: { type: string, doc: Id of the room }" => "  roomId: { type: string }\n  room_id: { type: string }", CREATE "path: { roomId: r1 }" => "path: { roomId: r1, room_id: r2 }";
    a_path_value_named_request: CREATE "rooms/{roomId}/meetings" => "rooms/{request}/meetings", CREATE "  roomId: { type: string, doc: Id of the room }" => "  request: { type: string }", CREATE "path: { roomId: r1 }" => "path: { request: r1 }";
    two_inline_types_with_one_name: CREATE "  mode: { type: string }" => "  mode: { enum: { grid: All, speech: One } }";
    an_inline_type_named_as_a_declared_one: CREATE "  free: { type: json }" => "  free: { type: json }\n  Extra: { object: { a: { type: string } }, rust_name: more }";
    a_type_named_as_the_request: CREATE "types:\n  Extra:" => "types:\n  CreateMeetingRequest: { object: { a: { type: Extra } } }\n  Extra:", CREATE "  free: { type: json }" => "  free: { type: CreateMeetingRequest }", CREATE "      free: [1, { a: null }]\n" => "";
    two_declared_types_with_one_name: SERVICE "  Level:" => "  level: { enum: { low: Low } }\n  Level:", CREATE "  free: { type: json }" => "  free: { type: level }", CREATE "      free: [1, { a: null }]\n" => "";
    two_errors_with_one_name: CREATE "code: paramsError" => "code: room.closed";
    a_rust_name_that_is_no_name: CREATE "rust_name: side" => "rust_name: Side";
    a_rust_name_that_is_a_keyword: CREATE "rust_name: side" => "rust_name: match";
    a_rust_name_that_is_taken: CREATE "rust_name: side" => "rust_name: new";
    a_rust_type_that_is_no_name: CREATE "rust_type: Filter" => "rust_type: filter";
    a_rust_type_that_is_taken: CREATE "rust_type: Filter" => "rust_type: Option";
    a_variant_that_is_taken: CREATE "rust_name: Full " => "rust_name: Unknown ";
    a_method_that_is_no_name: SET "rust_name: set_all_members" => "rust_name: setAll";
}
