//! Carries out a call: from an encoded request to a reply, for all operations.

mod attempts;
mod credentials;
mod exchange;

use std::error::Error as StdError;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde::de::Error as _;

use crate::client::Client;
use crate::error::{DecodeFailure, Error, Received, TokenFailure, TransportFailure};
use crate::excerpt;
use crate::model::{Json, Location, Misfit, ModelInfo, Slot};
use crate::operation::{Operation, ReplyKind, TokenKind};
use crate::reply::{RawReply, Reply, ReplyBody};
use crate::request::Encoded;
use crate::retry::RetryPolicy;
use crate::secret::{Scrubber, Secret};
use crate::sign::Signer;
use crate::token::{ReadyToken, Token};
use crate::trace;
use crate::transport::TransportError;
use crate::webhook::Webhook;

/// One call, ready to be carried out.
pub(crate) struct PreparedCall {
    client: Client,
    operation: &'static Operation,
    request: Encoded,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    /// Whether the request may be carried out twice.
    repeatable: bool,
    token: Option<ReadyToken>,
    webhook: Option<Webhook>,
    signer: Option<Signer>,
    /// Whether the request is only shown: credentials are masked, and none are needed.
    masked: bool,
}

impl PreparedCall {
    pub(crate) fn new(client: Client, operation: &'static Operation, request: Encoded) -> Self {
        let core = client.core();
        Self {
            timeout: core.timeout,
            attempt_timeout: core.attempt_timeout,
            retry: core.retry,
            repeatable: operation.idempotent || request.keyed,
            token: None,
            webhook: None,
            signer: None,
            masked: false,
            client,
            operation,
            request,
        }
    }

    /// Calls with this token instead of the client's.
    pub(crate) fn with_token(mut self, token: ReadyToken) -> Self {
        self.token = Some(token);
        self
    }

    /// Calls this webhook. The error is words that follow "webhook".
    pub(crate) fn with_webhook(mut self, webhook: Webhook) -> Result<Self, String> {
        let field = self.operation.webhook();
        let field = field.ok_or("is not accepted: the operation is not called with one")?;
        let target = webhook.target(self.operation, field, &self.request.endpoint)?;
        let token = ReadyToken::new(Token::new(target.credential));
        self.token = Some(token.map_err(|fault| format!("has a `{field}` that {fault}"))?);
        // This also replaces the server of an earlier webhook.
        let server = target.server.or_else(|| self.request.endpoint.base.clone());
        if let Some(server) = server {
            let url = &self.request.url;
            self.request.url = server.with(url.path(), url.query().unwrap_or_default());
        }
        self.webhook = Some(webhook);
        Ok(self)
    }

    /// Signs with this key and secret instead of the client's.
    pub(crate) fn with_signer(mut self, signer: Signer) -> Self {
        self.signer = Some(signer);
        self
    }

    /// Masks credentials.
    pub(crate) fn masked(mut self) -> Self {
        self.masked = true;
        self
    }

    pub(crate) fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    pub(crate) fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    pub(crate) fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The request may be carried out twice.
    pub(crate) fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// Sends this header too, or instead of a field of that name.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        let fields = self.operation.request_info().map(ModelInfo::fields);
        let mut fields = fields.unwrap_or_default().iter();
        self.repeatable |= fields.any(|field| {
            field.is_idempotency_key()
                && field.location() == Location::Header
                && field.name().eq_ignore_ascii_case(name.as_str())
        });
        self.request.headers.insert(name, value);
        self
    }

    /// The request, for what says which page is wanted.
    pub(crate) fn request(&mut self) -> &mut Encoded {
        &mut self.request
    }

    pub(crate) fn token_header(&self) -> Option<&HeaderName> {
        self.request.endpoint.token_header()
    }

    /// Reads a reply as what is documented.
    pub(crate) fn read<R: ReplyBody, E>(
        &self,
        reply: &RawReply,
    ) -> Result<(R, Vec<Misfit>), Error<E>> {
        let json: &[u8] = match self.operation.reply {
            ReplyKind::Nothing => b"null",
            ReplyKind::Json | ReplyKind::Field(_) => &reply.result,
        };
        let (mut body, misfits) =
            R::decode(json).map_err(|error| self.not_as_documented(reply, error))?;
        if let Slot::Json(json) = body.slot() {
            self.strip_envelope(json);
        }
        match self
            .operation
            .check_reply(&self.request.endpoint.api.envelope, json, body.view())
        {
            None => Ok((body, misfits)),
            Some(reason) => Err(self.not_as_documented(reply, serde_json::Error::custom(reason))),
        }
    }

    /// Takes the envelope out of free JSON, where every reply has one: models do without it too.
    fn strip_envelope(&self, body: &mut Json) {
        let envelope = &self.request.endpoint.api.envelope;
        if envelope.every_reply
            && self.operation.reply == ReplyKind::Json
            && let Json::Object(object) = body
        {
            let fields = std::mem::take(object).into_iter();
            *object = fields.filter(|(key, _)| !envelope.has(key)).collect();
        }
    }

    /// A reply together with what was read of it.
    pub(crate) fn reply<R>(&self, reply: RawReply, misfits: Vec<Misfit>, body: R) -> Reply<R> {
        Reply::new(
            self.operation,
            self.request.endpoint.api,
            reply,
            misfits,
            body,
        )
    }

    /// The request id as it may be logged.
    fn loggable_request_id(&self, reply: &RawReply) -> Option<String> {
        let id = self.received(reply).request_id()?;
        let scrubber = self.scrubber(reply);
        Some(excerpt::shorten(&scrubber.text(&id)))
    }

    /// The error for a reply that could not be decoded.
    pub(crate) fn not_as_documented<E>(
        &self,
        reply: &RawReply,
        error: serde_json::Error,
    ) -> Error<E> {
        let scrubber = self.scrubber(reply);
        let excerpt = scrubber.json_text(&excerpt::beginning(&reply.body));
        let said = error.to_string();
        let clean = scrubber.text(&said);
        let message = format!("the reply is not as documented: {clean}");
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
            message,
            attempts: reply.attempts,
        }))
    }

    /// Logs the values that were left out of a reply, and returns them with secrets masked.
    pub(crate) fn tell(&self, reply: &RawReply, mut misfits: Vec<Misfit>) -> Vec<Misfit> {
        if !misfits.is_empty() {
            let scrubber = self.scrubber(reply);
            for misfit in &mut misfits {
                misfit.scrub(|text| scrubber.text(text));
            }
            trace::misfits(self.operation, &misfits);
        }
        misfits
    }

    /// Whose token the call is sent with, if that is known.
    fn token_kind(&self) -> Option<TokenKind> {
        match self.token {
            Some(_) => None,
            None => self.client.tokens()?.kind(),
        }
    }

    fn received<'a>(&'a self, reply: &'a RawReply) -> Received<'a> {
        Received {
            endpoint: &self.request.endpoint,
            operation: self.operation,
            token_kind: self.token_kind(),
            status: reply.status,
            headers: &reply.headers,
            body: &reply.body,
        }
    }

    /// Made only when there is an error to be cleaned.
    fn scrubber(&self, reply: &RawReply) -> Scrubber {
        let token = reply.token.as_ref().map(HeaderValue::to_str);
        let mut scrubber = self.sent_scrubber(token.and_then(Result::ok), &reply.secrets);
        for name in self.operation.secret_reply_fields() {
            scrubber.add_field(name);
        }
        for name in self.request.secret_reply_fields() {
            scrubber.add_field(name);
        }
        scrubber
    }

    /// Knows what is sent in confidence, with the token and the secrets of a signature.
    fn sent_scrubber(&self, token: Option<&str>, signed: &[Secret]) -> Scrubber {
        let mut scrubber = Scrubber::default();
        let signed = signed.iter().map(|secret| secret.0.as_str());
        let sent = token.into_iter().chain(signed);
        sent.chain(self.request.secrets())
            .for_each(|text| scrubber.add_sent(text));
        scrubber
    }

    fn transport_failure(&self, error: TransportError) -> Error {
        let error = error.calling(&self.request.url);
        Error::Transport(Box::new(TransportFailure::new(self.operation, error)))
    }

    fn token_failure(&self, cause: std::sync::Arc<dyn StdError + Send + Sync>, sent: u32) -> Error {
        let attempts = self.sending(sent, None);
        Error::Token(Box::new(TokenFailure::new(self.operation, cause, attempts)))
    }
}
