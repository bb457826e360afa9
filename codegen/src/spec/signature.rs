use serde::Deserialize;

use super::Ordered;

/// How requests are signed: with the HMAC-SHA256 of a text in base64. Its key is the signer's secret.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// What it is for. In our own words.
    pub doc: Option<String>,
    /// Whose key and secret it takes.
    pub signer: Signer,
    /// The text that is signed, with `{key}`, `{secret}`, `{ticket}` and `{timestamp}` for the values.
    pub text: String,
    /// Which field of the query takes which value.
    pub query: Ordered<String, SignatureField>,
}

/// Who signs.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// The application. A request cannot be sent without its key and secret.
    Application,
    /// The webhook. A request is not signed if the webhook has no secret.
    Webhook,
}

impl Signer {
    /// The signer as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Webhook => "webhook",
        }
    }
}

/// What a field of the query takes.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureField {
    /// The signer's key.
    Key,
    /// The newest suite ticket.
    Ticket,
    /// The time of the signature, in milliseconds since the epoch.
    Timestamp,
    /// The signature.
    Signature,
}

impl SignatureField {
    /// The value as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Ticket => "ticket",
            Self::Timestamp => "timestamp",
            Self::Signature => "signature",
        }
    }
}

/// A value in the text that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedValue {
    /// The signer's key.
    Key,
    /// The signer's secret.
    Secret,
    /// The newest suite ticket.
    Ticket,
    /// The time of the signature.
    Timestamp,
}

impl SignedValue {
    /// The values by the names that a spec file gives them.
    pub const ALL: [(&'static str, Self); 4] = [
        ("key", Self::Key),
        ("secret", Self::Secret),
        ("ticket", Self::Ticket),
        ("timestamp", Self::Timestamp),
    ];

    /// The value of this name.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| *known == name).map(|(_, one)| *one)
    }
}
