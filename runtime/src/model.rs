//! Models: structs whose fields the runtime reaches through a table.
//!
//! A generated model answers four questions ([`Model`]): what its fields are called, where the i-th
//! one is to be read, where it is to be written, and what an empty model is. Encoding, decoding,
//! `Debug`, `Clone` and `PartialEq` are written here once, for all of them, and the generated impls
//! of the standard traits are one call each. That is what keeps a crate of ten thousand models
//! quick to compile: its function bodies are few and small, and none is compiled before it is used.
//!
//! Generated code imports this module under the name `m` and takes everything from it, so that no
//! generated type's name can collide with what it needs.

mod decode;
mod decode_nested;
mod element;
mod encode;
mod enumeration;
mod free;
mod json;
mod kind;
mod misfit;
mod path;
mod scalar;
mod standard;
mod table;
mod view;

pub use std::fmt;

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::operation::{FailedElement, failed};
pub use crate::{__integer_enum as integer_enum, __model as model, __string_enum as string_enum};
pub(crate) use decode::from_reply;
pub use decode::{deserialize, from_slice};
pub use element::{Element, blank};
pub use encode::serialize;
pub use enumeration::{
    EnumNumber, EnumText, IntegerEnum, StringEnum, UnknownInteger, UnknownValue,
    deserialize_number, deserialize_text, number, text,
};
pub use free::{Json, JsonNumber, JsonObject};
pub use json::{body, to_vec};
pub use kind::{Kind, KindOf, Object, ObjectData};
pub use misfit::Misfit;
pub(crate) use path::Path;
pub(crate) use scalar::boolean;
pub use standard::{clone, debug, equal};
pub use table::{
    BODY, COMMA, Encoding, Field, FieldInfo, Fields, HEADER, IDEMPOTENCY_KEY, INDEXED, JSON_STRING,
    Location, Model, ModelInfo, PATH, QUERY, REQUIRED, SECRET, SUCCESS_FLAG, fields,
};
pub use view::{Entries, Items, NumberPlace, Slot, TextPlace, View};

/// A map from strings, as the fields of a model have it.
pub type Map<T> = std::collections::BTreeMap<String, T>;
