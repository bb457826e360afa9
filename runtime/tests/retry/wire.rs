//! The same on real sockets.

use super::*;

/// A quick policy for a real server.
fn quick() -> RetryPolicy {
    RetryPolicy::new()
        .base_backoff(Duration::from_millis(1))
        .throttled_wait(Duration::from_millis(1))
}

#[tokio::test]
async fn on_the_wire_what_may_have_run_arrives_once() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{",
        "HTTP/1.1 500 X\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 503 X\r\nconnection: close\r\nretry-after: 0\r\ncontent-length: 23\r\n\r\n{\"code\": \"serviceBusy\"}",
        "garbage\r\n\r\n",
    ] {
        let server = Server::start(move |_, _| Answer::raw(answer));
        let client = platform::builder()
            .base_url(server.url())
            .token("t")
            .retry(quick())
            .build()
            .unwrap();
        platform::start(&client).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{answer:?}");
        find(&client).await.unwrap_err();
        assert_eq!(server.requests().len(), 1 + 3, "{answer:?}");
    }
}

#[tokio::test]
async fn on_the_wire_a_throttled_call_comes_again_whole() {
    let server = Server::start(|number, _| match number {
        0 | 1 => Answer::json(403, &json!({"code": QPS, "message": "m"})),
        _ => Answer::json(200, &json!({"count": 3})),
    });
    let client = platform::builder()
        .base_url(server.url())
        .token("t")
        .retry(quick())
        .build()
        .unwrap();
    let reply = platform::start(&client)
        .header("x-extra", "e")
        .await
        .unwrap();
    assert_eq!(reply.count, Some(3));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.method, "POST");
        assert_eq!(request.target, requests[0].target);
        assert_eq!(request.body, br#"{"unionId":"u"}"#);
        assert_eq!(request.header("x-extra"), Some("e"));
        assert_eq!(request.connection, 0, "on the same connection");
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = platform::builder()
        .base_url(format!("http://{address}"))
        .token("t")
        .retry(quick())
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().contains("refused"), "{error}");
}
