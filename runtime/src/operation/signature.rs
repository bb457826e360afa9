//! How an API's operations sign their requests.

/// A way to sign requests: with the HMAC-SHA256 of a text in base64. Its key is the signer's secret.
///
/// An API of your own describes its ways like this:
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{Api, Signature, SignatureField, SignedBy, SignedPart};
///
/// static INTRANET: Api = Api {
///     signatures: &[Signature {
///         name: "stamp",
///         signer: SignedBy::Application,
///         text: &[SignedPart::Key, SignedPart::Text("\n"), SignedPart::Timestamp],
///         query: &[
///             ("key", SignatureField::Key),
///             ("time", SignatureField::Timestamp),
///             ("stamp", SignatureField::Signature),
///         ],
///     }],
///     ..Api::named("intranet")
/// };
/// ```
#[derive(Debug)]
pub struct Signature {
    /// The name that operations give as `signature`.
    pub name: &'static str,
    /// Whose key and secret it takes.
    pub signer: SignedBy,
    /// The parts of the text that is signed.
    pub text: &'static [SignedPart],
    /// Which field of the query takes which value.
    pub query: &'static [(&'static str, SignatureField)],
}

impl Signature {
    /// Whether it takes a suite ticket.
    pub(crate) fn takes_ticket(&self) -> bool {
        let mut fields = self.query.iter();
        self.text.contains(&SignedPart::Ticket)
            || fields.any(|(_, value)| *value == SignatureField::Ticket)
    }
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedBy {
    /// The application: the client's, or a [`Signer`](crate::Signer) that the call is given.
    Application,
    /// The webhook that is called. Without a secret, it does not sign.
    Webhook,
}

/// A part of the text that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedPart {
    /// The signer's key.
    Key,
    /// The signer's secret.
    Secret,
    /// The newest suite ticket.
    Ticket,
    /// The time of the signature, in milliseconds since the epoch.
    Timestamp,
    /// This text.
    Text(&'static str),
}

/// What a field of the query takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
