//! What a reply can fail with.

use std::fmt;

use dingtalk_api::Error;

/// Why a reply was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReplyError {
    /// A call failed.
    Call(Box<Error>),
    /// The message has neither a session webhook nor what a message of the robot needs: the robot's code, and the
    /// conversation or the sender's user ID.
    NoAddress,
    /// The platform took the message but did not deliver it to the user.
    NotDelivered(String),
    /// The reply is too long. Nothing was sent.
    TooLong {
        /// The size of the message's content as JSON, in bytes.
        bytes: usize,
        /// The maximum.
        limit: usize,
    },
}

impl From<Error> for ReplyError {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::NoAddress => f.write_str(
                "the message has nothing to reply to: it has no session webhook, and no code of a robot with the \
                 conversation or the sender's user ID",
            ),
            Self::NotDelivered(reason) => {
                write!(f, "the platform did not deliver the reply: {reason}")
            }
            Self::TooLong { bytes, limit } => write!(
                f,
                "the reply takes {bytes} bytes as JSON, and a message may have {limit}: send it in parts"
            ),
        }
    }
}

/// Its text includes the cause's.
impl std::error::Error for ReplyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}
