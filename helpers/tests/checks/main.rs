//! The checks E1 to E8 of the specification of the platform's Channel SDKs: what a user sees of a robot. A robot that
//! answers with a model's stream runs against the platform's side of a Stream connection and of the calls, without a
//! network and under the paused clock.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../../runtime/tests/support/stream.rs"]
#[allow(dead_code, unreachable_pub)]
mod server;
#[path = "../support/mod.rs"]
#[allow(dead_code, unreachable_pub)]
mod support;

mod answers;
mod connection;

use std::sync::Arc;
use std::time::Duration;

use dingtalk_api::model::Json;
use dingtalk_api::{Client, StreamBuilder, StreamHandle, StreamTypes, json};
use dingtalk_helpers::{CardTemplate, OnMessage as _, text};
use dingtalk_runtime::{
    BoxFuture, Bytes, HttpRequest, Limits, Socket, Transport, TransportError, http,
};
use server::{Gateway, Peer, Peers};
use support::StandIn;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

/// Both sides of the platform: connections, and all other calls.
struct Platform {
    gateway: Gateway,
    calls: StandIn,
}

impl Transport for Platform {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        match request.url.path() {
            "/v1.0/gateway/connections/open" => self.gateway.send(request, limits),
            "/v1.0/oauth2/accessToken" => {
                let token = json!({"accessToken": "the-token", "expireIn": 7200});
                let reply = http::Response::new(Bytes::from(token.to_string()));
                Box::pin(std::future::ready(Ok(reply)))
            }
            _ => self.calls.send(request, limits),
        }
    }

    fn upgrade(
        &self,
        request: HttpRequest,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Socket>>, TransportError>> {
        self.gateway.upgrade(request)
    }
}

/// A robot that is being built, and what it meets.
struct Bench {
    calls: StandIn,
    gateway: Gateway,
    peers: Peers,
    stream: StreamBuilder<StreamTypes>,
}

fn bench(calls: StandIn) -> Bench {
    let (gateway, peers) = Gateway::new();
    let platform = Platform {
        gateway: gateway.clone(),
        calls: calls.clone(),
    };
    let client = Client::builder()
        .app("the-key", "the-secret")
        .server("mainland")
        .transport(platform)
        .build()
        .unwrap();
    Bench {
        calls,
        gateway,
        peers,
        stream: client.stream(),
    }
}

/// A robot that runs, on a connection.
struct Robot {
    calls: StandIn,
    peer: Peer,
    handle: StreamHandle,
    /// What the model says.
    words: UnboundedSender<String>,
    /// What users asked.
    asked: UnboundedReceiver<String>,
}

impl Robot {
    /// A robot that answers each message with a card, which it fills with what the model says until that ends.
    async fn start(calls: StandIn) -> Self {
        let mut bench = bench(calls);
        let (words, model) = unbounded_channel::<String>();
        let (ask, asked) = unbounded_channel();
        let model = Arc::new(Mutex::new(model));
        let stream = bench.stream.on_message(move |message, reply| {
            let (model, ask) = (Arc::clone(&model), ask.clone());
            async move {
                let _ = ask.send(text(&message.data));
                let mut card = reply.card(&CardTemplate::new("the-template")).await;
                while let Some(word) = model.lock().await.recv().await {
                    card.push(&word);
                }
                card.finish().await
            }
        });
        let handle = stream.handle();
        tokio::spawn(stream.run());
        Self {
            calls: bench.calls,
            peer: bench.peers.recv().await.unwrap(),
            handle,
            words,
            asked,
        }
    }

    /// A user says something.
    async fn hear(&mut self, data: Json) {
        self.peer.frame(&frame("delivery1", &data)).await;
        assert_eq!(self.peer.ack().await.unwrap().0, 200);
    }

    /// Waits until a call was made so often, and returns how long that took.
    async fn until(&self, call: &str, times: usize) -> Duration {
        let began = tokio::time::Instant::now();
        while self.calls.of(call).len() < times {
            sleep(Duration::from_millis(1)).await;
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "{call} never came"
            );
        }
        began.elapsed()
    }

    /// The model has said all, and the robot has answered.
    async fn done(self) -> StandIn {
        let Self {
            calls,
            handle,
            words,
            ..
        } = self;
        drop(words);
        sleep(Duration::from_secs(60)).await;
        assert_eq!(handle.state().failed, 0, "no handler fails");
        calls
    }
}

/// A delivery of a message to the robot.
fn frame(delivery: &str, data: &Json) -> Json {
    callback("/v1.0/im/bot/messages/get", delivery, data)
}

fn callback(topic: &str, delivery: &str, data: &Json) -> Json {
    let headers = json!({"topic": topic, "messageId": delivery, "contentType": "application/json"});
    json!({"type": "CALLBACK", "data": data.to_string(), "headers": headers})
}
