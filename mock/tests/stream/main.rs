//! The mock's Stream connections, with the client that programs have.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_api::events_callbacks::{BotMessage, CardAction, CardActionResponse};
use dingtalk_api::{Event, Received, StreamBuilder, StreamTypes, json};
use dingtalk_mock::{MockDingTalk, StreamConnection, StreamFrame};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A mock, and a stream without handlers.
async fn mock() -> (MockDingTalk, StreamBuilder<StreamTypes>) {
    let mock = MockDingTalk::start().await.unwrap();
    let stream = mock.client().unwrap().stream();
    (mock, stream)
}

/// A robot on a connection, and what it was told.
async fn robot() -> (MockDingTalk, StreamConnection, UnboundedReceiver<String>) {
    let (mock, stream) = mock().await;
    let (tell, told) = unbounded_channel();
    let stream = stream.on_bot_message(move |message: Received<BotMessage>| {
        let text = message.data.text.and_then(|text| text.content);
        tell.send(text.unwrap_or_default().trim().to_owned())
            .unwrap();
        async {}
    });
    tokio::spawn(stream.run());
    let connection = mock.accept_stream().await;
    (mock, connection, told)
}

fn message(mock: &MockDingTalk, text: &str) -> StreamFrame {
    StreamFrame::bot_message(mock.bot_message(text))
}

#[tokio::test]
async fn each_kind_of_frame_reaches_its_handler_and_is_acknowledged() {
    let (mock, stream) = mock().await;
    let (tell, mut told) = unbounded_channel();
    let stream = stream
        .on_event(move |event: Event| {
            tell.send(event.event_type().unwrap_or_default().to_owned())
                .unwrap();
            async {}
        })
        .on_bot_message(async |_: Received<BotMessage>| ())
        .on_card_action(async |_: Received<CardAction>| CardActionResponse::new());
    tokio::spawn(stream.run());
    let mut connection = mock.accept_stream().await;
    let mut subscriptions: Vec<_> = connection.subscriptions().to_vec();
    subscriptions.sort();
    let topics = ["/v1.0/card/instances/callback", "/v1.0/im/bot/messages/get"];
    let callbacks = topics.map(|topic| ("CALLBACK".to_owned(), topic.to_owned()));
    let event = ("EVENT".to_owned(), "*".to_owned());
    assert_eq!(subscriptions, [&callbacks[..], &[event]].concat());

    let ack = connection
        .deliver(&StreamFrame::event("user_add_org", json!({})))
        .await
        .unwrap();
    assert_eq!((ack.code, &ack.data["status"]), (200, &"SUCCESS".into()));
    assert_eq!(told.recv().await.unwrap(), "user_add_org");
    let ack = connection.deliver(&message(&mock, "hello")).await.unwrap();
    assert_eq!((ack.code, ack.data), (200, json!({"response": null})));
    let ack = connection
        .deliver(&StreamFrame::card_action(json!({})))
        .await
        .unwrap();
    assert_eq!((ack.code, ack.data), (200, json!({"response": {}})));
    let ping = StreamFrame::system("ping", json!({"opaque": "o"}));
    assert_eq!(
        connection.deliver(&ping).await.unwrap().data,
        json!({"opaque": "o"})
    );
    let other = StreamFrame::callback("/v1.0/graph/api/invoke", json!({}));
    assert_eq!(connection.deliver(&other).await.unwrap().code, 404);
}

#[tokio::test]
async fn a_frame_that_is_sent_back_is_delivered_again_with_another_id() {
    let (mock, stream) = mock().await;
    let calls = AtomicUsize::new(0);
    let stream = stream
        .ack_after_handler(Duration::from_millis(1900))
        .on_bot_message(move |_: Received<BotMessage>| {
            let fails = calls.fetch_add(1, Ordering::Relaxed) < 2;
            async move { if fails { Err("not now") } else { Ok(()) } }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let ack = mock.push(&message(&mock, "hello")).await;
    assert_eq!(ack.code, 200);
    let state = handle.state();
    assert_eq!((state.frames, state.failed, state.duplicates), (3, 2, 0));
}

#[tokio::test]
async fn after_a_disconnect_the_client_opens_another_connection_and_the_first_is_still_open() {
    let (mock, mut first, mut told) = robot().await;
    first.disconnect();
    let mut second = mock.accept_stream().await;
    for (connection, text) in [(&mut second, "on the second"), (&mut first, "on the first")] {
        assert_eq!(
            connection
                .deliver(&message(&mock, text))
                .await
                .unwrap()
                .code,
            200
        );
        assert_eq!(told.recv().await.unwrap(), text);
    }
}

#[tokio::test]
async fn frames_are_pushed_on_the_connection_that_is_there() {
    let (mock, first, mut told) = robot().await;
    drop(first);
    let ack = mock.push(&message(&mock, "hello")).await;
    assert_eq!(ack.code, 200);
    assert_eq!(told.recv().await.unwrap(), "hello");
}

#[tokio::test]
async fn garbage_can_be_sent_between_frames() {
    let (mock, mut connection, mut told) = robot().await;
    connection.send_text("{");
    connection.send_binary([0xff, 0xfe]);
    connection.send_text("");
    assert_eq!(
        connection
            .deliver(&message(&mock, "hello"))
            .await
            .unwrap()
            .code,
        200
    );
    assert_eq!(told.recv().await.unwrap(), "hello");
}

#[tokio::test]
async fn a_silent_connection_neither_delivers_nor_ends() {
    let (mock, silent, mut told) = robot().await;
    silent.disconnect();
    silent.go_silent();
    silent.send(&message(&mock, "lost"));
    let mut other = mock.accept_stream().await;
    other.deliver(&message(&mock, "hello")).await.unwrap();
    assert_eq!(told.recv().await.unwrap(), "hello");
    assert!(told.try_recv().is_err());
    drop(silent);
}

/// The status of a request that opens a WebSocket with this ticket.
async fn connect(mock: &MockDingTalk, ticket: &str) -> String {
    let address = mock.url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let request = format!(
        "GET /connect?ticket={ticket} HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.unwrap();
    String::from_utf8(status[9..].to_vec()).unwrap()
}

#[tokio::test]
async fn a_connection_needs_a_ticket_which_serves_once() {
    let mock = MockDingTalk::start().await.unwrap();
    assert_eq!(connect(&mock, "invented").await, "401");
    let address = mock.url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let body = json!({"clientId": "k", "clientSecret": "s", "subscriptions": []}).to_string();
    let request = format!(
        "POST /v1.0/gateway/connections/open HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    let (_, body) = reply.split_once("\r\n\r\n").unwrap();
    let body: dingtalk_api::model::Json = body.parse().unwrap();
    assert_eq!(body["endpoint"], format!("ws://{address}/connect"));
    let ticket = body["ticket"].as_str().unwrap();
    let encoded = ticket
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    assert_ne!(encoded, ticket, "a ticket must be encoded");
    let (first, second) = (
        connect(&mock, &encoded).await,
        connect(&mock, &encoded).await,
    );
    assert_eq!((&*first, &*second), ("101", "401"));
}
