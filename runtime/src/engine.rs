//! Carries out a call: the one way from an encoded request to a reply, for all operations.

use std::error::Error as StdError;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::de::Error as _;
use tokio::runtime::Handle;

use crate::client::Client;
use crate::error::{
    ApiError, DecodeFailure, Error, InvalidArgument, Received, TokenFailure, TransportFailure,
    Unresolved, api_failure,
};
use crate::excerpt;
use crate::operation::{ErrorClass, Operation, ReplyKind};
use crate::request::Encoded;
use crate::secret::Scrubber;
use crate::token::Held;
use crate::transport::{HttpRequest, Limits, TransportError, TransportErrorKind};

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// How a call ends before it is known what the operation's own errors are.
pub(crate) type Outcome<T> = Result<T, Error<Unresolved>>;

/// One call, ready to be carried out.
pub(crate) struct Job {
    client: Client,
    operation: &'static Operation,
    request: Encoded,
    timeout: Duration,
    token: Option<Held>,
}

/// A reply with a status of success and no error in its body.
pub(crate) struct RawReply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The token it was got with: no error may show it.
    token: Option<Held>,
}

impl Job {
    pub(crate) fn new(client: Client, operation: &'static Operation, request: Encoded) -> Self {
        let timeout = client.core().timeout;
        Self {
            client,
            operation,
            request,
            timeout,
            token: None,
        }
    }

    /// Calls with this token instead of the client's.
    pub(crate) fn with_token(mut self, token: Held) -> Self {
        self.token = Some(token);
        self
    }

    pub(crate) fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends this header too, or instead of a field of that name.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.request.headers.insert(name, value);
        self
    }

    /// The request, for what says which page is wanted.
    pub(crate) fn request(&mut self) -> &mut Encoded {
        &mut self.request
    }

    pub(crate) fn token_header(&self) -> &HeaderName {
        &self.client.core().token_header
    }

    /// Carries it out.
    pub(crate) async fn run(&self) -> Outcome<RawReply> {
        if Handle::try_current().is_err() {
            let reason = "there is no tokio runtime to drive it; without one, use `send_blocking`";
            let error = TransportError::new(TransportErrorKind::Runtime).with_reason(reason);
            return Err(self.transport_failure(error));
        }
        match tokio::time::timeout(self.timeout, self.attempts()).await {
            Ok(outcome) => outcome,
            Err(_) => Err(self.transport_failure(TransportError::timeout(self.timeout))),
        }
    }

    /// Sends it, and once more if the token was rejected and there is another.
    async fn attempts(&self) -> Outcome<RawReply> {
        let token = self.token().await?;
        let error = match self.attempt(token.as_ref()).await {
            Err(error) if is_rejection(&error) => error,
            outcome => return outcome,
        };
        // A token given for this call alone is the caller's to replace.
        let (Some(rejected), Some(tokens), None) = (token, self.client.tokens(), &self.token)
        else {
            return Err(error);
        };
        match tokens.replace(&self.client, &rejected).await {
            None => Err(error),
            Some(Ok(token)) => self.attempt(Some(&token)).await,
            Some(Err(cause)) => Err(self.token_failure(cause)),
        }
    }

    async fn token(&self) -> Outcome<Option<Held>> {
        if !self.operation.token {
            return Ok(None);
        }
        if let Some(token) = &self.token {
            return Ok(Some(token.clone()));
        }
        let Some(tokens) = self.client.tokens() else {
            return Err(Error::InvalidArgument(InvalidArgument::new(
                self.operation,
                "token",
                "is needed, and neither the client nor the call was given credentials",
            )));
        };
        match tokens.get(&self.client).await {
            Ok(token) => Ok(Some(token)),
            Err(cause) => Err(self.token_failure(cause)),
        }
    }

    async fn attempt(&self, token: Option<&Held>) -> Outcome<RawReply> {
        let core = self.client.core();
        let request = self.http_request(token)?;
        let reply = core
            .transport
            .send(request, Limits::new(core.max_body))
            .await
            .map_err(|error| self.transport_failure(error))?;
        let (parts, body) = reply.into_parts();
        let reply = RawReply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            token: token.cloned(),
        };
        match self.refusal(&reply) {
            None => Ok(reply),
            Some(error) => Err(error),
        }
    }

    fn http_request(&self, token: Option<&Held>) -> Outcome<HttpRequest> {
        let method = Method::from_bytes(self.operation.method.as_bytes()).map_err(|_| {
            let reason = "is no HTTP method";
            Error::InvalidArgument(InvalidArgument::new(self.operation, "method", reason))
        })?;
        let mut headers = self.request.headers.clone();
        if self.request.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        if let Some(token) = token {
            headers.insert(self.token_header().clone(), token.header());
        }
        Ok(HttpRequest {
            method,
            url: self.request.url.clone(),
            headers,
            body: self.request.body.clone(),
        })
    }

    /// The error that a reply is.
    fn refusal(&self, reply: &RawReply) -> Option<Error<Unresolved>> {
        let received = self.received(reply);
        let scrubber = || self.scrubber(reply.token.as_ref());
        if let Some(error) = api_failure(&received, scrubber) {
            return Some(error);
        }
        let reason = match self.operation.reply {
            ReplyKind::Json if reply.body.is_empty() => "an empty body where JSON is documented",
            _ if reply.body.first() == Some(&b'<') || received.has_page() => {
                "a page instead of a reply"
            }
            _ => return None,
        };
        Some(Error::UnexpectedReply(
            received.unexpected(reason, &scrubber()),
        ))
    }

    /// What is to be decoded: `null` where nothing is documented to come.
    pub(crate) fn payload<'a>(&self, reply: &'a RawReply) -> &'a [u8] {
        match self.operation.reply {
            ReplyKind::Nothing => b"null",
            ReplyKind::Json => &reply.body,
        }
    }

    /// The names of the headers in which the request id may be.
    pub(crate) fn request_id_headers(&self) -> &'static [&'static str] {
        self.client.platform().request_id_headers
    }

    /// The error for a reply that could not be decoded.
    pub(crate) fn not_as_documented<E>(
        &self,
        reply: &RawReply,
        error: serde_json::Error,
    ) -> Error<E> {
        let scrubber = self.scrubber(reply.token.as_ref());
        let excerpt = scrubber.json_text(&excerpt::beginning(&reply.body));
        let said = error.to_string();
        let clean = scrubber.text(&said);
        Error::Decode(Box::new(DecodeFailure {
            operation: self.operation,
            status: reply.status,
            request_id: self
                .received(reply)
                .request_id()
                .map(|id| scrubber.text(&id)),
            excerpt: excerpt::shorten(&excerpt),
            cause: if clean == said {
                error
            } else {
                serde_json::Error::custom(clean)
            },
        }))
    }

    fn received<'a>(&'a self, reply: &'a RawReply) -> Received<'a> {
        Received {
            platform: self.client.platform(),
            operation: self.operation,
            status: reply.status,
            headers: &reply.headers,
            body: &reply.body,
        }
    }

    /// Made only when there is an error to be cleaned.
    fn scrubber(&self, token: Option<&Held>) -> Scrubber {
        let mut scrubber = Scrubber::default();
        if let Some(token) = token {
            scrubber.add_text(token.value());
        }
        self.request
            .secrets()
            .for_each(|text| scrubber.add_text(text));
        for name in self.operation.secret_reply_fields() {
            scrubber.add_field(name);
        }
        for name in self.request.secret_reply_fields() {
            scrubber.add_field(name);
        }
        scrubber
    }

    fn transport_failure(&self, error: TransportError) -> Error<Unresolved> {
        Error::Transport(Box::new(TransportFailure {
            operation: self.operation,
            error,
        }))
    }

    fn token_failure(
        &self,
        cause: std::sync::Arc<dyn StdError + Send + Sync>,
    ) -> Error<Unresolved> {
        Error::Token(Box::new(TokenFailure {
            operation: self.operation,
            cause,
        }))
    }
}

fn is_rejection(error: &Error<Unresolved>) -> bool {
    let class = |error: &ApiError| error.class() == Some(ErrorClass::TokenRejected);
    match error {
        Error::Api(unresolved) => class(&unresolved.error),
        Error::Authentication(error) => class(error),
        _ => false,
    }
}
