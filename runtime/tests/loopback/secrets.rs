//! No secret is ever shown.

use std::fmt::{Debug, Display};

use dingtalk_runtime::{
    AppToken, BoxFuture, Bytes, FixedToken, HttpRequest, JsonRequest, Limits, RobotWebhook, Token,
    Transport, TransportError, TransportErrorKind, http,
};
use serde_json::json;

use crate::oapi_auth::OapiAuth;
use crate::oapi_robot::OapiRobot;
use crate::support::platform::{self, GET_TOKEN, START, StartRequest, builder};
use crate::support::{Answer, Server};
use crate::webhooks;

const SECRETS: [&str; 4] = [
    "t-secret-1",
    "the-app-secret",
    "p\"secret/2",
    "p\\\"secret/2",
];

fn check(texts: &[String]) {
    for text in texts {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
}

fn shown(value: &(impl Debug + Display)) -> Vec<String> {
    vec![
        value.to_string(),
        format!("{value:?}"),
        format!("{value:#?}"),
    ]
}

#[test]
fn debug_of_what_holds_a_secret_does_not_show_it() {
    let app = || builder().app("k", "the-app-secret");
    let client = app().build().unwrap();
    let fixed = builder().token("t-secret-1").build().unwrap();
    let call = platform::start(&fixed)
        .token("t-secret-1")
        .header("x", "t-secret-1");
    check(&[
        format!("{:?}", app()),
        format!("{:?}", builder().token("t-secret-1")),
        format!("{client:?} {fixed:?} {call:?}"),
        format!("{:?}", AppToken::new("k", "the-app-secret")),
        format!(
            "{:?} {:?}",
            FixedToken::new("t-secret-1"),
            Token::new("t-secret-1")
        ),
        format!(
            "{:?}",
            JsonRequest::new()
                .body(json!({"a": "t-secret-1"}))
                .query("a", "t-secret-1")
        ),
        format!(
            "{:?}",
            builder()
                .base_url("https://u:t-secret-1@a")
                .build()
                .unwrap_err()
        ),
        format!("{:?}", builder().token("t-secret-1\n").build().unwrap_err()),
    ]);
}

#[tokio::test]
async fn no_error_shows_what_was_sent_in_confidence() {
    // The secret of the application is not sent with this call: the server cannot echo it.
    let echo = "t-secret-1 p\"secret/2";
    let escaped = serde_json::to_string(echo).unwrap();
    let bodies = [
        (
            400,
            json!({"code": echo, "message": echo, "requestid": echo,
            "accessdenieddetail": {"requiredScopes": [echo]}})
            .to_string(),
        ),
        (
            400,
            json!({"code": "paramsError", "message": format!("error:{echo}")}).to_string(),
        ),
        (
            400,
            json!({"code": "InvalidAuthentication", "message": echo}).to_string(),
        ),
        (200, json!({"errcode": 1, "errmsg": echo}).to_string()),
        (200, format!("{{\"seats\": {escaped}")),
        (200, json!({"count": echo}).to_string()),
        (502, format!("<html>{echo}")),
        (500, escaped),
        (302, String::new()),
    ];
    let password = StartRequest {
        password: Some("p\"secret/2".into()),
        ..platform::request()
    };
    for (status, body) in bodies {
        let server = Server::start(move |_, request| {
            if request.path() == GET_TOKEN.path {
                return Answer::json(200, &json!({"accessToken": "t-secret-1", "expireIn": 7200}));
            }
            let headers = [
                ("x-acs-request-id", "t-secret-1"),
                ("location", "http://t-secret-1/"),
            ];
            Answer::new(status, &headers, &body)
        });
        let client = platform::app(&server);
        let error = platform::start_with(&client, "r", &password)
            .send()
            .await
            .unwrap_err();
        let mut texts = shown(&error);
        texts.extend([
            error.message().to_owned(),
            format!("{:?}{:?}", error.code(), error.request_id()),
        ]);
        if let Some(api) = error.api() {
            texts.push(format!(
                "{:?} {} {:?}",
                api.details(),
                api.body(),
                api.access_denied_detail()
            ));
        }
        check(&texts);

        let request = JsonRequest::new()
            .path("roomId", "r")
            .body(json!({"unionId": "u", "password": "p\"secret/2"}));
        // What does not fit the typed reply may still be JSON.
        if let Err(error) = client.call_json(&START, request).send().await {
            check(&shown(&error));
        }
    }
}

#[tokio::test]
async fn a_bad_reply_to_a_fetch_shows_neither_secret_nor_token() {
    for (status, body) in [
        (
            200,
            r#"{"accessToken": "t-secret-1", "expireIn": "#.to_owned(),
        ),
        (200, r#"{"accessToken": ["t-secret-1"]}"#.to_owned()),
        (200, r#"["the-app-secret"]"#.to_owned()),
        (
            400,
            json!({"code": "c", "message": "m", "accessToken": "t-secret-1"}).to_string(),
        ),
        (
            500,
            r#"x {"accessToken": "t-secret-1"} the-app-secret"#.to_owned(),
        ),
    ] {
        let server = Server::start(move |_, _| Answer::new(status, &[], &body));
        let error = platform::start(&platform::app(&server))
            .send()
            .await
            .unwrap_err();
        check(&shown(&error));
    }
}

/// A transport of a user's own, which fails and shows the whole address in all its texts.
struct Talkative;

impl Transport for Talkative {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let url = request.url.to_string();
        let cause = std::io::Error::other(format!("reset while calling {url}"));
        let error = TransportError::new(TransportErrorKind::Broken)
            .with_reason(format!("cannot get {url}"))
            .with_source(cause);
        Box::pin(std::future::ready(Err(error)))
    }
}

#[tokio::test]
async fn an_address_that_a_transport_shows_is_without_its_secrets() {
    let client = webhooks::builder().token("t-secret/1").transport(Talkative);
    let client = client.build().unwrap();
    let robot = RobotWebhook::new("w-secret+1").secret(webhooks::SECRET);
    let call = OapiAuth::new(&client).scopes();
    let by_token = shown(&call.send().await.unwrap_err());
    let call = OapiRobot::new(&client).send(webhooks::text("a"));
    let by_webhook = shown(&call.webhook(&robot).send().await.unwrap_err());
    for text in by_token.iter().chain(&by_webhook) {
        assert!(text.contains("?access_token=***"), "{text}");
        assert!(text.contains("reset while calling"), "{text}");
        assert!(!text.contains("-secret"), "{text}");
    }
    assert!(by_webhook.iter().all(|text| text.contains("sign=***")));
}
