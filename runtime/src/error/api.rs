//! The errors that the server reports.

use std::fmt;
use std::time::Duration;

use super::Attempts;
use super::retry::refused;
use crate::model::Json;
use crate::operation::{ErrorClass, Operation, TokenKind};

/// An operation's error enum, as the generated code implements it.
pub trait OperationError: std::error::Error + Send + Sync + Sized + 'static {
    /// The variant of the error's row, or that for codes that are not documented.
    #[doc(hidden)]
    fn from_api(error: ApiError) -> Self;

    /// What the server said.
    fn api(&self) -> &ApiError;
}

/// The error type of one operation, which [`ApiError`] is not: `?` turns such an [`Error`](super::Error) into one for
/// any operation.
#[doc(hidden)]
pub trait OfOperation: OperationError {}

/// An error that the server reported. Everything it said is kept.
#[derive(Clone)]
pub struct ApiError(Box<ApiErrorParts>);

#[derive(Clone)]
pub(crate) struct ApiErrorParts {
    pub(crate) operation: &'static Operation,
    pub(crate) token_kind: Option<TokenKind>,
    /// Which variant of the operation's error enum it is, if its code is documented.
    pub(crate) variant: Option<usize>,
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    pub(crate) access_denied_detail: Option<Json>,
    pub(crate) required_scopes: Vec<String>,
    pub(crate) class: Option<ErrorClass>,
    pub(crate) details: Vec<String>,
    pub(crate) wait: Option<Duration>,
    pub(crate) body: Json,
    pub(crate) attempts: Attempts,
}

impl From<ApiErrorParts> for ApiError {
    fn from(parts: ApiErrorParts) -> Self {
        Self(Box::new(parts))
    }
}

impl ApiError {
    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// The HTTP status. It says little: most errors are 400, throttling is 403, and some come with 200.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// The code, for example `roomClosed`; a number is given as text.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The server's message.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The id under which the platform's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The server's detail on a denied access.
    pub fn access_denied_detail(&self) -> Option<&Json> {
        self.0.access_denied_detail.as_ref()
    }

    /// The permissions that the application lacks, as the server named them.
    pub fn required_scopes(&self) -> &[String] {
        &self.0.required_scopes
    }

    /// What the error means for a client, where that is known.
    pub fn class(&self) -> Option<ErrorClass> {
        self.0.class
    }

    /// The part of the message that fills the `%s` of the documented one.
    pub fn detail(&self) -> Option<&str> {
        self.0.details.first().map(String::as_str)
    }

    /// Like [`detail`](Self::detail), for messages with more than one `%s`.
    pub fn details(&self) -> &[String] {
        &self.0.details
    }

    /// How long to wait before the next call, if the server or the kind of throttling says so.
    pub fn wait(&self) -> Option<Duration> {
        self.0.wait
    }

    /// The whole body of the reply, without the secrets that were sent: numbers keep their digits, and keys their
    /// order.
    pub fn body(&self) -> &Json {
        &self.0.body
    }

    /// Whether sending the same call again later is safe and may succeed.
    pub fn is_retryable(&self) -> bool {
        refused(self).is_some()
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts.made
    }

    /// Which variant of the operation's error enum it is; `None` if its code is not documented.
    #[doc(hidden)]
    #[inline]
    pub fn variant(&self) -> Option<usize> {
        self.0.variant
    }

    pub(crate) fn sending(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(crate) fn set_attempts(&mut self, attempts: Attempts) {
        self.0.attempts = attempts;
    }

    /// Sets the wait, unless the server did.
    pub(crate) fn set_wait(&mut self, wait: Duration) {
        self.0.wait.get_or_insert(wait);
    }

    /// What the reader can do about it.
    fn advice(&self) -> Option<String> {
        Some(match self.0.class? {
            ErrorClass::TokenRejected => {
                "the token was not accepted: check that it belongs to this platform and \
                 organization"
                    .into()
            }
            ErrorClass::Credentials => {
                "check the application's key and secret (or ticket), and that the application is \
                 authorized"
                    .into()
            }
            ErrorClass::Permission => {
                let scopes = match self.0.required_scopes.join(", ") {
                    scopes if scopes.is_empty() => self.0.operation.permission.to_owned(),
                    scopes => scopes,
                };
                if scopes.is_empty() {
                    "the application or this address is not allowed to do this".into()
                } else {
                    format!("grant the application the permission {scopes}")
                }
            }
            ErrorClass::Throttled | ErrorClass::ThrottledMinute => {
                let wait = self.0.wait.unwrap_or(match self.0.class {
                    Some(ErrorClass::ThrottledMinute) => Duration::from_secs(60),
                    _ => Duration::from_secs(1),
                });
                format!(
                    "too many calls: wait {} s and call again",
                    wait.as_secs().max(1)
                )
            }
            ErrorClass::Quota => "the calls of this period are used up: do not retry".into(),
            ErrorClass::Transient => "a passing fault of the server".into(),
            ErrorClass::RetryLater => "call again later".into(),
            ErrorClass::IdempotencyMisuse => {
                "use a new idempotency key for each different request".into()
            }
        })
    }
}

impl ApiError {
    /// Whose token the operation takes, where another's was sent or may have been.
    fn token_hint(&self) -> Option<String> {
        let kinds = self.0.operation.token_kinds();
        let may_be_why = matches!(
            self.0.class,
            None | Some(ErrorClass::TokenRejected | ErrorClass::Permission)
        );
        if kinds.is_empty() || !may_be_why {
            return None;
        }
        let taken = TokenKind::any_of(kinds);
        match self.0.token_kind {
            Some(kind) if kinds.contains(&kind) => None,
            Some(kind) => Some(format!(
                "the operation takes {taken} token, and the client has {kind}"
            )),
            None if self.0.class == Some(ErrorClass::TokenRejected) => {
                Some(format!("the operation takes {taken} token"))
            }
            None => None,
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ApiErrorParts {
            operation,
            status,
            code,
            message,
            request_id,
            attempts,
            ..
        } = &*self.0;
        write!(f, "{operation}: HTTP {status}")?;
        if !code.is_empty() {
            write!(f, ", code {code}")?;
        }
        // Some servers have no other words than the code.
        if !message.is_empty() && message != code {
            write!(f, ": {message}")?;
        }
        match request_id {
            Some(id) => write!(f, " (request id {id})")?,
            None => f.write_str(" (no request id)")?,
        }
        if let Some(advice) = self.advice() {
            write!(f, "; {advice}")?;
        }
        if let Some(hint) = self.token_hint() {
            write!(f, "; {hint}")?;
        }
        attempts.fmt(f)
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("code", &self.0.code)
            .field("message", &self.0.message)
            .field("request_id", &self.0.request_id)
            .field("class", &self.0.class)
            .field("required_scopes", &self.0.required_scopes)
            .field("details", &self.0.details)
            .field("wait", &self.0.wait)
            .field("attempts", &self.0.attempts.made)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

impl OperationError for ApiError {
    fn from_api(error: ApiError) -> Self {
        error
    }

    fn api(&self) -> &ApiError {
        self
    }
}
