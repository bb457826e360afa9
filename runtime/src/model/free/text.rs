//! Free JSON from a text, and back.

use std::fmt;
use std::str::FromStr;

use serde_json::value::RawValue;

use super::{Json, JsonNumber, JsonObject};
use crate::model::json::is_plain;

/// As many levels as `serde_json` reads.
const DEEPEST: usize = 127;

impl FromStr for Json {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text: &RawValue = serde_json::from_str(text)?;
        Self::of(text.get()).map_err(serde::de::Error::custom)
    }
}

impl Json {
    /// Reads a text that is known to be JSON, but for how deep it is and what its strings escape.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let mut reader = Reader { text, at: 0 };
        reader.value(0)
    }

    pub(super) fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Bool(value) => write!(out, "{value}"),
            Self::Number(number) => write!(out, "{number}"),
            Self::String(text) => string(out, text),
            Self::Array(items) => {
                out.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.write_char(',')?;
                    }
                    item.write(out)?;
                }
                out.write_char(']')
            }
            Self::Object(object) => {
                out.write_char('{')?;
                for (index, (key, value)) in object.iter().enumerate() {
                    if index > 0 {
                        out.write_char(',')?;
                    }
                    string(out, key)?;
                    out.write_char(':')?;
                    value.write(out)?;
                }
                out.write_char('}')
            }
        }
    }
}

fn string(out: &mut dyn fmt::Write, text: &str) -> fmt::Result {
    if is_plain(text.as_bytes()) {
        return write!(out, "\"{text}\"");
    }
    let text = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    out.write_str(&text)
}

/// Goes through a text that is JSON. What cannot be is an error all the same.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Json, String> {
        if depth > DEEPEST {
            return Err("recursion limit exceeded".to_owned());
        }
        match self.peek() {
            Some(b'n') => self.word("null", Json::Null),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b'[') => {
                let mut items = Vec::new();
                while self.more(b']')? {
                    items.push(self.value(depth + 1)?);
                }
                Ok(Json::Array(items))
            }
            Some(b'{') => {
                let mut entries = Vec::new();
                while self.more(b'}')? {
                    self.peek();
                    let key = self.string()?;
                    self.peek();
                    self.at += 1;
                    entries.push((key, self.value(depth + 1)?));
                }
                Ok(Json::Object(JsonObject::of(entries)))
            }
            _ => {
                let rest = self.rest();
                let end =
                    rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
                let digits = self.take(end.unwrap_or(rest.len()))?;
                Ok(Json::Number(JsonNumber::of(digits)))
            }
        }
    }

    /// The byte that comes after white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest().as_bytes();
        let white = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
        let white = white.count();
        self.at += white;
        rest.get(white).copied()
    }

    /// Goes past an opening bracket, a comma or the closing bracket; says whether a value comes.
    fn more(&mut self, close: u8) -> Result<bool, String> {
        let ends = self.peek() == Some(close);
        self.take(1)?;
        if ends {
            return Ok(false);
        }
        let empty = self.peek() == Some(close);
        if empty {
            self.take(1)?;
        }
        Ok(!empty)
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, String> {
        self.take(word.len())?;
        Ok(json)
    }

    fn string(&mut self) -> Result<String, String> {
        let rest = self.rest().as_bytes();
        let mut end = 1;
        let mut escaped = false;
        loop {
            let tail = rest.get(end..).unwrap_or_default();
            let found = memchr::memchr2(b'"', b'\\', tail).ok_or_else(broken)?;
            end += found + 1;
            if tail.get(found) == Some(&b'"') {
                break;
            }
            escaped = true;
            end += 1;
        }
        let text = self.take(end)?;
        if escaped {
            return serde_json::from_str(text).map_err(|error| error.to_string());
        }
        Ok(text.get(1..end - 1).ok_or_else(broken)?.to_owned())
    }

    fn take(&mut self, count: usize) -> Result<&'a str, String> {
        let taken = self.rest().get(..count).filter(|text| !text.is_empty());
        self.at += count;
        taken.ok_or_else(broken)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }
}

fn broken() -> String {
    "this is not JSON".to_owned()
}
