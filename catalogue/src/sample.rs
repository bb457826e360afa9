//! Example values, made from types.

use dingtalk_api::generated::{FieldInfo, FieldType, ModelInfo};
use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

/// Makes example values of types.
///
/// A string is the name of its field, a number is 1 or 0.5, a boolean is true, and an enum has its first known value.
#[derive(Debug)]
pub struct Sampler {
    /// Includes optional fields.
    whole: bool,
    /// The objects around the current value: recursion stops at an object that contains itself.
    outer: Vec<&'static ModelInfo>,
}

impl Sampler {
    /// Makes objects with all their fields, or with the required ones alone.
    pub fn new(whole: bool) -> Self {
        Self {
            whole,
            outer: Vec::new(),
        }
    }

    /// The value of a field; `None` if it is left out.
    pub fn field(&mut self, info: &'static FieldInfo, kind: FieldType) -> Option<Json> {
        if !(self.whole || info.is_required()) {
            return None;
        }
        self.value(info.name(), kind)
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
                let fields = kind.fields().into_iter();
                let fields = fields.filter_map(|(info, kind)| {
                    let value = self.field(info, kind)?;
                    Some((info.name().to_owned(), value))
                });
                let object: JsonObject = fields.collect();
                self.outer.pop();
                object.into()
            }
            FieldType::Json => json!({}),
            // A string, and types that a newer version may add.
            _ => json!(name),
        })
    }
}
