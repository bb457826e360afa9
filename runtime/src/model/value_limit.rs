//! Limits of the values that a request may have.

use std::fmt;

use serde::Serialize;

use super::View;

/// A limit of a request's field, as the platform documents it. A value beyond it is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ValueLimit {
    /// The maximum length of a string, in characters.
    MaxLength(u64),
    /// The maximum length of a string, in bytes of UTF-8.
    MaxBytes(u64),
    /// The minimum of a number.
    Min(f64),
    /// The maximum of a number.
    Max(f64),
    /// The maximum number of elements of a list.
    MaxItems(u64),
}

/// The limits of an object's fields, each with the field's place in the table.
pub type FieldLimits = &'static [(usize, ValueLimit)];

/// The limits of the field at a place in the table.
pub(crate) fn of_field(limits: FieldLimits, index: usize) -> impl Iterator<Item = ValueLimit> {
    let limits = limits.iter().filter(move |(field, _)| *field == index);
    limits.map(|(_, limit)| *limit)
}

impl ValueLimit {
    /// What is wrong with a value beyond the limit: what is allowed and, unless it is `secret`, what was given.
    pub(crate) fn mistake(self, value: &View<'_>, secret: bool) -> Option<String> {
        let given = self.given_beyond(value)?;
        let verb = match self {
            Self::Min(_) | Self::Max(_) => "be",
            _ => "have",
        };
        Some(if secret {
            format!("must {verb} {self}")
        } else {
            format!("must {verb} {self}, found {given}")
        })
    }

    /// The size of a value that is beyond the limit. Values of other types have no limits.
    fn given_beyond(self, value: &View<'_>) -> Option<String> {
        let too_many = |count: usize, most: u64| (count as u64 > most).then(|| count.to_string());
        match self {
            Self::MaxLength(most) => too_many(text(value)?.chars().count(), most),
            Self::MaxBytes(most) => too_many(text(value)?.len(), most),
            Self::MaxItems(most) => too_many(items(value)?, most),
            Self::Min(min) => number(value).filter(|(value, _)| *value < min).map(shown),
            Self::Max(max) => number(value).filter(|(value, _)| *value > max).map(shown),
        }
    }
}

/// `at most 50 characters`.
impl fmt::Display for ValueLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut most = |count: u64, unit: &str| {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "at most {count} {unit}{plural}")
        };
        match self {
            Self::MaxLength(count) => most(*count, "character"),
            Self::MaxBytes(count) => most(*count, "byte"),
            Self::MaxItems(count) => most(*count, "item"),
            Self::Min(min) => write!(f, "at least {min}"),
            Self::Max(max) => write!(f, "at most {max}"),
        }
    }
}

fn text<'a>(value: &View<'a>) -> Option<&'a str> {
    match value {
        View::String(text) => Some(text),
        View::Json(json) => json.as_str(),
        _ => None,
    }
}

fn items(value: &View<'_>) -> Option<usize> {
    match value {
        View::List(list) => Some(list.count()),
        View::Json(json) => json.as_array().map(Vec::len),
        _ => None,
    }
}

/// A number to be compared, and as it was given. No limit is so large that a float would round it or its neighbours.
#[expect(clippy::cast_precision_loss, reason = "see above")]
fn number(value: &View<'_>) -> Option<(f64, String)> {
    match value {
        View::Integer(number) => Some((*number as f64, number.to_string())),
        View::Number(number) => Some((*number, number.to_string())),
        View::Json(json) => Some((json.as_f64()?, json.to_string())),
        _ => None,
    }
}

fn shown((_, given): (f64, String)) -> String {
    given
}
