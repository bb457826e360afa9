//! Free JSON, and what the fields of requests and replies hold.
//!
//! A generated model answers four questions ([`Model`]): what its fields are called, where to read the i-th one, where
//! to write it, and what an empty model is. Encoding, decoding, `Debug`, `Clone` and `PartialEq` are written here
//! once, for all models, and the generated impls of the standard traits are one call each. That keeps a crate of ten
//! thousand models quick to compile: its function bodies are few and small, and none is compiled before it is used.

mod comma;
pub(crate) mod decode;
mod decode_nested;
pub(crate) mod element;
pub(crate) mod encode;
pub(crate) mod enumeration;
pub(crate) mod field_type;
mod file_part;
mod free;
pub(crate) mod json;
mod misfit;
pub(crate) mod one_of;
mod path;
mod same_key;
mod scalar;
pub(crate) mod standard;
pub(crate) mod table;
pub(crate) mod value_limit;
pub(crate) mod view;

pub(crate) use self::comma::joined;
pub(crate) use self::decode::{from_event, from_reply};
pub use self::element::Element;
pub use self::enumeration::{UnknownInteger, UnknownValue};
pub(crate) use self::field_type::{FieldType, Object, TypeOf};
pub use self::file_part::FilePart;
pub(crate) use self::file_part::{FileSource, OnceReader, Reader};
pub use self::free::{Json, JsonNumber, JsonObject};
pub(crate) use self::json::{body, to_vec};
pub use self::misfit::Misfit;
pub use self::one_of::UnknownKind;
pub(crate) use self::one_of::{Kind, OneOf, content_of_unknown};
pub(crate) use self::path::Path;
pub(crate) use self::same_key::same_key;
pub(crate) use self::scalar::boolean;
pub(crate) use self::table::{
    COMMA, Encoding, FLATTENED, FieldInfo, JSON_STRING, Location, Model, ModelInfo, fields,
};
pub use self::value_limit::ValueLimit;
pub(crate) use self::value_limit::{FieldLimits, of_field};
pub(crate) use self::view::{Entries, IntegerEnumSlot, Items, Slot, StringEnumSlot, View};

/// A map from strings, as the fields of a model have it.
pub type Map<T> = std::collections::BTreeMap<String, T>;
