//! The environment's variables: which credentials they make, and what is wrong with them.

use crate::program::{DINGTALK, Ended, run, stand_in};
use crate::support::StandIn;

const KEY: (&str, &str) = ("DINGTALK_APP_KEY", "k");
const SECRET: (&str, &str) = ("DINGTALK_APP_SECRET", "SENTINEL-secret");
const TICKET: (&str, &str) = ("DINGTALK_SUITE_TICKET", "SENTINEL-ticket");
const CORP_ID: (&str, &str) = ("DINGTALK_CORP_ID", "ding1");

const START: [&str; 7] = [
    "call",
    "conference_1_0",
    "StartCloudRecord",
    "--path",
    "conferenceId=c",
    "--body",
    r#"{"unionId": "u"}"#,
];

const SEND: [&str; 5] = [
    "call",
    "oapi_robot",
    "Send",
    "--body",
    r#"{"msgtype": "text", "text": {"content": "a"}}"#,
];

/// Runs a command at the stand-in, which knows a webhook. Nothing that it prints may show a secret.
fn at(stand_in: &StandIn, call: &[&str], environment: &[(&str, &str)]) -> Ended {
    stand_in.accept_token("SENTINEL-1");
    let server = [("DINGTALK_BASE_URL", stand_in.url())];
    let ended = run(DINGTALK, call, &[&server, environment].concat(), "");
    assert!(!format!("{ended:?}").contains("SENTINEL"), "{ended:?}");
    ended
}

#[test]
fn a_third_party_application_gets_the_token_of_the_organization_that_is_set() {
    let stand_in = stand_in();
    let ended = at(&stand_in, &START, &[KEY, SECRET, TICKET, CORP_ID]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let fetch = &stand_in.take_requests()[0];
    assert_eq!(fetch.path, "/v1.0/oauth2/corpAccessToken");
    let sent = fetch.json().unwrap();
    assert_eq!(sent["authCorpId"], "ding1");
    assert_eq!(sent["suiteTicket"], TICKET.1);
}

#[test]
fn a_third_party_application_without_an_organization_gets_its_own_token() {
    let stand_in = stand_in();
    let call = [
        "call",
        "oauth2_1_0",
        "GetAuthInfo",
        "--query",
        "authCorpId=ding1",
    ];
    let ended = at(&stand_in, &call, &[KEY, SECRET, TICKET]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let fetch = &stand_in.take_requests()[0];
    assert_eq!(fetch.path, "/v1.0/oauth2/suiteAccessToken");
    assert_eq!(fetch.json().unwrap()["suiteTicket"], TICKET.1);
}

#[test]
fn a_webhook_is_called_by_its_url_or_its_token_without_an_application() {
    let stand_in = stand_in();
    let url = format!("{}/robot/send?access_token=SENTINEL-1", stand_in.url());
    for webhook in [&*url, "SENTINEL-1"] {
        let ended = at(&stand_in, &SEND, &[("DINGTALK_WEBHOOK", webhook)]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let sent = stand_in.take_requests();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].path, "/robot/send");
        let token = ("access_token".to_owned(), "SENTINEL-1".to_owned());
        assert_eq!(sent[0].query, [token]);
    }
}

#[test]
fn a_webhook_with_a_secret_signs() {
    let stand_in = stand_in();
    let environment = [
        ("DINGTALK_WEBHOOK", "SENTINEL-1"),
        ("DINGTALK_WEBHOOK_SECRET", "SECSENTINEL"),
    ];
    let ended = at(&stand_in, &SEND, &environment);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let sent = &stand_in.take_requests()[0];
    let names: Vec<_> = sent.query.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, ["access_token", "timestamp", "sign"]);
    // 32 bytes in base64.
    assert_eq!(sent.query[2].1.len(), 44);
}

#[test]
fn a_conversation_is_called_by_the_url_of_its_message() {
    let stand_in = stand_in();
    let mut call = SEND;
    call[2] = "SendBySession";
    let url = format!("{}/robot/sendBySession?session=SENTINEL-1", stand_in.url());
    let ended = at(&stand_in, &call, &[("DINGTALK_WEBHOOK", &url)]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(stand_in.take_requests()[0].path, "/robot/sendBySession");
}

#[test]
fn a_webhook_that_is_missing_or_wrong_is_named_and_nothing_is_sent() {
    let stand_in = stand_in();
    let own = |path: &str| format!("{}{path}", stand_in.url());
    let webhook = |value: &str| vec![("DINGTALK_WEBHOOK", value.to_owned())];
    let secret = ("DINGTALK_WEBHOOK_SECRET", "SENTINEL".to_owned());
    for (environment, says) in [
        (vec![], "set DINGTALK_WEBHOOK to its URL"),
        (webhook(""), "set DINGTALK_WEBHOOK to its URL"),
        (webhook(&own("/robot/send")), "has no `access_token`"),
        (
            webhook("https://hooks.example.com/robot/send?access_token=SENTINEL"),
            "has a URL at `https://hooks.example.com`",
        ),
        (
            [webhook("SENTINEL-1"), vec![secret]].concat(),
            "does not begin with `SEC`",
        ),
    ] {
        let environment: Vec<_> = environment
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let ended = at(&stand_in, &SEND, &environment);
        let said = ended.failed_with(2);
        assert!(said.contains(says), "{environment:?}: {said}");
    }
    assert!(stand_in.take_requests().is_empty());
}

#[test]
fn credentials_that_cannot_be_right_are_named() {
    let stand_in = stand_in();
    for (environment, says) in [
        (
            vec![KEY, SECRET, TICKET, ("DINGTALK_CORP_ID", " ding1")],
            "begins or ends with white space",
        ),
        (
            vec![KEY, SECRET, ("DINGTALK_SERVER", "mainland")],
            "DINGTALK_SERVER and DINGTALK_BASE_URL are both set",
        ),
    ] {
        let ended = at(&stand_in, &START, &environment);
        let said = ended.failed_with(2);
        assert!(said.contains(says) && said.contains("DINGTALK_"), "{said}");
    }
    assert!(stand_in.take_requests().is_empty());
}
