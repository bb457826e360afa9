//! How often a call was sent, and why not more often.

use std::fmt;
use std::time::Duration;

use crate::operation::Operation;

/// What an error reports about the attempts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempts {
    pub(crate) made: u32,
    /// Whether the request may be carried out twice.
    pub(crate) repeatable: bool,
    pub(crate) stopped: Option<Stopped>,
}

/// Why no further attempt was made, although it would have been safe.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stopped {
    /// The wait is longer than what is left of the call's time.
    Deadline(Duration),
    /// The wait is longer than the policy grants.
    TooLong(Duration),
    /// The client's retries are used up.
    Budget,
    /// A reader has been read from.
    Reader,
    /// A file can no longer be read.
    File,
}

impl Attempts {
    /// Of a call that has not been sent yet.
    pub(crate) fn none(operation: &Operation) -> Self {
        Self {
            made: 0,
            repeatable: operation.idempotent,
            stopped: None,
        }
    }
}

impl Attempts {
    /// What to add to a message if the request was sent and may not be carried out twice, and no error of the
    /// server says what became of it.
    pub(crate) fn doubt(&self) -> &'static str {
        if self.made > 0 && !self.repeatable {
            "; the operation may have been carried out: check before you send it again"
        } else {
            ""
        }
    }
}

/// Goes at the end of a message; nothing if there is nothing to say.
impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.made, self.stopped) {
            (0 | 1, None) => return Ok(()),
            (1, _) => f.write_str("; 1 attempt")?,
            (made, _) => write!(f, "; {made} attempts")?,
        }
        match self.stopped {
            None => Ok(()),
            Some(Stopped::Deadline(wait)) => {
                write!(
                    f,
                    ", no more: a wait of {wait:.1?} exceeds the call's timeout"
                )
            }
            Some(Stopped::TooLong(wait)) => {
                write!(
                    f,
                    ", no more: a wait of {wait:.1?} exceeds the policy's `max_wait`"
                )
            }
            Some(Stopped::Budget) => f.write_str(", no more: the client's retry budget is used up"),
            Some(Stopped::File) => f.write_str(", no more: a file cannot be read again"),
            Some(Stopped::Reader) => {
                f.write_str(", no more: a reader cannot be sent again, unlike bytes or a path")
            }
        }
    }
}
