//! What a client cannot be built with.

use std::fmt;

/// An argument that a client or its credentials cannot be built with.
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
        write!(
            f,
            "`{}` cannot be used as it was given: {}",
            self.argument, self.reason
        )
    }
}

impl std::error::Error for BuildError {}
