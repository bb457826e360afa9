//! What a call can fail with.

mod api;
mod attempts;
mod classify;
mod denial;
pub(crate) mod documented;
mod failures;
mod refusal;
mod retry;
mod undocumented;
mod unsent;

use std::error::Error as StdError;
use std::fmt;

pub(crate) use self::api::ApiErrorParts;
pub use self::api::{ApiError, OfOperation, OperationError};
pub(crate) use self::attempts::{Attempts, Stopped};
pub use self::failures::{DecodeFailure, PageLimit, TransportFailure, UnexpectedReply};
pub(crate) use self::refusal::{Received, api_failure, wait_asked};
pub(crate) use self::retry::{is_fault, may_pass, retry_after};
pub use self::undocumented::UndocumentedError;
pub use self::unsent::{InvalidArgument, LimitFailure, TokenFailure};
use crate::operation::{ErrorClass, Operation};

/// The result of a call whose error does not yet have the operation's own type.
pub(crate) type CallResult<T> = Result<T, Error>;

/// Why a call failed.
///
/// `E` is the operation's own error enum, with a variant for each documented code. The other variants are failures that
/// any call can meet. Each prints the operation and everything that the server said.
///
/// Plain `Error` is the error of any operation: `?` converts every operation's error into it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = ApiError> {
    /// The operation failed with an error of its own, documented or not.
    Api(E),
    /// The token was rejected even after it was replaced, or the application's credentials are wrong.
    Authentication(ApiError),
    /// The application or the address is not allowed to do this; see [`ApiError::required_scopes`].
    Permission(ApiError),
    /// Too many calls; the operation was not carried out. See [`ApiError::wait`].
    Throttled(ApiError),
    /// The quota of the day or month is used up; the operation was not carried out.
    Quota(ApiError),
    /// An argument is invalid. Nothing was sent.
    InvalidArgument(Box<InvalidArgument>),
    /// The client's own rate limit left no time to send the call. Nothing was sent.
    Limited(Box<LimitFailure>),
    /// No token could be obtained, so the operation was not called.
    Token(Box<TokenFailure>),
    /// No complete reply arrived.
    Transport(Box<TransportFailure>),
    /// The reply does not match the operation's documentation.
    Decode(Box<DecodeFailure>),
    /// The answer is not a reply of the platform: an HTML page, an empty error, a redirect.
    UnexpectedReply(Box<UnexpectedReply>),
    /// The page limit is reached, and more pages follow. Those that came are complete.
    PageLimit(Box<PageLimit>),
}

impl<E> Error<E> {
    /// The same error with another type for the operation's own errors.
    pub(crate) fn map_api<F>(self, map: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(error) => Error::Api(map(error)),
            Self::Authentication(error) => Error::Authentication(error),
            Self::Permission(error) => Error::Permission(error),
            Self::Throttled(error) => Error::Throttled(error),
            Self::Quota(error) => Error::Quota(error),
            Self::InvalidArgument(failure) => Error::InvalidArgument(failure),
            Self::Limited(failure) => Error::Limited(failure),
            Self::Token(failure) => Error::Token(failure),
            Self::Transport(failure) => Error::Transport(failure),
            Self::Decode(failure) => Error::Decode(failure),
            Self::UnexpectedReply(failure) => Error::UnexpectedReply(failure),
            Self::PageLimit(limit) => Error::PageLimit(limit),
        }
    }
}

impl<E: OfOperation> From<Error<E>> for Error {
    fn from(error: Error<E>) -> Self {
        error.map_api(|error| error.api().clone())
    }
}

impl<E: OperationError> Error<E> {
    /// The server's error, if it answered with one in the platform's format.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error.api()),
            Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => Some(error),
            Self::Token(failure) => failure.call().and_then(Error::api),
            _ => None,
        }
    }

    /// The operation that was called, for example `conference_1_0.StartCloudRecord`. If it got no token, the operation
    /// that should have given one is in [`TokenFailure::call`].
    pub fn operation(&self) -> &'static Operation {
        match self {
            Self::Api(error) => error.api().operation(),
            Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => error.operation(),
            Self::InvalidArgument(failure) => failure.operation(),
            Self::Limited(failure) => failure.operation(),
            Self::Token(failure) => failure.operation(),
            Self::Transport(failure) => failure.operation(),
            Self::Decode(failure) => failure.operation(),
            Self::UnexpectedReply(failure) => failure.operation(),
            Self::PageLimit(limit) => limit.operation(),
        }
    }

    /// The code of the error, as the server gave it.
    pub fn code(&self) -> Option<&str> {
        self.api().map(ApiError::code)
    }

    /// The HTTP status, if a reply came.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Decode(failure) => Some(failure.status()),
            Self::UnexpectedReply(failure) => Some(failure.status()),
            Self::Token(failure) => failure.call().and_then(Error::status),
            _ => self.api().map(ApiError::status),
        }
    }

    /// The id under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Decode(failure) => failure.request_id(),
            Self::UnexpectedReply(failure) => failure.request_id(),
            Self::Token(failure) => failure.call().and_then(Error::request_id),
            _ => self.api().and_then(ApiError::request_id),
        }
    }

    /// The server's message, or what went wrong if the server said nothing.
    pub fn message(&self) -> &str {
        match self {
            Self::Api(error) => error.api().message(),
            Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => error.message(),
            Self::InvalidArgument(failure) => failure.message(),
            Self::Limited(failure) => failure.message(),
            Self::Token(failure) => failure.message(),
            Self::Transport(failure) => failure.message(),
            Self::Decode(failure) => failure.message(),
            Self::UnexpectedReply(failure) => failure.message(),
            Self::PageLimit(limit) => limit.message(),
        }
    }

    /// What the error means for a client, if known.
    pub fn class(&self) -> Option<ErrorClass> {
        self.api().and_then(ApiError::class)
    }

    /// How often the call was sent; 0 if it failed before sending.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(failure) => failure.attempts(),
            Self::Decode(failure) => failure.attempts(),
            Self::UnexpectedReply(failure) => failure.attempts(),
            Self::Token(failure) => failure.attempts(),
            Self::InvalidArgument(_) | Self::Limited(_) | Self::PageLimit(_) => 0,
            _ => self.api().map_or(0, ApiError::attempts),
        }
    }

    /// Whether sending the same call again later is safe and may succeed.
    ///
    /// After a broken connection, or an error of the server that says nothing of whether the operation was
    /// carried out, this is so only for requests that may be carried out twice.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Token(failure) => failure.call().is_some_and(Error::is_retryable),
            error => retry_after(error, E::api).is_some(),
        }
    }
}

impl Error {
    pub(crate) fn set_attempts(&mut self, attempts: Attempts) {
        match self {
            Self::Transport(failure) => failure.attempts = attempts,
            Self::Decode(failure) => failure.attempts = attempts,
            Self::UnexpectedReply(failure) => failure.attempts = attempts,
            Self::Token(failure) => failure.attempts = attempts,
            error => {
                if let Some(said) = error.said_mut() {
                    said.set_attempts(attempts);
                }
            }
        }
    }

    /// What the server said of this call.
    pub(crate) fn said_mut(&mut self) -> Option<&mut ApiError> {
        match self {
            Self::Api(error)
            | Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => Some(error),
            _ => None,
        }
    }
}

impl<E: fmt::Display> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => error.fmt(f),
            Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => error.fmt(f),
            Self::InvalidArgument(failure) => failure.fmt(f),
            Self::Limited(failure) => failure.fmt(f),
            Self::Token(failure) => failure.fmt(f),
            Self::Transport(failure) => failure.fmt(f),
            Self::Decode(failure) => failure.fmt(f),
            Self::UnexpectedReply(failure) => failure.fmt(f),
            Self::PageLimit(limit) => limit.fmt(f),
        }
    }
}

/// The text of an error includes its causes, so the source starts below them: a program that prints the chain prints no
/// text twice. The errors themselves are in the variants.
impl<E: StdError + 'static> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Api(error) => error.source(),
            Self::Authentication(error)
            | Self::Permission(error)
            | Self::Throttled(error)
            | Self::Quota(error) => error.source(),
            Self::Token(failure) => failure.source(),
            Self::Transport(failure) => failure.source(),
            Self::Decode(failure) => failure.source(),
            Self::InvalidArgument(_)
            | Self::Limited(_)
            | Self::UnexpectedReply(_)
            | Self::PageLimit(_) => None,
        }
    }
}
