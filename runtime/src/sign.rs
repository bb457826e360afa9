//! Signatures of requests.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

use crate::clock::since_1970;
use crate::credential;
use crate::operation::{Signature, SignatureField, SignedPart};
use crate::query::pair;
use crate::secret::{MASK, Secret};

/// Signs requests with an application's key and secret. `Debug` shows the key alone.
///
/// A client built with an application's credentials signs with them. A call takes a signer of its own where they
/// differ:
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::Signer;
///
/// # fn example(call: dingtalk_api::JsonCall) {
/// let signer = Signer::new("suite key", "suite secret").ticket("suite ticket");
/// let call = call.signer(signer);
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Signer {
    key: String,
    secret: Secret,
    ticket: Option<Secret>,
}

impl Signer {
    /// A signer with this key and secret. A call with one that is empty, or has white space around it, is not sent.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            secret: Secret(secret.into()),
            ticket: None,
        }
    }

    /// Adds the newest suite ticket, which the operations of third-party applications need.
    pub fn ticket(mut self, ticket: impl Into<String>) -> Self {
        self.ticket = Some(Secret(ticket.into()));
        self
    }

    /// A signer of requests that are shown instead of sent.
    pub(crate) fn masked() -> Self {
        Self::new(MASK, MASK).ticket(MASK)
    }

    /// What is wrong with it for this signature, as words that follow "signer".
    pub(crate) fn fault(&self, signature: &Signature) -> Option<String> {
        let ticket = self.ticket.as_ref().map(|ticket| ticket.0.as_str());
        let parts = [
            (credential::KEY, Some(self.key.as_str())),
            (credential::SECRET, Some(&self.secret.0)),
            ("the suite ticket", ticket),
        ];
        let fault = parts.into_iter().find_map(|(name, value)| {
            let fault = credential::fault(value?)?;
            Some(format!("cannot sign: {name} {fault}"))
        });
        let lacks_ticket = signature.takes_ticket() && ticket.is_none();
        fault.or_else(|| {
            lacks_ticket.then(|| {
                "has no suite ticket: build the client with `.suite(..)`, or add the ticket with `Signer::ticket`"
                    .to_owned()
            })
        })
    }
}

/// What a signature adds to a request.
pub(crate) struct Signed {
    /// Pairs of the query.
    pub(crate) query: String,
    /// The texts that no error may show.
    pub(crate) secrets: Vec<Secret>,
}

/// Signs with the current time.
pub(crate) fn sign(signature: &Signature, signer: &Signer) -> Signed {
    sign_at(signature, signer, &since_1970().as_millis().to_string())
}

fn sign_at(signature: &Signature, signer: &Signer, timestamp: &str) -> Signed {
    let ticket = signer.ticket.as_ref().map_or("", |ticket| &ticket.0);
    let text: String = signature
        .text
        .iter()
        .map(|part| match part {
            SignedPart::Key => &signer.key,
            SignedPart::Secret => &signer.secret.0,
            SignedPart::Ticket => ticket,
            SignedPart::Timestamp => timestamp,
            SignedPart::Text(text) => text,
        })
        .collect();
    let key = hmac::Key::new(hmac::HMAC_SHA256, signer.secret.0.as_bytes());
    let encoded_signature = STANDARD.encode(hmac::sign(&key, text.as_bytes()));
    let mut query = String::new();
    for (field, value) in signature.query {
        let value = match value {
            SignatureField::Key => &signer.key,
            SignatureField::Ticket => ticket,
            SignatureField::Timestamp => timestamp,
            SignatureField::Signature if signer.secret.0 == MASK => MASK,
            SignatureField::Signature => &encoded_signature,
        };
        pair(&mut query, field, value);
    }
    let mut secrets = vec![signer.secret.clone(), Secret(encoded_signature)];
    secrets.extend(signer.ticket.clone());
    Signed { query, secrets }
}

#[cfg(test)]
mod tests {
    use super::{Signer, sign_at};
    use crate::operation::{Signature, SignatureField, SignedBy, SignedPart};

    const fn signature(
        text: &'static [SignedPart],
        query: &'static [(&'static str, SignatureField)],
    ) -> Signature {
        Signature {
            name: "test",
            signer: SignedBy::Application,
            text,
            query,
        }
    }

    /// Each value was computed with `openssl dgst -sha256 -hmac SECRET -binary | base64`.
    #[test]
    fn a_signature_is_what_openssl_computes() {
        use SignedPart::{Secret, Text, Ticket, Timestamp};
        let query = &[("s", SignatureField::Signature)];
        for (text, expected) in [
            (
                &[Timestamp, Text("\n"), Secret][..],
                "45lolTfn5cZdlM5OFMy8DTIe9AeptlnXTSQa99c2imk%3D",
            ),
            (
                &[Timestamp],
                "u1wHLsP4IVMMnx4A8xplg6qzR7MnV1Z04fGHLXs0qT0%3D",
            ),
            (
                &[Timestamp, Text("\n"), Ticket],
                "ts9Vhi1CLzU%2FdfjhOSDI78oadQnTowC72yJW9Z60wxM%3D",
            ),
        ] {
            let signer = Signer::new("key", "SECretOfTheTests").ticket("a ticket");
            let request = sign_at(&signature(text, query), &signer, "1546084445901");
            assert_eq!(request.query, format!("s={expected}"), "{text:?}");
        }
    }

    #[test]
    fn a_signer_lacks_a_ticket_only_where_one_is_taken() {
        let signer = Signer::new("key", "secret");
        let plain = signature(&[SignedPart::Timestamp], &[]);
        assert_eq!(signer.fault(&plain), None);
        let ticket = signature(&[], &[("ticket", SignatureField::Ticket)]);
        let fault = signer.fault(&ticket).unwrap_or_default();
        assert!(fault.contains("suite ticket"), "{fault}");
        assert_eq!(signer.ticket("t").fault(&ticket), None);
        let fault = Signer::new("key", " SENTINEL").fault(&plain);
        let fault = fault.unwrap_or_default();
        assert!(fault.contains("white space") && !fault.contains("SENTINEL"));
    }
}
