//! Each mistake that a spec can have, and the exact report of it.
//!
//! A case is the spec in `tests/good` with a change; the snapshot named after it is the report.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use common::{Files, check, check_entries, good};
use dingtalk_codegen::sources::Entries;

const CREATE: &str = "demo_1_0/create_meeting.yaml";
const LIST: &str = "demo_1_0/list_meetings.yaml";
const FIND: &str = "demo_1_0/find_meetings.yaml";
const SET: &str = "demo_1_0/set_members.yaml";
const TOUCH: &str = "demo_1_0/touch.yaml";
const DELETE: &str = "demo_1_0/delete_meeting.yaml";
const SERVICE: &str = "demo_1_0/_service.yaml";
const TOKEN: &str = "token_1_0/get_token.yaml";
const PLATFORM: &str = "platform.yaml";
const OPEN: &str = "events/rooms/room_open.yaml";
const CLOSE: &str = "events/rooms/room_close.yaml";
const KNOCK: &str = "events/callbacks/knock.yaml";
const GROUP: &str = "events/rooms/_group.yaml";

/// The good spec with pieces of text replaced. Each piece must be there once.
fn changed(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = good();
    for (file, from, to) in changes {
        let text = files.get_mut(*file).expect("a file of the good spec");
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
        *text = text.replace(from, to);
    }
    files
}

#[track_caller]
fn report(files: &Files) -> String {
    check(files).expect_err("a mistake").to_string()
}

/// A case: its name, and what is changed in which file.
macro_rules! cases {
    ($($name:ident: $($file:ident $from:literal => $to:literal),+;)*) => {
        $(#[test]
        fn $name() {
            let files = changed(&[$(($file, $from, $to)),+]);
            insta::assert_snapshot!(stringify!($name), report(&files));
        })*
    };
}

/// Services of another API need no version, neither do its paths, and a path there is another one.
#[test]
fn an_api_has_paths_of_its_own() {
    let mut files = changed(&[(
        PLATFORM,
        "grants:\n",
        "  old:\n    servers: { global: { url: \"https://old.example.io\" }, mainland: { url: \"https://old.example.com\" } }\n    token: { query: notify }\n    envelope: { every_reply: true, code: [errcode], success: [\"0\"], message: [result] }\ngrants:\n",
    )]);
    let more = [
        ("old_things/_service.yaml", "api: old\n"),
        (
            "old_things/touch.yaml",
            "operation: Touch\nsummary: Touches\nmethod: PATCH\npath: /v1.0/demo/touch\n",
        ),
        (
            "old_things/look.yaml",
            "operation: Look\nsummary: Looks\nmethod: GET\npath: /look\nresponse_field: result\nresponse_type: { type: boolean }\n",
        ),
    ];
    for (file, text) in more {
        files.insert(file.to_owned(), text.to_owned());
    }
    if let Err(report) = check(&files) {
        panic!("{report}");
    }
    files.insert(
        "old_things/again.yaml".to_owned(),
        "operation: Again\nsummary: Looks\nmethod: GET\npath: /look\n".to_owned(),
    );
    assert!(report(&files).contains("the same method and path"));
}

/// The good spec with a signature of this text, these fields and this signer, and an operation with these keys.
fn signed(signature: &str, operation: &str) -> Files {
    let mut files = good();
    let platform = files.get_mut(PLATFORM).expect("a platform");
    let signatures = format!("    signatures: {{ stamp: {signature} }}\n    errors:\n");
    *platform = platform.replacen("    errors:\n", &signatures, 1);
    files
        .get_mut(TOUCH)
        .expect("an operation")
        .push_str(operation);
    files
}

const STAMP: &str = r#"{ signer: application, text: "{key}\n{timestamp}", query: { at: timestamp, sign: signature } }"#;

#[test]
fn a_signed_operation_is_good() {
    if let Err(report) = check(&signed(STAMP, "token: none\nsignature: stamp\n")) {
        panic!("{report}");
    }
    let webhook = STAMP.replace("application", "webhook");
    let operation = "token: none\nwebhook: key\nsignature: stamp\nmax_bytes: 9\nbody: {}\n";
    if let Err(report) = check(&signed(&webhook, operation)) {
        panic!("{report}");
    }
}

#[test]
fn a_mistake_in_a_signature_has_a_place_and_a_message() {
    let good = "token: none\nsignature: stamp\n";
    for (from, to, says) in [
        ("{key}", "{kee}", "unknown value `{kee}` in the signed text"),
        ("{key}", "{key", "braces that do not fit together"),
        (", sign: signature", "", "no field takes the signature"),
        (
            "at: timestamp",
            "at: signature",
            "a second field takes the signature",
        ),
        ("signer: application", "signer: webhook", "needs a webhook"),
    ] {
        let report = report(&signed(&STAMP.replace(from, to), good));
        assert!(
            report.contains(says) && report.contains(".yaml:"),
            "{says}: {report}"
        );
    }
}

#[test]
fn a_mistake_in_what_an_operation_sends_has_a_place_and_a_message() {
    for (operation, says) in [
        ("signature: stmp\n", "unknown signature `stmp`"),
        ("signature: stmp\n", "did you mean `stamp`?"),
        (
            "signature: stamp\nquery: { sign: { type: string } }\n",
            "the client sends `sign` itself",
        ),
        ("webhook: key\n", "takes no token"),
        (
            "token: none\nwebhook: key\nquery: { key: { type: string } }\n",
            "the client sends `key` itself",
        ),
        ("max_bytes: 9\n", "`max_bytes` needs a body"),
        ("max_bytes: 0\nbody: {}\n", "`max_bytes` must be at least 1"),
    ] {
        let report = report(&signed(STAMP, operation));
        assert!(
            report.contains(says) && report.contains("touch.yaml:"),
            "{says}: {report}"
        );
    }
}

#[test]
fn the_good_spec_is_good() {
    if let Err(report) = check(&good()) {
        panic!("{report}");
    }
}

#[test]
fn a_token_inside_an_object_of_the_body_and_a_total_beside_it_are_good() {
    let option = "body: { option: { object: { nextToken: { type: string } } } }\nresponse:\n";
    let files = changed(&[
        (FIND, "method: GET", "method: POST"),
        (FIND, "response:\n", option),
        (FIND, "token: nextToken,", "token: option.nextToken,"),
        (FIND, "more: result.more", "total: result.total"),
    ]);
    if let Err(report) = check(&files) {
        panic!("{report}");
    }
}

// What no YAML parser, or not serde, would take.
cases! {
    broken_yaml_bracket: LIST "{ list: { enum: { a: First, b: Second } } }" => "{ list: { enum: { a: First, b: Second }";
    broken_yaml_colon_in_text: CREATE "summary: Creates a meeting" => "summary: Creates: a meeting";
    broken_yaml_tab: CREATE "  roomId: { type: string, doc: Id of the room }" => "\troomId: { type: string }";
    broken_yaml_backtick: CREATE "doc: What it is about" => "doc: `title` of it";
    broken_yaml_indentation: TOUCH "summary: Changes nothing" => "  summary: Changes nothing";
    an_empty_file: TOUCH "operation: Touch\nsummary: Changes nothing\nmethod: PATCH\npath: /v1.0/demo/touch\n" => "# nothing yet\n";
    a_list_where_an_operation_should_be: TOUCH "operation: Touch\nsummary: Changes nothing\nmethod: PATCH\npath: /v1.0/demo/touch\n" => "- operation: Touch\n";
    unknown_key: CREATE "body:\n  title" => "bdoy:\n  title";
    unknown_key_far_from_any: CREATE "permission: Demo.Write" => "colour: red";
    unknown_key_in_a_field: CREATE "{ type: boolean }\n  days" => "{ type: boolean, requierd: true }\n  days";
    unknown_key_from_a_comma_in_a_text: CREATE "doc: Id of the room }" => "doc: Id of the room, as a text }";
    missing_keys: TOUCH "summary: Changes nothing\nmethod: PATCH\n" => "";
    missing_key_in_an_error_row: CREATE "status: 400, code: paramsError," => "code: paramsError,";
    missing_key_of_the_platform: PLATFORM "    token: { header: x-token }\n" => "";
    wrong_type_text_for_a_number: CREATE "{ status: 500, code" => "{ status: \"500\", code";
    wrong_type_word_for_a_truth_value: CREATE "title: { type: string, required: true" => "title: { type: string, required: yes";
    wrong_type_scalar_for_a_mapping: CREATE "query:\n  notify: { type: boolean }" => "query:\n  notify: boolean";
    wrong_type_scalar_for_a_list: CREATE "app_types: [internal, third_party]" => "app_types: internal";
    wrong_type_list_for_a_mapping: CREATE "path_params:\n  roomId: { type: string, doc: Id of the room }" => "path_params:\n  - roomId";
    wrong_type_mapping_for_a_text: CREATE "summary: Creates a meeting" => "summary: { text: Creates a meeting }";
    wrong_type_number_for_an_element: CREATE "labels: { map: { list: string } }" => "labels: { map: { list: 5 } }";
    a_number_out_of_range: CREATE "{ status: 500, code" => "{ status: 70000, code";
    a_value_that_is_not_allowed: CREATE "method: POST" => "method: PSOT";
    a_value_that_is_not_allowed_in_a_list: CREATE "[internal, third_party]" => "[internal, thirdparty]";
    a_value_that_is_not_allowed_for_an_encoding: CREATE "encoding: comma" => "encoding: commas";
    nothing_where_a_mapping_with_keys_must_be: PLATFORM "grants:\n  app:\n    operation: token_1_0/GetToken\n    request: { appKey: app_key, appSecret: app_secret }\n    reply: { token: accessToken, expires_in: expireIn }\n" => "grants:\n  app:\n";
    duplicate_key: CREATE "permission: Demo.Write" => "permission: Demo.Write\nsummary: Again";
    duplicate_key_in_an_example: CREATE "title: Weekly" => "title: Weekly\n      title: Daily";
    duplicate_enum_value: CREATE "      speech: The speaker" => "      speech: The speaker\n      grid: Again";
    duplicate_enum_number_written_differently: SERVICE "{ 1: Low, 2: High }" => "{ 1: Low, 0x1: High }";
    duplicate_field: CREATE "  level: { type: Level }" => "  level: { type: Level }\n  title: { type: string }";
    an_enum_key_that_is_a_truth_value: LIST "{ a: First, b: Second }" => "{ true: First, b: Second }";
    anchors_and_aliases: CREATE "roomId: { type: string, doc: Id of the room }" => "roomId: &id { type: string }", CREATE "x-client-token: { type: string }" => "x-client-token: *id";
    a_tag: CREATE "summary: Creates a meeting" => "summary: !text Creates a meeting";
    a_second_document: TOUCH "path: /v1.0/demo/touch" => "path: /v1.0/demo/touch\n---\noperation: Again";
    an_optional_path_parameter: CREATE "roomId: { type: string, doc: Id of the room }" => "roomId: { type: string, required: false }";
    structural_mistakes_in_several_files_and_a_semantic_one: CREATE "method: POST" => "methd: POST", LIST "method: GET" => "method: get", TOUCH "/v1.0/demo/touch" => "/demo/touch";
    mistakes_of_form_and_of_content_in_one_file: CREATE "permission: Demo.Write" => "permision: Demo.Write", CREATE "{ status: 500, code" => "{ status: \"500\", code", CREATE "labels: { map: { list: string } }" => "labels: { map: { list: strng } }";
}

// The place of a YAML error, and what would be right.
cases! {
    a_tab_before_a_key_of_a_body: CREATE "  labels: { map: { list: string } }" => "\tlabels: { map: { list: string } }";
    a_tab_behind_spaces: CREATE "  labels: { map: { list: string } }" => "  \tlabels: { map: { list: string } }";
    a_tab_before_a_key_of_a_file: CREATE "permission: Demo.Write" => "\tpermission: Demo.Write";
    an_unclosed_quote: TOUCH "summary: Changes nothing" => "summary: \"Changes nothing";
    text_behind_a_quote: TOUCH "summary: Changes nothing" => "summary: \"Changes\" nothing";
    an_unknown_escape: TOUCH "summary: Changes nothing" => "summary: \"Changes \\nothing in C:\\dir\"";
    a_bracket_too_many: LIST "{ a: First, b: Second } } }" => "{ a: First, b: Second } } } }";
    a_missing_comma: LIST "{ a: First, b: Second }" => "{ a: First b: Second }";
    a_missing_space_behind_a_colon: TOUCH "summary: Changes nothing" => "summary:Changes nothing";
    a_dash_in_a_mapping: TOUCH "method: PATCH" => "- method: PATCH";
    a_directive: TOUCH "operation: Touch" => "%YAML 1.2\noperation: Touch";
    merge_keys: CREATE "notify: { type: boolean }" => "notify: { <<: boolean }", CREATE "permission: Demo.Write" => "<<: { method: GET }";
    duplicate_enum_number_in_octal: SERVICE "{ 1: Low, 2: High }" => "{ 15: Low, 0o17: High }";
    an_enum_number_beyond_64_bits: SERVICE "{ 1: Low, 2: High }" => "{ 1: Low, 9223372036854775808: High }";
    an_enum_number_beyond_128_bits: SERVICE "{ 1: Low, 2: High }" => "{ 1: Low, 999999999999999999999999999999999999999999: High }";
    a_status_beyond_64_bits: CREATE "{ status: 500, code" => "{ status: 99999999999999999999, code";
    an_example_with_a_number_beyond_64_bits: CREATE "      level: 2" => "      level: 18446744073709551616";
    an_example_with_a_number_beyond_128_bits: CREATE "free: [1, { a: null }]" => "free: [999999999999999999999999999999999999999999]";
}

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

/// A case: its name, and the glossary beside the good spec.
macro_rules! glossaries {
    ($($name:ident: $text:literal;)*) => {
        $(#[test]
        fn $name() {
            let mut files = good();
            files.insert("glossary.yaml".to_owned(), $text.to_owned());
            insta::assert_snapshot!(stringify!($name), report(&files));
        })*
    };
}

// The glossary.
glossaries! {
    a_glossary_entry_that_no_field_uses: "fields:\n  idd: { type: string, doc: The id }\n";
    a_glossary_entry_of_a_type_that_no_field_has: "fields:\n  list:\n    - { list: object, doc: People }\n    - { type: string, doc: A text }\n";
    a_glossary_entry_for_fields_with_texts_of_their_own: "fields:\n  title: { type: string, doc: The title }\n";
    a_glossary_entry_twice: "fields:\n  kinds:\n    - { list: string, doc: Some }\n    - { list: string, doc: Others }\n";
    a_glossary_entry_without_a_type: "fields:\n  id: { doc: The id }\n";
    a_glossary_entry_with_two_types: "fields:\n  id: { type: string, list: string, doc: The id }\n";
    a_glossary_entry_without_a_text: "fields:\n  id: { type: string, doc: ' ' }\n";
    a_glossary_name_without_entries: "fields:\n  id: []\n";
    a_glossary_type_that_is_none: "fields:\n  id: { type: text, doc: The id }\n";
    a_glossary_that_is_broken: "feilds:\n  id: { type: string, doc: The id }\n";
    a_glossary_error_that_no_row_has: "errors:\n  paramError: { doc: A value is wrong }\n";
    a_glossary_error_that_rows_say_already: "errors:\n  systemError: { class: quota }\n";
    a_glossary_error_that_says_nothing: "errors:\n  paramsError: {}\n";
}

cases! {
    a_field_that_refuses_the_glossary_and_has_a_text: CREATE "doc: Id of the room }" => "doc: Id of the room, glossary: false }";
    a_field_that_asks_for_the_glossary: FIND "index: { type: integer }" => "index: { type: integer, glossary: true }";
    an_element_that_refuses_the_glossary: CREATE "rows: { list: { list: { type: string } } }" => "rows: { list: { list: { type: string, glossary: false } } }";
}

// Characters that nobody sees.
cases! {
    a_character_that_turns_the_direction: TOUCH "Changes nothing" => "Makes \u{202e} a thing";
    a_control_character: TOUCH "operation: Touch\n" => "operation: Touch\n# \u{1b}[31m\n";
    a_character_in_an_escape: TOUCH "Changes nothing" => "\"Makes \\u2066 a thing\"";
    characters_in_all_kinds_of_texts: CREATE "doc: What it is about" => "doc: \"What\\e it\"", CREATE "title: Weekly" => "title: \"Week\\u200ely\"", CREATE "speech: The speaker" => "sp\u{200b}eech: The speaker", CREATE "message: \"error:%s\" }" => "message: \"error\u{85}:%s\" }", CREATE "permission: Demo.Write" => "permission: Demo.Write\u{feff}", PLATFORM "doc: For the mainland" => "doc: For the \u{2028}mainland", SERVICE "enum: { 1: Low, 2: High }" => "enum: { 1: \"Low\\r\", 2: High }";
    a_character_beside_other_mistakes: TOUCH "method: PATCH" => "method: PA\u{202e}TCH\nsumary: Again";
}

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

// What a person has yet to decide.
cases! {
    an_operation_that_is_not_decided: TOUCH "summary: Changes nothing" => "summary: Changes nothing\nundecided: Is this the path?";
    fields_and_elements_that_are_not_decided: CREATE "notify: { type: boolean }" => "notify: { type: boolean, undecided: Is it sent as text? }", CREATE "labels: { map: { list: string } }" => "labels: { map: { list: string, undecided: 'Are they texts?' } }", SERVICE "friends: { list: Person }" => "friends: { list: Person, undecided: Or ids? }";
    an_empty_question: TOUCH "summary: Changes nothing" => "summary: Changes nothing\nundecided: ''";
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

// Paths.
cases! {
    a_path_value_that_is_not_described: CREATE "rooms/{roomId}/meetings" => "rooms/{roomId}/floors/{floor}/meetings";
    a_path_value_that_is_misspelt: CREATE "rooms/{roomId}/meetings" => "rooms/{romId}/meetings";
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

// Operations among each other.
cases! {
    the_same_method_and_path_twice: DELETE "/v1.0/demo/meetings/{id}" => "/v2.0/demo/meetings/{id}/members", DELETE "method: DELETE" => "method: PUT";
    the_same_operation_twice: TOUCH "operation: Touch" => "operation: SetMembers";
    a_file_named_otherwise_than_its_operation: TOUCH "operation: Touch" => "operation: TouchAll";
    two_operations_with_one_method: TOUCH "operation: Touch" => "operation: Touch\nrust_name: set_all_members";
    an_operation_named_as_a_module_of_the_generated_code: TOUCH "operation: Touch" => "operation: Touch\nrust_name: types";
}

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

// Error tables.
cases! {
    an_error_code_with_a_tab: CREATE "code: paramsError," => "code: \"params\\tError\",";
    an_error_row_twice: CREATE "status: 400, code: paramsError, message: \"error:%s\"" => "status: 400, code: roomClosed, message: the room is closed";
    a_status_that_is_no_status: CREATE "{ status: 500, code" => "{ status: 302, code";
    an_empty_code: CREATE "code: paramsError" => "code: \"\"";
    a_platform_error_twice: PLATFORM "      - { code: Quota.Used, class: quota }" => "      - { code: Quota.Used, class: quota }\n      - { status: [403], code: Quota.Used, class: permission }";
    a_platform_error_with_a_bad_status: PLATFORM "status: [400]" => "status: [400, 42]";
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

// Pages.
cases! {
    paging_without_a_style: FIND "token: nextToken, next: result.next, " => "";
    paging_by_an_offset_and_a_token: FIND "token: nextToken, " => "token: nextToken, offset: index, ";
    paging_of_both_styles: FIND "token: nextToken," => "token: nextToken, page: index,";
    paging_by_a_token_that_no_reply_gives: FIND "next: result.next, " => "";
    paging_with_keys_of_the_other_style: FIND "token: nextToken, next: result.next" => "page: index, next: result.next", FIND "more: result.more" => "more: result.more, total: result.total, first: 0";
    paging_with_a_total_beside_a_token: FIND "more: result.more" => "total: result.total, first: 0";
    paging_inside_the_query: FIND "token: nextToken," => "token: nextToken.value,";
    paging_inside_an_object_without_the_field: FIND "method: GET" => "method: POST", FIND "response:\n" => "body: { option: { object: { nextToken: { type: string }, kinds: { list: string } } } }\nresponse:\n", FIND "token: nextToken," => "token: option.nextTokn,", FIND "size: maxResults" => "size: option.kinds";
    paging_without_items: FIND "items: result.list, " => "";
    paging_with_an_unknown_key: FIND "more: result.more" => "hasMore: result.more";
    paging_by_a_field_that_is_not_sent: FIND "token: nextToken," => "token: nextTokn,", FIND "size: maxResults" => "size: pages";
    paging_by_a_header: FIND "token: nextToken," => "token: x-token-of-page,";
    paging_by_a_list: FIND "token: nextToken," => "token: kinds,", FIND "size: maxResults" => "size: notify";
    paging_by_a_field_of_the_path: FIND "token: nextToken," => "token: roomId,";
    paging_to_a_field_that_does_not_come: FIND "next: result.next" => "next: nextToken", FIND "items: result.list" => "items: result.lst", FIND "more: result.more" => "more: reslt.more";
    paging_through_a_list: FIND "items: result.list" => "items: result.list.name";
    paging_through_json_in_a_string: FIND "items: result.list" => "items: packed.list";
    paging_to_fields_of_the_wrong_type: FIND "next: result.next" => "next: result.more", FIND "items: result.list" => "items: result", FIND "more: result.more" => "more: result.next";
    paging_of_a_reply_that_is_nothing: DELETE "body: {}" => "query: { page: { type: integer } }\npaging: { page: page, items: list }";
    paging_of_a_reply_that_is_no_list: SET "response_type: { type: boolean }" => "query: { page: { type: integer } }\nresponse_type: { type: boolean }\npaging: { page: page }";
}

// The platform.
cases! {
    a_version_that_is_none: PLATFORM "version: 0.1.0" => "version: 0.1";
    a_token_operation_that_is_no_name: PLATFORM "token_1_0/GetToken\n" => "GetToken\n";
    a_token_operation_of_an_unknown_service: PLATFORM "token_1_0/GetToken\n" => "tokens_1_0/GetToken\n";
    a_token_operation_that_is_not_there: PLATFORM "token_1_0/GetToken\n" => "token_1_0/GetTokn\n";
    a_grant_whose_constants_are_no_fields_or_given_twice: PLATFORM "{ kind: application }" => "{ knd: application, appKey: x }";
    a_grant_without_a_path_value: PLATFORM "    path: { corpId: organisation }\n" => "";
    a_grant_with_a_path_value_that_is_not_in_the_path: PLATFORM "path: { corpId: organisation }" => "path: { corpID: organisation }";
    a_grant_with_an_unknown_credential: PLATFORM "{ appKey: app_key }" => "{ appKey: app_kee }";
    a_grant_of_an_unknown_kind: PLATFORM "  unified:" => "  unfied:";
    a_reply_without_the_refresh_token: PLATFORM "constants: { kind: application }\n    reply: { token: accessToken," => "constants: { kind: application }\n    reply: { token: accessToken, refresh_token: refreshToken,";
    a_token_operation_that_needs_a_token: TOKEN "token: none\n" => "";
    a_token_operation_without_the_fields: PLATFORM "{ appKey: app_key, appSecret: app_secret }" => "{ appId: app_key, appSecret: app_secret }", PLATFORM "expires_in: expireIn }\n  unified" => "expires_in: expires }\n  unified";
    an_unknown_default_service: PLATFORM "default_services: [demo_1_0]" => "default_services: [demo_1_0, demo_2_0, demo_1_0]";
}

// Texts.
cases! {
    a_text_of_spaces: CREATE "doc: What it is about" => "doc: \"  \"";
    a_summary_of_several_lines: TOUCH "summary: Changes nothing" => "summary: |\n  Changes\n  nothing";
    an_empty_summary: TOUCH "summary: Changes nothing" => "summary:";
    an_empty_operation_name: TOUCH "operation: Touch" => "operation: \" \"";
}

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

/// The good spec's files with some added.
fn with(added: &[(&str, &str)]) -> Files {
    let mut files = good();
    files.extend(
        added
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
    );
    files
}

#[test]
fn stray_files() {
    let files = with(&[
        ("notes.txt", ""),
        ("README.md", "fine"),
        ("demo_1_0/extra.yml", ""),
        ("demo_1_0/old/touch.yaml", ""),
        ("empty_1_0/", ""),
    ]);
    insta::assert_snapshot!("stray_files", report(&files));
}

#[test]
fn no_platform() {
    let mut files = good();
    files.remove(PLATFORM);
    insta::assert_snapshot!("no_platform", report(&files));
}

#[test]
fn no_folder() {
    let report =
        dingtalk_codegen::sources::Sources::read("no/such/folder".as_ref()).expect_err("a mistake");
    insta::assert_snapshot!("no_folder", report.to_string());
}

#[test]
fn unreadable_files_and_files_that_are_not_utf8() {
    let mut entries: Entries = good()
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())))
        .collect();
    entries.insert(TOUCH.to_owned(), Err("permission denied".to_owned()));
    entries.insert(
        SET.to_owned(),
        Ok(b"operation: SetMembers\nsummary: \xe4\xb8\xad \xff\xfe bad\n".to_vec()),
    );
    let report = check_entries(entries).expect_err("a mistake");
    insta::assert_snapshot!(
        "unreadable_files_and_files_that_are_not_utf8",
        report.to_string()
    );
}

/// A spec's folder that goes with the test.
#[cfg(unix)]
struct Folder(std::path::PathBuf);

#[cfg(unix)]
impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("dingtalk-codegen-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        for (path, text) in good() {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        Self(folder)
    }

    fn report(&self) -> String {
        let report = dingtalk_codegen::sources::Sources::read(&self.0).expect_err("a mistake");
        report
            .to_string()
            .replace(&self.0.display().to_string(), "spec")
    }
}

#[cfg(unix)]
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = Folder::new("kinds");
    let at = |name: &str| folder.0.join(name);
    let made = std::process::Command::new("mkfifo")
        .arg(at("demo_1_0/pipe.yaml"))
        .status();
    assert!(made.expect("mkfifo").success());
    let _socket =
        std::os::unix::net::UnixListener::bind(at("demo_1_0/socket.yaml")).expect("a socket");
    std::os::unix::fs::symlink("/dev/zero", at("demo_1_0/device.yaml")).expect("a link");
    std::os::unix::fs::symlink("nowhere", at("demo_1_0/dangling.yaml")).expect("a link");
    std::fs::rename(at(TOUCH), at("touch.text")).expect("moved");
    std::os::unix::fs::symlink("../touch.text", at(TOUCH)).expect("a link");
    std::fs::remove_file(at(PLATFORM)).expect("removed");
    std::os::unix::fs::symlink("demo_1_0/pipe.yaml", at(PLATFORM)).expect("a link");
    insta::assert_snapshot!("only_regular_files_are_read", folder.report());
}

#[test]
fn a_tab_is_found_wherever_it_indents() {
    let files = good();
    for file in [CREATE, FIND, PLATFORM, SERVICE] {
        let lines: Vec<&str> = files[file].lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let changed = format!("\t{}", line.trim_start());
            let mut text = lines.clone();
            text[at] = &changed;
            let text = text.join("\n");
            let Err(report) = check(&with(&[(file, &text)])) else {
                continue;
            };
            let place = format!("{file}:{}:1\n", at + 1);
            let report = report.to_string();
            assert!(
                report.contains(&place) && report.contains("help: indent with spaces"),
                "{at}: {report}"
            );
        }
    }
}

/// What no YAML parser takes, in many ways: each report says what to do.
#[test]
fn what_is_no_yaml_comes_with_help() {
    for file in [LIST] {
        let text = &good()[file];
        for (at, _) in text.match_indices(|c: char| !c.is_ascii_alphanumeric()) {
            for damage in ["\"", "[", "}", "- ", ": ", "\t", "`", "&", "|"] {
                let damaged = format!("{}{damage}{}", &text[..at], &text[at..]);
                let Err(report) = check(&with(&[(file, &damaged)])) else {
                    continue;
                };
                let not_yaml = report
                    .diagnostics()
                    .iter()
                    .find(|d| d.message.contains("this is not YAML"));
                assert!(
                    not_yaml.is_none_or(|d| d.help.is_some()),
                    "{damage:?} at {at}: {report}"
                );
                let parser = report
                    .diagnostics()
                    .iter()
                    .find(|d| d.message.contains("does not fit the format"));
                assert!(parser.is_none(), "{damage:?} at {at}: {report}");
            }
        }
    }
}

#[test]
fn bad_folder_names_and_a_service_without_operations() {
    let touch = "operation: Touch\nsummary: Touches\nmethod: GET\npath: /v1.0/";
    let files = with(&[
        ("Demo_1_0/touch.yaml", &format!("{touch}a\n")),
        ("demo/touch.yaml", &format!("{touch}b\n")),
        ("lonely_1_0/_service.yaml", "summary: Nothing here\n"),
    ]);
    insta::assert_snapshot!(
        "bad_folder_names_and_a_service_without_operations",
        report(&files)
    );
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
    insta::assert_snapshot!(
        "the_same_method_and_path_in_a_service_that_was_not_parsed",
        report.to_string()
    );
}

#[test]
fn windows_line_ends_and_byte_order_marks_are_fine() {
    let files = good()
        .into_iter()
        .map(|(path, text)| (path, format!("\u{feff}{}", text.replace('\n', "\r\n"))));
    let files: Files = files.collect();
    if let Err(report) = check(&files) {
        panic!("{report}");
    }
    let mut files = files;
    let text = files.get_mut(TOUCH).expect("a file");
    *text = text.replace("method: PATCH", "method: TATCH");
    insta::assert_snapshot!("windows_line_ends", report(&files));
}

#[test]
fn wide_characters_and_long_lines() {
    let long = format!(
        "title: {{ type: string, doc: \"{}\", typ: x, doc2: \"{}\" }}",
        "很".repeat(90),
        "长".repeat(90)
    );
    let files = changed(&[(
        CREATE,
        "title: { type: string, required: true, doc: What it is about }",
        &long,
    )]);
    insta::assert_snapshot!("wide_characters_and_long_lines", report(&files));
}

#[test]
fn yaml_that_is_made_to_hurt_is_refused_quickly() {
    let deep = |open: &str, times| with(&[(TOUCH, &open.repeat(times))]);
    let mut block = String::new();
    for depth in 0..3000 {
        block.push_str(&" ".repeat(depth));
        block.push_str(
            "a:
",
        );
    }
    let mut laughs = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        let line = format!(
            "a{level}: &a{level} [*a{below}, *a{below}]
"
        );
        laughs.push_str(&line);
    }
    let files = [
        deep("[", 100_000),
        deep("{a: ", 100_000),
        deep("- ", 100_000),
        deep("body: [\"]\", ", 100_000),
        with(&[(TOUCH, &block)]),
        with(&[(TOUCH, &laughs)]),
    ];
    for files in files {
        let report = report(&files);
        assert!(report.contains("touch.yaml"), "{report}");
        assert!(
            report.contains("more than 64 deep") || report.contains("an alias"),
            "{report}"
        );
        assert!(report.lines().count() < 1000, "{report}");
    }
}

#[test]
fn lists_and_mappings_may_be_nested_64_deep() {
    let head = "operation: Touch\nsummary: S\nmethod: PATCH\npath: /v1.0/demo/touch\nbody: { a: { type: json } }\n";
    // The file, `example`, `request` and `body` are mappings themselves.
    let nested = |depth: usize| {
        let [open, close] = ["[", "]"].map(|bracket| bracket.repeat(depth - 4));
        let text = format!("{head}example:\n  request:\n    body:\n      a: {open}{close}\n");
        check(&with(&[(TOUCH, &text)]))
    };
    if let Err(report) = nested(64) {
        panic!("{report}");
    }
    let report = nested(65).expect_err("a mistake").to_string();
    insta::assert_snapshot!("lists_and_mappings_may_be_nested_64_deep", report);
}

#[test]
fn a_report_is_the_same_each_time() {
    let files = changed(&[
        (CREATE, "method: POST", "methd: POST"),
        (TOUCH, "path: /v1.0", "path: /"),
    ]);
    assert_eq!(report(&files), report(&files));
}

// Events.
cases! {
    an_event_without_type_or_topic: CLOSE "event: room_close\n" => "";
    an_event_with_type_and_topic: CLOSE "event: room_close\n" => "event: room_close\ntopic: /v1.0/a\n";
    an_event_with_an_unknown_key: CLOSE "data:" => "payload:";
    an_event_that_is_answered: CLOSE "data: {}\n" => "data:\nresponse: { open: { type: boolean } }\n";
    an_event_in_a_file_of_another_name: CLOSE "event: room_close" => "event: room_shut";
    an_event_described_twice: CLOSE "event: room_close" => "event: room_open\nrust_name: room_close";
    a_topic_described_twice: CLOSE "event: room_close" => "topic: /v1.0/rooms/knock\nrust_name: room_close";
    a_callback_without_a_name: KNOCK "rust_name: knock\n" => "";
    a_delivery_that_is_not_known: OPEN "[stream, http, sync_http]" => "[stream, mail]";
    a_delivery_named_twice: OPEN "[stream, http, sync_http]" => "[stream, http, stream]";
    an_application_type_of_an_event_named_twice: OPEN "[internal, third_party]" => "[internal, internal]";
    fields_of_an_event_that_are_one_key: OPEN "  kind: {" => "  RoomID: { type: string }\n  kind: {";
    an_alias_that_is_another_field: OPEN "[users, staffIds]" => "[users, room_id]";
    an_alias_that_is_the_fields_own_name: OPEN "[users, staffIds]" => "[user_id_list]";
    an_alias_of_a_field_in_a_request: CREATE "title: { type: string," => "title: { type: string, aliases: [name],";
    an_alias_of_an_answer: KNOCK "open: { type: boolean," => "open: { type: boolean, aliases: [is_open],";
    an_example_of_an_event_with_an_undescribed_field: OPEN "  kind: small\n" => "  kind: small\n  colour: red\n";
    an_example_of_an_event_with_a_wrong_value: OPEN "  kind: small\n" => "  kind: tiny\n";
    a_file_in_an_answer: KNOCK "open: { type: boolean," => "open: { type: file,";
    a_limit_in_an_event: OPEN "roomId: { type: string," => "roomId: { type: string, max_length: 5,";
    a_flag_of_success_in_an_event: OPEN "roomId: { type: string," => "roomId: { type: boolean, success_flag: true,";
    an_event_with_a_type_that_is_declared_nowhere: OPEN "roomId: { type: string," => "roomId: { type: Room,";
    an_event_with_a_type_of_its_own_name: OPEN "  owner:\n    object:" => "  owner:\n    rust_type: RoomOpen\n    object:";
    an_undecided_event: OPEN "title: 打开房间\n" => "title: 打开房间\nundecided: Is it sent once?\n";
    a_group_with_an_unknown_key: GROUP "title:" => "titel:";
}

#[test]
fn files_of_events_in_wrong_places() {
    let mut files = good();
    for file in [
        "events/loose.yaml",
        "events/rooms/deep/file.yaml",
        "events/rooms/notes.txt",
    ] {
        files.insert(file.to_owned(), String::new());
    }
    insta::assert_snapshot!("files_of_events_in_wrong_places", report(&files));
}

#[test]
fn a_group_without_events_or_with_a_bad_name() {
    let mut files = good();
    files.insert(
        "events/halls/_group.yaml".to_owned(),
        "summary: Halls\n".to_owned(),
    );
    let event = "event: room_lock\nsummary: A room was locked\n".to_owned();
    files.insert("events/Rooms-2/room_lock.yaml".to_owned(), event);
    insta::assert_snapshot!("a_group_without_events_or_with_a_bad_name", report(&files));
}

#[test]
fn events_without_a_platform() {
    let mut files = good();
    files.remove(PLATFORM);
    files.retain(|path, _| !path.starts_with("token_1_0/"));
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())))
        .collect();
    let sources =
        dingtalk_codegen::sources::Sources::from_entries("spec", entries).expect("readable");
    let report = dingtalk_codegen::check::examine_services(&sources).expect_err("a mistake");
    insta::assert_snapshot!("events_without_a_platform", report.to_string());
}
