//! Values that came as text: those of paths, queries, headers and forms.

use std::borrow::Cow;
use std::collections::BTreeMap;

use dingtalk_api::generated::{Encoding, FieldInfo, FieldType, Location};
use dingtalk_api::model::{Json, JsonObject};

use crate::route::Known;

/// Values of a query or of a form.
pub(super) fn pairs<'a>(
    known: &Known,
    location: Location,
    pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
) -> JsonObject {
    let mut values = JsonObject::new();
    let mut indexed: BTreeMap<&'static str, (FieldType, Indexed)> = BTreeMap::new();
    for (name, text) in pairs {
        if let Some((info, kind)) = known.field(location, &name) {
            values.insert(name, value(info, kind, &text));
            continue;
        }
        let numbered = name.split_once('.').and_then(|(field, rest)| {
            let (info, kind) = known.field(location, field)?;
            (info.encoding() == Encoding::Indexed).then_some((info.name(), kind, rest))
        });
        match numbered {
            Some((field, kind, rest)) => {
                let (_, root) = indexed
                    .entry(field)
                    .or_insert_with(|| (kind, Indexed::default()));
                root.insert(rest, &text);
            }
            // The check says that there is no such field.
            None => {
                values.insert(name, &*text);
            }
        }
    }
    for (name, (kind, root)) in indexed {
        values.insert(name, root.value(kind));
    }
    values
}

/// What was written as `field.1.name=..`.
#[derive(Default)]
struct Indexed {
    text: String,
    inner: BTreeMap<String, Indexed>,
}

impl Indexed {
    fn insert(&mut self, name: &str, text: &str) {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let inner = self.inner.entry(first.to_owned()).or_default();
        if rest.is_empty() {
            text.clone_into(&mut inner.text);
        } else {
            inner.insert(rest, text);
        }
    }

    fn value(self, kind: FieldType) -> Json {
        match kind {
            FieldType::List(of) => {
                let mut items: Vec<_> = self.inner.into_iter().collect();
                items.sort_by_key(|(number, _)| number.parse::<u32>().unwrap_or(u32::MAX));
                let items = items.into_iter().map(|(_, item)| item.value(of.get()));
                items.collect::<Vec<_>>().into()
            }
            FieldType::Object(_) => {
                let fields = kind.fields();
                let of = |name: &str| {
                    fields
                        .iter()
                        .find(|(info, _)| info.name() == name)
                        .map(|(_, kind)| *kind)
                };
                let entries = self.inner.into_iter();
                entries
                    .map(|(name, value)| {
                        let kind = of(&name).unwrap_or(FieldType::String);
                        (name, value.value(kind))
                    })
                    .collect()
            }
            FieldType::Map(of) => self
                .inner
                .into_iter()
                .map(|(name, value)| (name, value.value(of.get())))
                .collect(),
            kind => scalar(kind, &self.text),
        }
    }
}

/// The value of a field that came as text.
pub(super) fn value(info: &FieldInfo, kind: FieldType, text: &str) -> Json {
    match (info.encoding(), kind) {
        (Encoding::JsonString, _) => text.into(),
        (Encoding::Comma, FieldType::List(of)) => {
            let items = text.split(',').filter(|item| !item.is_empty());
            items
                .map(|item| scalar(of.get(), item))
                .collect::<Vec<_>>()
                .into()
        }
        _ => scalar(kind, text),
    }
}

/// A value that came as text. One that does not fit stays text, for the check to name.
fn scalar(kind: FieldType, text: &str) -> Json {
    if matches!(
        kind,
        FieldType::String | FieldType::StringEnum(_) | FieldType::File
    ) {
        return text.into();
    }
    let read = text.parse::<Json>().ok();
    let read = read.filter(|value| matches!(kind, FieldType::Json) || value.as_str().is_none());
    read.unwrap_or_else(|| text.into())
}
