//! The envelope of an API: the fields of a reply that report success or failure.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use memchr::memmem::Finder;
use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// How the replies of an API report success or failure.
///
/// Case and underscores in names do not count.
#[derive(Debug)]
pub struct Envelope {
    /// Whether every reply has a code, so that one without is not a reply of this API.
    pub every_reply: bool,
    /// The names of the code, the best first.
    pub code: &'static [&'static str],
    /// The names among `code` that results never use, so a code there is always the call's.
    pub certain: &'static [&'static str],
    /// The codes that mean success. An empty code does too.
    pub success: &'static [&'static str],
    /// The names of a boolean that says whether the call succeeded, where every reply has an envelope.
    pub flag: &'static [&'static str],
    /// The names of the message, the best first.
    pub message: &'static [&'static str],
    /// The names among `message` that results often use too.
    pub uncertain: &'static [&'static str],
    /// The codes that only refer to the sub code.
    pub outer: &'static [&'static str],
    /// The names of the sub code.
    pub sub_code: &'static [&'static str],
    /// The names of the sub code's message.
    pub sub_message: &'static [&'static str],
    /// The names of the request's id.
    pub request_id: &'static [&'static str],
    /// Other names of the envelope.
    pub others: &'static [&'static str],
}

/// The names of the code in an object whose success flag is false, the best first.
const FLAGGED_CODES: [&str; 7] = [
    "errcode",
    "errorcode",
    "code",
    "suberrcode",
    "suberrorcode",
    "dingopenerrcode",
    "resultcode",
];

/// The names of the message in an object whose success flag is false, the best first.
const FLAGGED_MESSAGES: [&str; 10] = [
    "message",
    "errmsg",
    "msg",
    "errormessage",
    "errormsg",
    "description",
    "suberrmsg",
    "suberrormsg",
    "resultmsg",
    "reason",
];

/// What says that this address is blocked.
const BLOCK: [&str; 3] = ["punish", "status", "wait"];

impl Envelope {
    /// No envelope: the status alone says whether a call failed.
    pub const NONE: Self = Self {
        every_reply: false,
        code: &[],
        certain: &[],
        success: &[],
        flag: &[],
        message: &[],
        uncertain: &[],
        outer: &[],
        sub_code: &[],
        sub_message: &[],
        request_id: &[],
        others: &[],
    };

    /// Whether a field belongs to the envelope rather than to the result.
    pub(crate) fn has(&self, key: &str) -> bool {
        let parts = [
            self.code,
            self.flag,
            self.message,
            self.sub_code,
            self.sub_message,
            self.request_id,
            self.others,
        ];
        parts.iter().any(|names| is_one_of(key, names))
    }

    /// Whether a code says that all went well.
    pub(crate) fn means_success(&self, code: &str) -> bool {
        let mut words = self.success.iter();
        code.is_empty() || words.any(|word| code.eq_ignore_ascii_case(word))
    }

    /// The request's id in the body of a reply, where every reply has an envelope.
    pub(crate) fn request_id_in(&self, body: &[u8]) -> Option<String> {
        if !self.every_reply || self.request_id.is_empty() {
            return None;
        }
        texts(&self.top_level(body)?, self.request_id).next()
    }

    /// Whether a body has a code.
    pub(crate) fn reports(&self, body: &[u8]) -> bool {
        let top = self.top_level(body);
        top.is_some_and(|top| self.code.iter().any(|name| field(&top, &[*name]).is_some()))
    }

    /// The code of a reply that failed. Of several codes, one that means success is the last to be taken.
    ///
    /// A code that only says that the sub code is the code gives way to it.
    pub(crate) fn code_of(&self, object: &Map<String, Value>) -> Option<String> {
        let codes = texts(object, self.code);
        let code = codes.min_by_key(|code| self.means_success(code))?;
        let is_outer = self.outer.contains(&code.as_str());
        let inner = texts(object, self.sub_code).find(|_| is_outer);
        Some(inner.unwrap_or(code))
    }

    /// The message of a reply that failed: that of the sub code, if there is one.
    pub(crate) fn message_of(&self, object: &Map<String, Value>) -> Option<String> {
        let inner = texts(object, self.sub_message);
        inner.chain(texts(object, self.message)).next()
    }

    /// The body's object. If something in it cannot be read, what says that it is an error must not be lost with it: a
    /// message in another encoding is read with replacements, and of what cannot be read even so, the code alone.
    pub(crate) fn read_object(&self, body: &[u8]) -> Option<Map<String, Value>> {
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
            is_one_of(key, self.code) || is_one_of(key, self.sub_code) || is_one_of(key, &BLOCK)
        };
        let mut codes = pick(&text, telling).ok()?;
        codes.retain(|_, value| !value.is_null());
        Some(codes).filter(|codes| !codes.is_empty())
    }

    /// The fields at the top of a body, as far as is needed to tell whether it is an error: what can say so with its
    /// value, and null for all else, which is passed over unread.
    pub(crate) fn top_level(&self, body: &[u8]) -> Option<Map<String, Value>> {
        let telling = |key: &str| self.has(key) || is_one_of(key, &BLOCK);
        if !body.trim_ascii_start().starts_with(b"{") {
            return None;
        }
        let text = std::str::from_utf8(body).ok();
        text.and_then(|text| pick(text, telling).ok())
            .or_else(|| self.read_object(body))
    }
}

/// Finds in a body what an error of an API has somewhere, in a fraction of the time of parsing.
#[derive(Debug)]
pub(crate) struct Telltales(Vec<Finder<'static>>);

impl Telltales {
    /// The ends of the names of the code, small and in capitals, and what says that this address is blocked.
    pub(crate) fn of(envelope: &Envelope) -> Self {
        let end = |name: &str| {
            let start = name.len().saturating_sub(3);
            name.get(start..).unwrap_or(name).to_ascii_lowercase() + "\""
        };
        let [mark, ..] = BLOCK;
        let ends = envelope.code.iter().map(|name| end(name));
        let ends = ends.flat_map(|end| [end.to_ascii_uppercase(), end]);
        let ends: BTreeSet<_> = ends.chain([format!("{mark}\"")]).collect();
        let finders = ends.iter().map(|end| Finder::new(end).into_owned());
        Self(finders.collect())
    }

    /// Whether there is a key anywhere that ends so.
    pub(crate) fn are_in(&self, body: &[u8]) -> bool {
        self.0.iter().any(|ending| {
            let mut found = ending.find_iter(body);
            found.any(|at| {
                let rest = body.get(at + ending.needle().len()..).unwrap_or_default();
                rest.trim_ascii_start().starts_with(b":")
            })
        })
    }
}

/// The JSON of a field at the top of a body; `None` if there is none, or null.
pub(crate) fn part<'a>(body: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let text = std::str::from_utf8(body).ok()?;
    let mut from = serde_json::Deserializer::from_str(text);
    let found = from.deserialize_map(Part(name)).ok()??;
    from.end().ok()?;
    Some(found.get().as_bytes()).filter(|found| found != b"null")
}

struct Part<'n>(&'n str);

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = entries.next_key::<Cow<'de, str>>()? {
            if key == self.0 {
                found = Some(entries.next_value()?);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
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

/// The first of the fields that is there. Case and underscores do not count.
pub(crate) fn field<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        let mut fields = object.iter().filter(|(_, value)| !value.is_null());
        fields
            .find(|(key, _)| is_spelling_of(key, name))
            .map(|(_, value)| value)
    })
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().filter(|letter| *letter != b'_');
    letters.map(|letter| letter.to_ascii_lowercase())
}

/// Whether a field is of this name. The platform's own spelling varies, so case and underscores do not count.
pub(crate) fn is_spelling_of(key: &str, name: &str) -> bool {
    letters(key).eq(letters(name))
}

fn is_one_of(key: &str, names: &[&str]) -> bool {
    names.iter().any(|name| is_spelling_of(key, name))
}

/// What the fields of these names say, in the order of the names.
fn texts(object: &Map<String, Value>, names: &[&str]) -> impl Iterator<Item = String> {
    names
        .iter()
        .filter_map(|name| field(object, &[*name]).and_then(text))
}

/// The code of something that says of itself that it failed. Of several codes, one that means success is the last to
/// be taken.
pub(crate) fn flagged_code(object: &Map<String, Value>) -> Option<String> {
    let means_success =
        |code: &String| ["0", "200", "ok", "success"].contains(&&*code.to_ascii_lowercase());
    texts(object, &FLAGGED_CODES).min_by_key(means_success)
}

/// The message of something that says of itself that it failed.
pub(crate) fn flagged_message(object: &Map<String, Value>) -> Option<String> {
    texts(object, &FLAGGED_MESSAGES).next()
}

/// Whether a field means failure. Booleans sometimes come as text.
pub(crate) fn is_false(value: &Value) -> bool {
    matches!(value, Value::Bool(false)) || value.as_str() == Some("false")
}

/// What a code or a message says; `None` if it says nothing.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
