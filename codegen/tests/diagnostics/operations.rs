//! Mistakes in an operation as a whole, and of operations among each other.

use crate::common::good;
use crate::{CREATE, DELETE, PLATFORM, SERVICE, TOUCH, snapshot};

// Whose token.
cases! {
    a_token_of_an_unknown_kind: TOUCH "method: PATCH" => "method: PATCH\ntoken: sso";
    an_unknown_kind_among_tokens: TOUCH "method: PATCH" => "method: PATCH\ntoken: [user, sso]";
    a_list_of_one_token: TOUCH "method: PATCH" => "method: PATCH\ntoken: [user]";
    none_among_tokens: TOUCH "method: PATCH" => "method: PATCH\ntoken: [user, none]";
    a_token_twice: TOUCH "method: PATCH" => "method: PATCH\ntoken: [user, suite, user]";
}

// Titles.
cases! {
    an_empty_title: TOUCH "summary:" => "title: ' '\nsummary:";
    a_title_of_several_lines: TOUCH "summary:" => "title: |\n  创建\n  会议\nsummary:";
    a_title_that_is_a_description: TOUCH "summary:" => "title: 调用本接口可以在组织内创建一个视频会议并且邀请其他的参会人员加入会议同时可以设置会议的主题和开始时间以及会议的布局方式和录制方式等信息\nsummary:";
}

// Texts.
cases! {
    a_text_of_spaces: CREATE "doc: What it is about" => "doc: \"  \"";
    a_summary_of_several_lines: TOUCH "summary: Changes nothing" => "summary: |\n  Changes\n  nothing";
    an_empty_summary: TOUCH "summary: Changes nothing" => "summary:";
    an_empty_operation_name: TOUCH "operation: Touch" => "operation: \" \"";
}

// What a person has yet to decide.
cases! {
    an_operation_that_is_not_decided: TOUCH "summary: Changes nothing" => "summary: Changes nothing\nundecided: Is this the path?";
    fields_and_elements_that_are_not_decided: CREATE "notify: { type: boolean }" => "notify: { type: boolean, undecided: Is it sent as text? }", CREATE "labels: { map: { list: string } }" => "labels: { map: { list: string, undecided: 'Are they texts?' } }", SERVICE "friends: { list: Person }" => "friends: { list: Person, undecided: Or ids? }";
    an_empty_question: TOUCH "summary: Changes nothing" => "summary: Changes nothing\nundecided: ''";
}

// Paths.
cases! {
    a_path_value_that_is_not_described: CREATE "rooms/{roomId}/meetings" => "rooms/{roomId}/floors/{floor}/meetings";
    a_path_value_that_is_misspelled: CREATE "rooms/{roomId}/meetings" => "rooms/{romId}/meetings";
    a_described_path_value_that_is_not_in_the_path: CREATE "rooms/{roomId}/meetings" => "rooms/meetings", CREATE "    path: { roomId: r1 }\n" => "    path: { roomId: r1 }\n";
    a_path_without_a_slash: TOUCH "path: /v1.0" => "path: v1.0";
    a_path_without_a_version: TOUCH "path: /v1.0/demo" => "path: /demo";
    a_path_with_the_host: TOUCH "path: /v1.0" => "path: https://api.example.io/v1.0";
    a_path_with_a_query: TOUCH "demo/touch" => "demo/touch?id=1";
    a_path_with_a_fragment: TOUCH "demo/touch" => "demo/touch#top";
    a_path_with_a_space: TOUCH "demo/touch" => "demo/to uch";
    a_path_that_ends_with_a_space: TOUCH "path: /v1.0/demo/touch" => "path: \"/v1.0/demo/touch \"";
    a_path_with_dots: TOUCH "demo/touch" => "../touch";
    a_path_with_an_empty_segment: TOUCH "demo/touch" => "demo//touch";
    a_path_with_an_escaped_underscore: TOUCH "demo/touch" => "demo\\_touch";
    a_path_with_an_open_brace: CREATE "rooms/{roomId}/meetings" => "rooms/{roomId/meetings";
    a_path_with_a_closing_brace: CREATE "rooms/{roomId}/meetings" => "rooms/roomId}/meetings";
    a_path_with_empty_braces: CREATE "rooms/{roomId}/meetings" => "rooms/{}/meetings";
    a_path_with_a_name_twice: CREATE "rooms/{roomId}/meetings" => "rooms/{roomId}/meetings/{roomId}";
}

// Addresses and headers.
cases! {
    a_source_that_is_no_url: CREATE "source: https://example.com/docs/create-meeting" => "source: example.com/docs";
    a_source_that_is_not_https: CREATE "source: https://" => "source: http://";
    a_server_that_is_not_https: PLATFORM "https://api.example.io" => "http://api.example.io";
    a_server_with_a_slash: PLATFORM "https://api.example.io" => "https://api.example.io/";
    a_server_with_a_path: PLATFORM "https://api.example.io" => "https://api.example.io/v1.0";
    a_server_without_a_host: PLATFORM "https://api.example.io" => "https://";
    a_server_with_a_bad_port: PLATFORM ":8443" => ":84433";
    no_server: PLATFORM "servers:\n      global: { url: \"https://api.example.io\" }\n      mainland: { url: \"https://api.example.com:8443\", doc: For the mainland }" => "servers: {}";
    a_token_header_that_is_no_name: PLATFORM "{ header: x-token }" => "{ header: x token }";
    an_api_that_takes_the_token_in_two_places: PLATFORM "{ header: x-token }" => "{ header: x-token, query: token }";
    an_unknown_api: SERVICE "summary: A service" => "api: ap\nsummary: A service";
    an_api_without_the_servers_of_another: PLATFORM "grants:\n" => "  old:\n    servers: { global: { url: \"https://old.example.io\" } }\n    token: { query: token }\n    envelope: { code: [errcode], success: [\"0\"], message: [errmsg] }\ngrants:\n";
    an_envelope_with_bad_names: PLATFORM "{ code: [code], success: [\"0\"], message: [message] }" => "{ code: [code, Co_de], certain: [errcode], success: [], message: [message], uncertain: [msg], outer: [\"88\"] }";
    fields_that_the_api_has_for_itself: PLATFORM "grants:\n" => "  old:\n    servers: { global: { url: \"https://old.example.io\" }, mainland: { url: \"https://old.example.com\" } }\n    token: { query: notify }\n    envelope: { every_reply: true, code: [errcode], success: [\"0\"], message: [result] }\ngrants:\n", SERVICE "summary: A service" => "api: old\nsummary: A service";
    a_response_field_and_an_encoding_of_nothing: TOUCH "method: PATCH" => "method: PATCH\nencoding: form\nresponse_field: result";
    a_header_that_is_no_name: CREATE "  x-client-token: { type: string }" => "  \"x client\": { type: string }", CREATE "    headers: { x-client-token: abc }\n" => "";
    a_header_that_the_client_sets: CREATE "  x-client-token: { type: string }" => "  x-client-token: { type: string }\n  Content-Type: { type: string }\n  X-Token: { type: string }";
    a_header_twice: CREATE "  x-client-token: { type: string }" => "  x-client-token: { type: string }\n  X-Client-Token: { type: string, rust_name: other }";
}

// Error tables.
cases! {
    an_error_code_with_a_tab: CREATE "code: paramsError," => "code: \"params\\tError\",";
    an_error_row_twice: CREATE "status: 400, code: paramsError, message: \"error:%s\"" => "status: 400, code: roomClosed, message: the room is closed";
    a_status_that_is_no_status: CREATE "{ status: 500, code" => "{ status: 302, code";
    an_empty_code: CREATE "code: paramsError" => "code: \"\"";
    a_platform_error_twice: PLATFORM "      - { code: Quota.Used, class: quota }" => "      - { code: Quota.Used, class: quota }\n      - { status: [403], code: Quota.Used, class: permission }";
    a_platform_error_with_a_bad_status: PLATFORM "status: [400]" => "status: [400, 42]";
}

// Operations among each other.
cases! {
    the_same_method_and_path_twice: DELETE "/v1.0/demo/meetings/{id}" => "/v2.0/demo/meetings/{id}/members", DELETE "method: DELETE" => "method: PUT";
    the_same_operation_twice: TOUCH "operation: Touch" => "operation: SetMembers";
    a_file_named_otherwise_than_its_operation: TOUCH "operation: Touch" => "operation: TouchAll";
    two_operations_with_one_method: TOUCH "operation: Touch" => "operation: Touch\nrust_name: set_all_members";
    an_operation_named_as_a_module_of_the_generated_code: TOUCH "operation: Touch" => "operation: Touch\nrust_name: types";
}

#[test]
fn the_same_method_and_path_in_a_service_that_was_not_parsed() {
    use dingtalk_codegen::check::{Endpoint, check};
    use dingtalk_codegen::load::parse;
    let entries = good()
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())))
        .collect();
    let sources =
        dingtalk_codegen::sources::Sources::from_entries("spec", entries).expect("readable");
    let only = ["token_1_0"].into_iter().collect();
    let spec = parse(&sources, &only).expect("well-formed");
    let endpoint = |path: &str| Endpoint {
        service: "demo_1_0".to_owned(),
        operation: "Touch".to_owned(),
        method: "POST".to_owned(),
        path: path.to_owned(),
        api: None,
    };
    assert!(check(&spec, &sources, &[endpoint("/v1.0/other")]).is_ok());
    let report = check(&spec, &sources, &[endpoint("/v1.0/token")]).expect_err("a mistake");
    snapshot(
        "the_same_method_and_path_in_a_service_that_was_not_parsed",
        &report.to_string(),
    );
}
