//! What keeps a call from being sent.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{ApiError, Attempts, Error};
use crate::limit::Exceeded;
use crate::operation::Operation;

/// One or more invalid arguments. Nothing was sent.
#[derive(Debug, Clone)]
pub struct InvalidArgument {
    operation: &'static Operation,
    /// Which, and what is wrong with it; one at least.
    mistakes: Vec<(String, String)>,
    message: String,
}

impl InvalidArgument {
    #[expect(clippy::unnecessary_box_returns, reason = "it is only ever used boxed")]
    pub(crate) fn new(
        operation: &'static Operation,
        argument: impl Into<String>,
        reason: impl Into<String>,
    ) -> Box<Self> {
        Self::all(operation, vec![(argument.into(), reason.into())])
    }

    /// All mistakes of a request: which argument, and what is wrong with it.
    #[expect(clippy::unnecessary_box_returns, reason = "it is only ever used boxed")]
    pub(crate) fn all(operation: &'static Operation, mistakes: Vec<(String, String)>) -> Box<Self> {
        let said = mistakes.iter();
        let said: Vec<_> = said
            .map(|(argument, reason)| format!("`{argument}` {reason}"))
            .collect();
        Box::new(Self {
            operation,
            mistakes,
            message: said.join("; "),
        })
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The argument: its name on the wire or, in a request of JSON, its place, as `body.members[2].id`. If several are
    /// wrong, the first of them.
    pub fn argument(&self) -> &str {
        self.mistakes.first().map_or("", |(argument, _)| argument)
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        self.mistakes.first().map_or("", |(_, reason)| reason)
    }

    /// Each argument that cannot be sent, with what is wrong with it.
    pub fn mistakes(&self) -> impl Iterator<Item = (&str, &str)> {
        let mistakes = self.mistakes.iter();
        mistakes.map(|(argument, reason)| (&**argument, &**reason))
    }

    /// What is wrong with all of them.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not sent: {}", self.operation, self.message)
    }
}

impl StdError for InvalidArgument {}

/// No token could be obtained, so the operation was not called.
#[derive(Debug, Clone)]
pub struct TokenFailure {
    operation: &'static Operation,
    cause: Arc<dyn StdError + Send + Sync>,
    message: String,
    pub(crate) attempts: Attempts,
}

impl TokenFailure {
    pub(crate) fn new(
        operation: &'static Operation,
        cause: Arc<dyn StdError + Send + Sync>,
        attempts: Attempts,
    ) -> Self {
        let message = match cause.downcast_ref::<Error<ApiError>>() {
            Some(call) => call.message().to_owned(),
            None => cause.to_string(),
        };
        Self {
            operation,
            cause,
            message,
            attempts,
        }
    }

    /// What the call for the token, or the token provider, failed with.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The operation that was to be called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How often the call was sent: 0, or 1 if its first token was rejected.
    pub fn attempts(&self) -> u32 {
        self.attempts.made
    }

    /// What the token provider failed with.
    pub fn cause(&self) -> &(dyn StdError + 'static) {
        &*self.cause
    }

    /// The failed call for the token, if it was one: it knows its operation, status, code and request id.
    pub fn call(&self) -> Option<&Error<ApiError>> {
        self.cause().downcast_ref()
    }
}

impl fmt::Display for TokenFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not sent: no token: {}", self.operation, self.cause)
    }
}

/// Its text includes the causes, so the source is what is below them.
impl StdError for TokenFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.source()
    }
}

/// The client's own rate limit kept a call from being sent.
#[derive(Debug, Clone)]
pub struct LimitFailure {
    operation: &'static Operation,
    wait: Duration,
    message: String,
}

impl LimitFailure {
    pub(crate) fn new(operation: &'static Operation, exceeded: Exceeded) -> Self {
        let Exceeded { wait, rate } = exceeded;
        Self {
            operation,
            wait,
            message: format!(
                "the client's own limit of {rate} asks for a wait of {wait:.1?} or more, which exceeds the call's timeout"
            ),
        }
    }

    /// The operation that was to be called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// How long the call would have had to wait, at least.
    pub fn wait(&self) -> Duration {
        self.wait
    }

    /// What the call would have had to wait for.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for LimitFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not sent: {}", self.operation, self.message)
    }
}

impl StdError for LimitFailure {}
