//! Free JSON: values without a documented type, kept exactly.
//!
//! `serde_json::Value` turns `1.10` into `1.1`, makes `12345678901234567890123` a float, and sorts an object's keys.
//! Its feature `arbitrary_precision` would keep numbers, but it changes how every crate of a program reads JSON. So
//! free JSON has a type of its own.

mod codec;
mod convert;
mod number;
mod object;
mod text;

use std::fmt;
use std::ops::Index;

use serde::de::DeserializeOwned;

pub(super) use self::codec::Exact;
pub use self::number::JsonNumber;
pub use self::object::JsonObject;

/// Any JSON: numbers keep their digits, and objects the order of their keys.
///
/// `serde_json`'s `json!` makes one with `.into()`, and so do Rust's own values; [`str::parse`] reads one from a text,
/// and [`parse`](Self::parse) gives a type of your own.
///
/// ```
/// # use dingtalk_runtime::{json, model::Json};
/// let json: Json = r#"{"price": 1.10, "ids": [12345678901234567890123]}"#.parse()?;
/// assert_eq!(json["ids"][0].to_string(), "12345678901234567890123");
/// assert_eq!(json.to_string(), r#"{"price":1.10,"ids":[12345678901234567890123]}"#);
/// assert_eq!(Json::from(json!({"a": [true, null]}))["a"], json!([true, null]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with its digits.
    Number(JsonNumber),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// An object.
    Object(JsonObject),
}

static NULL: Json = Json::Null;

impl Json {
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The integer, if it is one of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The integer, if it is one of 64 bits without a sign.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest `f64`, if it is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&JsonNumber> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_array(&self) -> Option<&Vec<Json>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Json>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if it is an object.
    pub fn as_object(&self) -> Option<&JsonObject> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The entries, if it is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut JsonObject> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The value of a key, if it is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.as_object()?.get(key)
    }

    /// Reads it as another type.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.to_string())
    }
}

/// The value of a key; `null` if the key is missing.
impl Index<&str> for Json {
    type Output = Json;

    fn index(&self, key: &str) -> &Json {
        self.get(key).unwrap_or(&NULL)
    }
}

/// The item at an index; `null` if it is out of range.
impl Index<usize> for Json {
    type Output = Json;

    fn index(&self, index: usize) -> &Json {
        let item = self.as_array().and_then(|items| items.get(index));
        item.unwrap_or(&NULL)
    }
}

/// Its text, which `{}` writes without spaces and `{:#}` on lines of its own.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            let text = serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?;
            return f.write_str(&text);
        }
        self.write(f)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
