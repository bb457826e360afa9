//! The type of a field, for code that handles models at run time.

use super::{FieldInfo, Json, Model};

/// The type of a field.
///
/// It is derived from the field's Rust type, so generated code does not repeat it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FieldType {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Free JSON.
    Json,
    /// A string enum; the values that are known.
    StringEnum(&'static [&'static str]),
    /// An integer enum; the values that are known.
    IntegerEnum(&'static [i64]),
    /// A model; makes an empty one.
    Object(fn() -> Box<dyn Model>),
    /// A list; what its items are.
    List(fn() -> FieldType),
    /// A map from strings; what its values are.
    Map(fn() -> FieldType),
}

impl FieldType {
    /// The fields of an object, each with what it holds; none of anything else.
    ///
    /// An object may contain its own type: a walk over nested fields must stop somewhere.
    pub fn fields(self) -> Vec<(&'static FieldInfo, Self)> {
        let Self::Object(make) = self else {
            return Vec::new();
        };
        let model = make();
        let infos = model.info().fields().iter().enumerate();
        infos
            .map(|(index, info)| (info, model.get(index).field_type()))
            .collect()
    }

    /// Whether a value can be read as this, as far as its outside tells. It is the rule by which decoding refuses a
    /// value as a whole, for those who take the value as JSON.
    pub(crate) fn takes(self, value: &Json) -> bool {
        match (self, value) {
            (Self::Json, _) | (Self::Object(_) | Self::Map(_), Json::Object(_)) => true,
            (Self::List(_), value) => matches!(value, Json::Array(_)),
            (Self::Object(_) | Self::Map(_), _) => false,
            (_, value) => !matches!(value, Json::Null | Json::Array(_) | Json::Object(_)),
        }
    }

    /// What it is, in an error's words.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::String | Self::StringEnum(_) => "a string",
            Self::Integer | Self::IntegerEnum(_) => "an integer",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Json => "JSON",
            Self::Object(_) | Self::Map(_) => "an object",
            Self::List(_) => "a list",
        }
    }
}
