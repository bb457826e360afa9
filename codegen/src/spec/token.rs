use serde::Deserialize;

/// Whose token an operation takes.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Token {
    /// One kind.
    One(TokenKind),
    /// Any of several kinds.
    AnyOf(Vec<TokenKind>),
}

/// A kind of token.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// The application's, in one organization.
    Application,
    /// A logged-in user's.
    User,
    /// A third-party application's, for no particular organization.
    Suite,
    /// The operation is called without a token: those that give tokens, above all.
    None,
}

impl Token {
    /// No token at all.
    pub const NONE: Self = Self::One(TokenKind::None);

    /// The kinds.
    pub fn kinds(&self) -> &[TokenKind] {
        match self {
            Self::One(kind) => std::slice::from_ref(kind),
            Self::AnyOf(kinds) => kinds,
        }
    }

    /// Whose token it is, in words: "the application's or a user's".
    pub fn words(&self) -> String {
        let words: Vec<_> = self.kinds().iter().map(|kind| kind.words()).collect();
        words.join(" or ")
    }
}

impl TokenKind {
    /// The kind as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::User => "user",
            Self::Suite => "suite",
            Self::None => "none",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Application => "the application's",
            Self::User => "a user's",
            Self::Suite => "the suite's",
            Self::None => "none",
        }
    }
}
