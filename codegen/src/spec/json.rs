use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Ordered;

/// JSON written as YAML, with no key twice and no number that JSON does not have.
struct Json(Value);

/// A value that may be absent.
pub(super) fn value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    let json = Option::<Json>::deserialize(deserializer)?;
    Ok(json.map(|json| json.0))
}

/// Values by name.
pub(super) fn map<'de, D>(deserializer: D) -> Result<Ordered<String, Value>, D::Error>
where
    D: Deserializer<'de>,
{
    let map = Ordered::<String, Json>::deserialize(deserializer)?;
    Ok(map.map_values(|json| json.0))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = Json;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value that JSON has")
            }
            fn visit_unit<E: Error>(self) -> Result<Json, E> {
                Ok(Json(Value::Null))
            }
            fn visit_none<E: Error>(self) -> Result<Json, E> {
                Ok(Json(Value::Null))
            }
            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Json, D::Error> {
                Json::deserialize(inner)
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
                Ok(Json(Value::Bool(value)))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
                Ok(Json(value.into()))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
                Ok(Json(value.into()))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
                let number = Number::from_f64(value);
                number
                    .map(|n| Json(n.into()))
                    .ok_or_else(|| E::custom("JSON has no such number"))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
                Ok(Json(value.into()))
            }
            fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
                Ok(Json(value.into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
                let mut items = Vec::new();
                while let Some(Json(item)) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Json(items.into()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut entries = Map::new();
                while let Some((key, Json(value))) = map.next_entry::<String, Json>()? {
                    if entries.contains_key(&key) {
                        return Err(A::Error::custom(format!("duplicate key `{key}`")));
                    }
                    entries.insert(key, value);
                }
                Ok(Json(entries.into()))
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}
