//! Whose token an operation takes, and whose a client has.

use std::fmt;

use serde::Serialize;

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenKind {
    /// The application's, in one organization.
    Application,
    /// A logged-in user's.
    User,
    /// A third-party application's own, which belongs to no organization.
    Suite,
}

impl TokenKind {
    /// Any of several kinds, in words: "the application's or a user's".
    pub(crate) fn any_of(kinds: &[Self]) -> String {
        let words: Vec<_> = kinds.iter().map(ToString::to_string).collect();
        words.join(" or ")
    }
}

/// `a user's`.
impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Application => "the application's",
            Self::User => "a user's",
            Self::Suite => "the suite's",
        })
    }
}
