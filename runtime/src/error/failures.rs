//! What goes wrong on the way: no complete reply, one that cannot be read, too many pages.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::{ApiError, Attempts, Error};
use crate::operation::Operation;
use crate::transport::TransportError;

/// [`max_pages`](crate::PagedCall::max_pages) is reached, and more pages follow.
#[derive(Clone)]
pub struct PageLimit {
    operation: &'static Operation,
    resume_token: String,
    message: String,
}

impl PageLimit {
    pub(crate) fn new(operation: &'static Operation, resume_token: &str, secret: bool) -> Self {
        let shown = if secret {
            "its resume token".to_owned()
        } else {
            format!("`{resume_token}`")
        };
        Self {
            operation,
            resume_token: resume_token.to_owned(),
            message: format!("more pages follow than `max_pages` allows: resume with {shown}"),
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The next page, for [`resume`](crate::PagedCall::resume).
    pub fn resume_token(&self) -> &str {
        &self.resume_token
    }

    /// That more pages follow, and how to resume.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Debug for PageLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PageLimit").field(&self.to_string()).finish()
    }
}

impl fmt::Display for PageLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.message)
    }
}

/// No complete reply arrived.
#[derive(Debug)]
pub struct TransportFailure {
    operation: &'static Operation,
    error: TransportError,
    message: String,
    pub(crate) attempts: Attempts,
    pub(crate) previous: Option<Error<ApiError>>,
}

impl TransportFailure {
    pub(crate) fn new(operation: &'static Operation, error: TransportError) -> Self {
        Self {
            operation,
            message: error.to_string(),
            error,
            attempts: Attempts::none(operation),
            previous: None,
        }
    }

    /// What went wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The error of the transport.
    pub fn error(&self) -> &TransportError {
        &self.error
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts.made
    }

    /// The error of the previous attempt, if the call timed out in a later one.
    pub fn previous(&self) -> Option<&Error<ApiError>> {
        self.previous.as_ref()
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.message)?;
        if !self.error.kind().is_before_sending() {
            f.write_str(self.attempts.doubt())?;
        }
        self.attempts.fmt(f)?;
        match &self.previous {
            Some(previous) => write!(f, "; the attempt before: {previous}"),
            None => Ok(()),
        }
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
    pub(crate) message: String,
    pub(crate) attempts: Attempts,
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

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts.made
    }

    /// What is wrong with the reply, and where, for example `list[3].name: expected a string`.
    pub fn cause(&self) -> &serde_json::Error {
        &self.cause
    }

    /// What is wrong with the reply, in words.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: HTTP {}: {}",
            self.operation, self.status, self.message
        )?;
        write_request_id(f, self.request_id.as_deref())?;
        write!(f, "; the reply: {}", self.excerpt)?;
        f.write_str(self.attempts.doubt())?;
        self.attempts.fmt(f)
    }
}

/// Something that is not a reply of the platform.
#[derive(Debug, Clone)]
pub struct UnexpectedReply {
    pub(crate) operation: &'static Operation,
    pub(crate) status: u16,
    pub(crate) content_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) message: String,
    pub(crate) excerpt: String,
    pub(crate) wait: Option<Duration>,
    pub(crate) attempts: Attempts,
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

    /// The reply's content type.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The id under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How long the server asks to wait before the next call.
    pub fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts.made
    }

    /// What is unexpected about it.
    pub fn message(&self) -> &str {
        &self.message
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
            self.operation, self.status, self.message
        )?;
        write_request_id(f, self.request_id.as_deref())?;
        if !self.excerpt.is_empty() {
            write!(f, "; the reply: {}", self.excerpt)?;
        }
        // A redirect or a refusal of the request itself carries nothing out.
        if !(300..500).contains(&self.status) {
            f.write_str(self.attempts.doubt())?;
        }
        self.attempts.fmt(f)
    }
}

/// Their texts include the causes, so the source is what is below them.
impl StdError for TransportFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

impl StdError for DecodeFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.source()
    }
}

impl StdError for UnexpectedReply {}

impl StdError for PageLimit {}

fn write_request_id(f: &mut fmt::Formatter<'_>, id: Option<&str>) -> fmt::Result {
    match id {
        Some(id) => write!(f, " (request id {id})"),
        None => f.write_str(" (no request id)"),
    }
}
