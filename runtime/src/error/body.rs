//! The JSON of a reply that says no, in which more can be wrong than in one that says yes.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The names that a code goes by.
pub(super) const CODES: [&str; 3] = ["code", "errcode", "errorcode"];

/// The body's object. If something in it cannot be read, what says that it is an error must not be lost with it: a
/// message in another encoding is read with replacements, and of what cannot be read even so, the code alone.
pub(super) fn read_object(body: &[u8]) -> Option<Map<String, Value>> {
    if let Ok(value) = serde_json::from_slice(body) {
        return match value {
            Value::Object(object) => Some(object),
            _ => None,
        };
    }
    let text = String::from_utf8_lossy(body);
    if let Cow::Owned(text) = &text
        && let Ok(object) = serde_json::from_str(text)
    {
        return Some(object);
    }
    let Codes(codes) = serde_json::from_str(&text).ok()?;
    Some(codes).filter(|codes| !codes.is_empty())
}

/// What says that an object is an error, and which; all else of it is passed over unread.
struct Codes(Map<String, Value>);

impl<'de> Deserialize<'de> for Codes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(CodesVisitor)
    }
}

struct CodesVisitor;

impl<'de> Visitor<'de> for CodesVisitor {
    type Value = Codes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Codes, A::Error> {
        let mut codes = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let telling = ["punish", "status", "wait"].iter().chain(&CODES);
            if telling.into_iter().any(|name| is_spelling_of(&key, name)) {
                codes.insert(key, entries.next_value()?);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Codes(codes))
    }
}

/// The first of the fields that is there. The platform's own spelling varies, so case and underscores do not count.
pub(super) fn field<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        let mut fields = object.iter().filter(|(_, value)| !value.is_null());
        fields
            .find(|(key, _)| is_spelling_of(key, name))
            .map(|(_, value)| value)
    })
}

fn is_spelling_of(key: &str, name: &str) -> bool {
    let letters = key.bytes().filter(|letter| *letter != b'_');
    letters
        .map(|letter| letter.to_ascii_lowercase())
        .eq(name.bytes())
}

pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
