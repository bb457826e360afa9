use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::{Field, FileLimits};

/// A limit of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit<'a> {
    /// `max_length`
    MaxLength(u64),
    /// `max_bytes`
    MaxBytes(u64),
    /// `min`
    Min(f64),
    /// `max`
    Max(f64),
    /// `max_items`
    MaxItems(u64),
    /// `extensions`
    Extensions(&'a [String]),
    /// `limits_by`: a limit that holds where the other field has the value.
    Where(&'a str, &'a str, Box<Limit<'a>>),
}

/// The numbers beyond which a float no longer holds every integer: no limit is as large.
pub(crate) const LARGEST_LIMIT: f64 = 9_007_199_254_740_992.0;

impl Field {
    /// The limits, in the order of the format's keys.
    pub fn limits(&self) -> Vec<Limit<'_>> {
        let number = |number: &Option<Number>| number.as_ref().and_then(Number::as_f64);
        let all = [
            self.max_length.map(Limit::MaxLength),
            self.max_bytes.map(Limit::MaxBytes),
            number(&self.min).map(Limit::Min),
            number(&self.max).map(Limit::Max),
            self.max_items.map(Limit::MaxItems),
            self.extensions.as_deref().map(Limit::Extensions),
        ];
        let by = self.limits_by.iter().flat_map(|(field, cases)| {
            let cases = cases.iter();
            cases.flat_map(move |(value, limits)| {
                let limits = limits.limits().map(Box::new);
                limits.map(move |limit| Limit::Where(field, value, limit))
            })
        });
        all.into_iter().flatten().chain(by).collect()
    }

    /// The limits in words, as sentences; none if the field has no limits.
    pub fn limits_in_words(&self) -> String {
        let most = |count: Option<u64>, unit: &str| {
            let plural = if count == Some(1) { "" } else { "s" };
            count.map(|count| format!("At most {count} {unit}{plural}."))
        };
        let range = match (&self.min, &self.max) {
            (None, None) => None,
            (Some(min), None) => Some(format!("At least {min}.")),
            (None, Some(max)) => Some(format!("At most {max}.")),
            (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        };
        let names = self.extensions.as_deref();
        let all = [
            most(self.max_length, "character"),
            most(self.max_bytes, "byte"),
            range,
            most(self.max_items, "item"),
            names.map(|names| format!("Extensions: {}.", names.join(", "))),
        ];
        let by = self.limits_by.iter().flat_map(|(field, cases)| {
            let cases = cases.iter();
            cases.map(move |(value, limits)| {
                format!("Where `{field}` is `{value}`: {}.", limits.in_words())
            })
        });
        let all = all.into_iter().flatten().chain(by);
        all.collect::<Vec<_>>().join(" ")
    }

    /// The limits that a value violates: the key of each, and what the value has.
    pub fn exceeded(&self, value: &Value) -> Vec<(&'static str, String)> {
        let mut exceeded = Vec::new();
        let mut count = |key, unit: &str, count: usize, most: Option<u64>| {
            if most.is_some_and(|most| count as u64 > most) {
                exceeded.push((key, format!("{count} {unit}")));
            }
        };
        match value {
            // The example of a file is its name.
            Value::String(name) if self.is_file() => {
                let allowed =
                    |names: &[String]| names.iter().any(|known| has_extension(name, known));
                if self
                    .extensions
                    .as_deref()
                    .is_some_and(|names| !allowed(names))
                {
                    exceeded.push(("extensions", name.clone()));
                }
            }
            Value::String(text) => {
                count(
                    "max_length",
                    "characters",
                    text.chars().count(),
                    self.max_length,
                );
                count("max_bytes", "bytes", text.len(), self.max_bytes);
            }
            Value::Array(items) => count("max_items", "items", items.len(), self.max_items),
            Value::Number(number) => {
                let beyond = |limit: &Option<Number>, side| {
                    limit
                        .as_ref()
                        .is_some_and(|limit| compare(number, limit) == Some(side))
                };
                if beyond(&self.min, Ordering::Less) {
                    exceeded.push(("min", number.to_string()));
                }
                if beyond(&self.max, Ordering::Greater) {
                    exceeded.push(("max", number.to_string()));
                }
            }
            _ => {}
        }
        exceeded
    }
}

impl FileLimits {
    fn limits(&self) -> impl Iterator<Item = Limit<'_>> {
        let most = self.max_bytes.map(Limit::MaxBytes);
        most.into_iter()
            .chain(self.extensions.as_deref().map(Limit::Extensions))
    }

    fn in_words(&self) -> String {
        let most = self.max_bytes.map(|most| format!("at most {most} bytes"));
        let names = self.extensions.as_deref();
        let names = names.map(|names| format!("extensions {}", names.join(", ")));
        most.into_iter().chain(names).collect::<Vec<_>>().join("; ")
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}

/// Compares numbers; integers exactly.
pub(crate) fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (a.as_i64(), b.as_i64()) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}
