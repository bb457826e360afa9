//! A field of the YAML against the schema that describes it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Comparison;

impl Comparison<'_> {
    /// A field that the spec marks is marked.
    pub(super) fn marks(&self, field: &Value, holder: &Value, schema: &Value, at: &str) {
        for (key, node, mark) in [
            ("secret", schema, "x-dingtalk-secret"),
            ("idempotency_key", holder, "x-dingtalk-idempotency-key"),
            ("success_flag", holder, "x-dingtalk-success-flag"),
        ] {
            assert_eq!(
                node[mark] == true,
                field[key] == true,
                "{at} of {}: {key}",
                self.file
            );
        }
        for (key, limit) in [
            ("max_length", "maxLength"),
            ("max_bytes", "x-dingtalk-max-bytes"),
            ("min", "minimum"),
            ("max", "maximum"),
            ("max_items", "maxItems"),
            ("extensions", "x-dingtalk-extensions"),
            ("limits_by", "x-dingtalk-limits-by"),
        ] {
            assert_eq!(
                schema.get(limit),
                field.get(key),
                "{at} of {}: {key}",
                self.file
            );
        }
        let described = holder["description"].is_string() || holder.get("description").is_none();
        assert!(described, "{at}");
        if field["doc"].is_string() {
            assert!(holder["description"].is_string(), "{at} of {}", self.file);
        }
    }

    /// The schema describes the field's type.
    pub(super) fn fits(
        &self,
        field: &Value,
        schema: &Value,
        at: &str,
        request: bool,
        seen: &mut BTreeSet<String>,
    ) {
        let at = &format!("{at} of {}", self.file);
        let named = field.as_str().or_else(|| field["type"].as_str());
        if field["encoding"] == "json_string" {
            assert_eq!(schema["type"], "string", "{at}");
            assert_eq!(schema["contentMediaType"], "application/json", "{at}");
            let mut inner = field.clone();
            inner
                .as_object_mut()
                .and_then(|inner| inner.remove("encoding"));
            return self.fits(&inner, &schema["contentSchema"], at, request, seen);
        }
        if let Some(values) = field["enum"].as_object() {
            let integer = named == Some("integer");
            return self.is_enum(values.keys().map(String::as_str), integer, schema, at);
        }
        if let Some(element) = field.get("list") {
            assert_eq!(schema["type"], "array", "{at}");
            return self.fits(element, &schema["items"], at, request, seen);
        }
        if let Some(value) = field.get("map") {
            assert_eq!(schema["type"], "object", "{at}");
            return self.fits(value, &schema["additionalProperties"], at, request, seen);
        }
        if let Some(fields) = field.get("object") {
            return self.is_object(fields, self.document.resolve(schema), at, request, seen);
        }
        match named {
            Some("json") => assert!(schema.get("type").is_none() && schema.get("$ref").is_none()),
            Some("file") => {
                assert_eq!(schema["type"], "string", "{at}");
                assert_eq!(schema["format"], "binary", "{at}");
            }
            Some(scalar @ ("string" | "integer" | "number" | "boolean")) => {
                assert_eq!(schema["type"], scalar, "{at}");
            }
            Some(name) => {
                // Types may contain themselves.
                let reference = schema["$ref"].as_str().expect("a reference");
                if seen.insert(reference.to_owned()) {
                    let def = self.types.iter().find_map(|types| types.get(name));
                    self.fits(def.expect("a type"), schema, at, request, seen);
                }
            }
            None => panic!("{at} holds nothing"),
        }
    }

    fn is_object(
        &self,
        fields: &Value,
        schema: &Value,
        at: &str,
        request: bool,
        seen: &mut BTreeSet<String>,
    ) {
        assert_eq!(schema["type"], "object", "{at}");
        let empty = serde_json::Map::new();
        let fields = fields.as_object().unwrap_or(&empty);
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let names =
            |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(fields), names(properties), "{at}");
        let texts = |key: &str| {
            let texts = schema[key].as_array().into_iter().flatten();
            texts
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        let plain = texts("required");
        let relaxed =
            &texts("x-dingtalk-required-in-requests") | &texts("x-dingtalk-always-present");
        let required = fields.iter().filter(|(_, field)| field["required"] == true);
        let required: BTreeSet<_> = required.map(|(name, _)| name.clone()).collect();
        assert_eq!(&plain | &relaxed, required, "{at}");
        assert!(
            request || plain.is_empty(),
            "a reply relies on {plain:?}: {at}"
        );
        for (name, field) in fields {
            let property = &properties[name];
            let at = format!("{at}: {name}");
            let mut schema = property;
            if field["encoding"] == "comma" {
                assert_eq!(property["type"], "string", "{at}");
                assert_eq!(property["x-dingtalk-encoding"], "comma", "{at}");
                schema = &property["x-dingtalk-schema"];
            }
            self.marks(field, property, schema, &at);
            self.fits(field, schema, &at, request, seen);
        }
    }

    fn is_enum<'v>(
        &self,
        values: impl Iterator<Item = &'v str>,
        integer: bool,
        schema: &Value,
        at: &str,
    ) {
        let kind = if integer { "integer" } else { "string" };
        let schema = self.document.resolve(schema);
        let known = schema["anyOf"][0]["enum"]
            .as_array()
            .expect("values")
            .iter();
        let known = known.map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        let values: BTreeSet<_> = values.map(str::to_owned).collect();
        assert_eq!(known.collect::<BTreeSet<_>>(), values, "{at}");
        for alternative in schema["anyOf"].as_array().into_iter().flatten() {
            assert_eq!(alternative["type"], kind, "{at}");
        }
        assert!(
            schema["anyOf"][1].get("enum").is_none(),
            "the enum is open: {at}"
        );
    }
}
