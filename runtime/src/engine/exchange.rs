//! One attempt: a request goes out, and a reply is taken or refused.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method};
use reqwest::Url;
use tokio::time::timeout;
use tracing::Instrument;

use super::PreparedCall;
use super::credentials::Ready;
use crate::endpoint::Place;
use crate::error::{CallResult, Error, InvalidArgument, api_failure};
use crate::operation::{Body, ReplyKind};
use crate::query;
use crate::reply::RawReply;
use crate::request::{Multipart, Payload};
use crate::sign::{Signed, sign};
use crate::token::ReadyToken;
use crate::trace;
use crate::transport::{HttpBody, HttpRequest, Limits, TransportError};

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

impl PreparedCall {
    pub(super) async fn attempt(
        &self,
        token: Option<&ReadyToken>,
        signer: Option<&Ready>,
        number: u32,
    ) -> CallResult<RawReply> {
        let span = trace::attempt(self.operation, number);
        let mut outcome = self
            .exchange(token, signer, number)
            .instrument(span.clone())
            .await;
        if let Err(error) = &mut outcome {
            error.set_attempts(self.sending(number, None));
        }
        trace::end(&span, &outcome, |reply| self.loggable_request_id(reply));
        outcome
    }

    /// Sends the request once and reads the reply.
    async fn exchange(
        &self,
        token: Option<&ReadyToken>,
        signer: Option<&Ready>,
        number: u32,
    ) -> CallResult<RawReply> {
        let core = self.client.core();
        let signature = signer.map(|(scheme, keys)| sign(scheme, keys));
        let request = self.http_request(token, signature.as_ref()).await?;
        let secrets = signature.map(|signed| signed.secrets).unwrap_or_default();
        let reply = core.transport.send(request, Limits::new(core.max_body));
        let reply = match self.attempt_timeout {
            None => reply.await,
            Some(limit) => match timeout(limit, reply).await {
                Ok(reply) => reply,
                Err(_) => Err(TransportError::attempt_timeout(limit)),
            },
        };
        let (parts, body) = reply
            .map_err(|error| {
                let scrubber = self.sent_scrubber(token.map(ReadyToken::value), &secrets);
                self.transport_failure(error.scrubbed(&scrubber))
            })?
            .into_parts();
        let mut reply = RawReply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: without_mark(body),
            result: Bytes::new(),
            attempts: self.sending(number, None),
            token: token.map(ReadyToken::header),
            secrets,
        };
        match self.refusal(&reply) {
            None => {
                reply.result = self.operation.documented(&reply.body);
                Ok(reply)
            }
            Some(error) => Err(error),
        }
    }

    async fn http_request(
        &self,
        token: Option<&ReadyToken>,
        signed: Option<&Signed>,
    ) -> CallResult<HttpRequest> {
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
        let body = match &self.request.body {
            None => None,
            Some(Payload::Bytes(bytes)) => {
                let form = self.operation.body == Body::Form;
                headers.insert(CONTENT_TYPE, if form { FORM } else { JSON });
                Some(bytes.clone().into())
            }
            Some(Payload::Multipart(form)) => {
                headers.insert(CONTENT_TYPE, form.content_type());
                Some(self.open(form).await?)
            }
        };
        let mut url = self.request.url.clone();
        if let Some(token) = token {
            let place = match self.operation.webhook() {
                Some(field) => &Place::Query(field),
                None => &self.request.endpoint.token,
            };
            match place {
                Place::Header(name) => drop(headers.insert(name, token.header())),
                Place::Query(field) => url.set_query(Some(&with_token(&url, field, token.value()))),
            }
        }
        if let Some(signed) = signed {
            let query = url.query().into_iter().chain([&*signed.query]);
            let query = query.collect::<Vec<_>>().join("&");
            url.set_query(Some(&query));
        }
        Ok(HttpRequest {
            method,
            url,
            headers,
            body,
        })
    }

    /// Opens the files of a form.
    pub(super) async fn open(&self, form: &Multipart) -> CallResult<HttpBody> {
        form.open().await.map_err(|mistakes| {
            Error::InvalidArgument(InvalidArgument::all(self.operation, mistakes))
        })
    }

    /// The error that a reply is.
    fn refusal(&self, reply: &RawReply) -> Option<Error> {
        let received = self.received(reply);
        let scrubber = || self.scrubber(reply);
        if let Some(error) = api_failure(&received, scrubber) {
            return Some(error);
        }
        let envelope = &self.request.endpoint.api.envelope;
        let documented = self.operation.reply != ReplyKind::Nothing || envelope.every_reply;
        let reason = if documented && reply.body.is_empty() {
            "an empty body where JSON is documented".to_owned()
        } else if reply.body.first() == Some(&b'<') || received.has_page() {
            "a web page instead of a reply".to_owned()
        } else if let Some(reason) = received.unreadable() {
            reason
        } else if envelope.every_reply && !envelope.reports(&reply.body) {
            let name = envelope.code.first().copied().unwrap_or_default();
            format!("a reply without `{name}`, which every reply of the API has")
        } else {
            return None;
        };
        Some(Error::UnexpectedReply(
            received.unexpected(&reason, &scrubber()),
        ))
    }
}

/// The query with the token at its beginning.
fn with_token(url: &Url, field: &str, token: &str) -> String {
    let mut query = String::new();
    query::pair(&mut query, field, token);
    if let Some(rest) = url.query() {
        query.push('&');
        query.push_str(rest);
    }
    query
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
