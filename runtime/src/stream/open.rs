//! Opening a connection: a call returns an address and a ticket, and a WebSocket is opened with them.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use http::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use reqwest::Url;
use ring::digest;
use serde::de::Error as _;
use serde_json::json;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::error::StreamError;
use super::handlers::Route;
use crate::client::Client;
use crate::engine::PreparedCall;
use crate::error::{Error, TransportFailure};
use crate::event::text;
use crate::model::Json;
use crate::operation::{Body, Operation, ReplyKind};
use crate::path::push_encoded;
use crate::request::Encoded;
use crate::secret::Scrubber;
use crate::transport::{HttpRequest, Socket, TransportError, TransportErrorKind};

pub(super) type WebSocket = WebSocketStream<Box<dyn Socket>>;

/// How long the handshake may take. A ticket lives for 90 seconds.
const HANDSHAKE: Duration = Duration::from_secs(15);

const AGENT: &str = concat!("dingtalk-api-rust/", env!("CARGO_PKG_VERSION"));

/// The operation that opens a connection. Opening one more does no harm.
static OPEN: Operation = Operation {
    service: "gateway_1_0",
    api: None,
    action: "OpenConnection",
    summary: "",
    method: "POST",
    path: "/v1.0/gateway/connections/open",
    path_params: &[],
    request: None,
    body: Body::Fields,
    reply: ReplyKind::Json,
    reply_type: None,
    token: None,
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

/// Why no connection was opened.
pub(super) enum Failure {
    /// Trying again would fail in the same way.
    Lasting(StreamError),
    /// Trying again may help.
    Passing(Box<Error>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let lasts = match &error {
            Error::Authentication(_) | Error::InvalidArgument(_) => true,
            Error::Transport(failure) => failure.error().kind() == TransportErrorKind::Runtime,
            error => error.status() == Some(401),
        };
        let error = Box::new(error);
        if lasts {
            Self::Lasting(StreamError::Refused(error))
        } else {
            Self::Passing(error)
        }
    }
}

/// Opens a connection that subscribes to what these routes handle.
pub(super) async fn open(client: &Client, routes: &[Arc<Route>]) -> Result<WebSocket, Failure> {
    let url = ask(client, routes).await?;
    let opened = timeout(HANDSHAKE, handshake(client, url.clone())).await;
    let opened = opened.unwrap_or_else(|_| {
        let reason = format!("the WebSocket was not opened within {HANDSHAKE:?}");
        Err(TransportError::new(TransportErrorKind::Timeout).with_reason(reason))
    });
    Ok(opened.map_err(|error| failed(error.calling(&url).scrubbed(&ticket(&url))))?)
}

/// Knows the ticket, which is in the address's query.
fn ticket(url: &Url) -> Scrubber {
    let mut scrubber = Scrubber::default();
    url.query_pairs()
        .for_each(|(_, value)| scrubber.add_sent(&value));
    scrubber
}

fn failed(error: TransportError) -> Error {
    Error::Transport(Box::new(TransportFailure::new(&OPEN, error)))
}

/// Asks for an address, with a new ticket.
async fn ask(client: &Client, routes: &[Arc<Route>]) -> Result<Url, Failure> {
    let application = client
        .tokens()
        .and_then(|tokens| tokens.provider().application());
    let (key, secret) = application.ok_or(Failure::Lasting(StreamError::NoApplication))?;
    let subscriptions = routes
        .iter()
        .map(|route| json!({"type": route.kind.name(), "topic": route.topic}));
    let body = json!({
        "clientId": key,
        "clientSecret": secret,
        "subscriptions": subscriptions.collect::<Vec<_>>(),
        "ua": AGENT,
    });
    let endpoint = client.endpoint(&OPEN);
    let encoded = endpoint.and_then(|endpoint| {
        let plain = endpoint.base.as_ref().is_some_and(|base| !base.is_https());
        Ok((Encoded::json(endpoint, &OPEN, &[], &body)?, plain))
    });
    let (mut request, plain) = encoded.map_err(<Error>::InvalidArgument)?;
    request.add_secret(secret);
    request.add_secret_reply_field("ticket");
    let call = PreparedCall::new(client.clone(), &OPEN, request);
    let reply = call.run().await?;
    let read = serde_json::from_slice::<Json>(&reply.body).and_then(|body| address(&body, plain));
    Ok(read.map_err(|error| call.not_as_documented::<crate::error::ApiError>(&reply, error))?)
}

/// The address in a reply, with its ticket. `plain` allows an address without TLS.
fn address(reply: &Json, plain: bool) -> Result<Url, serde_json::Error> {
    let bad = |reason: &str| serde_json::Error::custom(format_args!("endpoint: {reason}"));
    let field = |name| reply.as_object().and_then(|reply| text(reply, name));
    let endpoint = field("endpoint").ok_or_else(|| bad("is missing"))?;
    let ticket = field("ticket").ok_or_else(|| serde_json::Error::custom("ticket: is missing"))?;
    let (scheme, rest) = endpoint
        .split_once("://")
        .ok_or_else(|| bad("has no scheme"))?;
    let scheme = match scheme {
        "wss" | "https" => "https",
        "ws" | "http" if plain => "http",
        "ws" | "http" => {
            return Err(bad(
                "has no TLS, which would show the ticket to everyone on the network",
            ));
        }
        _ => return Err(bad("the scheme is not wss")),
    };
    let mut url = Url::parse(&format!("{scheme}://{rest}")).map_err(|_| bad("is not a URL"))?;
    let mut query = url
        .query()
        .map(|query| format!("{query}&"))
        .unwrap_or_default();
    query.push_str("ticket=");
    push_encoded(&mut query, &ticket);
    url.set_query(Some(&query));
    Ok(url)
}

/// Opens the WebSocket over a connection of the client's transport, with its proxies, roots and TLS.
async fn handshake(client: &Client, url: Url) -> Result<WebSocket, TransportError> {
    let key = STANDARD.encode(fastrand::u128(..).to_ne_bytes());
    let mut headers = HeaderMap::new();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    if let Ok(key) = HeaderValue::from_str(&key) {
        headers.insert(SEC_WEBSOCKET_KEY, key);
    }
    let request = HttpRequest {
        method: Method::GET,
        url,
        headers,
        body: None,
    };
    let core = client.core();
    let reply = core.transport.upgrade(request).await?;
    let accepted = reply.headers().get(SEC_WEBSOCKET_ACCEPT);
    if accepted.is_none_or(|accepted| accepted.as_bytes() != accept_key(&key).as_bytes()) {
        let reason = "the server switched to a protocol that is not WebSocket";
        return Err(TransportError::new(TransportErrorKind::Other).with_reason(reason));
    }
    let config = WebSocketConfig::default()
        .max_message_size(Some(core.max_body))
        .max_frame_size(Some(core.max_body));
    let socket = reply.into_body();
    Ok(WebSocket::from_raw_socket(socket, Role::Client, Some(config)).await)
}

/// A server's answer to a key, according to RFC 6455.
fn accept_key(key: &str) -> String {
    let text = [key, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"].concat();
    STANDARD.encode(digest::digest(
        &digest::SHA1_FOR_LEGACY_USE_ONLY,
        text.as_bytes(),
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{accept_key, address};
    use crate::model::Json;

    fn of(endpoint: impl Into<Value>, plain: bool) -> Result<String, String> {
        let reply = Json::from(json!({"endpoint": endpoint.into(), "ticket": "a+b/c=&d e%"}));
        let address = address(&reply, plain);
        address.map(String::from).map_err(|error| error.to_string())
    }

    #[test]
    fn a_ticket_is_percent_encoded() {
        let ticket = "ticket=a%2Bb%2Fc%3D%26d%20e%25";
        assert_eq!(
            of("wss://h/connect", false),
            Ok(format!("https://h/connect?{ticket}"))
        );
        assert_eq!(
            of("wss://h:8/c?a=b", false),
            Ok(format!("https://h:8/c?a=b&{ticket}"))
        );
        assert_eq!(
            of("ws://127.0.0.1:8/c", true),
            Ok(format!("http://127.0.0.1:8/c?{ticket}"))
        );
    }

    #[test]
    fn an_address_that_cannot_be_used_is_refused_without_the_ticket() {
        for (endpoint, reason) in [
            (json!("ws://h/c"), "no TLS"),
            (json!("ftp://h/c"), "not wss"),
            (json!("h/c"), "no scheme"),
            (json!("wss://"), "not a URL"),
            (json!(""), "missing"),
            (Value::Null, "missing"),
        ] {
            let refused = of(endpoint.clone(), false).unwrap_err();
            assert!(
                refused.contains(reason) && !refused.contains("a+b"),
                "{endpoint}: {refused}"
            );
        }
    }

    #[test]
    fn the_accept_key_follows_the_rfc() {
        assert_eq!(
            accept_key("dGhlIHNhbXBsZSBub25jZQ=="),
            "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        );
    }
}
