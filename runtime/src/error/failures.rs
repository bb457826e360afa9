//! What a call can fail with before, or instead of, an answer of the server.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::{ApiError, Error};
use crate::operation::Operation;
use crate::transport::TransportError;

/// An argument that cannot be sent.
#[derive(Debug, Clone)]
pub struct InvalidArgument {
    pub(crate) operation: &'static Operation,
    pub(crate) argument: String,
    pub(crate) reason: String,
}

impl InvalidArgument {
    #[expect(clippy::unnecessary_box_returns, reason = "it is only ever used boxed")]
    pub(crate) fn new(
        operation: &'static Operation,
        argument: impl Into<String>,
        reason: impl Into<String>,
    ) -> Box<Self> {
        Box::new(Self {
            operation,
            argument: argument.into(),
            reason: reason.into(),
        })
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The argument's name on the wire; several are separated by commas.
    pub fn argument(&self) -> &str {
        &self.argument
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub(crate) fn message(&self) -> String {
        format!("`{}` {}", self.argument, self.reason)
    }
}

impl fmt::Display for InvalidArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not sent: {}", self.operation, self.message())
    }
}

/// Why there is no token to call with.
#[derive(Debug, Clone)]
pub struct TokenFailure {
    pub(crate) operation: &'static Operation,
    pub(crate) cause: Arc<dyn StdError + Send + Sync>,
}

impl TokenFailure {
    /// The operation that was to be called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
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
        write!(
            f,
            "{}: not sent, because there is no token: {}",
            self.operation, self.cause
        )
    }
}

/// Why no whole reply came.
#[derive(Debug)]
pub struct TransportFailure {
    pub(crate) operation: &'static Operation,
    pub(crate) error: TransportError,
}

impl TransportFailure {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// What went wrong on the way.
    pub fn error(&self) -> &TransportError {
        &self.error
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.error)?;
        if !self.error.kind().is_before_sending() && !self.operation.idempotent {
            f.write_str("; the operation may have been carried out")?;
        }
        Ok(())
    }
}

/// A reply that is not what the operation is documented to reply.
#[derive(Debug)]
pub struct DecodeFailure {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) request_id: Option<String>,
    pub(crate) excerpt: String,
    pub(crate) cause: serde_json::Error,
}

impl DecodeFailure {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP status: a success, so the operation was carried out.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The id under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The beginning of the reply, without secrets.
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }

    /// What is wrong with the reply, and where, for example `list[3].name: expected a string`.
    pub fn cause(&self) -> &serde_json::Error {
        &self.cause
    }

    pub(crate) fn message(&self) -> String {
        format!("the reply is not as documented: {}", self.cause)
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: HTTP {}: {}",
            self.operation,
            self.status,
            self.message()
        )?;
        write_request_id(f, self.request_id.as_deref())?;
        write!(f, "; the reply: {}", self.excerpt)
    }
}

/// Something that is no reply of the platform.
#[derive(Debug, Clone)]
pub struct UnexpectedReply {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) reason: String,
    pub(crate) excerpt: String,
}

impl UnexpectedReply {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// What the reply says it is.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The id under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What is unexpected of it.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The beginning of the reply, without secrets.
    pub fn excerpt(&self) -> &str {
        &self.excerpt
    }
}

impl fmt::Display for UnexpectedReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.content_type.as_deref().unwrap_or("no content type");
        write!(
            f,
            "{}: HTTP {}, {kind}: {}",
            self.operation, self.status, self.reason
        )?;
        write_request_id(f, self.request_id.as_deref())?;
        if self.excerpt.is_empty() {
            Ok(())
        } else {
            write!(f, "; the reply: {}", self.excerpt)
        }
    }
}

fn write_request_id(f: &mut fmt::Formatter<'_>, id: Option<&str>) -> fmt::Result {
    match id {
        Some(id) => write!(f, " (request id {id})"),
        None => f.write_str(" (no request id)"),
    }
}
