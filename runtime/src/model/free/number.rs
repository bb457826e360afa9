//! Numbers with the digits that they came with.

use std::fmt;

use serde_json::Number;

/// A number of free JSON, with its digits. Two are equal if they are written alike.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JsonNumber(Digits);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Digits {
    /// An integer that is written as Rust would write it.
    Int(i64),
    Text(Box<str>),
}

impl JsonNumber {
    /// A number that is JSON.
    pub(super) fn of(text: &str) -> Self {
        let plain = text.parse::<i64>().ok();
        // Neither `-0` nor a text with leading zeros is written so.
        match plain.filter(|value| *value != 0 || text == "0") {
            Some(value) => value.into(),
            None => Self(Digits::Text(text.into())),
        }
    }

    /// The integer, if it is one of 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Digits::Int(value) => Some(*value),
            Digits::Text(text) => text.parse().ok(),
        }
    }

    /// The integer, if it is one of 64 bits without a sign.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Digits::Int(value) => u64::try_from(*value).ok(),
            Digits::Text(text) => text.parse().ok(),
        }
    }

    /// The nearest number that an `f64` holds, if there is one.
    pub fn as_f64(&self) -> Option<f64> {
        let value: f64 = self.to_string().parse().ok()?;
        Some(value).filter(|value| value.is_finite())
    }

    /// The integer, if it is one of 64 bits and written as Rust writes it.
    pub(super) fn as_plain(&self) -> Option<i64> {
        match &self.0 {
            Digits::Int(value) => Some(*value),
            Digits::Text(_) => None,
        }
    }

    /// The number as `serde_json` has it, if that writes it alike.
    pub(super) fn same(&self) -> Option<Number> {
        match &self.0 {
            Digits::Int(value) => Some((*value).into()),
            Digits::Text(text) => {
                let number: Number = text.parse().ok()?;
                Some(number).filter(|number| number.to_string() == **text)
            }
        }
    }
}

impl From<i64> for JsonNumber {
    fn from(value: i64) -> Self {
        Self(Digits::Int(value))
    }
}

/// The number as it is written.
impl fmt::Display for JsonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Digits::Int(value) => value.fmt(f),
            Digits::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for JsonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
