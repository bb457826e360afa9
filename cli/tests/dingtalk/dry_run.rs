//! `call --dry-run`.

use serde_json::json;

use crate::program::{DINGTALK, dingtalk, dingtalk_at, run, stand_in};

#[test]
fn the_request_is_one_json_object_and_nothing_is_sent() {
    let stand_in = stand_in();
    let shown = dingtalk_at(
        &stand_in,
        &[
            "call",
            "conference_1_0",
            "StartCloudRecord",
            "--path",
            "conferenceId=a/b c",
            "--body",
            r#"{"unionId": "u", "mode": "speech"}"#,
            "--dry-run",
        ],
    );
    assert_eq!(
        shown.json(),
        json!({
            "method": "POST",
            "url": format!(
                "{}/v1.0/conference/videoConferences/a%2Fb%20c/cloudRecords/start",
                stand_in.url()
            ),
            "headers": {
                "content-type": "application/json; charset=utf-8",
                "x-acs-dingtalk-access-token": "***",
            },
            "body": { "unionId": "u", "mode": "speech" },
        })
    );
    assert_eq!(
        shown.out,
        include_str!("../golden/dry_run.txt").replace("SERVER", stand_in.url())
    );
    // Not even a token was fetched.
    assert_eq!(stand_in.take_requests().len(), 0);
}

#[test]
fn no_credentials_are_needed_and_none_are_shown() {
    let call = [
        "call",
        "conference_1_0",
        "StartCloudRecord",
        "--path",
        "conferenceId=c",
        "--body",
        r#"{"unionId": "u"}"#,
        "--dry-run",
    ];
    let without = dingtalk(&call);
    let with = run(
        DINGTALK,
        &call,
        &[
            ("DINGTALK_ACCESS_TOKEN", "secret-token-1"),
            ("DINGTALK_APP_SECRET", "secret-token-2"),
        ],
        "",
    );
    assert_eq!(without.json(), with.json());
    assert!(!format!("{with:?}").contains("secret-token"), "{with:?}");
    assert!(
        without.out.contains("https://api.dingtalk.io/"),
        "{without:?}"
    );
}

#[test]
fn secrets_in_the_request_are_masked_too() {
    let shown = dingtalk(&[
        "call",
        "oauth2_1_0",
        "GetAccessToken",
        "--body",
        r#"{"appKey": "k", "appSecret": "very-secret"}"#,
        "--dry-run",
    ]);
    let request = shown.json();
    assert_eq!(
        request["body"],
        json!({ "appKey": "k", "appSecret": "***" })
    );
    // This operation takes no token.
    assert_eq!(
        request["headers"],
        json!({ "content-type": "application/json; charset=utf-8" })
    );
}

#[test]
fn the_server_is_taken_from_the_environment() {
    let url = |name: &str, value: &str| {
        let call = [
            "call",
            "oauth2_1_0",
            "GetToken",
            "--path",
            "corpId=c",
            "--body",
            r#"{"client_id": "k", "client_secret": "s", "grant_type": "g"}"#,
            "--dry-run",
        ];
        run(DINGTALK, &call, &[(name, value)], "")
    };
    for (name, value, wanted) in [
        (
            "DINGTALK_SERVER",
            "mainland",
            "https://api.dingtalk.com/v1.0/oauth2/c/token",
        ),
        (
            "DINGTALK_SERVER",
            "",
            "https://api.dingtalk.io/v1.0/oauth2/c/token",
        ),
        (
            "DINGTALK_BASE_URL",
            "https://ding.example/api",
            "https://ding.example/api/v1.0/oauth2/c/token",
        ),
    ] {
        assert_eq!(url(name, value).json()["url"], wanted);
    }
    for (name, value) in [
        ("DINGTALK_SERVER", "nowhere"),
        ("DINGTALK_BASE_URL", "http://ding.example"),
        ("DINGTALK_BASE_URL", "ding"),
    ] {
        let ended = url(name, value);
        let said = ended.failed_with(2);
        assert!(said.contains("DINGTALK_"), "{said}");
    }
}

#[test]
fn a_body_may_be_in_a_file_or_come_in() {
    let file = std::env::temp_dir().join(format!("dingtalk-body-{}.json", std::process::id()));
    std::fs::write(&file, r#"{"unionId": "from a file"}"#).unwrap();
    let call = |body: &str, input: &str| {
        let call = [
            "call",
            "conference_1_0",
            "StartCloudRecord",
            "--path",
            "conferenceId=c",
            "--body",
            body,
            "--dry-run",
        ];
        run(DINGTALK, &call, &[], input)
    };
    let from_file = call(&format!("@{}", file.display()), "");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(from_file.json()["body"]["unionId"], "from a file");
    let from_input = call("@-", r#"{"unionId": "from the input"}"#);
    assert_eq!(from_input.json()["body"]["unionId"], "from the input");
    let gone = call(&format!("@{}", file.display()), "");
    assert!(gone.failed_with(2).contains("--body @"), "{gone:?}");
    for (body, input) in [("{unionId: u}", ""), ("@-", "{unionId: u}")] {
        let refused = call(body, input);
        let said = refused.failed_with(2);
        assert!(
            said.contains("is not valid JSON: key must be a string at line 1 column 2"),
            "{said}"
        );
    }
}
