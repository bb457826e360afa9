//! Checks a request's JSON values against the operation's fields.

use std::fmt::Display;

use crate::error::InvalidArgument;
use crate::model::{
    Encoding, FieldInfo, FieldType, Json, JsonObject, Location, Path, ValueLimit, View,
    content_of_unknown, of_field,
};
use crate::operation::{Body, Operation};
use crate::secret::{MASK, Secret, collect_texts};
use crate::similar::nearest;

/// Walks the values: collects mistakes and secrets, and encodes the fields that travel as JSON text.
pub(super) struct Check {
    unchecked: bool,
    masked: bool,
    /// The values were received: what travels as JSON text is a text.
    received: bool,
    mistakes: Vec<(String, String)>,
    secrets: Vec<Secret>,
}

type Fields = [(&'static FieldInfo, FieldType)];

impl Check {
    pub(super) fn new(unchecked: bool, masked: bool, received: bool) -> Self {
        Self {
            unchecked,
            masked,
            received,
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

    /// Takes the entries of a one-of, checked, out of the body that they are in; none if there are none.
    pub(super) fn flattened(
        &mut self,
        info: &FieldInfo,
        kind: FieldType,
        limits: impl Iterator<Item = ValueLimit>,
        body: &mut Option<Json>,
    ) -> Option<Json> {
        let root = Path::Root(None);
        let place = Path::Entry(&root, place(Location::Body));
        let mut none = JsonObject::new();
        let body = body.as_mut().and_then(Json::as_object_mut);
        let body = body.unwrap_or(&mut none);
        let own = self.one_of(&place, kind, info.is_required(), limits, body);
        let taken = own.into_iter().filter_map(|name| {
            let value = body.remove(&name)?;
            Some((name, value))
        });
        let taken: Json = taken.collect();
        let is_empty = taken.as_object().is_none_or(JsonObject::is_empty);
        (!is_empty).then_some(taken)
    }

    /// An argument that the operation does not have in this place.
    pub(super) fn unknown_argument(&mut self, fields: &Fields, location: Location, name: &str) {
        let there = names(
            fields
                .iter()
                .filter(|(info, _)| info.location() == location),
        );
        let elsewhere = fields
            .iter()
            .find(|(info, _)| info.location() != location && info.name() == name);
        let reason = match elsewhere {
            Some((info, _)) => format!("belongs in the {}", place(info.location())),
            None => unknown(
                &format!("in the {}", place(location)),
                name,
                there.iter().copied(),
            ),
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
            if self.received {
                self.mistake(
                    place,
                    format!("must be a string of JSON, found {}", noun(value)),
                );
            }
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
        if !kind.kinds().is_empty() {
            let own = self.one_of(place, kind, true, std::iter::empty(), entries);
            return self.unknown_entries(place, &names_of(kind), &own, entries);
        }
        let mut own = Vec::new();
        for (index, (info, kind)) in fields.iter().enumerate() {
            if info.is_flattened() {
                let limits = of_field(limits, index);
                own.extend(self.one_of(place, *kind, info.is_required(), limits, entries));
                continue;
            }
            own.push(info.name().to_owned());
            let (place, limits) = (Path::Field(place, info), of_field(limits, index));
            match entries.get_mut(info.name()) {
                Some(value) => self.field(&place, info, *kind, limits, value),
                None => self.field(&place, info, *kind, limits, &mut Json::Null),
            }
        }
        self.unknown_entries(place, &names(fields.iter()), &own, entries);
    }

    /// Entries that are not among the object's own.
    fn unknown_entries(
        &mut self,
        place: &Path<'_>,
        known: &[&'static str],
        own: &[String],
        entries: &JsonObject,
    ) {
        if self.unchecked {
            return;
        }
        for name in in_order(entries) {
            if !own.contains(name) {
                let reason = unknown("here", name, known.iter().copied());
                self.mistake(&Path::Entry(place, name), reason);
            }
        }
    }

    /// A one-of among the entries of an object: gives the names of those that are its own. Of an unknown kind, only the
    /// place of the content is known.
    fn one_of(
        &mut self,
        place: &Path<'_>,
        kind: FieldType,
        required: bool,
        limits: impl Iterator<Item = ValueLimit>,
        entries: &mut JsonObject,
    ) -> Vec<String> {
        let fields = kind.fields();
        let Some((tag, tag_type)) = fields.first() else {
            return Vec::new();
        };
        let mut own = vec![tag.name().to_owned()];
        let at = Path::Field(place, tag);
        let chosen = match entries.get_mut(tag.name()) {
            Some(Json::String(chosen)) => chosen.clone(),
            None | Some(Json::Null) => {
                let names = names_of(kind);
                let used = names.iter().any(|name| entries.contains_key(name));
                if (required || used) && !self.unchecked {
                    self.mistake(&at, "is required");
                }
                return names.into_iter().map(str::to_owned).collect();
            }
            Some(other) => {
                self.value(&at, *tag_type, other);
                return own;
            }
        };
        if let Some(kind) = kind.kinds().iter().find(|kind| kind.tag == chosen) {
            let (info, of) = (&kind.content, kind.of.get());
            let mut none = Json::Null;
            let value = entries.get_mut(info.name()).unwrap_or(&mut none);
            self.field(
                &Path::Field(place, info),
                info,
                of,
                std::iter::empty(),
                value,
            );
            own.push(info.name().to_owned());
        } else {
            let (name, is_text) = content_of_unknown(kind.kinds(), &chosen);
            if let Some(value) = entries.get_mut(name)
                && is_text
                && !matches!(value, Json::String(_))
            {
                *value = value.to_string().into();
            }
            own.push(name.to_owned());
        }
        // The limits are those of the content, which is a string by now.
        if let Some(name) = own.last().filter(|_| !self.unchecked)
            && let Some(content) = entries.get(name)
        {
            let place = Path::Entry(place, name);
            for mistake in limits.filter_map(|limit| limit.mistake(&View::Json(content), false)) {
                self.mistake(&place, mistake);
            }
        }
        own
    }
}

/// The names that fields have on the wire.
fn names<'f>(
    fields: impl Iterator<Item = &'f (&'static FieldInfo, FieldType)>,
) -> Vec<&'static str> {
    let mut names = Vec::new();
    for (info, kind) in fields {
        if info.is_flattened() {
            names.extend(names_of(*kind));
        } else {
            names.push(info.name());
        }
    }
    names
}

/// The names that a one-of has on the wire, whichever kind it is.
fn names_of(one_of: FieldType) -> Vec<&'static str> {
    let tag = one_of.fields().first().map(|(tag, _)| tag.name());
    let contents = one_of.kinds().iter().map(|kind| kind.content.name());
    let mut names: Vec<_> = tag.into_iter().chain(contents).collect();
    names.dedup();
    names
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

    if known.clone().any(|known| known == name) {
        return format!("is not a field {place}: it is one of another kind");
    }
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
