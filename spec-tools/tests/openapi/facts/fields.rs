//! A field of the YAML against the schema that describes it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

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
        if let Some(one_of) = field.get("one_of") {
            let described = self.document.resolve(schema)["description"].is_string();
            assert!(described || field.get("doc").is_none(), "{at}: doc");
            return self.is_one_of(one_of, schema, at, request, seen);
        }
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
        let empty = serde_json::Map::new();
        let fields = fields.as_object().unwrap_or(&empty);
        let is_beside = |field: &Value| field["flatten"] == true;
        let (beside, fields): (Vec<_>, Vec<_>) =
            fields.iter().partition(|(_, field)| is_beside(field));
        let schema = match beside.as_slice() {
            [] => schema,
            [(name, field)] => {
                assert_eq!(keys(schema), ["allOf"], "{at}");
                let [object, one_of] = elements(&schema["allOf"]) else {
                    panic!("{at} is not an object with a one-of beside it: {schema}");
                };
                self.is_beside(field, one_of, &format!("{at}: {name}"), request, seen);
                object
            }
            _ => panic!("{at} has several one-ofs beside its fields"),
        };
        assert_eq!(schema["type"], "object", "{at}");
        let fields: serde_json::Map<String, Value> = fields
            .into_iter()
            .map(|(name, field)| (name.clone(), field.clone()))
            .collect();
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let names =
            |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&fields), names(properties), "{at}");
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
        for (name, field) in &fields {
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

    /// A one-of beside other fields: one that need not be there is that or nothing.
    fn is_beside(
        &self,
        field: &Value,
        schema: &Value,
        at: &str,
        request: bool,
        seen: &mut BTreeSet<String>,
    ) {
        if field["required"] == true && request {
            return self.fits(field, schema, at, request, seen);
        }
        assert_eq!(keys(schema), ["anyOf"], "{at}");
        let [one_of, absent] = elements(&schema["anyOf"]) else {
            panic!("{at} is neither there nor absent: {schema}");
        };
        assert_eq!(keys(absent), ["description"], "{at}");
        self.fits(field, one_of, at, request, seen);
    }

    /// A known kind, each with its tag and its content, or any other.
    fn is_one_of(
        &self,
        one_of: &Value,
        schema: &Value,
        at: &str,
        request: bool,
        seen: &mut BTreeSet<String>,
    ) {
        let schema = self.document.resolve(schema);
        let tag = one_of["tag"].as_str().expect("a tag");
        let kinds = one_of["kinds"].as_object().expect("kinds");
        let [known, other] = elements(&schema["anyOf"]) else {
            panic!("{at} is not open: {schema}");
        };
        assert_eq!(known["discriminator"]["propertyName"], tag, "{at}");
        let mapping = &known["discriminator"]["mapping"];
        assert_eq!(keys(mapping), kinds.keys().collect::<Vec<_>>(), "{at}");
        let mapped = mapping.as_object().into_iter().flatten();
        let mapped: Vec<_> = mapped.map(|(_, name)| json!({ "$ref": name })).collect();
        assert_eq!(elements(&known["oneOf"]), mapped, "{at}");
        let names: Vec<_> = kinds.keys().collect();
        let not = json!({ "type": "string", "not": { "enum": names } });
        let any_other = json!({ "type": "object", "required": [tag], "properties": { tag: not } });
        assert_eq!(other, &any_other, "{at}");
        for ((name, kind), reference) in kinds.iter().zip(&mapped) {
            let at = &format!("{at}: {name}");
            let schema = self.document.resolve(reference);
            assert_eq!(schema["type"], "object", "{at}");
            let content = one_of["content"].as_str().unwrap_or(name);
            // A content that lacks nothing may be absent.
            let mut inner = &schema["properties"][content];
            if one_of["encoding"] == "json_string" {
                inner = &inner["contentSchema"];
            }
            let mut required = vec![tag];
            if self.document.resolve(inner).get("required").is_some() {
                required.push(content);
            }
            assert_eq!(schema["required"], json!(required), "{at}");
            assert_eq!(
                schema.get("description").is_some(),
                kind.get("doc").is_some(),
                "{at}"
            );
            let properties = &schema["properties"];
            assert_eq!(keys(properties), [tag, content], "{at}");
            let value = json!({ "type": "string", "enum": [name] });
            assert_eq!(properties[tag], value, "{at}");
            let mut object = json!({ "object": kind["object"] });
            if let Some(encoding) = one_of.get("encoding") {
                object["encoding"] = encoding.clone();
            }
            self.fits(&object, &properties[content], at, request, seen);
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

/// The keys of an object, in their order.
fn keys(value: &Value) -> Vec<&str> {
    let entries = value.as_object().into_iter().flatten();
    entries.map(|(key, _)| key.as_str()).collect()
}

fn elements(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
