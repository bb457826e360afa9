//! Mistakes in examples.

use crate::{CREATE, SET, TOUCH};

// Examples.
cases! {
    an_example_with_a_number_for_a_text: CREATE "title: Weekly" => "title: 5";
    an_example_with_a_text_for_a_number: CREATE "count: 1 }" => "count: \"1\" }";
    an_example_with_a_text_for_a_truth_value: CREATE "notify: true" => "notify: yes";
    an_example_with_a_scalar_for_a_list: CREATE "days: [1, 2]" => "days: 1";
    an_example_with_a_fraction_for_an_integer: CREATE "days: [1, 2]" => "days: [1, 2.5]";
    an_example_with_a_list_for_an_object: CREATE "settings: { mute: false, layout: left }" => "settings: [mute]";
    an_example_with_a_value_outside_the_enum: CREATE "      mode: grid" => "      mode: gird";
    an_example_with_a_number_outside_the_enum: CREATE "      level: 2" => "      level: 3";
    an_example_that_leaves_out_a_required_field: CREATE "      title: Weekly\n" => "";
    an_example_that_leaves_out_an_inner_required_field: CREATE "friends: [{ name: Bob }]" => "friends: [{}]";
    an_example_with_an_unknown_field: CREATE "title: Weekly" => "title: Weekly\n      tittle: Weekly";
    an_example_with_an_unknown_header: CREATE "headers: { x-client-token: abc }" => "headers: { x-client-token: abc, x-other: d }";
    an_example_without_a_path_value: CREATE "    path: { roomId: r1 }\n" => "";
    an_example_with_an_empty_path_value: CREATE "path: { roomId: r1 }" => "path: { roomId: \"\" }";
    an_example_with_dots_in_the_path: CREATE "path: { roomId: r1 }" => "path: { roomId: .. }";
    an_example_that_gives_nothing: CREATE "title: Weekly" => "title:";
    an_example_with_json_text_that_does_not_fit: CREATE "'{\"note\": \"n\", \"tags\": [\"a\"]}'" => "'{\"tags\": [\"a\", 2]}'";
    an_example_with_json_text_that_is_no_json: CREATE "'{\"note\": \"n\", \"tags\": [\"a\"]}'" => "'{\"note\": '";
    an_example_with_json_that_is_no_text: CREATE "'{\"note\": \"n\", \"tags\": [\"a\"]}'" => "{ note: n }";
    an_example_with_a_number_that_json_does_not_have: CREATE "count: 1 }" => "count: .inf }";
    an_example_with_a_reply_that_fits_not: CREATE "id: m1" => "id: [m1], more: 1";
    an_example_with_a_bad_status: CREATE "status: 200" => "status: 404";
    an_example_without_a_reply: CREATE "    body: { id: m1, mode: grid, count: 1 }\n" => "";
    an_example_with_a_body_that_is_not_sent: TOUCH "path: /v1.0/demo/touch" => "path: /v1.0/demo/touch\nexample:\n  request: { body: { a: 1 } }\n  response: { body: { b: 2 } }";
    an_example_of_a_list_body: SET "response_type: { type: boolean }" => "response_type: { type: boolean }\nexample:\n  request: { path: { meetingId: 5 }, body: [{ name: Ann }, { friends: [] }] }\n  response: { body: \"true\" }";
}
