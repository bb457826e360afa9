//! What a card can fail with.

use std::fmt;

use dingtalk_api::Error;

/// Why a card is not shown, or not as it should be.
#[derive(Debug)]
#[non_exhaustive]
pub enum CardError {
    /// A call failed.
    Call(Box<Error>),
    /// The platform created the card but did not deliver it. The text is the platform's reason.
    NotDelivered(String),
    /// The message does not say where to deliver a card: it lacks the robot's code, or the conversation or the sender's
    /// user ID.
    NoAddress,
    /// The text is too long. The card shows its beginning.
    TooLong {
        /// The number of characters of the text.
        characters: usize,
        /// The maximum.
        limit: usize,
    },
    /// The tokio runtime was shut down before the last update.
    Stopped,
}

impl From<Error> for CardError {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl fmt::Display for CardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::NotDelivered(reason) => write!(f, "the card was not delivered: {reason}"),
            Self::NoAddress => f.write_str(
                "the message does not say where to deliver a card: it lacks the robot's code, or the conversation or the \
                 sender's user ID",
            ),
            Self::TooLong { characters, limit } => write!(
                f,
                "the text has {characters} characters, and a card shows {limit}: send the rest as a message"
            ),
            Self::Stopped => f.write_str("the runtime was shut down before the card's last update"),
        }
    }
}

/// Its text includes the cause's.
impl std::error::Error for CardError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}
