//! Why a transfer failed.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use super::refusal::Refusal;
use crate::error::{Attempts, Stopped, is_fault, may_pass};
use crate::retry::Pause;
use crate::transport::{TransportError, TransportErrorKind};

/// Why a download from or an upload to a signed URL failed.
///
/// It says where, without the URL's query, and everything that the object store said: status, code, message and request id.
#[derive(Debug)]
pub struct TransferError(Box<Failure>);

#[derive(Debug)]
struct Failure {
    /// What was done, and where.
    place: String,
    cause: Cause,
    attempts: Attempts,
}

#[derive(Debug)]
enum Cause {
    Invalid(String),
    Transport(TransportError, String),
    Refused(Refusal),
    Changed(String),
    Size(String),
    TooLarge(String),
    Local(String, io::Error),
}

/// The kind of a transfer's error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransferErrorKind {
    /// The URL, a header, or the file to upload cannot be used. Nothing was sent.
    Invalid,
    /// No complete answer came.
    Transport(TransportErrorKind),
    /// The object store answered with an error, or with a redirect, which is not followed.
    Refused,
    /// The file on the object store changed while it was downloaded.
    Changed,
    /// The file has another size than the one expected.
    Size,
    /// The file is larger than allowed.
    TooLarge,
    /// The downloaded bytes cannot be written.
    Local,
}

impl TransferError {
    fn new(place: &str, cause: Cause) -> Self {
        Self(Box::new(Failure {
            place: place.to_owned(),
            cause,
            attempts: Attempts {
                made: 0,
                repeatable: true,
                stopped: None,
            },
        }))
    }

    pub(super) fn invalid(place: &str, reason: impl Into<String>) -> Self {
        Self::new(place, Cause::Invalid(reason.into()))
    }

    /// `after` says how far the transfer was.
    pub(super) fn transport(place: &str, error: TransportError, after: String) -> Self {
        Self::new(place, Cause::Transport(error, after))
    }

    pub(super) fn refused(place: &str, refusal: Refusal) -> Self {
        Self::new(place, Cause::Refused(refusal))
    }

    pub(super) fn changed(place: &str, reason: impl Into<String>) -> Self {
        Self::new(place, Cause::Changed(reason.into()))
    }

    pub(super) fn size(place: &str, reason: String) -> Self {
        Self::new(place, Cause::Size(reason))
    }

    pub(super) fn too_large(place: &str, reason: String) -> Self {
        Self::new(place, Cause::TooLarge(reason))
    }

    pub(super) fn local(place: &str, what: String, error: io::Error) -> Self {
        Self::new(place, Cause::Local(what, error))
    }

    pub(super) fn with_attempts(mut self, made: u32, stopped: Option<Stopped>) -> Self {
        self.0.attempts.made = made;
        self.0.attempts.stopped = stopped;
        self
    }

    /// What to wait for before sending again; `None` if that is of no use.
    pub(super) fn pause(&self) -> Option<Pause> {
        match &self.0.cause {
            Cause::Transport(error, _) => may_pass(error.kind()).then_some(Pause::Backoff),
            Cause::Refused(refusal) => {
                let pause = match refusal.status {
                    429 => Pause::Throttled,
                    // The store waited for bytes that a slow connection delivered late.
                    400 if refusal.code.as_deref() == Some("RequestTimeout") => Pause::Backoff,
                    status if is_fault(status) => Pause::Backoff,
                    _ => return None,
                };
                Some(pause.or_asked(refusal.wait))
            }
            _ => None,
        }
    }

    /// What went wrong.
    pub fn kind(&self) -> TransferErrorKind {
        match &self.0.cause {
            Cause::Invalid(_) => TransferErrorKind::Invalid,
            Cause::Transport(error, _) => TransferErrorKind::Transport(error.kind()),
            Cause::Refused(_) => TransferErrorKind::Refused,
            Cause::Changed(_) => TransferErrorKind::Changed,
            Cause::Size(_) => TransferErrorKind::Size,
            Cause::TooLarge(_) => TransferErrorKind::TooLarge,
            Cause::Local(..) => TransferErrorKind::Local,
        }
    }

    fn refusal(&self) -> Option<&Refusal> {
        match &self.0.cause {
            Cause::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The HTTP status of the object store's error.
    pub fn status(&self) -> Option<u16> {
        Some(self.refusal()?.status)
    }

    /// The object store's code, such as `SignatureDoesNotMatch`.
    pub fn code(&self) -> Option<&str> {
        self.refusal()?.code.as_deref()
    }

    /// The object store's message; of an answer without one, its beginning.
    pub fn message(&self) -> Option<&str> {
        Some(&self.refusal()?.message)
    }

    /// The id under which the object store knows the request.
    pub fn request_id(&self) -> Option<&str> {
        self.refusal()?.request_id.as_deref()
    }

    /// Whether the URL has expired: ask the platform for a new one.
    pub fn is_expired(&self) -> bool {
        self.refusal().is_some_and(Refusal::is_expired)
    }

    /// The error of the transport.
    pub fn transport_error(&self) -> Option<&TransportError> {
        match &self.0.cause {
            Cause::Transport(error, _) => Some(error),
            _ => None,
        }
    }

    /// How often the request was sent; after bytes of a download came, how often it was sent since the last of them.
    pub fn attempts(&self) -> u32 {
        self.0.attempts.made
    }

    /// Whether the same transfer may succeed later. An upload from a reader cannot be repeated with the same reader.
    pub fn is_retryable(&self) -> bool {
        self.pause().is_some()
    }
}

impl fmt::Display for TransferError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.0.place)?;
        match &self.0.cause {
            Cause::Invalid(reason) => write!(f, "not sent: {reason}")?,
            Cause::Transport(error, after) => write!(f, "{error}{after}")?,
            Cause::Refused(refusal) => {
                write!(f, "HTTP {}", refusal.status)?;
                if let Some(code) = &refusal.code {
                    write!(f, " {code}")?;
                }
                if !refusal.message.is_empty() {
                    write!(f, ": {}", refusal.message)?;
                }
                match &refusal.request_id {
                    Some(id) => write!(f, " (request id {id})")?,
                    None => f.write_str(" (no request id)")?,
                }
                if let Some(advice) = refusal.advice() {
                    write!(f, "; {advice}")?;
                }
            }
            Cause::Changed(reason) | Cause::Size(reason) | Cause::TooLarge(reason) => {
                f.write_str(reason)?;
            }
            Cause::Local(what, error) => write!(f, "{what}: {error}")?,
        }
        self.0.attempts.fmt(f)
    }
}

/// Its text includes the causes, so the source is what is below them.
impl StdError for TransferError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.cause {
            Cause::Transport(error, _) => error.source(),
            Cause::Local(_, error) => error.source(),
            _ => None,
        }
    }
}
