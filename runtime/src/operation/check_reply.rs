//! Checks a reply against what is documented.

use std::collections::HashSet;

use super::{Operation, ReplyKind};
use crate::envelope::{Envelope, keys};
use crate::model::{FieldInfo, FieldType, Json, View};

/// The number of names that an error lists.
const SHOWN: usize = 12;

/// The number of characters that an error shows of a name.
const LONGEST: usize = 60;

impl Operation {
    /// Why a reply that could be read is not what is documented; `None` if it is.
    ///
    /// A reply of JSON is read whatever it is, so its kind is looked at here, as decoding looks at that of a typed
    /// one. And nothing can be known of a reply if it has none of the documented keys, but others: it may be wrapped,
    /// or another version's.
    pub(crate) fn check_reply(
        &self,
        envelope: &Envelope,
        body: &[u8],
        reply: View<'_>,
    ) -> Option<String> {
        let kind = self.reply_type?.get();
        if let View::Json(value) = reply
            && !kind.takes(value)
        {
            let found = match value {
                Json::Null => "null",
                Json::Array(_) => "a list",
                Json::Object(_) => "an object",
                Json::Bool(_) => "a boolean",
                Json::Number(_) => "a number",
                Json::String(_) => "a string",
            };
            return Some(format!("expected {}, found {found}", kind.noun()));
        }
        let FieldType::Object(object) = kind else {
            return None;
        };
        if let View::Object(model) = reply {
            let mut fields = 0..model.info().fields().len();
            if fields.any(|index| !matches!(model.get(index).view(), View::Unset)) {
                return None;
            }
        }
        let fields = object.info().fields();
        let found = keys(body)?;
        let known = |key: &String| fields.iter().any(|field| field.name() == *key);
        let bare = found.iter().all(|key| envelope.has(key));
        if fields.is_empty() || bare || found.iter().any(known) {
            return None;
        }
        Some(format!(
            "the reply has none of the documented keys: expected {}, found {}",
            listed(fields.iter().map(FieldInfo::name)),
            listed(found.iter().map(String::as_str)),
        ))
    }

    /// The undocumented keys of a reply, at any depth.
    pub(crate) fn unknown_keys(&self, envelope: &Envelope, body: &[u8]) -> Vec<String> {
        let mut unknown = Unknown::default();
        if let (Some(kind), Ok(reply)) = (self.reply_type, serde_json::from_slice(body)) {
            collect(kind.get(), &reply, "", &mut unknown);
        }
        if envelope.every_reply && self.reply == ReplyKind::Json {
            unknown.keys.retain(|key| !envelope.has(key));
        }
        unknown.keys
    }
}

/// Keys in the order in which they came, each once.
#[derive(Default)]
struct Unknown {
    keys: Vec<String>,
    seen: HashSet<String>,
}

fn collect(kind: FieldType, value: &Json, place: &str, unknown: &mut Unknown) {
    match (kind, value) {
        (FieldType::List(of), Json::Array(items)) => {
            let place = format!("{place}[]");
            for item in items {
                collect(of.get(), item, &place, unknown);
            }
        }
        (FieldType::Map(of), Json::Object(map)) => {
            let place = format!("{place}.*");
            for item in map.values() {
                collect(of.get(), item, &place, unknown);
            }
        }
        (FieldType::Object(object), Json::Object(map)) => {
            let fields = object.fields();
            let dot = if place.is_empty() { "" } else { "." };
            for (key, value) in map.iter() {
                let place = format!("{place}{dot}{key}");
                match fields.iter().find(|(field, _)| field.name() == key) {
                    Some((_, kind)) => collect(*kind, value, &place, unknown),
                    None if !unknown.seen.insert(place.clone()) => {}
                    None => unknown.keys.push(place),
                }
            }
        }
        _ => {}
    }
}

/// Names in a sentence; of many, the first ones.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names
        .map(|name| match name.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("`{}...`", name.get(..end).unwrap_or_default()),
            None => format!("`{name}`"),
        })
        .collect();
    let shown = names.get(..SHOWN).unwrap_or(&names).join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
