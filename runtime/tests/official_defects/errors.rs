//! What an error says.

use std::net::TcpListener;
use std::time::Duration;

use dingtalk_runtime::{Client, TransportErrorKind as Kind};
use serde_json::json;

use crate::support::platform::{self, Error, builder};
use crate::support::{Answer, Server};

async fn refused(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Error {
    let server = Server::start(move |_, _| answer());
    let client = platform::client(&server);
    platform::start(&client).await.unwrap_err()
}

#[tokio::test]
async fn defect_06_an_error_without_json_keeps_its_status() {
    for status in [400, 401, 403, 404, 429, 500, 502, 503, 504] {
        for body in ["", "<html><h1>Bad Gateway</h1>", "not JSON", "[]", "null"] {
            let error = refused(move || Answer::new(status, &[("x-acs-request-id", "q-6")], body));
            let error = error.await;
            assert_eq!(error.status(), Some(status), "{body:?}");
            assert_eq!(error.request_id(), Some("q-6"), "{body:?}");
            let text = error.to_string();
            assert!(text.contains(&format!("HTTP {status}")), "{text}");
            assert!(text.contains(body), "{text}");
        }
    }
}

#[tokio::test]
async fn defect_07_the_request_id_is_a_value_of_its_own() {
    let body =
        json!({"code": "roomClosed", "requestid": "q-7", "message": "the meeting has ended"});
    let error = refused(move || Answer::json(400, &body)).await;
    assert_eq!(error.request_id(), Some("q-7"));
    assert!(!error.message().contains("q-7"), "{}", error.message());
    for name in ["x-acs-request-id", "x-acs-trace-id"] {
        let body = r#"{"code": "c", "message": "m"}"#;
        let error = refused(move || Answer::new(400, &[(name, "q-8")], body)).await;
        assert_eq!(error.request_id(), Some("q-8"), "{name}");
    }
}

#[tokio::test]
async fn defect_08_access_denied_detail_is_kept_and_names_the_scopes() {
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    for key in [
        "accessdenieddetail",
        "accessDeniedDetail",
        "AccessDeniedDetail",
    ] {
        let body = json!({
            "code": code,
            "requestid": "q",
            "message": "m",
            key: {"requiredScopes": ["Rooms.Room.Write", "Rooms.Room.Read"]},
        });
        let error = refused(move || Answer::json(403, &body)).await;
        let Error::Permission(denied) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            denied.required_scopes(),
            ["Rooms.Room.Write", "Rooms.Room.Read"]
        );
        assert!(denied.access_denied_detail().is_some());
        assert!(error.to_string().contains("Rooms.Room.Read"), "{error}");
    }
}

#[tokio::test]
async fn defect_18_a_timeout_a_refusal_and_a_name_without_address_are_told_apart() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent_url = format!("http://{}", silent.local_addr().unwrap());
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed_url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let broken = Server::start(|_, _| Answer::raw("HTTP/1.1 20"));
    let mut texts = Vec::new();
    for (url, expected) in [
        (silent_url, Kind::Timeout),
        (closed_url, Kind::Connect),
        ("https://no-such-host.invalid".to_owned(), Kind::Dns),
        (broken.url(), Kind::Broken),
    ] {
        let client: Client = builder().base_url(url).token("t").build().unwrap();
        let time = match expected {
            Kind::Timeout => Duration::from_millis(80),
            _ => Duration::from_secs(20),
        };
        let Err(Error::Transport(error)) = platform::start(&client).timeout(time).await else {
            panic!("{expected:?}")
        };
        assert_eq!(error.error().kind(), expected, "{error}");
        texts.push(error.error().kind().to_string());
    }
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 4, "each has words of its own");
}
