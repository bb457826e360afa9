//! Secrets, and removing them from texts of others.

use std::fmt;

use serde_json::Value;

use crate::model::Json;
use crate::path::push_encoded;

/// Replaces a secret in a text.
pub(crate) const MASK: &str = "***";

/// Shorter texts are left alone: masking them would hide half of every message and protect nothing.
const SHORTEST: usize = 4;

/// A text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Takes up all texts in a value.
pub(crate) fn collect_texts(value: &Json, secrets: &mut Vec<Secret>) {
    match value {
        Json::String(text) => secrets.push(Secret(text.clone())),
        Json::Array(items) => items.iter().for_each(|item| collect_texts(item, secrets)),
        Json::Object(object) => object
            .values()
            .for_each(|item| collect_texts(item, secrets)),
        _ => {}
    }
}

/// What must not be seen in anything that a call reports: the texts it sent in confidence, and the
/// fields of replies that are secret.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scrubber {
    texts: Vec<Secret>,
    fields: Vec<&'static str>,
}

impl Scrubber {
    pub(crate) fn add_text(&mut self, text: &str) {
        if text.len() >= SHORTEST && !self.texts.iter().any(|known| known.0 == text) {
            self.texts.push(Secret(text.to_owned()));
            // A secret that holds another must be masked first, or its rest would be left.
            self.texts
                .sort_by_key(|text| std::cmp::Reverse(text.0.len()));
        }
    }

    /// Adds a text that is sent, which may be in the query.
    pub(crate) fn add_sent(&mut self, text: &str) {
        self.add_text(text);
        let mut encoded = String::new();
        push_encoded(&mut encoded, text);
        self.add_text(&encoded);
    }

    pub(crate) fn add_field(&mut self, name: &'static str) {
        if !self.fields.contains(&name) {
            self.fields.push(name);
        }
    }

    /// The text without the known secrets.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for secret in &self.texts {
            if clean.contains(&secret.0) {
                clean = clean.replace(&secret.0, MASK);
            }
            // A server that echoes what it got may have escaped it.
            let escaped = Value::from(secret.0.as_str()).to_string();
            let escaped = escaped.trim_matches('"');
            if escaped != secret.0 && clean.contains(escaped) {
                clean = clean.replace(escaped, MASK);
            }
        }
        clean
    }

    /// The text of a JSON document, which may be cut off, without the known secrets and without the
    /// values of the secret fields.
    pub(crate) fn json_text(&self, text: &str) -> String {
        let mut clean = self.text(text);
        for name in &self.fields {
            clean = mask_field(&clean, name);
        }
        clean
    }

    /// Takes the secrets out of every text and key of a value, and masks the secret fields.
    pub(crate) fn value(&self, value: &mut Json) {
        match value {
            Json::String(text) => *text = self.text(text),
            Json::Array(items) => items.iter_mut().for_each(|item| self.value(item)),
            Json::Object(object) => {
                let old = std::mem::take(object);
                let clean = old.into_iter().map(|(key, mut item)| {
                    if self.fields.contains(&key.as_str()) && !item.is_null() {
                        item = MASK.into();
                    } else {
                        self.value(&mut item);
                    }
                    (self.text(&key), item)
                });
                *object = clean.collect();
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

/// Masks what follows `"name":`, wherever it is. The text may not be a whole document, so this looks at
/// characters alone: a string up to its closing quote, anything else up to a comma or bracket.
fn mask_field(text: &str, name: &str) -> String {
    let key = format!("\"{name}\"");
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(&key) {
        clean.push_str(before);
        clean.push_str(&key);
        rest = after;
        let Some(value) = after.trim_start().strip_prefix(':') else {
            continue;
        };
        let value = value.trim_start();
        clean.push(':');
        clean.push_str(MASK);
        rest = match value.strip_prefix('"') {
            Some(string) => after_string(string),
            None => value
                .find([',', '}', ']'])
                .map_or("", |end| value.get(end..).unwrap_or("")),
        };
    }
    clean.push_str(rest);
    clean
}

/// What follows a JSON string, of which the opening quote has been read.
fn after_string(text: &str) -> &str {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return text.get(at + 1..).unwrap_or(""),
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Scrubber, Secret};

    fn scrubber() -> Scrubber {
        let mut scrubber = Scrubber::default();
        scrubber.add_text("s3cret/\"x");
        scrubber.add_text("s3cret");
        scrubber.add_text("abc");
        scrubber.add_field("accessToken");
        scrubber
    }

    #[test]
    fn a_secret_is_masked_plain_and_escaped() {
        assert_eq!(
            scrubber().text("a s3cret/\"x b s3cret/\\\"x c s3cret"),
            "a *** b *** c ***"
        );
    }

    #[test]
    fn a_short_text_is_no_secret() {
        assert_eq!(scrubber().text("abc"), "abc");
    }

    #[test]
    fn secret_fields_are_masked_in_whole_and_cut_texts() {
        let scrubber = scrubber();
        assert_eq!(
            scrubber.json_text(r#"{"accessToken": "a\"b", "n": 1, "accessToken":5}"#),
            r#"{"accessToken":***, "n": 1, "accessToken":***}"#
        );
        assert_eq!(
            scrubber.json_text(r#"{"accessToken": "a\"b"#),
            r#"{"accessToken":***"#
        );
        assert_eq!(scrubber.json_text(r#"{"accessToken""#), r#"{"accessToken""#);
    }

    #[test]
    fn values_are_cleaned_at_every_depth() {
        let mut value = json!({"a": ["s3cret", {"accessToken": {"b": 1}, "s3cret": null}]}).into();
        scrubber().value(&mut value);
        assert_eq!(
            value,
            json!({"a": ["***", {"accessToken": "***", "***": null}]})
        );
    }

    #[test]
    fn debug_does_not_show_a_secret() {
        assert_eq!(format!("{:?}", Secret("s3cret".into())), "***");
    }
}
