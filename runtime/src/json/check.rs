//! Checks a request's JSON values against the operation's fields.

use std::fmt::Display;

use crate::error::InvalidArgument;
use crate::model::{
    Encoding, FieldInfo, FieldType, Json, JsonObject, Location, Path, ValueLimit, View, of_field,
};
use crate::operation::{Body, Operation};
use crate::secret::{MASK, Secret, collect_texts};
use crate::similar::nearest;

/// Walks the values: collects mistakes and secrets, and encodes the fields that travel as JSON text.
pub(super) struct Check {
    unchecked: bool,
    masked: bool,
    mistakes: Vec<(String, String)>,
    secrets: Vec<Secret>,
}

type Fields = [(&'static FieldInfo, FieldType)];

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
        kind: FieldType,
        limits: impl Iterator<Item = ValueLimit>,
        value: &mut Json,
    ) {
        let root = Path::Root(None);
        let place = Path::Entry(&root, place(info.location()));
        // A body that is sent as it is has no name of its own.
        if info.location() == Location::Body && operation.body == Body::Bare {
            self.field(&place, info, kind, limits, value);
        } else {
            self.field(&Path::Field(&place, info), info, kind, limits, value);
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
            Some((info, _)) => format!("belongs in the {}", place(info.location())),
            None => unknown(&format!("in the {}", place(location)), name, there),
        };
        self.mistake(&format_args!("{}.{name}", place(location)), reason);
    }

    /// A file that the operation does not take.
    pub(super) fn unknown_file(&mut self, fields: &Fields, name: &str) {
        let is_file = |kind| matches!(kind, FieldType::File);
        let known = fields.iter().find(|(info, _)| info.name() == name);
        let reason = if known.is_some() {
            "is not a file".to_owned()
        } else {
            let files = fields.iter().filter(|(_, kind)| is_file(*kind));
            unknown(
                "that takes a file",
                name,
                files.map(|(info, _)| info.name()),
            )
        };
        self.mistake(&format_args!("files.{name}"), reason);
    }

    fn field(
        &mut self,
        place: &Path<'_>,
        info: &'static FieldInfo,
        kind: FieldType,
        limits: impl Iterator<Item = ValueLimit>,
        value: &mut Json,
    ) {
        if value.is_null() {
            if info.is_required() && !self.unchecked {
                self.mistake(place, "is required");
            }
            return;
        }
        if info.encoding() == Encoding::JsonString {
            self.json_string(place, kind, limits, value);
        } else {
            self.limited(place, kind, limits, value);
        }
        if !self.unchecked
            && let Some(reason) = info.comma_mistake(&View::Json(value), info.is_secret())
        {
            self.mistake(place, reason);
        }
        if info.is_secret() {
            collect_texts(value, &mut self.secrets);
            if self.masked {
                *value = MASK.into();
            }
        }
    }

    /// A value that goes as JSON text. A text is taken for the JSON text itself.
    fn json_string(
        &mut self,
        place: &Path<'_>,
        kind: FieldType,
        limits: impl Iterator<Item = ValueLimit>,
        value: &mut Json,
    ) {
        let Json::String(text) = value else {
            self.limited(place, kind, limits, value);
            *value = value.to_string().into();
            return;
        };
        match text.parse::<Json>() {
            Ok(mut inside) => {
                self.limited(place, kind, limits, &mut inside);
                if self.masked {
                    *text = inside.to_string();
                }
            }
            Err(error) if !self.unchecked => {
                self.mistake(place, format!("must be JSON text: {error}"));
            }
            Err(_) => {}
        }
    }

    /// The value of a field, which may have limits.
    fn limited(
        &mut self,
        place: &Path<'_>,
        kind: FieldType,
        limits: impl Iterator<Item = ValueLimit>,
        value: &mut Json,
    ) {
        if !self.unchecked {
            for limit in limits {
                if let Some(mistake) = limit.mistake(&View::Json(value), place.is_secret()) {
                    self.mistake(place, mistake);
                }
            }
        }
        self.value(place, kind, value);
    }

    fn value(&mut self, place: &Path<'_>, kind: FieldType, value: &mut Json) {
        let fits = match (kind, &mut *value) {
            (FieldType::Json, _)
            | (FieldType::String | FieldType::StringEnum(_), Json::String(_))
            | (FieldType::Number, Json::Number(_))
            | (FieldType::Boolean, Json::Bool(_)) => true,
            (FieldType::Integer | FieldType::IntegerEnum(_), Json::Number(number)) => {
                number.as_i64().is_some()
            }
            (FieldType::List(of), Json::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.value(&Path::Item(place, index), of.get(), item);
                }
                true
            }
            (FieldType::Map(of), Json::Object(entries)) => {
                for (key, item) in entries.iter_mut() {
                    self.value(&Path::Entry(place, key), of.get(), item);
                }
                true
            }
            (FieldType::Object(_), Json::Object(entries)) => {
                self.object(place, kind, entries);
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
            self.mistake(place, format!("must be {}, found {found}", wanted(kind)));
        }
    }

    fn object(&mut self, place: &Path<'_>, kind: FieldType, entries: &mut JsonObject) {
        let (fields, limits) = (kind.fields(), kind.limits());
        for (index, (info, kind)) in fields.iter().enumerate() {
            let (place, limits) = (Path::Field(place, info), of_field(limits, index));
            match entries.get_mut(info.name()) {
                Some(value) => self.field(&place, info, *kind, limits, value),
                None => self.field(&place, info, *kind, limits, &mut Json::Null),
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

/// The error for an unknown name.
fn unknown(place: &str, name: &str, known: impl Iterator<Item = &'static str> + Clone) -> String {
    /// More would not be read.
    const LISTED: usize = 12;

    if let Some(meant) = nearest(name, known.clone()) {
        return format!("is not a field {place}; did you mean `{meant}`?");
    }
    let names: Vec<_> = known.collect();
    match names.len() {
        0 => format!("is not a field {place}: it has none"),
        1..=LISTED => format!("is not a field {place}: expected `{}`", names.join("`, `")),
        _ => format!("is not a field {place}"),
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

fn wanted(kind: FieldType) -> &'static str {
    match kind {
        FieldType::String | FieldType::StringEnum(_) => "a string",
        FieldType::Integer | FieldType::IntegerEnum(_) => "an integer of 64 bits",
        FieldType::Number => "a number",
        FieldType::Boolean => "`true` or `false`",
        FieldType::Json => "JSON",
        FieldType::File => "a file, set with `.file(..)`",
        FieldType::Object(_) | FieldType::Map(_) => "an object",
        FieldType::List(_) => "a list",
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
