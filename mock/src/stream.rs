//! The platform's side of Stream connections.

mod connection;
mod frame;
mod push;
mod socket;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use dingtalk_api::model::Json;
use dingtalk_api::{http, json};
use http::header::{CONNECTION, HOST, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use http::request::Parts;
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

pub use self::connection::{StreamAck, StreamConnection};
pub use self::frame::StreamFrame;
pub(crate) use self::push::push;
use crate::answer::{Answer, Sent};

/// The operation that opens a connection.
pub(crate) const OPEN: &str = "/v1.0/gateway/connections/open";

/// Where the WebSocket is opened.
const CONNECT: &str = "/connect";

/// Opens connections and delivers frames.
pub(crate) struct Gateway {
    /// The subscriptions of each connection that was asked for, by its ticket.
    tickets: Mutex<HashMap<String, Vec<(String, String)>>>,
    opened: UnboundedSender<StreamConnection>,
    waiting: tokio::sync::Mutex<UnboundedReceiver<StreamConnection>>,
    /// The connection on which frames are pushed.
    current: tokio::sync::Mutex<Option<StreamConnection>>,
}

impl Gateway {
    pub(crate) fn new() -> Self {
        let (opened, waiting) = unbounded_channel();
        Self {
            tickets: Mutex::default(),
            opened,
            waiting: tokio::sync::Mutex::new(waiting),
            current: tokio::sync::Mutex::default(),
        }
    }

    /// Answers a call that asks for a connection.
    pub(crate) fn open(&self, head: &Parts, body: &[u8], request_id: &str) -> Answer {
        let host = head.headers.get(HOST).and_then(|host| host.to_str().ok());
        let host = host.unwrap_or_default();
        let body = std::str::from_utf8(body).unwrap_or_default();
        let body = body.parse::<Json>().unwrap_or_default();
        let text = |json: &Json, name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let subscriptions = body["subscriptions"].as_array().map(Vec::as_slice);
        let subscriptions: Vec<_> = subscriptions
            .unwrap_or_default()
            .iter()
            .map(|one| (text(one, "type"), text(one, "topic")))
            .collect();
        if text(&body, "clientId").is_empty() || text(&body, "clientSecret").is_empty() {
            let message = "clientId and clientSecret are the application's key and secret";
            let body = json!({"code": "authFailed", "message": message, "requestid": request_id});
            return Answer::json(401, body.to_string());
        }
        // A real ticket has characters that a URL does not take as they are.
        let ticket = format!("{request_id}+/=");
        self.tickets().insert(ticket.clone(), subscriptions);
        let reply = json!({"endpoint": format!("ws://{host}{CONNECT}"), "ticket": ticket});
        Answer::json(200, reply.to_string())
    }

    /// Whether a request opens a WebSocket.
    pub(crate) fn takes<T>(request: &http::Request<T>) -> bool {
        request.uri().path() == CONNECT && request.headers().contains_key(SEC_WEBSOCKET_KEY)
    }

    /// Opens a WebSocket, if the ticket is good.
    pub(crate) fn upgrade(&self, request: http::Request<Incoming>) -> http::Response<Sent> {
        let query = request.uri().query().unwrap_or_default();
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let ticket = pairs.find(|(name, _)| *name == "ticket");
        let ticket = ticket.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy());
        let subscriptions = ticket.and_then(|ticket| self.tickets().remove(&*ticket));
        let Some(subscriptions) = subscriptions else {
            return Answer::new(
                401,
                "text/plain",
                "the ticket is unknown or was used before",
            )
            .into_response("");
        };
        let key = request.headers().get(SEC_WEBSOCKET_KEY);
        let accept = key.and_then(|key| socket::accept(key.as_bytes()).parse().ok());
        let (connection, ends) = StreamConnection::new(subscriptions);
        let opened = self.opened.clone();
        tokio::spawn(async move {
            if let Ok(upgraded) = hyper::upgrade::on(request).await {
                let _ = opened.send(connection);
                socket::run(upgraded, ends).await;
            }
        });
        let mut response = Answer::new(101, "", "").into_response("");
        let headers = response.headers_mut();
        headers.insert(CONNECTION, http::HeaderValue::from_static("upgrade"));
        headers.insert(UPGRADE, http::HeaderValue::from_static("websocket"));
        if let Some(accept) = accept {
            headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
        }
        response
    }

    pub(crate) async fn accept(&self) -> StreamConnection {
        loop {
            // This holds a sender, so the channel is never closed.
            if let Some(connection) = self.waiting.lock().await.recv().await {
                return connection;
            }
        }
    }

    pub(crate) async fn push(&self, frame: &StreamFrame) -> StreamAck {
        let mut current = self.current.lock().await;
        loop {
            let mut connection = match current.take() {
                Some(connection) => connection,
                None => self.accept().await,
            };
            if let Some(ack) = connection.deliver(frame).await {
                *current = Some(connection);
                return ack;
            }
        }
    }

    fn tickets(&self) -> std::sync::MutexGuard<'_, HashMap<String, Vec<(String, String)>>> {
        self.tickets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
