//! What ends a Stream connection for good.

use std::fmt;

use crate::error::Error;

/// Why [`run`](super::StreamBuilder::run) ended before it was stopped. Trying again would fail in the same way. After
/// any other failure, the stream opens another connection.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// There is no handler, so there is nothing to subscribe to.
    NoHandler,
    /// The client's credentials do not include an application's key and secret.
    NoApplication,
    /// No connection can be opened: the application's key or secret is wrong, or the client cannot open one.
    Refused(Box<Error>),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHandler => {
                f.write_str("the stream has no handler: add one with `.on_event(..)`, `.on_bot_message(..)` or the like")
            }
            Self::NoApplication => f.write_str(
                "a stream is opened with an application's key and secret, which the client does not have: build it with \
                 `.app(key, secret)`, `.app_in(..)` or `.suite(..)`",
            ),
            Self::Refused(error) => write!(f, "the stream cannot be opened: {error}"),
        }
    }
}

/// Its text includes the cause's.
impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => error.source(),
            _ => None,
        }
    }
}
