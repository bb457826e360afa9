//! Limits of the values that a request may have.

use std::fmt;

use serde_json::{Map, Value, json};

use super::View;

/// A limit of a request's field, as the platform documents it. A value beyond it is not sent.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum ValueLimit {
    /// The maximum length of a string, in characters.
    MaxLength(u64),
    /// The maximum length of a string, in bytes of UTF-8, or of a file.
    MaxBytes(u64),
    /// The minimum of a number.
    Min(f64),
    /// The maximum of a number.
    Max(f64),
    /// The maximum number of elements of a list.
    MaxItems(u64),
    /// The extensions that the name of a file may have, in lower case and without the dot.
    Extensions(&'static [&'static str]),
    /// A limit that holds only if another field has a value: its name and the value.
    Where(&'static str, &'static str, &'static ValueLimit),
}

/// The limits of an object's fields, each with the field's place in the table.
pub type FieldLimits = &'static [(usize, ValueLimit)];

/// The limits of the field at a place in the table.
pub(crate) fn of_field(limits: FieldLimits, index: usize) -> impl Iterator<Item = ValueLimit> {
    let limits = limits.iter().filter(move |(field, _)| *field == index);
    limits.map(|(_, limit)| *limit)
}

impl ValueLimit {
    /// Writes it as a key of the spec and its value.
    pub(crate) fn write(self, keys: &mut Map<String, Value>) {
        let (key, value) = match self {
            Self::MaxLength(most) => ("max_length", most.into()),
            Self::MaxBytes(most) => ("max_bytes", most.into()),
            Self::Min(min) => ("min", as_written(min)),
            Self::Max(max) => ("max", as_written(max)),
            Self::MaxItems(most) => ("max_items", most.into()),
            Self::Extensions(names) => ("extensions", names.into()),
            Self::Where(field, value, limit) => {
                let mut place = keys;
                for key in ["limits_by", field, value] {
                    let inner = place.entry(key).or_insert_with(|| json!({}));
                    match inner.as_object_mut() {
                        Some(inner) => place = inner,
                        None => return,
                    }
                }
                return limit.write(place);
            }
        };
        keys.insert(key.to_owned(), value);
    }

    /// The limit, if the values of the object's other fields make it apply; `text` gives the text of one.
    pub(crate) fn applicable(self, text: impl Fn(&str) -> Option<String>) -> Option<Self> {
        match self {
            Self::Where(field, value, _) => (text(field)? == value).then_some(self),
            limit => Some(limit),
        }
    }

    /// What is wrong with a file of this name and size.
    pub(crate) fn file_mistake(self, name: &str, size: u64) -> Option<String> {
        let found = match self.in_force() {
            Self::MaxBytes(most) => (size > most).then(|| size.to_string()),
            Self::Extensions(allowed) => {
                let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
                let mut allowed = allowed.iter();
                let fits = allowed.any(|allowed| allowed.eq_ignore_ascii_case(extension));
                (!fits).then(|| format!("{name:?}"))
            }
            _ => None,
        };
        found.map(|found| format!("must have {self}, found {found}"))
    }

    /// The limit itself, without the condition.
    fn in_force(self) -> Self {
        match self {
            Self::Where(_, _, limit) => limit.in_force(),
            limit => limit,
        }
    }

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
            // Files are checked when they are opened.
            Self::Extensions(_) | Self::Where(..) => None,
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
            Self::Extensions(names) => {
                f.write_str("a name that ends in ")?;
                for (index, name) in names.iter().enumerate() {
                    let between = match index {
                        0 => "",
                        _ if index + 1 == names.len() => " or ",
                        _ => ", ",
                    };
                    write!(f, "{between}.{name}")?;
                }
                Ok(())
            }
            Self::Where(field, value, limit) => write!(f, "{limit} where `{field}` is `{value}`"),
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

/// A number to be compared, and as it was given. No limit is so large that a float would round it or its neighbors.
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

/// A whole number has no fraction.
#[expect(clippy::cast_possible_truncation, reason = "no limit is so large")]
fn as_written(number: f64) -> Value {
    if number.fract() == 0.0 {
        (number as i64).into()
    } else {
        number.into()
    }
}
