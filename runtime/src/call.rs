//! A call of an operation, with its options.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::time::Duration;

use http::HeaderValue;
use http::header::HeaderName;

use crate::client::Client;
use crate::engine::PreparedCall;
use crate::error::{CallResult, Error, InvalidArgument, OperationError};
use crate::headers::{header_value, is_reserved};
use crate::model::Model;
use crate::operation::Operation;
use crate::reply::{RawReply, Reply, ReplyBody};
use crate::request::{Encoded, Source};
use crate::retry::RetryPolicy;
use crate::token::{ReadyToken, Token};
use crate::transport::BoxFuture;

/// A call of an operation, which replies `R` or fails with the operation's own error `E`.
///
/// Options chain. [`send`](Self::send) sends it, and so does awaiting it. The request is encoded when the call is made;
/// `send` returns an encoding error before it sends anything.
///
/// `P` is [`Paged`](crate::Paged) where the spec says how the operation is paged: such a [`PagedCall`](crate::PagedCall)
/// also has [`pages`](Call::pages) and [`items`](Call::items).
#[must_use = "a call is sent by `.send().await`, or by awaiting it"]
pub struct Call<R, E, P = ()> {
    pub(crate) operation: &'static Operation,
    pub(crate) state: Result<PreparedCall, Box<InvalidArgument>>,
    pub(crate) paged: P,
    reply: PhantomData<fn() -> (R, E)>,
}

/// A finished call and its result. The type is the same for all operations, so the code behind it is compiled once.
pub(crate) type Done = CallResult<(PreparedCall, RawReply)>;

impl<R, E> Call<R, E> {
    /// A call with these path values, in the order of the operation's, and the request's fields.
    #[doc(hidden)]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "they are made for this, and by each method"
    )]
    pub fn new(
        client: &Client,
        operation: &'static Operation,
        path: Vec<String>,
        request: Option<&dyn Model>,
    ) -> Self {
        let state = prepare(client, operation, &path, request.map(Source::Model));
        Self::made(operation, state, ())
    }
}

impl<R, E, P> Call<R, E, P> {
    pub(crate) fn made(
        operation: &'static Operation,
        state: Result<PreparedCall, Box<InvalidArgument>>,
        paged: P,
    ) -> Self {
        Self {
            operation,
            state,
            paged,
            reply: PhantomData,
        }
    }

    /// The same call, of an operation that has pages.
    pub(crate) fn with_pages<Q>(self, paged: Q) -> Call<R, E, Q> {
        Call::made(self.operation, self.state, paged)
    }

    /// Sends this token instead of the client's. It is not replaced if the server rejects it.
    pub fn token(self, token: impl Into<String>) -> Self {
        let operation = self.operation;
        match ReadyToken::new(Token::new(token)) {
            Ok(token) => self.with(|call| Ok(call.with_token(token))),
            Err(fault) => self.with(|_| Err(InvalidArgument::new(operation, "token", fault))),
        }
    }

    /// The timeout of the whole call, instead of the client's.
    pub fn timeout(self, timeout: Duration) -> Self {
        let operation = self.operation;
        self.with(|call| {
            if timeout.is_zero() {
                return Err(InvalidArgument::new(
                    operation,
                    "timeout",
                    "is zero: the call would fail",
                ));
            }
            Ok(call.with_timeout(timeout))
        })
    }

    /// The timeout of one attempt, from sending to the last byte of the reply, instead of the client's.
    pub fn attempt_timeout(self, timeout: Duration) -> Self {
        let operation = self.operation;
        self.with(|call| {
            if timeout.is_zero() {
                return Err(InvalidArgument::new(
                    operation,
                    "attempt_timeout",
                    "is zero: the call would fail",
                ));
            }
            Ok(call.with_attempt_timeout(timeout))
        })
    }

    /// The retry policy of this call, instead of the client's.
    pub fn retry(self, policy: RetryPolicy) -> Self {
        let operation = self.operation;
        self.with(|call| match policy.mistake() {
            Some(reason) => Err(InvalidArgument::new(operation, "retry", reason)),
            None => Ok(call.with_retry(policy)),
        })
    }

    /// Marks the request as safe to carry out twice, so that it is also retried when it may have been carried out.
    /// Operations that are documented as idempotent, and requests with an idempotency key, are safe anyway.
    pub fn idempotent(self) -> Self {
        self.with(|call| Ok(call.repeatable()))
    }

    /// Sends another header, or replaces a header that is a field of the request.
    ///
    /// The headers that the client sets (the token, the content type, those of the connection) and values with control
    /// characters are invalid arguments.
    pub fn header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value, operation) = (name.as_ref(), value.as_ref(), self.operation);
        self.with(|call| {
            let parsed = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| InvalidArgument::new(operation, name, "is not a valid header name"))?;
            if call.token_header() == Some(&parsed) {
                let reason = "carries the token: set it with `.token(..)`";
                return Err(InvalidArgument::new(operation, name, reason));
            }
            if is_reserved(&parsed) {
                return Err(InvalidArgument::new(
                    operation,
                    name,
                    "is set by the client",
                ));
            }
            let mut value: HeaderValue = header_value(value)
                .map_err(|reason| InvalidArgument::new(operation, name, reason))?;
            // It may be a secret.
            value.set_sensitive(true);
            Ok(call.with_header(parsed, value))
        })
    }

    /// Applies an option, unless an earlier mistake must be reported.
    pub(crate) fn with(
        mut self,
        option: impl FnOnce(PreparedCall) -> Result<PreparedCall, Box<InvalidArgument>>,
    ) -> Self {
        self.state = self.state.and_then(option);
        self
    }

    fn run(self) -> BoxFuture<'static, Done> {
        run(self.state)
    }
}

impl<R: ReplyBody, E: OperationError, P: 'static> Call<R, E, P> {
    /// Sends the call and returns the reply's body.
    pub fn send(self) -> impl Future<Output = Result<R, Error<E>>> + Send + 'static {
        let done = self.run();
        async move { Ok(finish(done.await)?.into_body()) }
    }

    /// Sends the call and returns the body with status, headers and request id.
    pub fn send_reply(self) -> impl Future<Output = Result<Reply<R>, Error<E>>> + Send + 'static {
        let done = self.run();
        async move { finish(done.await) }
    }
}

#[cfg(feature = "blocking")]
impl<R: ReplyBody, E: OperationError, P: 'static> Call<R, E, P> {
    /// Sends the call and waits for it on this thread.
    ///
    /// The connections are driven by one runtime for the whole program, which is started by the first such call. On
    /// a thread of an async runtime this is an error: use [`send`](Self::send) there.
    pub fn send_blocking(self) -> Result<R, Error<E>> {
        Ok(self.send_reply_blocking()?.into_body())
    }

    /// Like [`send_blocking`](Self::send_blocking), with status, headers and request id.
    pub fn send_reply_blocking(self) -> Result<Reply<R>, Error<E>> {
        use crate::error::TransportFailure;

        let operation = self.operation;
        finish(crate::blocking::wait(self.run()).unwrap_or_else(|error| {
            Err(Error::Transport(Box::new(TransportFailure::new(
                operation, error,
            ))))
        }))
    }
}

impl<R: ReplyBody, E: OperationError, P: 'static> IntoFuture for Call<R, E, P> {
    type Output = Result<R, Error<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// Neither values nor headers are shown.
impl<R, E, P> fmt::Debug for Call<R, E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("invalid", &self.state.as_ref().err())
            .finish_non_exhaustive()
    }
}

pub(crate) fn prepare(
    client: &Client,
    operation: &'static Operation,
    path: &[String],
    source: Option<Source<'_>>,
) -> Result<PreparedCall, Box<InvalidArgument>> {
    let request = Encoded::new(client.endpoint(operation)?, operation, path, source)?;
    Ok(PreparedCall::new(client.clone(), operation, request))
}

pub(crate) fn run(state: Result<PreparedCall, Box<InvalidArgument>>) -> BoxFuture<'static, Done> {
    Box::pin(async move {
        let call = state.map_err(<Error>::InvalidArgument)?;
        let reply = call.run().await?;
        Ok((call, reply))
    })
}

fn finish<R: ReplyBody, E: OperationError>(done: Done) -> Result<Reply<R>, Error<E>> {
    let (call, reply) = done.map_err(|error| error.map_api(E::from_api))?;
    let (body, misfits) = call.read(&reply)?;
    let misfits = call.tell(&reply, misfits);
    Ok(call.reply(reply, misfits, body))
}
