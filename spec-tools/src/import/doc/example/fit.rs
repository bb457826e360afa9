//! Values of an example, fitted to the fields that they are of.

use serde_json::Value as Plain;

use crate::import::doc::finding::Kind;
use crate::import::doc::shape::single;
use crate::import::doc::values::is_placeholder;
use crate::import::doc::{At, Finding, Findings, Json, Known, Value, listed};
use crate::spec::{EnumKey, EnumValue, Field, Fields, Ordered, ScalarOrNamed, Shape};

/// Fits values to fields, and remembers what did not fit.
pub(super) struct Fit<'a> {
    pub(super) known: Known<'a>,
    /// In a request, required fields must be present.
    pub(super) request: bool,
    /// What of the example did not fit, and where it is.
    pub(super) misfits: Vec<(&'static Misfit, String, At)>,
    pub(super) missing: Vec<String>,
}

/// A way in which values do not fit: the message before and after their names, and the help.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Misfit(Kind, &'static str, &'static str, &'static str);

/// Nothing describes it.
pub(super) static UNKNOWN: Misfit = Misfit(
    Kind::LeftOut,
    "the example has ",
    ", which no table describes",
    "if it is a field, add it",
);
pub(super) static UNFIT: Misfit = Misfit(
    Kind::LeftOut,
    "the example's value of ",
    " does not fit its type",
    "left it out of the spec's example",
);
/// It is none of the values that the field has.
static UNLISTED: Misfit = Misfit(
    Kind::LeftOut,
    "the example's value of ",
    " is not one the page lists",
    "left it out of the spec's example; if it is valid, add it to `enum`",
);
/// A value that the field has replaces it.
static REPLACED: Misfit = Misfit(
    Kind::Note,
    "the example spells ",
    " differently from the values the page lists",
    "used a listed value in the spec's example",
);
static CHANGED: Misfit = Misfit(
    Kind::Note,
    "the example's value of ",
    " has another type",
    "converted it to the field's type",
);

impl<'a> Fit<'a> {
    pub(super) fn object(&mut self, fields: &'a Fields, json: &Json, path: &str) -> Option<Plain> {
        let values = json.value.entries()?.iter().filter_map(|entry| {
            let path = join(path, &entry.key);
            let Some(field) = fields.get(&entry.key) else {
                return self.misfit(&UNKNOWN, &path, entry.at);
            };
            Some((entry.key.clone(), self.field(field, &entry.json, &path)?))
        });
        let out: serde_json::Map<String, Plain> = values.collect();
        self.require(fields, |name| out.contains_key(name), path);
        Some(Plain::Object(out))
    }

    pub(super) fn require(&mut self, fields: &Fields, has: impl Fn(&str) -> bool, path: &str) {
        if self.request {
            let missing = fields
                .iter()
                .filter(|(name, field)| field.required && !has(name));
            self.missing
                .extend(missing.map(|(name, _)| join(path, name)));
        }
    }

    pub(super) fn field(&mut self, field: &'a Field, json: &Json, path: &str) -> Option<Plain> {
        match json.value {
            Value::Null => (!self.request).then_some(Plain::Null),
            _ => self.shape(field.shape()?, json, path),
        }
    }

    pub(super) fn shape(&mut self, shape: Shape<'a>, json: &Json, path: &str) -> Option<Plain> {
        match (self.resolved(shape), &json.value) {
            (Shape::Object(fields), Value::Object(_)) => self.object(fields, json, path),
            (Shape::List(element), Value::List(items)) => {
                let items = items.iter();
                let items = items.filter_map(|item| self.shape(element.shape()?, item, path));
                Some(items.collect())
            }
            (Shape::Map(value), Value::Object(entries)) => {
                let values = entries.iter().filter_map(|entry| {
                    let path = join(path, &entry.key);
                    let value = self.shape(value.shape()?, &entry.json, &path)?;
                    Some((entry.key.clone(), value))
                });
                Some(Plain::Object(values.collect()))
            }
            (Shape::Name(name), _) => self.scalar(name, json, path),
            (Shape::Enum(values, integer), _) => self.one_of(values, integer, json, path),
            _ => self.misfit(&UNFIT, path, json.at),
        }
    }

    fn scalar(&mut self, name: &ScalarOrNamed, json: &Json, path: &str) -> Option<Plain> {
        use ScalarOrNamed::{Boolean, Integer, Json as Any, Number, String as Text};
        let value = match (name, &json.value) {
            (Any, _)
            | (Text, Value::Text(_))
            | (Number, Value::Number(_))
            | (Boolean, Value::Bool(_)) => return Some(json.value.plain()),
            (Integer, Value::Number(number)) if number.is_i64() => return Some(json.value.plain()),
            (Text, Value::Number(number)) => Some(number.to_string().into()),
            (Text, Value::Bool(value)) => Some(value.to_string().into()),
            (Integer | Number | Boolean, Value::Text(text)) => {
                typed(name, text.trim()).map(|value| value.plain())
            }
            _ => None,
        };
        let misfit = if value.is_some() { &CHANGED } else { &UNFIT };
        self.misfit::<()>(misfit, path, json.at);
        value
    }

    fn one_of(
        &mut self,
        values: &Ordered<EnumKey, EnumValue>,
        integer: bool,
        json: &Json,
        path: &str,
    ) -> Option<Plain> {
        let value = self.scalar(&single(integer), json, path)?;
        let is = |key: &EnumKey| match key {
            EnumKey::Integer(number) => value.as_i64() == Some(*number),
            EnumKey::Text(text) => value.as_str() == Some(text),
        };
        if values.iter().any(|(key, _)| is(key)) {
            return Some(value);
        }
        // What stands for any value, or is written in other letters, shows the value that is meant.
        let word = value.as_str().unwrap_or_default();
        let meant = values
            .iter()
            .find(|(key, _)| is_placeholder(word) || key.to_string().eq_ignore_ascii_case(word))
            .filter(|_| !integer);
        let misfit = meant.map_or(&UNLISTED, |_| &REPLACED);
        self.misfit::<()>(misfit, path, json.at);
        meant.map(|(key, _)| key.to_string().into())
    }

    pub(super) fn resolved(&self, shape: Shape<'a>) -> Shape<'a> {
        self.known.types.shape(shape).unwrap_or(shape)
    }

    /// Remembers that a value does not fit, so that there is none.
    pub(super) fn misfit<T>(&mut self, misfit: &'static Misfit, path: &str, at: At) -> Option<T> {
        self.misfits.push((misfit, path.to_owned(), at));
        None
    }

    pub(super) fn tell(self, at: At, findings: &mut Findings) {
        for misfit in [&UNKNOWN, &UNFIT, &UNLISTED, &REPLACED, &CHANGED] {
            let all = self.misfits.iter().filter(|(of, ..)| *of == misfit);
            let Some((.., at)) = all.clone().next() else {
                continue;
            };
            let mut names: Vec<&String> = all.map(|(_, name, _)| name).collect();
            names.dedup();
            let Misfit(kind, before, behind, help) = misfit;
            let message = format!("{before}{}{behind}", listed(names.into_iter()));
            findings.add(Finding::new(*kind, Some(*at), message, *help));
        }
        if !self.missing.is_empty() {
            let missing = listed(self.missing.iter());
            let message = format!("the example omits {missing}, which is required");
            findings.left_out(at, message, "the spec has no example; write one");
        }
    }
}

/// What a text stands for in a field of a type.
pub(super) fn typed(name: &ScalarOrNamed, text: &str) -> Option<Value> {
    match name {
        ScalarOrNamed::Integer => text.parse::<i64>().ok().map(|n| Value::Number(n.into())),
        ScalarOrNamed::Number => serde_json::from_str(text).ok().map(Value::Number),
        ScalarOrNamed::Boolean => text.parse().ok().map(Value::Bool),
        _ => Some(Value::Text(text.to_owned())),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() || path.starts_with("the ") {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
