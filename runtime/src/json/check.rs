//! The values of a request beside what the operation says of them.

use std::fmt::Display;

use crate::error::InvalidArgument;
use crate::model::{Encoding, FieldInfo, Json, JsonObject, Kind, Location, Path};
use crate::operation::{Body, Operation};
use crate::secret::{MASK, Secret, collect_texts};
use crate::similar::nearest;

/// Walks the values: finds what is wrong with them and what in them is secret, and makes JSON text of what goes as such.
pub(super) struct Check {
    unchecked: bool,
    masked: bool,
    mistakes: Vec<(String, String)>,
    secrets: Vec<Secret>,
}

type Fields = [(&'static FieldInfo, Kind)];

impl Check {
    pub(super) fn new(unchecked: bool, masked: bool) -> Self {
        Self {
            unchecked,
            masked,
            mistakes: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// The secrets, unless there are mistakes.
    pub(super) fn finish(
        self,
        operation: &'static Operation,
    ) -> Result<Vec<Secret>, Box<InvalidArgument>> {
        if self.mistakes.is_empty() {
            return Ok(self.secrets);
        }
        Err(InvalidArgument::all(operation, self.mistakes))
    }

    pub(super) fn mistake(&mut self, place: &dyn Display, reason: impl Into<String>) {
        self.mistakes.push((place.to_string(), reason.into()));
    }

    /// The value of an argument; null if it was not given.
    pub(super) fn argument(
        &mut self,
        operation: &Operation,
        info: &'static FieldInfo,
        kind: Kind,
        value: &mut Json,
    ) {
        let root = Path::Root(None);
        let place = Path::Entry(&root, place(info.location()));
        // A body that is sent as it is has no name of its own.
        if info.location() == Location::Body && operation.body == Body::Whole {
            self.field(&place, info, kind, value);
        } else {
            self.field(&Path::Field(&place, info), info, kind, value);
        }
    }

    /// An argument that the operation does not have in this place.
    pub(super) fn unknown_argument(&mut self, fields: &Fields, location: Location, name: &str) {
        let there = fields
            .iter()
            .filter(|(info, _)| info.location() == location)
            .map(|(info, _)| info.name());
        let elsewhere = fields
            .iter()
            .find(|(info, _)| info.location() != location && info.name() == name);
        let reason = match elsewhere {
            Some((info, _)) => format!("belongs into the {}", place(info.location())),
            None => unknown(&format!("in the {}", place(location)), name, there),
        };
        self.mistake(&format_args!("{}.{name}", place(location)), reason);
    }

    fn field(&mut self, place: &Path<'_>, info: &'static FieldInfo, kind: Kind, value: &mut Json) {
        if value.is_null() {
            if info.required() && !self.unchecked {
                self.mistake(place, "is required, and not set");
            }
            return;
        }
        if info.encoding() == Encoding::JsonString {
            self.json_string(place, kind, value);
        } else {
            self.value(place, kind, value);
        }
        if info.secret() {
            collect_texts(value, &mut self.secrets);
            if self.masked {
                *value = MASK.into();
            }
        }
    }

    /// A value that goes as JSON text. A text is taken for the JSON text itself.
    fn json_string(&mut self, place: &Path<'_>, kind: Kind, value: &mut Json) {
        let Json::String(text) = value else {
            self.value(place, kind, value);
            *value = value.to_string().into();
            return;
        };
        match text.parse::<Json>() {
            Ok(mut inside) => {
                self.value(place, kind, &mut inside);
                if self.masked {
                    *text = inside.to_string();
                }
            }
            Err(error) if !self.unchecked => {
                self.mistake(place, format!("must be JSON text, and is not: {error}"));
            }
            Err(_) => {}
        }
    }

    fn value(&mut self, place: &Path<'_>, kind: Kind, value: &mut Json) {
        let fits = match (kind, &mut *value) {
            (Kind::Json, _)
            | (Kind::String | Kind::StringEnum(_), Json::String(_))
            | (Kind::Number, Json::Number(_))
            | (Kind::Boolean, Json::Bool(_)) => true,
            (Kind::Integer | Kind::IntegerEnum(_), Json::Number(number)) => {
                number.as_i64().is_some()
            }
            (Kind::List(of), Json::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.value(&Path::Item(place, index), of.get(), item);
                }
                true
            }
            (Kind::Map(of), Json::Object(entries)) => {
                for (key, item) in entries.iter_mut() {
                    self.value(&Path::Entry(place, key), of.get(), item);
                }
                true
            }
            (Kind::Object(_), Json::Object(entries)) => {
                self.object(place, &kind.fields(), entries);
                true
            }
            _ => false,
        };
        if !fits && !self.unchecked {
            let found = if place.is_secret() {
                noun(value).to_owned()
            } else {
                found(value)
            };
            self.mistake(place, format!("must be {}, and is {found}", wanted(kind)));
        }
    }

    fn object(&mut self, place: &Path<'_>, fields: &Fields, entries: &mut JsonObject) {
        for (info, kind) in fields {
            let place = Path::Field(place, info);
            match entries.get_mut(info.name()) {
                Some(value) => self.field(&place, info, *kind, value),
                None => self.field(&place, info, *kind, &mut Json::Null),
            }
        }
        if self.unchecked {
            return;
        }
        let names = || fields.iter().map(|(info, _)| info.name());
        for name in in_order(entries) {
            if !names().any(|known| known == name) {
                self.mistake(&Path::Entry(place, name), unknown("here", name, names()));
            }
        }
    }
}

/// The names of an object in the alphabet's order. That of `serde_json`'s map depends on a feature that any crate in a
/// build may switch on.
pub(super) fn in_order(entries: &JsonObject) -> Vec<&String> {
    let mut names: Vec<_> = entries.keys().collect();
    names.sort();
    names
}

/// What is said of a name that is not known.
fn unknown(place: &str, name: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    /// More would not be read.
    const LISTED: usize = 12;

    if let Some(meant) = nearest(name, known.clone()) {
        return format!("is no field {place}; did you mean `{meant}`?");
    }
    let names: Vec<_> = known.collect();
    match names.len() {
        0 => format!("is no field {place}: there is none"),
        1..=LISTED => format!("is no field {place}; there is `{}`", names.join("`, `")),
        _ => format!("is no field {place}"),
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "headers",
        Location::Body => "body",
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::StringEnum(_) => "a string",
        Kind::Integer | Kind::IntegerEnum(_) => "an integer of 64 bits",
        Kind::Number => "a number",
        Kind::Boolean => "`true` or `false`",
        Kind::Json => "JSON",
        Kind::Object(_) | Kind::Map(_) => "an object",
        Kind::List(_) => "a list",
    }
}

/// A value as an error names it; of a long string only the beginning.
fn found(value: &Json) -> String {
    const SHOWN: usize = 40;

    match value {
        Json::String(text) => match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("the string {:?}...", text.get(..end).unwrap_or_default()),
            None => format!("the string {text:?}"),
        },
        Json::Number(number) => format!("the number {number}"),
        Json::Bool(value) => format!("`{value}`"),
        value => noun(value).to_owned(),
    }
}

pub(super) fn noun(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
