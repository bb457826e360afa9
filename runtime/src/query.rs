//! Query values.

use std::borrow::Cow;

use serde_json::Value;

use crate::model::{Encoding, FieldInfo, View};
use crate::path::push_encoded;

/// Appends a field.
pub(crate) fn push(target: &mut String, info: &FieldInfo, view: &View<'_>) {
    match info.encoding() {
        Encoding::Plain | Encoding::JsonString => pair(target, info.name(), &text(view)),
        Encoding::Comma => {
            let joined = match json(view) {
                Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
                other => plain(&other).into_owned(),
            };
            pair(target, info.name(), &joined);
        }
        Encoding::Indexed => indexed(target, info.name(), &json(view)),
    }
}

/// A value as the text of a query or a header: plain values as they are, all else as JSON.
pub(crate) fn text<'a>(view: &View<'a>) -> Cow<'a, str> {
    match view {
        View::Str(text) => Cow::Borrowed(text),
        View::Json(Value::String(text)) => Cow::Borrowed(text),
        view => Cow::Owned(plain(&json(view)).into_owned()),
    }
}

/// Numbers items from 1, and joins the names of what is inside with dots.
fn indexed(target: &mut String, name: &str, value: &Value) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                indexed(target, &format!("{name}.{}", index + 1), item);
            }
        }
        Value::Object(object) => {
            for (key, item) in object {
                indexed(target, &format!("{name}.{key}"), item);
            }
        }
        Value::Null => {}
        value => pair(target, name, &plain(value)),
    }
}

fn pair(target: &mut String, name: &str, value: &str) {
    if !target.is_empty() {
        target.push('&');
    }
    push_encoded(target, name);
    target.push('=');
    push_encoded(target, value);
}

fn json(view: &View<'_>) -> Value {
    // Models have text keys alone, and numbers that JSON has: this cannot fail.
    serde_json::to_value(view).unwrap_or_default()
}

fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        value => Cow::Owned(value.to_string()),
    }
}
