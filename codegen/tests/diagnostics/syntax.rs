//! What no YAML parser, or not serde, would take.

use crate::common::{Files, check, good};
use crate::{CREATE, FIND, LIST, PLATFORM, SERVICE, TOUCH, changed, report, snapshot, with};

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
    unknown_key_far_from_any: CREATE "permission: Demo.Write" => "color: red";
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

// Characters that nobody sees.
cases! {
    a_character_that_turns_the_direction: TOUCH "Changes nothing" => "Makes \u{202e} a thing";
    a_control_character: TOUCH "operation: Touch\n" => "operation: Touch\n# \u{1b}[31m\n";
    a_character_in_an_escape: TOUCH "Changes nothing" => "\"Makes \\u2066 a thing\"";
    characters_in_all_kinds_of_texts: CREATE "doc: What it is about" => "doc: \"What\\e it\"", CREATE "title: Weekly" => "title: \"Week\\u200ely\"", CREATE "speech: The speaker" => "sp\u{200b}eech: The speaker", CREATE "message: \"error:%s\" }" => "message: \"error\u{85}:%s\" }", CREATE "permission: Demo.Write" => "permission: Demo.Write\u{feff}", PLATFORM "doc: For the mainland" => "doc: For the \u{2028}mainland", SERVICE "enum: { 1: Low, 2: High }" => "enum: { 1: \"Low\\r\", 2: High }";
    a_character_beside_other_mistakes: TOUCH "method: PATCH" => "method: PA\u{202e}TCH\nsumary: Again";
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
    let text = &good()[LIST];
    for (at, _) in text.match_indices(|c: char| !c.is_ascii_alphanumeric()) {
        for damage in ["\"", "[", "}", "- ", ": ", "\t", "`", "&", "|"] {
            let damaged = format!("{}{damage}{}", &text[..at], &text[at..]);
            let Err(report) = check(&with(&[(LIST, &damaged)])) else {
                continue;
            };
            for mistake in report.diagnostics() {
                let message = &mistake.message;
                let helped = !message.contains("invalid YAML") || mistake.help.is_some();
                // The parser's own words, which come without help.
                let explained = !message.contains("does not match the format");
                assert!(helped && explained, "{damage:?} at {at}: {report}");
            }
        }
    }
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
    snapshot("windows_line_ends", &report(&files));
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
    snapshot("wide_characters_and_long_lines", &report(&files));
}

#[test]
fn yaml_that_is_made_to_hurt_is_refused_quickly() {
    let deep = |open: &str, times| with(&[(TOUCH, &open.repeat(times))]);
    let mut block = String::new();
    for depth in 0..3000 {
        block.push_str(&" ".repeat(depth));
        block.push_str("a:\n");
    }
    let mut laughs = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        let below = level - 1;
        let line = format!("a{level}: &a{level} [*a{below}, *a{below}]\n");
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
    snapshot("lists_and_mappings_may_be_nested_64_deep", &report);
}
