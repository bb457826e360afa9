//! Free JSON through serde: exact with `serde_json`, and as far as they go with other formats.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Json, JsonObject};
use crate::model::decode::DIGITS_KEY;

/// The name under which `serde_json` is asked for a value's own text, and the key under which it hands that on.
const TEXT_KEY: &str = "$serde_json::private::RawValue";

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Number(number) => match number.same() {
                Some(number) => number.serialize(to),
                None => RawValue::from_string(number.to_string())
                    .map_err(S::Error::custom)?
                    .serialize(to),
            },
            Self::String(text) => to.serialize_str(text),
            Self::Array(items) => items.serialize(to),
            Self::Object(object) => {
                let mut map = to.serialize_map(Some(object.len()))?;
                for (key, value) in object.iter() {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // Formats that have no text of a value give the value itself.
        from.deserialize_newtype_struct(TEXT_KEY, JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Json, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Json, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.is_empty() && (key == TEXT_KEY || key == DIGITS_KEY) {
                return entries.next_value_seed(TextSeed);
            }
            object.push((key, entries.next_value()?));
        }
        Ok(Json::Object(JsonObject::of(object)))
    }
}

/// A value's own text.
struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Json, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for TextSeed {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Json::of(text).map_err(E::custom)
    }
}

/// Free JSON to be read as something else, with the digits of its numbers: they go under the key under which `serde_json`
/// gives them.
pub(in crate::model) struct Exact<'a>(pub(in crate::model) &'a Json);

impl<'de> Deserializer<'de> for Exact<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        use serde::de::value::{MapDeserializer, SeqDeserializer};

        match self.0 {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Number(number) => {
                if let Some(value) = number.as_plain() {
                    return visitor.visit_i64(value);
                }
                let digits = std::iter::once((DIGITS_KEY, number.to_string()));
                visitor.visit_map(MapDeserializer::new(digits))
            }
            Json::String(text) => visitor.visit_borrowed_str(text),
            Json::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Exact))),
            Json::Object(object) => {
                let entries = object.iter();
                let entries = entries.map(|(key, value)| (key.as_str(), Exact(value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> serde::de::IntoDeserializer<'de, serde_json::Error> for Exact<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
