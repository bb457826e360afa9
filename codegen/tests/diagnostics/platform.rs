//! Mistakes in the platform.

use crate::common::check;
use crate::{PLATFORM, TOKEN, changed, report};

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
