//! Example values, made from types.

use dingtalk_api::generated::{Encoding, FieldInfo, FieldType, ModelInfo};
use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

/// Makes example values of types.
///
/// A string is the name of its field, a number is 1 or 0.5, a boolean is true, and an enum has its first known value.
#[derive(Debug)]
pub struct Sampler {
    /// Includes optional fields.
    whole: bool,
    /// What travels as JSON text is a text.
    wire: bool,
    /// The objects around the current value: recursion stops at an object that contains itself.
    outer: Vec<&'static ModelInfo>,
}

impl Sampler {
    /// Makes objects with all their fields, or with the required ones alone.
    pub fn new(whole: bool) -> Self {
        Self {
            whole,
            wire: false,
            outer: Vec::new(),
        }
    }

    /// Makes values as they are on the wire: what travels as JSON text is a text.
    pub fn for_the_wire(whole: bool) -> Self {
        Self {
            wire: true,
            ..Self::new(whole)
        }
    }

    /// The entries that a field makes: one, or those of a one-of that are beside the others; none if it is left out.
    pub fn entries(&mut self, info: &'static FieldInfo, kind: FieldType) -> Vec<(String, Json)> {
        match self.field(info, kind) {
            Some(Json::Object(entries)) if info.is_flattened() => entries.into_iter().collect(),
            value => value
                .map(|value| (info.name().to_owned(), value))
                .into_iter()
                .collect(),
        }
    }

    /// The value of a field; `None` if it is left out.
    pub fn field(&mut self, info: &'static FieldInfo, kind: FieldType) -> Option<Json> {
        if !(self.whole || info.is_required()) {
            return None;
        }
        let value = self.value(info.name(), kind)?;
        Some(self.encoded(info, value))
    }

    fn encoded(&self, info: &FieldInfo, value: Json) -> Json {
        if self.wire && info.encoding() == Encoding::JsonString {
            value.to_string().into()
        } else {
            value
        }
    }

    /// A value of a type, for a field of this name; `None` for an object inside itself.
    pub fn value(&mut self, name: &str, kind: FieldType) -> Option<Json> {
        Some(match kind {
            FieldType::Integer => json!(1),
            FieldType::Number => json!(0.5),
            FieldType::Boolean => json!(true),
            FieldType::StringEnum(known) => json!(known.first().copied().unwrap_or(name)),
            FieldType::IntegerEnum(known) => json!(known.first().copied().unwrap_or(1)),
            FieldType::List(items) => {
                let items: Vec<_> = self.value(name, items.get()).into_iter().collect();
                items.into()
            }
            FieldType::Map(items) => {
                let value = self.value(name, items.get());
                value.map(|value| ("key", value)).into_iter().collect()
            }
            FieldType::Object(object) => {
                let info = object.info();
                if self.outer.contains(&info) {
                    return None;
                }
                self.outer.push(info);
                let object: JsonObject = match kind.kinds().first() {
                    None => {
                        let fields = kind.fields().into_iter();
                        fields
                            .flat_map(|(info, kind)| self.entries(info, kind))
                            .collect()
                    }
                    Some(first) => {
                        let tag = info.fields().first().map_or("", FieldInfo::name);
                        let content = self.value(first.tag, first.of.get());
                        let content = content.map(|content| {
                            (first.content.name(), self.encoded(&first.content, content))
                        });
                        let entries = [(tag, first.tag.into())].into_iter().chain(content);
                        entries
                            .map(|(name, value)| (name.to_owned(), value))
                            .collect()
                    }
                };
                self.outer.pop();
                object.into()
            }
            FieldType::Json => json!({}),
            // A string, and types that a newer version may add.
            _ => json!(name),
        })
    }
}
