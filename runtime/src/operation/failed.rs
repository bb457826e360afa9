//! Elements of a reply that failed although the call succeeded.

use std::fmt;

use serde_json::{Map, Value};

use super::Operation;
use crate::envelope::{flagged_code, flagged_message, is_false};
use crate::model::{
    Element, FieldInfo, FieldType, Json, Model, ModelInfo, Object, Path, View, fields,
};

/// An element of a reply that failed although the call succeeded.
///
/// Replies with such elements have a method `failed`; [`Operation::failed`] finds them in a JSON reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedElement {
    place: String,
    code: String,
    message: String,
}

impl FailedElement {
    /// Its path in the reply, for example `result[0]`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The code of its error; empty if it has none.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message of its error; empty if it has none.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for FailedElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed", self.place)?;
        match (self.code.as_str(), self.message.as_str()) {
            ("", "") => f.write_str(" and gives no reason"),
            ("", message) => write!(f, ": {message}"),
            (code, "") => write!(f, ": code {code}"),
            (code, message) => write!(f, ": code {code}: {message}"),
        }
    }
}

impl Operation {
    /// The elements of a reply that failed although the call succeeded, like the method `failed` of a typed reply. The
    /// spec says which elements report failures; see [`Description::fallible`](super::Description::fallible).
    pub fn failed(&self, reply: &Json) -> Vec<FailedElement> {
        let mut failed = Vec::new();
        if let Some(kind) = self.reply_type {
            collect(
                kind.get(),
                View::Json(reply),
                &Path::Root(None),
                false,
                &mut failed,
            );
        }
        failed
    }

    /// Where elements are that may fail on their own, for example `result[]`.
    pub(super) fn fallible(&self) -> Vec<String> {
        let mut places = Vec::new();
        if let Some(kind) = self.reply_type {
            find(kind.get(), "", &mut Vec::new(), &mut places);
        }
        places
    }
}

/// The elements of a reply that failed.
#[inline]
pub fn failed<T: Element>(reply: &T) -> Vec<FailedElement> {
    let mut failed = Vec::new();
    collect(
        T::type_of(),
        reply.as_view(),
        &Path::Root(None),
        false,
        &mut failed,
    );
    failed
}

fn collect(
    kind: FieldType,
    view: View<'_>,
    path: &Path<'_>,
    element: bool,
    failed: &mut Vec<FailedElement>,
) {
    match (kind, view) {
        (FieldType::List(of), View::List(items)) => {
            for (index, item) in items.iter().enumerate() {
                collect(of.get(), item, &Path::Item(path, index), true, failed);
            }
        }
        (FieldType::List(of), View::Json(Json::Array(items))) => {
            for (index, item) in items.iter().enumerate() {
                collect(
                    of.get(),
                    View::Json(item),
                    &Path::Item(path, index),
                    true,
                    failed,
                );
            }
        }
        (FieldType::Map(of), View::Map(map)) => {
            for (key, item) in map.entries() {
                collect(of.get(), item, &Path::Entry(path, key), true, failed);
            }
        }
        (FieldType::Map(of), View::Json(Json::Object(map))) => {
            for (key, item) in map.iter() {
                collect(
                    of.get(),
                    View::Json(item),
                    &Path::Entry(path, key),
                    true,
                    failed,
                );
            }
        }
        (FieldType::Object(_), View::Object(model)) => {
            if element {
                failed.extend(judge(model.info(), path, || scalars(model)));
            }
            for (index, info) in model.info().fields().iter().enumerate() {
                let field = model.get(index);
                collect(
                    field.field_type(),
                    field.view(),
                    &Path::Field(path, info),
                    false,
                    failed,
                );
            }
        }
        (FieldType::Object(object), View::Json(Json::Object(map))) => {
            if element {
                failed.extend(judge(object.info(), path, || {
                    let fields = map.iter();
                    fields
                        .map(|(key, value)| (key.clone(), value.clone().into()))
                        .collect()
                }));
            }
            for (info, kind) in object.fields() {
                if let Some(value) = map.get(info.name()) {
                    let path = Path::Field(path, info);
                    collect(kind, View::Json(value), &path, false, failed);
                }
            }
        }
        _ => {}
    }
}

/// What an element says of itself if it has a field for that.
fn judge(
    info: &'static ModelInfo,
    path: &Path<'_>,
    fields: impl FnOnce() -> Map<String, Value>,
) -> Option<FailedElement> {
    let flag = flag(info)?;
    let fields = fields();
    is_false(fields.get(flag)?).then(|| FailedElement {
        place: path.to_string(),
        code: flagged_code(&fields).unwrap_or_default(),
        message: flagged_message(&fields).unwrap_or_default(),
    })
}

fn flag(info: &'static ModelInfo) -> Option<&'static str> {
    let mut fields = info.fields().iter();
    let flag = fields.find(|field| field.is_success_flag());
    flag.map(FieldInfo::name)
}

/// The fields of a model that hold a single value.
fn scalars(model: &dyn Model) -> Map<String, Value> {
    let fields = fields(model).filter_map(|(info, view)| {
        let value = match view {
            View::String(text) => text.into(),
            View::Integer(number) => number.into(),
            View::Boolean(value) => value.into(),
            _ => return None,
        };
        Some((info.name().to_owned(), value))
    });
    fields.collect()
}

/// Finds the elements that have a field which says whether they worked. `seen` are the objects around this one: an
/// object may hold itself.
fn find(kind: FieldType, place: &str, seen: &mut Vec<&'static str>, places: &mut Vec<String>) {
    let (of, place) = match kind {
        FieldType::List(of) => (of.get(), format!("{place}[]")),
        FieldType::Map(of) => (of.get(), format!("{place}.*")),
        FieldType::Object(object) => return inside(object, place, seen, places),
        _ => return,
    };
    if let FieldType::Object(object) = of
        && flag(object.info()).is_some()
    {
        places.push(place.clone());
    }
    find(of, &place, seen, places);
}

fn inside(object: Object, place: &str, seen: &mut Vec<&'static str>, places: &mut Vec<String>) {
    let name = object.info().name();
    if seen.contains(&name) {
        return;
    }
    seen.push(name);
    let dot = if place.is_empty() { "" } else { "." };
    for (info, kind) in object.fields() {
        let place = format!("{place}{dot}{}", info.name());
        find(kind, &place, seen, places);
    }
    seen.pop();
}
