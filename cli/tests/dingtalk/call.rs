//! `call`.

use serde_json::json;

use crate::program::{DINGTALK, dingtalk, dingtalk_at, run, stand_in};
use crate::support::{Answer, StandIn};

const START: [&str; 7] = [
    "call",
    "conference_1_0",
    "StartCloudRecord",
    "--path",
    "conferenceId=c",
    "--body",
    r#"{"unionId": "u"}"#,
];

#[test]
fn the_reply_goes_to_the_output_with_a_token_that_was_fetched() {
    let stand_in = stand_in();
    let ended = dingtalk_at(&stand_in, &START);
    assert_eq!(ended.out, "{\n  \"code\": \"200\"\n}\n");
    assert_eq!((ended.code, &*ended.err), (Some(0), ""));
    let paths: Vec<_> = stand_in
        .take_requests()
        .into_iter()
        .map(|sent| sent.path)
        .collect();
    assert_eq!(
        paths,
        [
            "/v1.0/oauth2/accessToken",
            "/v1.0/conference/videoConferences/c/cloudRecords/start",
        ]
    );
}

#[test]
fn a_token_of_the_environment_is_sent_as_it_is() {
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let environment = [
        ("DINGTALK_BASE_URL", stand_in.url()),
        ("DINGTALK_ACCESS_TOKEN", "my-token-1"),
        ("DINGTALK_APP_KEY", "not used"),
    ];
    assert_eq!(run(DINGTALK, &START, &environment, "").json(), json!({}));
    let sent = stand_in.take_requests();
    assert_eq!(sent.len(), 1);
    assert_eq!(
        sent[0].header("x-acs-dingtalk-access-token"),
        Some("my-token-1")
    );
}

#[test]
fn an_application_in_an_organization_gets_the_token_of_that() {
    let stand_in = stand_in();
    let environment = [
        ("DINGTALK_BASE_URL", stand_in.url()),
        ("DINGTALK_APP_KEY", "k"),
        ("DINGTALK_APP_SECRET", "s"),
        ("DINGTALK_CORP_ID", "ding1"),
    ];
    assert_eq!(run(DINGTALK, &START, &environment, "").code, Some(0));
    assert_eq!(stand_in.take_requests()[0].path, "/v1.0/oauth2/ding1/token");
}

#[test]
fn an_error_tells_all_that_the_server_said_and_ends_with_1() {
    let stand_in = stand_in();
    stand_in.answer_next("conference_1_0", "StartCloudRecord", Answer::ErrorRow(0));
    let ended = dingtalk_at(&stand_in, &START);
    assert_eq!(
        ended.failed_with(1),
        "error: conference_1_0.StartCloudRecord: HTTP 400, code roomClosed: the meeting has ended \
         (request id stand-in-0002)\n"
    );
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    stand_in.answer_next("conference_1_0", "StartCloudRecord", Answer::Platform(code));
    let ended = dingtalk_at(&stand_in, &START);
    let said = ended.failed_with(1);
    assert!(
        said.contains("grant the application the permission Stand.In.Scope"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_sent_is_named_before_anything_is() {
    let stand_in = stand_in();
    let ended = dingtalk_at(
        &stand_in,
        &[
            "call",
            "conference_1_0",
            "StartCloudRecord",
            "--query",
            "unionId=u",
            "--body",
            r#"{"mode": 1, "modes": "grid"}"#,
        ],
    );
    assert_eq!(
        ended.failed_with(2),
        "error: conference_1_0.StartCloudRecord was not sent:\n  \
         path.conferenceId is required\n  \
         body.unionId is required\n  \
         body.mode must be a string, found the number 1\n  \
         query.unionId belongs in the body\n  \
         body.modes is not a field in the body; did you mean `mode`?\n\
         `dingtalk show conference_1_0 StartCloudRecord` shows its fields\n"
    );
    assert_eq!(stand_in.take_requests().len(), 0);
}

#[test]
fn an_unchecked_call_leaves_types_to_the_server() {
    let stand_in = stand_in();
    let mut call = START.to_vec();
    call[6] = r#"{"mode": 1}"#;
    call.push("--unchecked");
    assert_eq!(dingtalk_at(&stand_in, &call).code, Some(0));
    let sent = stand_in.take_requests().pop().unwrap();
    assert_eq!(sent.json(), Some(json!({ "mode": 1 })));
}

#[test]
fn values_are_given_once_and_with_a_name() {
    for (arguments, said) in [
        (
            &["--path", "conferenceId"][..],
            "--path `conferenceId` has no value: write NAME=VALUE",
        ),
        (
            &["--path", "conferenceId=a", "--path", "conferenceId=b"],
            "--path conferenceId is given twice",
        ),
    ] {
        let mut call = vec!["call", "conference_1_0", "StartCloudRecord"];
        call.extend(arguments);
        let ended = dingtalk(&call);
        assert!(ended.failed_with(2).contains(said), "{ended:?}");
    }
}

#[test]
fn without_credentials_it_is_said_which_to_set() {
    let ended = dingtalk(&START);
    let said = ended.failed_with(2);
    assert!(said.contains("DINGTALK_ACCESS_TOKEN"), "{said}");
    for (set, missing) in [
        ("DINGTALK_APP_KEY", "DINGTALK_APP_SECRET is not"),
        ("DINGTALK_APP_SECRET", "DINGTALK_APP_KEY is not"),
    ] {
        let ended = run(DINGTALK, &START, &[(set, "a-value-1")], "");
        let said = ended.failed_with(2);
        assert!(
            said.contains(missing) && !said.contains("a-value-1"),
            "{said}"
        );
    }
}

#[test]
fn all_pages_are_printed_an_item_a_line_until_one_fails() {
    const MEMBERS: [&str; 6] = [
        "call",
        "conference_1_0",
        "QueryConferenceMembers",
        "--path",
        "conferenceId=c",
        "--all-pages",
    ];
    let stand_in = stand_in();
    let page = |body: serde_json::Value| {
        let answer = Answer::Raw(200, "application/json", body.to_string().into_bytes());
        stand_in.answer_next("conference_1_0", "QueryConferenceMembers", answer);
    };
    page(json!({ "memberModels": [{ "unionId": "a" }, { "unionId": "b" }], "nextToken": "2" }));
    page(json!({ "memberModels": [{ "unionId": "c" }] }));
    let all = dingtalk_at(&stand_in, &MEMBERS);
    assert_eq!(
        all.out,
        "{\"unionId\":\"a\"}\n{\"unionId\":\"b\"}\n{\"unionId\":\"c\"}\n"
    );
    assert_eq!((all.code, &*all.err), (Some(0), ""));

    page(json!({ "memberModels": [{ "unionId": "a" }], "nextToken": "2" }));
    let denied = "Forbidden.AccessDenied.IpNotInWhiteList";
    stand_in.answer_next(
        "conference_1_0",
        "QueryConferenceMembers",
        Answer::Platform(denied),
    );
    let ended = dingtalk_at(&stand_in, &MEMBERS);
    assert_eq!(
        (ended.code, &*ended.out),
        (Some(1), "{\"unionId\":\"a\"}\n")
    );
    assert!(ended.err.contains(denied), "{ended:?}");
    assert!(ended.err.contains("The failing page is `2`"), "{ended:?}");
}

#[test]
fn one_page_of_several_is_told_on_the_standard_error() {
    const MEMBERS: [&str; 5] = [
        "call",
        "conference_1_0",
        "QueryConferenceMembers",
        "--path",
        "conferenceId=c",
    ];
    let stand_in = stand_in();
    for (reply, more) in [
        (json!({ "memberModels": [], "nextToken": "2" }), true),
        (json!({ "memberModels": [], "nextToken": "" }), false),
    ] {
        let answer = Answer::Raw(200, "application/json", reply.to_string().into_bytes());
        stand_in.answer_next("conference_1_0", "QueryConferenceMembers", answer);
        let ended = dingtalk_at(&stand_in, &MEMBERS);
        let printed: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!((ended.code, &printed), (Some(0), &reply));
        assert_eq!(ended.err.contains("--all-pages"), more, "{ended:?}");
    }
}

#[test]
fn an_operation_without_pages_has_no_all_pages() {
    let mut call = START.to_vec();
    call.push("--all-pages");
    let ended = dingtalk(&call);
    assert!(
        ended.failed_with(2).contains("is not documented as paged"),
        "{ended:?}"
    );
}

#[test]
fn a_server_that_is_not_there_is_told_and_no_secret_with_it() {
    let environment = [
        ("DINGTALK_BASE_URL", "http://127.0.0.1:1"),
        ("DINGTALK_APP_KEY", "the-key"),
        ("DINGTALK_APP_SECRET", "the-app-secret"),
    ];
    let mut call = START.to_vec();
    call.extend(["--timeout", "1"]);
    let ended = run(DINGTALK, &call, &environment, "");
    let said = ended.failed_with(1);
    assert!(said.contains("no connection to 127.0.0.1"), "{said}");
    assert!(!said.contains("the-app-secret"), "{said}");
}
