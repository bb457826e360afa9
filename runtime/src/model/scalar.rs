//! Strings, integers, numbers and booleans: what the wire may hold for each.
//!
//! The platform is free with scalars: an id comes as a number in one reply and as a string in the
//! next. What can be taken without loss is taken; anything else is an error.

use std::fmt;

use super::{Json, Slot};

/// A scalar as it was found.
pub(super) enum Scalar<'a> {
    Str(&'a str),
    Int(i64),
    /// An integer that is greater than any `i64`, or may be.
    Uint(u64),
    Num(f64),
    Bool(bool),
    /// A number whose digits were kept, as `serde_json` does with `arbitrary_precision`.
    Digits(&'a str),
}

/// Below this, no two integers are read as one `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// From here on, an integer is read as an `f64` because no integer type holds it.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

impl Scalar<'_> {
    /// Fills a place; says whether the value was fit for it.
    pub(super) fn fill(&self, slot: Slot<'_>) -> bool {
        match slot {
            Slot::String(place) => self.text().map(|text| *place = text).is_some(),
            Slot::StringEnum(place) => self.text().map(|text| place.set(&text)).is_some(),
            Slot::Integer(place) => self.integer().map(|value| *place = value).is_some(),
            Slot::IntegerEnum(place) => self.integer().map(|value| place.set(value)).is_some(),
            Slot::Number(place) => self.number().map(|value| *place = value).is_some(),
            Slot::Boolean(place) => self.boolean().map(|value| *place = value).is_some(),
            Slot::Nothing
            | Slot::Json(_)
            | Slot::File(_)
            | Slot::Object(_)
            | Slot::List(_)
            | Slot::Map(_) => false,
        }
    }

    fn text(&self) -> Option<String> {
        match *self {
            Scalar::Str(text) | Scalar::Digits(text) => Some(text.to_owned()),
            Scalar::Int(value) => Some(value.to_string()),
            Scalar::Uint(value) => Some(value.to_string()),
            Scalar::Bool(value) => Some(value.to_string()),
            // An integer this large has lost digits: a wrong id would be worse than an error.
            Scalar::Num(value) if value.abs() >= TOO_LARGE => None,
            Scalar::Num(value) => Some(serde_json::Value::from(value).to_string()),
        }
    }

    fn integer(&self) -> Option<i64> {
        match *self {
            Scalar::Int(value) => Some(value),
            Scalar::Uint(value) => i64::try_from(value).ok(),
            Scalar::Num(value) => integral(value),
            Scalar::Str(text) | Scalar::Digits(text) => {
                text.parse().ok().or_else(|| integral(text.parse().ok()?))
            }
            Scalar::Bool(_) => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "an f64 is what the field holds")]
    fn number(&self) -> Option<f64> {
        match *self {
            Scalar::Num(value) => Some(value),
            Scalar::Int(value) => Some(value as f64),
            Scalar::Uint(value) => Some(value as f64),
            // No JSON number is infinite or none, though Rust reads both from a string.
            Scalar::Str(text) | Scalar::Digits(text) => {
                text.parse().ok().filter(|value: &f64| value.is_finite())
            }
            Scalar::Bool(_) => None,
        }
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match *self {
            Scalar::Bool(value) => Some(value),
            Scalar::Int(0) | Scalar::Uint(0) => Some(false),
            Scalar::Int(1) | Scalar::Uint(1) => Some(true),
            Scalar::Str(text) | Scalar::Digits(text) => match text {
                "0" => Some(false),
                "1" => Some(true),
                _ if text.eq_ignore_ascii_case("false") => Some(false),
                _ if text.eq_ignore_ascii_case("true") => Some(true),
                _ => None,
            },
            _ => None,
        }
    }

    /// What kind of value was found, for an error that must not show it.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Scalar::Str(_) => "a string",
            Scalar::Bool(_) => "a boolean",
            Scalar::Int(_) | Scalar::Uint(_) | Scalar::Num(_) | Scalar::Digits(_) => "a number",
        }
    }
}

/// What free JSON means where a boolean is documented.
pub(crate) fn boolean(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(value) => Some(*value),
        Json::String(text) => Scalar::Str(text).boolean(),
        Json::Number(number) => Scalar::Int(number.as_i64()?).boolean(),
        _ => None,
    }
}

/// The integer that a float is, if it is one and none of its digits can have been lost.
#[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
fn integral(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < EXACT).then_some(value as i64)
}

/// As it is shown in an error; of a long string only the beginning.
impl fmt::Display for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 40;
        match *self {
            Scalar::Str(text) => match text.char_indices().nth(SHOWN) {
                Some((end, _)) => write!(f, "{:?}...", text.get(..end).unwrap_or_default()),
                None => write!(f, "{text:?}"),
            },
            Scalar::Int(value) => write!(f, "{value}"),
            Scalar::Uint(value) => write!(f, "{value}"),
            Scalar::Num(value) => write!(f, "{}", serde_json::Value::from(value)),
            Scalar::Bool(value) => write!(f, "{value}"),
            Scalar::Digits(text) => f.write_str(text),
        }
    }
}

/// What a place asks for, in an error's words.
pub(super) fn expected(slot: &Slot<'_>) -> &'static str {
    match slot {
        Slot::Nothing => "nothing",
        Slot::String(_) | Slot::StringEnum(_) => "a string",
        Slot::Integer(_) | Slot::IntegerEnum(_) => "an integer",
        Slot::Number(_) => "a number",
        Slot::Boolean(_) => "a boolean",
        Slot::Json(_) => "JSON",
        Slot::File(_) => "a file",
        Slot::Object(_) | Slot::Map(_) => "an object",
        Slot::List(_) => "a list",
    }
}
