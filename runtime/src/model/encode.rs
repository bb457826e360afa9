//! Encoding: a view serializes as what it shows.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::{JSON_STRING, Model, View, json};

/// Encodes a model; what its `Serialize` calls. Fields that are not set are left out.
#[inline]
pub fn serialize<S: Serializer>(model: &dyn Model, to: S) -> Result<S::Ok, S::Error> {
    let mut out = to.serialize_map(None)?;
    for (index, info) in model.info().fields().iter().enumerate() {
        let view = model.get(index).view();
        match view {
            View::Unset => {}
            _ if info.has(JSON_STRING) => {
                out.serialize_entry(info.name(), &json_text::<S>(view)?)?;
            }
            View::String(value) => out.serialize_entry(info.name(), value)?,
            _ => out.serialize_entry(info.name(), &view)?,
        }
    }
    out.end()
}

#[cold]
fn json_text<S: Serializer>(view: View<'_>) -> Result<String, S::Error> {
    json::text(view).map_err(serde::ser::Error::custom)
}

impl Serialize for View<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match *self {
            View::Unset => to.serialize_unit(),
            View::String(value) => to.serialize_str(value),
            View::Integer(value) => to.serialize_i64(value),
            View::Number(value) => to.serialize_f64(value),
            View::Boolean(value) => to.serialize_bool(value),
            View::Json(value) => value.serialize(to),
            View::File(file) => to.serialize_str(&file.name),
            View::Object(model) => serialize(model, to),
            View::List(list) => {
                let count = list.count();
                let mut out = to.serialize_seq(Some(count))?;
                for index in 0..count {
                    out.serialize_element(&list.item(index))?;
                }
                out.end()
            }
            View::Map(map) => {
                let mut out = to.serialize_map(Some(map.count()))?;
                for (key, value) in map.entries() {
                    out.serialize_entry(key, &value)?;
                }
                out.end()
            }
        }
    }
}
