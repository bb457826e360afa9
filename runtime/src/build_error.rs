//! Errors of building a client or credentials.

use std::fmt;

/// An invalid argument of the client's builder, or of a constructor of credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    argument: &'static str,
    reason: String,
}

impl BuildError {
    pub(crate) fn new(argument: &'static str, reason: impl Into<String>) -> Self {
        Self {
            argument,
            reason: reason.into(),
        }
    }

    /// The method that took the argument: the builder's, or as `UserToken::from_code` that of a type of credentials.
    pub fn argument(&self) -> &str {
        self.argument
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid `{}`: {}", self.argument, self.reason)
    }
}

impl std::error::Error for BuildError {}
