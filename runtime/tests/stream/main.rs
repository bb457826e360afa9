//! Stream connections: each promise, and a test for each known defect of other clients.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../support/stream.rs"]
#[allow(dead_code, unreachable_pub)]
mod server;

mod acknowledgments;
mod defects;
mod handlers;
mod opening;
mod sockets;
mod stopping;

use std::sync::Arc;
use std::time::Duration;

use dingtalk_runtime::model::Json;
use dingtalk_runtime::{Client, FromCallback, RawEvent, StreamBuilder, StreamPlatform, json};
use server::{Gateway, Peers};
use support::platform::builder;
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The handlers' types, as in generated code.
struct Types;

impl StreamPlatform for Types {
    type Event = RawEvent;
    type BotMessage = BotMessage;
    type CardAction = CardAction;
}

struct BotMessage(Json);

impl FromCallback for BotMessage {
    const TOPIC: &'static str = "/v1.0/im/bot/messages/get";
    type Response = ();
    fn from_callback(data: Json) -> Self {
        Self(data)
    }
}

impl BotMessage {
    fn text(&self) -> String {
        self.0["text"]["content"].as_str().unwrap().to_owned()
    }
}

struct CardAction(Json);

impl FromCallback for CardAction {
    const TOPIC: &'static str = "/v1.0/card/instances/callback";
    type Response = Json;
    fn from_callback(data: Json) -> Self {
        Self(data)
    }
}

fn client(gateway: &Gateway) -> Client {
    builder()
        .app("the-key", "the-secret")
        .transport(gateway.clone())
        .build()
        .unwrap()
}

/// A stream without handlers, and its connections.
fn stream() -> (Gateway, Peers, StreamBuilder<Types>) {
    let (gateway, peers) = Gateway::new();
    let stream = client(&gateway).stream();
    (gateway, peers, stream)
}

/// A stream whose events are acknowledged after their handler, which waits for a permit of this gate.
fn gated(stream: StreamBuilder<Types>) -> (Arc<Semaphore>, StreamBuilder<Types>) {
    let gate = Arc::new(Semaphore::new(0));
    let closed = Arc::clone(&gate);
    let stream = stream
        .ack_after_handler(Duration::from_millis(1900))
        .on_event(move |_| {
            let gate = Arc::clone(&closed);
            async move { gate.acquire().await.unwrap().forget() }
        });
    (gate, stream)
}

/// Collects what a handler was called with.
fn collector() -> (UnboundedSender<String>, UnboundedReceiver<String>) {
    unbounded_channel()
}

/// A message to a robot. `id` is the delivery's id, `text` both the message's id and its text.
fn bot(id: &str, text: &str) -> Json {
    callback(
        BotMessage::TOPIC,
        id,
        json!({"msgId": text, "msgtype": "text", "text": {"content": text}}),
    )
}

fn callback(topic: &str, id: &str, data: Json) -> Json {
    json!({
        "specVersion": "1.0",
        "type": "CALLBACK",
        "headers": {"topic": topic, "messageId": id, "contentType": "application/json", "time": "1"},
        "data": data.to_string()
    })
}

fn event(id: &str, event_id: &str) -> Json {
    json!({
        "type": "EVENT",
        "headers": {"topic": "*", "messageId": id, "eventId": event_id, "eventType": "user_add_org"},
        "data": "{}"
    })
}

fn system(topic: &str, data: &str) -> Json {
    json!({"type": "SYSTEM", "headers": {"topic": topic, "messageId": topic}, "data": data})
}

/// The acknowledgment of a frame that was taken.
fn taken(id: &str) -> (u64, String, String) {
    (200, id.to_owned(), r#"{"response":null}"#.to_owned())
}
