//! What the server's refusals arrive as.

use std::time::Duration;

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{ApiError, OperationError as _};
use serde_json::{Value, json};

use crate::support::platform::{self, Error, StartError};
use crate::support::{Answer, Server};

async fn failed(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Error {
    let server = Server::start(move |_, _| answer());
    platform::start(&platform::client(&server))
        .send()
        .await
        .unwrap_err()
}

async fn refused(status: u16, body: Value) -> Error {
    failed(move || Answer::json(status, &body)).await
}

fn api(error: &Error) -> &ApiError {
    error.api().unwrap_or_else(|| panic!("{error:?}"))
}

#[tokio::test]
async fn a_documented_code_is_the_operations_own_error() {
    let error = refused(
        400,
        json!({"code": "roomClosed", "message": "the meeting has ended", "requestid": "q-1"}),
    )
    .await;
    assert!(
        matches!(&error, Error::Api(StartError::RoomClosed(_))),
        "{error:?}"
    );
    assert_eq!(
        (error.status(), error.code()),
        (Some(400), Some("roomClosed"))
    );
    assert_eq!(error.message(), "the meeting has ended");
    assert_eq!(error.request_id(), Some("q-1"));
    assert_eq!(
        error.to_string(),
        "rooms_1_0.StartRoom: HTTP 400, code roomClosed: the meeting has ended (request id q-1)"
    );
}

#[tokio::test]
async fn the_row_that_fits_best_is_taken() {
    let code =
        |status, message| refused(status, json!({"code": "paramsError", "message": message}));
    let error = code(400, "error:no mode").await;
    assert!(
        matches!(&error, Error::Api(StartError::ParamsError(e)) if e.detail() == Some("no mode"))
    );
    // The status counts more than the message.
    let error = code(400, "broken:a in b").await;
    assert!(matches!(&error, Error::Api(StartError::ParamsError(e)) if e.detail().is_none()));
    // With a status of neither row, the message decides.
    let error = code(418, "broken:a in b").await;
    assert!(matches!(&error, Error::Api(StartError::Broken(e)) if e.details() == ["a", "b"]));
    // With nothing to go by, the first row of the code.
    let error = code(418, "?").await;
    assert!(matches!(&error, Error::Api(StartError::ParamsError(_))));
    let error = refused(400, json!({"code": "paramserror", "message": "error:x"})).await;
    assert!(matches!(&error, Error::Api(StartError::Other(_))));
}

#[tokio::test]
async fn a_row_of_a_known_class_stays_the_operations_own_error() {
    let error = refused(400, json!({"code": "busy", "message": "m"})).await;
    assert!(matches!(&error, Error::Api(StartError::Busy(_))));
    assert_eq!(error.class(), Some(ErrorClass::Throttled));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_missing_permission_says_which() {
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    let error = refused(
        403,
        json!({"code": code, "requestid": "q", "message": "no",
            "accessdenieddetail": {"requiredScopes": ["Rooms.A", "Rooms.B"]}}),
    )
    .await;
    let Error::Permission(denied) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(denied.required_scopes(), ["Rooms.A", "Rooms.B"]);
    assert_eq!(
        denied.access_denied_detail(),
        Some(&json!({"requiredScopes": ["Rooms.A", "Rooms.B"]}).into())
    );
    assert!(
        error
            .to_string()
            .ends_with("grant the application the permission Rooms.A, Rooms.B")
    );
    assert!(!error.is_retryable());
    // If the server does not say, the documentation does.
    let error = refused(403, json!({"code": code, "message": "no"})).await;
    assert!(
        error
            .to_string()
            .ends_with("the permission Rooms.Room.Write"),
        "{error}"
    );
}

#[tokio::test]
async fn throttling_is_told_from_permission_and_quota() {
    let code = "Forbidden.AccessDenied.QpsLimitForApi";
    let error = refused(403, json!({"code": code, "message": "m"})).await;
    assert!(
        matches!(&error, Error::Throttled(_)) && error.is_retryable(),
        "{error:?}"
    );
    let body = json!({"code": "Forbidden.AccessDenied.ApiCountLimitForOrg", "message": "m"});
    let error = refused(403, body).await;
    assert!(
        matches!(&error, Error::Quota(_)) && !error.is_retryable(),
        "{error:?}"
    );
    let error = failed(|| {
        Answer::new(
            429,
            &[("retry-after", "7")],
            r#"{"code": "whatever", "message": "m"}"#,
        )
    })
    .await;
    assert!(matches!(&error, Error::Throttled(e) if e.wait() == Some(Duration::from_secs(7))));
    assert!(error.to_string().contains("wait 7 s"), "{error}");
}

#[tokio::test]
async fn a_blocked_address_is_throttled_whatever_the_status() {
    for status in [200, 403, 503] {
        let body =
            json!({"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "u"});
        let error = refused(status, body).await;
        let Error::Throttled(blocked) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (blocked.wait(), blocked.code()),
            (Some(Duration::from_secs(5)), "1111")
        );
    }
}

#[tokio::test]
async fn errors_are_read_however_they_are_spelled() {
    for body in [
        json!({"code": "c", "message": "m", "requestid": "q", "accessdenieddetail": {"a": 1}}),
        json!({"Code": "c", "Message": "m", "RequestId": "q", "AccessDeniedDetail": {"a": 1}}),
        json!({"code": "c", "description": "m", "request_id": "q", "accessDeniedDetail": {"a": 1}}),
        json!({"errcode": "c", "errmsg": "m", "requestId": "q", "access_denied_detail": {"a": 1}}),
    ] {
        let error = refused(400, body.clone()).await;
        let error = api(&error);
        assert_eq!(
            (error.code(), error.message(), error.request_id()),
            ("c", "m", Some("q"))
        );
        assert_eq!(error.access_denied_detail(), Some(&json!({"a": 1}).into()));
        assert_eq!(error.body(), &body);
    }
    let error = refused(400, json!({"code": 40014, "message": "m"})).await;
    assert_eq!(error.code(), Some("40014"));
}

#[tokio::test]
async fn a_request_id_of_the_headers_is_taken_if_the_body_has_none() {
    let body = r#"{"code": "c", "message": "m"}"#;
    let headers = &[("X-Acs-Trace-Id", "t"), ("x-acs-request-id", "r")];
    let error = failed(move || Answer::new(400, headers, body)).await;
    assert_eq!(error.request_id(), Some("r"));
    let error = failed(move || Answer::new(500, headers, "<html>")).await;
    assert_eq!(error.request_id(), Some("r"));
}

#[tokio::test]
async fn a_success_with_an_errcode_is_an_error() {
    let error = refused(200, json!({"errcode": 404, "errmsg": "no such path"})).await;
    assert!(
        matches!(&error, Error::Api(StartError::Other(_))),
        "{error:?}"
    );
    assert_eq!((error.status(), error.code()), (Some(200), Some("404")));
    assert_eq!(error.message(), "no such path");
    for body in [
        json!({"errcode": 0, "errmsg": "ok", "code": "200"}),
        json!({"errcode": "0", "code": "200"}),
        json!({"code": "200", "nested": {"errcode": 1}}),
    ] {
        let server = Server::always(200, body);
        let reply = platform::start(&platform::client(&server))
            .send()
            .await
            .unwrap();
        assert_eq!(reply.code.as_deref(), Some("200"));
    }
}

#[tokio::test]
async fn a_page_keeps_status_type_and_excerpt() {
    for status in [200, 502] {
        let page = format!("<html>\n<body>{}</body>", "é".repeat(9999));
        let error =
            failed(move || Answer::new(status, &[("content-type", "text/html")], &page)).await;
        let Error::UnexpectedReply(reply) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (reply.status(), reply.content_type()),
            (status, Some("text/html"))
        );
        assert!(
            reply.excerpt().starts_with("<html> <body>éé"),
            "{}",
            reply.excerpt()
        );
        assert!(reply.excerpt().len() < 600);
        let text = error.to_string();
        for part in [
            "rooms_1_0.StartRoom",
            &status.to_string(),
            "text/html",
            "no request id",
        ] {
            assert!(text.contains(part), "{text}");
        }
    }
}

#[tokio::test]
async fn errors_without_a_form_keep_their_status() {
    for (status, body) in [
        (500, ""),
        (400, "{}"),
        (404, "[]"),
        (400, "not json"),
        (503, "{\"cod"),
    ] {
        let error = failed(move || Answer::new(status, &[], body)).await;
        assert!(matches!(&error, Error::UnexpectedReply(_)), "{error:?}");
        assert_eq!(error.status(), Some(status));
        assert!(!error.is_retryable(), "the operation is not idempotent");
    }
    let server = Server::start(|_, _| Answer::new(503, &[], ""));
    let request = platform::request();
    let error = platform::find(&platform::client(&server), &request)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::always(200, json!({}));
    let location = format!("{}/?token=secret", target.url());
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let error = failed(move || Answer::new(status, &[("location", &location)], "")).await;
        assert!(matches!(&error, Error::UnexpectedReply(_)), "{error:?}");
        assert_eq!(error.status(), Some(status));
        assert!(
            error.to_string().contains("a redirect to http://127.0.0.1"),
            "{error}"
        );
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_that_the_users_own_client_follows_is_an_error() {
    let server = Server::start(|number, _| match number {
        0 => Answer::new(307, &[("location", "/elsewhere")], ""),
        _ => Answer::json(200, &json!({})),
    });
    let http = platform::reqwest_client(dingtalk_runtime::reqwest::Client::builder().no_proxy());
    let client = platform::builder()
        .base_url(server.url())
        .token("t")
        .http_client(http)
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(error.to_string().contains("followed a redirect"), "{error}");
}

#[tokio::test]
async fn a_reply_that_does_not_fit_says_where() {
    let error = refused(200, json!({"seats": [{}, {"row": {"a": 1}}]})).await;
    assert!(matches!(&error, Error::Decode(_)), "{error:?}");
    let text = error.to_string();
    for part in [
        "rooms_1_0.StartRoom",
        "HTTP 200",
        "seats[1].row: expected an integer",
        "no request id",
    ] {
        assert!(text.contains(part), "{text}");
    }
    for body in ["nonsense", "{\"code\"", "[1]", "{} {}"] {
        let error = failed(move || Answer::new(200, &[], body)).await;
        assert!(matches!(&error, Error::Decode(_)), "{body}: {error:?}");
    }
    let error = failed(|| Answer::new(200, &[], "")).await;
    assert!(matches!(&error, Error::UnexpectedReply(_)), "{error:?}");
}

#[test]
fn errors_are_small_and_go_anywhere() {
    fn anywhere<T: Send + Sync + 'static>() {}
    anywhere::<Error>();
    assert!(size_of::<Error>() <= 24, "{}", size_of::<Error>());
    let _ = StartError::api;
}

#[tokio::test]
async fn the_body_keeps_the_digits_of_numbers_and_the_order_of_keys() {
    const BODY: &str =
        r#"{"z":12345678901234567890123,"code":"other","a":1.10,"accessDeniedDetail":{"n":1.0}}"#;
    let error = failed(|| Answer::new(400, &[("content-type", "application/json")], BODY)).await;
    assert_eq!(api(&error).body().to_string(), BODY);
    let detail = api(&error).access_denied_detail().map(ToString::to_string);
    assert_eq!(detail.as_deref(), Some(r#"{"n":1.0}"#));
}
