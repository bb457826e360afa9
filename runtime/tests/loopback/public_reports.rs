//! Situations that users of the platform have reported in public, with invented ids.

use std::net::TcpListener;
use std::time::Duration;

use dingtalk_runtime::{JsonRequest, RetryPolicy, TransportErrorKind};
use serde_json::{Value, json};

use crate::support::platform::{self, Error, START, StartRequest, builder};
use crate::support::{Answer, Server};

/// Of a conversation, as the platform gives them.
const IDS: [&str; 2] = ["cid//Vx7N7lA5mymGresIzXAw==", "cidixIX+qtR3ZmxEnRDmfHL6g=="];

/// A program that goes on after the first error fills a card that does not exist.
#[tokio::test]
async fn a_template_that_is_not_published_is_final_at_once() {
    let code = "param.templateUnpublished";
    let server = Server::always(
        400,
        json!({"requestid": "r-1", "code": code, "message": code}),
    );
    let client = builder().base_url(server.url()).token("t");
    let client = client.retry(RetryPolicy::default()).build().unwrap();
    let error = platform::start(&client).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some(code), Some(400)));
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!error.is_retryable());
    assert_eq!(server.requests().len(), 1);
}

/// The platform answers an object with an error that does not say what it wants.
#[tokio::test]
async fn an_object_where_a_string_is_wanted_is_told_before_anything_is_sent() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let request = JsonRequest::new().path("roomId", "r");
    let request = request.body(json!({"unionId": "u", "mode": {"content": "hi"}}));
    let Err(dingtalk_runtime::Error::InvalidArgument(error)) =
        client.call_json(&START, request).await
    else {
        panic!()
    };
    assert_eq!(error.argument(), "body.mode");
    assert!(
        error.reason().contains("must be a string, found an object"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn an_object_for_a_field_that_holds_json_text_is_written_as_text() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let request = JsonRequest::new().path("roomId", "r");
    let request = request.body(json!({"unionId": "u", "layout": {"row": 1, "label": "\"你好\""}}));
    client.call_json(&START, request).await.unwrap();
    let sent = server.request().json();
    let text = sent["layout"].as_str().unwrap();
    let inner: Value = serde_json::from_str(text).unwrap();
    assert_eq!(inner, json!({"row": 1, "label": "\"你好\""}));
}

#[tokio::test]
async fn ids_with_signs_arrive_as_they_are_in_path_query_and_body() {
    let encoded = |id: &str| {
        id.replace('/', "%2F")
            .replace('+', "%2B")
            .replace('=', "%3D")
    };
    for id in IDS {
        let server = Server::always(200, json!({}));
        let client = platform::client(&server);
        let request = StartRequest {
            mode: Some(id.to_owned()),
            ids: Some(vec![id.to_owned()]),
            ..platform::request()
        };
        platform::start_with(&client, id, &request).await.unwrap();
        let by_name = JsonRequest::new()
            .path("roomId", id)
            .query("ids", json!([id]));
        let by_name = by_name.body(json!({"unionId": "u", "mode": id}));
        client.call_json(&START, by_name).await.unwrap();
        for sent in server.requests() {
            let wanted = format!("/v1.0/rooms/{0}/start?ids={0}", encoded(id));
            assert_eq!(sent.target, wanted);
            assert_eq!(sent.json()["mode"], id);
        }
        assert_eq!(server.requests().len(), 2);
    }
}

/// The message was sent, the reply was late, and the program sent it again.
#[tokio::test]
async fn a_send_whose_reply_is_late_is_sent_once_and_said_to_have_perhaps_been_carried_out() {
    // Connections wait in its queue: the request is sent, and nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = builder()
        .base_url(url)
        .token("t")
        .retry(RetryPolicy::default());
    let client = client.build().unwrap();
    let call = platform::start(&client).attempt_timeout(Duration::from_millis(50));
    let Err(Error::Transport(error)) = call.await else {
        panic!()
    };
    assert_eq!(
        (error.error().kind(), error.attempts()),
        (TransportErrorKind::Timeout, 1)
    );
    assert!(
        error.to_string().contains("may have been carried out"),
        "{error}"
    );
    silent.accept().unwrap();
    silent.set_nonblocking(true).unwrap();
    assert!(silent.accept().is_err(), "a second attempt came");
}

/// A signature is over the bytes of the URL: `%2B` that becomes `+` is refused.
#[tokio::test]
async fn a_signed_url_in_a_reply_is_given_byte_for_byte() {
    let url = "https://files.example/f?Expires=1&OSSAccessKeyId=a&Signature=b%2Bc%3D&x=%e4%bd%a0";
    let body = json!({ "code": url }).to_string();
    let server = Server::start(move |_, _| Answer::new(200, &[], &body));
    let client = platform::client(&server);
    let reply = platform::start(&client).await.unwrap();
    assert_eq!(reply.code.as_deref(), Some(url));
}
