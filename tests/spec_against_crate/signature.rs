//! Signatures as `spec/platform.yaml` describes them, computed without the runtime.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dingtalk_api::Signer;
use ring::hmac;
use serde_yaml::Value as Yaml;

use crate::support::Recorded;
use crate::support::spec::{fields, text};

const KEY: &str = "the key of the tests";
const TICKET: &str = "the ticket of the tests";
pub const SECRET: &str = "SEC-of-the-tests";

/// A signer for all operations that an application signs.
pub fn signer() -> Signer {
    Signer::new(KEY, SECRET).ticket(TICKET)
}

/// The pairs that a signature adds to the query, at the time that the request gives.
pub fn pairs(signature: &Yaml, sent: &Recorded) -> Vec<(String, String)> {
    let query = fields(signature.get("query"));
    let time = query.iter().find(|(_, value)| *value == "timestamp");
    let time = time.and_then(|(name, _)| sent.parameter(name));
    let time = time.filter(|time| is_now(time)).unwrap_or("now");
    let signed = text(signature, "text").unwrap();
    let signed = signed
        .replace("{key}", KEY)
        .replace("{secret}", SECRET)
        .replace("{ticket}", TICKET)
        .replace("{timestamp}", time);
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    let signed = STANDARD.encode(hmac::sign(&key, signed.as_bytes()));
    let pair = |(name, value): (&str, &Yaml)| {
        let value = match value.as_str() {
            Some("key") => KEY,
            Some("ticket") => TICKET,
            Some("timestamp") => time,
            Some("signature") => &signed,
            other => panic!("a signature has no {other:?}"),
        };
        (name.to_owned(), value.to_owned())
    };
    query.into_iter().map(pair).collect()
}

/// Whether this is a time of the last ten minutes, in milliseconds since the epoch.
fn is_now(time: &str) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let ago = time
        .parse()
        .ok()
        .and_then(|time| now.as_millis().checked_sub(time));
    ago.is_some_and(|ago| ago < 600_000)
}
