//! One attempt: a request goes out, and a reply is taken or refused.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use tokio::time::timeout;
use tracing::Instrument;

use super::PreparedCall;
use crate::error::{CallResult, Error, InvalidArgument, api_failure};
use crate::operation::ReplyKind;
use crate::reply::RawReply;
use crate::token::ReadyToken;
use crate::trace;
use crate::transport::{HttpRequest, Limits, TransportError};

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

impl PreparedCall {
    pub(super) async fn attempt(
        &self,
        token: Option<&ReadyToken>,
        number: u32,
    ) -> CallResult<RawReply> {
        let span = trace::attempt(self.operation, number);
        let mut outcome = self.exchange(token, number).instrument(span.clone()).await;
        if let Err(error) = &mut outcome {
            error.set_attempts(self.sending(number, None));
        }
        trace::end(&span, &outcome, |reply| self.loggable_request_id(reply));
        outcome
    }

    /// Sends the request once and reads the reply.
    async fn exchange(&self, token: Option<&ReadyToken>, number: u32) -> CallResult<RawReply> {
        let core = self.client.core();
        let request = self.http_request(token)?;
        let reply = core.transport.send(request, Limits::new(core.max_body));
        let reply = match self.attempt_timeout {
            None => reply.await,
            Some(limit) => match timeout(limit, reply).await {
                Ok(reply) => reply,
                Err(_) => Err(TransportError::attempt_timeout(limit)),
            },
        };
        let (parts, body) = reply
            .map_err(|error| self.transport_failure(error))?
            .into_parts();
        let reply = RawReply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: without_mark(body),
            attempts: self.sending(number, None),
            token: token.map(ReadyToken::header),
        };
        match self.refusal(&reply) {
            None => Ok(reply),
            Some(error) => Err(error),
        }
    }

    fn http_request(&self, token: Option<&ReadyToken>) -> CallResult<HttpRequest> {
        let method = Method::from_bytes(self.operation.method.as_bytes()).map_err(|_| {
            let reason = "is not an HTTP method";
            <Error>::InvalidArgument(InvalidArgument::new(self.operation, "method", reason))
        })?;
        let mut headers = self.request.headers.clone();
        for (name, value) in &self.client.core().headers {
            if !headers.contains_key(name) {
                headers.insert(name, value.clone());
            }
        }
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
    fn refusal(&self, reply: &RawReply) -> Option<Error> {
        let received = self.received(reply);
        let scrubber = || self.scrubber(reply.token.as_ref());
        if let Some(error) = api_failure(&received, scrubber) {
            return Some(error);
        }
        let reason = match self.operation.reply {
            ReplyKind::Json if reply.body.is_empty() => {
                "an empty body where JSON is documented".to_owned()
            }
            _ if reply.body.first() == Some(&b'<') || received.has_page() => {
                "a web page instead of a reply".to_owned()
            }
            _ => received.unreadable()?,
        };
        Some(Error::UnexpectedReply(
            received.unexpected(&reason, &scrubber()),
        ))
    }
}

/// The body without the byte order mark that some servers write before their JSON.
fn without_mark(body: Bytes) -> Bytes {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if body.starts_with(MARK) {
        body.slice(MARK.len()..)
    } else {
        body
    }
}
