//! Calls without an async runtime.
#![cfg(feature = "blocking")]

use std::future::Future;

use dingtalk_runtime::TransportErrorKind as Kind;
use serde_json::json;

use crate::support::platform::{self, Error, GET_TOKEN};
use crate::support::{Answer, Server};

#[test]
fn calls_of_many_threads_share_connections_and_token() {
    let server = Server::start(|_, request| {
        let body = if request.path() == GET_TOKEN.path {
            json!({"accessToken": "t", "expireIn": 7200})
        } else {
            json!({"code": "c"})
        };
        Answer::json(200, &body)
    });
    let client = platform::app(&server);
    let reply = platform::start(&client).send_reply_blocking().unwrap();
    assert_eq!(reply.status(), 200);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5 {
                    let reply = platform::start(&client).send_blocking().unwrap();
                    assert_eq!(reply.code.as_deref(), Some("c"));
                }
            });
        }
    });
    assert_eq!(server.count(GET_TOKEN.path), 1);
    let requests = server.requests();
    let connections = requests
        .iter()
        .map(|request| request.connection)
        .max()
        .unwrap()
        + 1;
    // Not one a thread: a call that begins before the last one's connection is free again may open another.
    assert!(connections < requests.len(), "{connections}");
}

#[tokio::test]
async fn blocking_in_async_code_is_an_error() {
    let server = Server::always(200, json!({}));
    let error = platform::start(&platform::client(&server))
        .send_blocking()
        .unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.error().kind(), Kind::Runtime);
    assert!(error.to_string().contains(".send().await"), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn async_code_without_tokio_gets_an_error() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let mut call = std::pin::pin!(platform::start(&client).send());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else {
        panic!()
    };
    assert!(error.to_string().contains("no tokio runtime"), "{error}");
}
