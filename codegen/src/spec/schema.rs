//! Schemas that cannot be derived.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{EnumKey, Ordered, ScalarOrNamed};

impl<K: JsonSchema, V: JsonSchema> JsonSchema for Ordered<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Ordered_{}_{}", K::schema_name(), V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<V>();
        let mut schema = json_schema!({ "type": "object", "additionalProperties": values });
        let keys = generator.subschema_for::<K>();
        if keys != generator.subschema_for::<String>() {
            schema.insert("propertyNames".to_owned(), keys.into());
        }
        schema
    }
}

impl JsonSchema for ScalarOrNamed {
    fn schema_name() -> Cow<'static, str> {
        "TypeName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The name of a type.",
            "anyOf": [
                { "const": "string", "description": "UTF-8 text." },
                { "const": "integer", "description": "A whole number of 64 bits." },
                { "const": "number", "description": "A floating point number." },
                { "const": "boolean", "description": "True or false." },
                { "const": "file", "description": "A file to upload, in a multipart body." },
                { "const": "json", "description": "Any JSON." },
                { "type": "string", "description": "A type declared under `types`." },
            ],
        })
    }
}

impl JsonSchema for EnumKey {
    fn schema_name() -> Cow<'static, str> {
        "EnumKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A value as it stands on the wire: text, or a whole number for `type: integer`.",
            "type": ["string", "integer"],
        })
    }
}
