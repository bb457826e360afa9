//! Query values.

use std::borrow::Cow;

use crate::model::{Encoding, FieldInfo, Json, View, joined};
use crate::path::push_encoded;

/// Appends a field.
pub(crate) fn push(target: &mut String, info: &FieldInfo, view: &View<'_>) {
    match info.encoding() {
        Encoding::Indexed => indexed(target, info.name(), &json(view)),
        _ => pair(target, info.name(), &field_text(info, view)),
    }
}

/// The text of a field that is sent as one value.
pub(crate) fn field_text<'a>(info: &FieldInfo, view: &View<'a>) -> Cow<'a, str> {
    match info.encoding() {
        // Models have text keys alone, and numbers that JSON has: this cannot fail.
        Encoding::Comma => joined(*view).unwrap_or_default().into(),
        _ => text(view),
    }
}

/// A value as the text of a query or a header: plain values as they are, all else as JSON.
pub(crate) fn text<'a>(view: &View<'a>) -> Cow<'a, str> {
    match view {
        View::String(text) => Cow::Borrowed(text),
        View::Json(Json::String(text)) => Cow::Borrowed(text),
        view => Cow::Owned(plain(&json(view)).into_owned()),
    }
}

/// Numbers items from 1, and joins the names of what is inside with dots.
fn indexed(target: &mut String, name: &str, value: &Json) {
    match value {
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                indexed(target, &format!("{name}.{}", index + 1), item);
            }
        }
        Json::Object(object) => {
            for (key, item) in object.iter() {
                indexed(target, &format!("{name}.{key}"), item);
            }
        }
        Json::Null => {}
        value => pair(target, name, &plain(value)),
    }
}

/// Appends a name and its value.
pub(crate) fn pair(target: &mut String, name: &str, value: &str) {
    if !target.is_empty() {
        target.push('&');
    }
    push_encoded(target, name);
    target.push('=');
    push_encoded(target, value);
}

fn json(view: &View<'_>) -> Json {
    // Models have text keys alone, and numbers that JSON has: this cannot fail.
    let text = serde_json::to_string(view).unwrap_or_default();
    text.parse().unwrap_or_default()
}

fn plain(value: &Json) -> Cow<'_, str> {
    match value {
        Json::String(text) => Cow::Borrowed(text),
        value => Cow::Owned(value.to_string()),
    }
}
