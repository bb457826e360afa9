use serde::Deserialize;

/// A row of an operation's error table.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    /// The HTTP status, 400 to 599 (200 for errors that come in a successful reply).
    pub status: u16,
    /// The code in the error's body.
    pub code: String,
    /// The message in the error's body; `%s` stands for a detail that changes from case to case.
    pub message: Option<String>,
    /// What the error means and what to do. In our own words.
    pub doc: Option<String>,
    /// What the error means for a client, where it is of a known class.
    pub class: Option<ErrorClass>,
    /// The variant's name in Rust, where the one made from `code` will not do. Rows with the same
    /// code share a variant unless they differ in this.
    pub rust_name: Option<String>,
}

/// What an error means for a client.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClass {
    /// The token is missing, wrong or expired: get a new one and send once more.
    TokenRejected,
    /// The application's key, secret or ticket is wrong: never retry.
    Credentials,
    /// The application or the address is not allowed to do this: never retry.
    Permission,
    /// Too many calls: wait a second and retry. The request was refused before it ran.
    Throttled,
    /// Too many calls: wait for the next minute and retry. The request was refused before it ran.
    ThrottledMinute,
    /// The day's or month's calls are used up: never retry.
    Quota,
    /// A fault of the server that passes.
    Transient,
    /// Something else is under way: try again later.
    RetryLater,
    /// An idempotency key was used twice for different requests.
    IdempotencyMisuse,
}

impl ErrorClass {
    /// The class as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenRejected => "token_rejected",
            Self::Credentials => "credentials",
            Self::Permission => "permission",
            Self::Throttled => "throttled",
            Self::ThrottledMinute => "throttled_minute",
            Self::Quota => "quota",
            Self::Transient => "transient",
            Self::RetryLater => "retry_later",
            Self::IdempotencyMisuse => "idempotency_misuse",
        }
    }
}
