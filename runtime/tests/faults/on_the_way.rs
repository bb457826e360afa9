//! What breaks on the way, each with a kind of its own.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use crate::support::platform::{self, Error, builder};
use crate::support::{Answer, Server};
use dingtalk_runtime::TransportErrorKind as Kind;
use serde_json::json;

fn kind(error: &Error) -> Kind {
    let Error::Transport(failure) = error else {
        panic!("{error:?}")
    };
    let text = error.to_string();
    assert!(text.contains("rooms_1_0.StartRoom"), "{text}");
    assert!(
        !text.contains("127.0.0.1:") || !text.contains("/v1.0/"),
        "a URL is shown: {text}"
    );
    failure.error().kind()
}

async fn failed(url: &str) -> Error {
    let client = builder()
        .base_url(url)
        .token("t")
        .connect_timeout(Duration::from_millis(300))
        .timeout(Duration::from_secs(5))
        .max_body(1000)
        .build()
        .unwrap();
    platform::start(&client).send().await.unwrap_err()
}

/// A listener that takes connections and says nothing.
fn silent() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    (listener, address)
}

#[tokio::test]
async fn a_refused_connection_is_told_apart_and_safe_to_retry() {
    let (listener, address) = silent();
    drop(listener);
    let error = failed(&format!("http://{address}")).await;
    assert_eq!(kind(&error), Kind::Connect);
    assert!(error.is_retryable());
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(
        !error.to_string().contains("may have been carried out"),
        "{error}"
    );
}

#[tokio::test]
async fn a_name_without_address_is_told_apart() {
    let error = failed("https://no-such-host.invalid").await;
    assert_eq!(kind(&error), Kind::Dns, "{error}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_host_that_takes_no_connection_in_time_is_told_apart() {
    let (_listener, address) = silent();
    let error = failed(&format!("https://{address}")).await;
    assert_eq!(kind(&error), Kind::ConnectTimeout, "{error}");
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_host_that_speaks_no_tls_is_told_apart() {
    let server = Server::start(|_, _| Answer::raw(""));
    let plain = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = plain.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let error = failed(&format!("https://{address}")).await;
    assert_eq!(kind(&error), Kind::Tls, "{error}");
    assert!(!error.is_retryable());
    drop(server);
}

#[tokio::test]
async fn a_reply_that_does_not_come_in_time_is_told_apart() {
    let (_listener, address) = silent();
    let client = builder()
        .base_url(format!("http://{address}"))
        .token("t")
        .build()
        .unwrap();
    let call = platform::start(&client).timeout(Duration::from_millis(50));
    let error = call.send().await.unwrap_err();
    assert_eq!(kind(&error), Kind::Timeout);
    assert!(!error.is_retryable(), "it may have been carried out");
    assert!(
        error.to_string().contains("may have been carried out"),
        "{error}"
    );
    let request = platform::request();
    let call = platform::find(&client, &request).timeout(Duration::from_millis(50));
    assert!(
        call.send().await.unwrap_err().is_retryable(),
        "reading again is safe"
    );
}

#[tokio::test]
async fn a_connection_that_ends_before_the_reply_is_told_apart() {
    for bytes in [
        "",
        "HTTP/1.1 20",
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n",
        "garbage\r\n\r\n",
    ] {
        let server = Server::start(move |_, _| Answer::raw(bytes));
        let error = failed(&server.url()).await;
        assert_eq!(kind(&error), Kind::Broken, "{bytes:?}: {error}");
        assert!(!error.is_retryable());
        assert_eq!(server.requests().len(), 1, "nothing is sent twice");
    }
}

#[tokio::test]
async fn a_cut_body_is_told_apart() {
    for bytes in [
        "HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"code\":",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{\"code\":",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let server = Server::start(move |_, _| Answer::raw(bytes));
        let error = failed(&server.url()).await;
        assert_eq!(kind(&error), Kind::BodyCut, "{bytes:?}: {error}");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_an_error() {
    let large = "x".repeat(1001);
    for bytes in [
        format!("HTTP/1.1 200 OK\r\ncontent-length: 1001\r\n\r\n{large}"),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n{large}\r\n0\r\n\r\n"),
        format!("HTTP/1.1 200 OK\r\n\r\n{large}"),
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".to_owned(),
    ] {
        let server = Server::start(move |_, _| Answer::raw(bytes.clone()));
        let error = failed(&server.url()).await;
        assert_eq!(kind(&error), Kind::BodyTooLarge, "{error}");
    }
}

#[tokio::test]
async fn a_body_of_the_limit_is_none() {
    let body = format!("{{\"code\":\"{}\"}}", "x".repeat(989));
    assert_eq!(body.len(), 1000);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\n{}\r\n384\r\n{}\r\n0\r\n\r\n",
        &body[..100],
        &body[100..]
    );
    let server = Server::start(move |_, _| Answer::raw(chunked.clone()));
    let client = builder()
        .base_url(server.url())
        .token("t")
        .max_body(1000)
        .build()
        .unwrap();
    assert_eq!(
        platform::start(&client)
            .send()
            .await
            .unwrap()
            .code
            .unwrap()
            .len(),
        989
    );
}

#[tokio::test]
async fn a_dropped_future_leaves_the_client_usable() {
    let (listener, address) = silent();
    let client = builder()
        .base_url(format!("http://{address}"))
        .token("t")
        .build()
        .unwrap();
    let call = tokio::spawn(platform::start(&client).send());
    let accepted = tokio::task::spawn_blocking(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let read = stream.read(&mut [0; 10]).unwrap();
        (listener, stream, read)
    });
    let (listener, mut stream, read) = accepted.await.unwrap();
    assert!(read > 0);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    // The connection of the dropped call is closed and not used again.
    let next = tokio::spawn(platform::start(&client).send());
    let served = tokio::task::spawn_blocking(move || {
        stream.read_to_end(&mut Vec::new()).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        let mut seen = Vec::new();
        while !seen.ends_with(b"}") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            seen.push(byte[0]);
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            .unwrap();
    });
    served.await.unwrap();
    next.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_client_may_be_dropped_while_its_call_runs() {
    let server = Server::always(200, json!({"code": "c"}));
    let client = platform::client(&server);
    let call = platform::start(&client).send();
    drop(client);
    assert_eq!(call.await.unwrap().code.as_deref(), Some("c"));
}
