//! The platform's envelope: the fields of a reply that report success or failure.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The names of a code, most telling first.
pub(crate) const CODES: [&str; 3] = ["errcode", "errorcode", "code"];

/// The names of a message.
pub(crate) const MESSAGES: [&str; 6] = [
    "message",
    "errmsg",
    "msg",
    "errormessage",
    "errormsg",
    "description",
];

/// More names of a code, where a field beside it says that something failed.
const MORE_CODES: [&str; 4] = [
    "suberrcode",
    "suberrorcode",
    "dingopenerrcode",
    "resultcode",
];

/// More names of a message, where a field beside it says that something failed.
const MORE_MESSAGES: [&str; 4] = ["suberrmsg", "suberrormsg", "resultmsg", "reason"];

/// The other names that come with any reply of the platform.
const COMPANIONS: [&str; 5] = [
    "success",
    "requestid",
    "traceid",
    "accessdenieddetail",
    "hostid",
];

/// What says that this address is blocked.
const BLOCK: [&str; 3] = ["punish", "status", "wait"];

/// Whether a field belongs to the envelope rather than to the result.
pub(crate) fn belongs_to_envelope(key: &str) -> bool {
    let mut names = CODES.iter().chain(&MESSAGES).chain(&COMPANIONS);
    names.any(|name| is_spelling_of(key, name))
}

/// The body's object. If something in it cannot be read, what says that it is an error must not be lost with it: a
/// message in another encoding is read with replacements, and of what cannot be read even so, the code alone.
pub(crate) fn read_object(body: &[u8]) -> Option<Map<String, Value>> {
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
    let telling = |key: &str| {
        let mut names = CODES.iter().chain(&BLOCK);
        names.any(|name| is_spelling_of(key, name))
    };
    let mut codes = pick(&text, telling).ok()?;
    codes.retain(|_, value| !value.is_null());
    Some(codes).filter(|codes| !codes.is_empty())
}

/// The fields at the top of a body, as far as is needed to tell whether it is an error: what can say so with its value,
/// and null for all else, which is passed over unread.
pub(crate) fn top_level(body: &[u8]) -> Option<Map<String, Value>> {
    let telling =
        |key: &str| belongs_to_envelope(key) || BLOCK.iter().any(|name| is_spelling_of(key, name));
    if !body.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let text = std::str::from_utf8(body).ok();
    text.and_then(|text| pick(text, telling).ok())
        .or_else(|| read_object(body))
}

/// The names of the fields at the top of a body, in their order; `None` if it is not an object.
pub(crate) fn keys(body: &[u8]) -> Option<Vec<String>> {
    let mut keys = Vec::new();
    let text = String::from_utf8_lossy(body);
    let note = |key: &str| {
        keys.push(key.to_owned());
        false
    };
    pick(&text, note).ok()?;
    Some(keys)
}

/// Reads the fields of an object that are wanted, and passes over all others.
fn pick(
    text: &str,
    wanted: impl FnMut(&str) -> bool,
) -> Result<Map<String, Value>, serde_json::Error> {
    let mut from = serde_json::Deserializer::from_str(text);
    let picked = from.deserialize_map(Pick(wanted))?;
    from.end().map(|()| picked)
}

struct Pick<F>(F);

impl<'de, F: FnMut(&str) -> bool> Visitor<'de> for Pick<F> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut picked = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = if (self.0)(&key) {
                entries.next_value()?
            } else {
                entries.next_value::<IgnoredAny>()?;
                Value::Null
            };
            picked.insert(key, value);
        }
        Ok(picked)
    }
}

/// The first of the fields that is there. The platform's own spelling varies, so case and underscores do not count.
pub(crate) fn field<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        let mut fields = object.iter().filter(|(_, value)| !value.is_null());
        fields
            .find(|(key, _)| is_spelling_of(key, name))
            .map(|(_, value)| value)
    })
}

/// Whether a field is of this name, which has small letters alone.
pub(crate) fn is_spelling_of(key: &str, name: &str) -> bool {
    let letters = key.bytes().filter(|letter| *letter != b'_');
    letters
        .map(|letter| letter.to_ascii_lowercase())
        .eq(name.bytes())
}

/// The code of something that failed; `flagged` if a field beside it says so. Of several codes, one that means success
/// is the last to be taken.
pub(crate) fn code(object: &Map<String, Value>, flagged: bool) -> Option<String> {
    let more: &[&str] = if flagged { &MORE_CODES } else { &[] };
    let names = CODES.iter().chain(more);
    let codes = names.filter_map(|name| field(object, &[*name]).and_then(text));
    codes.min_by_key(|code| means_success(code))
}

/// The message of something that failed; `flagged` if a field beside it says so.
pub(crate) fn message(object: &Map<String, Value>, flagged: bool) -> Option<String> {
    let more: &[&str] = if flagged { &MORE_MESSAGES } else { &[] };
    let mut names = MESSAGES.iter().chain(more);
    names.find_map(|name| field(object, &[*name]).and_then(text))
}

/// Whether a field says no. Booleans come as text at times.
pub(crate) fn is_false(value: &Value) -> bool {
    matches!(value, Value::Bool(false)) || value.as_str() == Some("false")
}

/// Whether a code says that all went well.
pub(crate) fn means_success(code: &str) -> bool {
    let words = ["", "0", "200", "ok", "success"];
    words.iter().any(|word| code.eq_ignore_ascii_case(word))
}

/// What a code or a message says; `None` if it says nothing.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
