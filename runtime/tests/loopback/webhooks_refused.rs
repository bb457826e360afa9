//! Webhooks and messages that are refused before anything is sent, without showing a secret.

use std::time::Duration;

use dingtalk_runtime::{Error, RobotWebhook, SessionWebhook, Webhook};

use crate::oapi_robot::OapiRobot;
use crate::support::Server;
use crate::webhooks::{SECRET, URL, at, builder, ok, text};

/// What a message to this webhook fails with, at the platform's servers.
async fn refused(webhook: impl Into<Webhook>) -> String {
    let client = builder().build().unwrap();
    let call = OapiRobot::new(&client).send(text("a")).webhook(webhook);
    let error = call.await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    let said = format!("{error} {error:?}");
    assert!(!said.contains("SENTINEL"), "{said}");
    error.to_string()
}

#[tokio::test]
async fn a_url_that_is_no_webhook_is_named() {
    let own = "https://oapi.dingtalk.com/robot";
    for (url, says) in [
        (format!("{own}/send"), "no `access_token`"),
        (format!("{own}/send?access_token="), "no `access_token`"),
        (format!("{own}/send?token=SENTINEL"), "no `access_token`"),
        (
            format!("{own}/SENTINEL?access_token=SENTINEL"),
            "another path than `/robot/send`",
        ),
        (
            format!("{own}/sendBySession?session=SENTINEL"),
            "another path",
        ),
        (
            "https://hooks.example.com/SENTINEL/send?access_token=SENTINEL".into(),
            "`https://hooks.example.com`",
        ),
        (
            "https://oapi.dingtalk.com.example.org/robot/send?access_token=SENTINEL".into(),
            "none of the API's servers",
        ),
        (
            "https://oapi.dingtalk.com@example.org/robot/send?access_token=SENTINEL".into(),
            "`https://example.org`",
        ),
        (
            "https://oapi.dingtalk.com:444/robot/send?access_token=SENTINEL".into(),
            "at `https://oapi.dingtalk.com:444`, which is none of the API's servers",
        ),
        (
            "http://oapi.dingtalk.com/robot/send?access_token=SENTINEL".into(),
            "at `http://oapi.dingtalk.com`, which is none of the API's servers",
        ),
        (
            "http://127.0.0.1:1/robot/send?access_token=SENTINEL".into(),
            "`http://127.0.0.1:1`",
        ),
        ("https://".into(), "not a URL"),
        (
            "oapi.dingtalk.com/robot/send?access_token=SENTINEL".into(),
            "neither a URL nor",
        ),
        (String::new(), "is empty"),
        ("SENTINEL\n".into(), "line break"),
    ] {
        let said = refused(&RobotWebhook::new(&*url)).await;
        assert!(said.contains(says), "{url}: {said}");
    }
}

#[tokio::test]
async fn a_secret_that_is_no_secret_is_named() {
    for (secret, says) in [
        ("SENTINEL", "does not begin with `SEC`"),
        ("", "is empty"),
        (" SECSENTINEL", "white space"),
        ("SECSENTINEL SENTINEL", "white space"),
        ("SECSENTINEL\n", "white space"),
    ] {
        let said = refused(&RobotWebhook::new(URL).secret(secret)).await;
        assert!(said.contains(says), "{secret}: {said}");
    }
}

#[tokio::test]
async fn a_limit_that_lets_nothing_through_is_named() {
    let said = refused(&RobotWebhook::new(URL).limit(0, Duration::from_secs(60))).await;
    assert!(said.contains("allows 0 calls"), "{said}");
    let said = refused(&RobotWebhook::new(URL).limit(1, Duration::ZERO)).await;
    assert!(said.contains("window of zero"), "{said}");
}

#[tokio::test]
async fn a_session_sends_nothing_to_another_host() {
    let elsewhere = Server::always(200, serde_json::json!({"errcode": 0}));
    let url = format!("{}/robot/sendBySession?session=SENTINEL", elsewhere.url());
    let said = refused(&SessionWebhook::new(url)).await;
    assert!(said.contains("none of the API's servers"), "{said}");
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_body_has_at_most_the_bytes_that_the_operation_takes() {
    let server = ok();
    let client = at(&server);
    let send = async |length: usize| {
        let call = OapiRobot::new(&client).send(text(&"x".repeat(length)));
        call.webhook(&RobotWebhook::new(URL).secret(SECRET)).await
    };
    let rest = r#"{"msgtype":"text","text":{"content":""}}"#.len();
    send(20_000 - rest).await.unwrap();
    let error = send(20_001 - rest).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    let said = error.to_string();
    assert!(
        said.contains("`body` must have at most 20000 bytes, found 20001"),
        "{said}"
    );
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_operation_without_a_webhook_takes_none_and_one_with_a_webhook_needs_it() {
    let server = ok();
    let client = at(&server);
    let error = OapiRobot::new(&client).send(text("a")).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`.webhook(&RobotWebhook::new(url))`"),
        "{error}"
    );
    let call = crate::oapi_auth::OapiAuth::new(&client).scopes();
    let error = call.webhook(&RobotWebhook::new(URL)).await.unwrap_err();
    assert!(error.to_string().contains("not called with one"), "{error}");
    assert!(server.requests().is_empty());
}
