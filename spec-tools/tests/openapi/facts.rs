//! The document held against the spec's YAML, which is read here without the generator.

mod fields;
mod parameters;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::common::Files;
use crate::document::Document;

/// Compares all that the YAML says of the API that is meant if none is named.
pub(crate) fn compare(files: &Files, document: &Document) {
    compare_api(files, FIRST, document);
}

/// The API that is meant if none is named.
const FIRST: &str = "api";

/// Compares all that the YAML says of an API.
pub(crate) fn compare_api(files: &Files, api: &str, document: &Document) {
    let root = yaml(&files["platform.yaml"]);
    let platform = &root["apis"][api];
    let glossary = files.get("glossary.yaml");
    let glossary = glossary.map_or(Value::Null, |text| yaml(text));
    let (mut count, mut events) = (0, 0);
    for (file, text) in files {
        let Some((service, name)) = file.split_once('/') else {
            continue;
        };
        if service == "events" {
            if api == FIRST && !name.ends_with("_group.yaml") {
                event(file, &yaml(text), platform, document);
                events += 1;
            }
            continue;
        }
        if name == "_service.yaml" {
            continue;
        }
        let shared = files.get(&format!("{service}/_service.yaml"));
        let shared = shared.map_or(Value::Null, |text| yaml(text));
        if shared["api"].as_str().unwrap_or(FIRST) != api {
            continue;
        }
        let spec = yaml(text);
        let action = spec["operation"].as_str().expect("an operation");
        let (path, method, operation) = document.operation(service, action);
        Comparison {
            file,
            document,
            platform,
            known_errors: &glossary["errors"],
            types: [&spec["types"], &shared["types"]],
            spec: &spec,
            operation,
        }
        .all(path, method);
        count += 1;
    }
    assert_eq!(count, document.operations().count());
    let webhooks = document.root["webhooks"].as_object();
    assert_eq!(events, webhooks.map_or(0, serde_json::Map::len));
    of_platform(platform, document);
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// Compares an event with its webhook.
fn event(file: &str, spec: &Value, platform: &Value, document: &Document) {
    let id = file.strip_suffix(".yaml").expect("a YAML file");
    let id = id.replace('/', "_");
    let operation = &document.root["webhooks"][&id]["post"];
    let same = |what: &str, key: &str| {
        assert_eq!(spec.get(what), operation.get(key), "{what} of {file}");
    };
    for key in ["event", "topic", "title", "permission", "delivery"] {
        same(key, &format!("x-dingtalk-{key}"));
    }
    same("app_types", "x-dingtalk-app-types");
    same("summary", "summary");
    assert_eq!(operation["operationId"], id);
    let comparison = Comparison {
        file,
        document,
        platform,
        known_errors: &Value::Null,
        types: [&Value::Null, &Value::Null],
        spec,
        operation,
    };
    let fits = |fields: &Value, media: &Value, at: &str, sent: bool| {
        let object = json!({ "object": fields });
        comparison.fits(&object, &media["schema"], at, sent, &mut BTreeSet::new());
    };
    let media = &operation["requestBody"]["content"]["application/json"];
    fits(&spec["data"], media, "data", false);
    assert_eq!(spec.get("example"), media.get("example"), "{file}");
    let media = &operation["responses"]["200"]["content"]["application/json"];
    match spec.get("response") {
        // The reply to an event is the app's, which sends what is required.
        Some(fields) => fits(fields, media, "response", true),
        None => assert_eq!(media, &Value::Null, "{file}"),
    }
}

fn of_platform(spec: &Value, document: &Document) {
    let servers = spec["servers"].as_object().expect("servers");
    let described = document.root["servers"].as_array().expect("servers");
    assert_eq!(servers.len(), described.len());
    for server in described {
        let name = server["x-dingtalk-name"].as_str().expect("a name");
        assert_eq!(server["url"], servers[name]["url"]);
    }
    let scheme = &document.root["components"]["securitySchemes"]["accessToken"];
    let place = scheme["in"].as_str().expect("a place");
    assert_eq!(json!({ place: scheme["name"] }), spec["token"]);
    let rows = &document.root["components"]["responses"]["PlatformError"]["x-dingtalk-errors"];
    let rows = rows.as_array().into_iter().flatten();
    let rows = rows.map(|row| (&row["code"], &row["class"], &row["statuses"]));
    let errors = spec["errors"].as_array().into_iter().flatten();
    let errors = errors.map(|row| (&row["code"], &row["class"], &row["status"]));
    assert!(rows.eq(errors));
}

struct Comparison<'a> {
    file: &'a str,
    document: &'a Document,
    /// The API in the spec of the platform.
    platform: &'a Value,
    /// The glossary's, which fill in what rows lack.
    known_errors: &'a Value,
    types: [&'a Value; 2],
    spec: &'a Value,
    operation: &'a Value,
}

impl Comparison<'_> {
    fn all(&self, path: &str, method: &str) {
        let Self {
            spec, operation, ..
        } = self;
        let same = |what: &str, key: &str| {
            assert_eq!(
                spec.get(what),
                operation.get(key),
                "{what} of {}",
                self.file
            );
        };
        same("summary", "summary");
        same("title", "x-dingtalk-title");
        same("permission", "x-dingtalk-permission");
        same("app_types", "x-dingtalk-app-types");
        same("paging", "x-dingtalk-paging");
        same("max_bytes", "x-dingtalk-max-bytes");
        assert_eq!(spec.get("source"), operation["externalDocs"].get("url"));
        assert_eq!(
            spec["method"].as_str().map(str::to_lowercase).as_deref(),
            Some(method)
        );
        assert_eq!(blank(spec["path"].as_str().expect("a path")), blank(path));
        let open = (spec["token"] == "none").then(|| json!([]));
        assert_eq!(operation.get("security"), open.as_ref(), "{}", self.file);
        let tokens = match &spec["token"] {
            Value::String(one) => Some(json!([one])),
            Value::Null => None,
            several => Some(several.clone()),
        };
        let described = operation.get("x-dingtalk-tokens");
        assert_eq!(described, tokens.as_ref(), "{}", self.file);
        let natural = ["get", "put", "delete"].contains(&method);
        let idempotent = spec["idempotent"].as_bool().unwrap_or(natural);
        assert_eq!(
            operation["x-dingtalk-idempotent"], idempotent,
            "{}",
            self.file
        );
        for (key, place) in [
            ("path_params", "path"),
            ("query", "query"),
            ("headers", "header"),
        ] {
            self.parameters(&spec[key], place);
        }
        self.sent_by_clients();
        self.body();
        self.reply();
        self.errors();
    }

    fn body(&self) {
        let described = self.operation.get("requestBody");
        let media_type = match self.spec["encoding"].as_str() {
            None => "application/json",
            Some("form") => "application/x-www-form-urlencoded",
            Some("multipart") => "multipart/form-data",
            Some(other) => panic!("{other} of {}", self.file),
        };
        let media = described.map(|body| {
            assert_eq!(
                body["content"].as_object().map(serde_json::Map::len),
                Some(1)
            );
            &body["content"][media_type]
        });
        let example = &joined(&self.spec["body"], &self.spec["example"]["request"]["body"]);
        match (self.spec.get("body"), self.spec.get("body_type"), media) {
            (Some(fields), None, Some(media)) => {
                let fields = if fields.is_null() { &json!({}) } else { fields };
                let object = json!({ "object": fields });
                self.fits(
                    &object,
                    &media["schema"],
                    "body",
                    true,
                    &mut BTreeSet::new(),
                );
                assert_eq!(&media["example"], example, "{}", self.file);
            }
            (None, Some(whole), Some(media)) => {
                self.fits(whole, &media["schema"], "body", true, &mut BTreeSet::new());
                assert_eq!(&media["example"], example, "{}", self.file);
            }
            (None, None, None) => {}
            _ => panic!("the body of {}", self.file),
        }
    }

    fn reply(&self) {
        let example = &self.spec["example"]["response"];
        let status = example["status"].as_u64().unwrap_or(200).to_string();
        let reply = &self.operation["responses"][&status];
        let media = reply
            .get("content")
            .map(|content| &content["application/json"]);
        let fields = self
            .spec
            .get("response")
            .filter(|fields| **fields != json!({}));
        let whole = self.spec.get("response_type");
        let object = fields.map(|fields| json!({ "object": fields }));
        if self.platform["envelope"]["every_reply"] == true {
            let parts = &media.expect("an envelope")["schema"]["allOf"];
            assert_eq!(
                parts[0]["$ref"], "#/components/schemas/Error",
                "{}",
                self.file
            );
            let (field, schema) = (object.as_ref().or(whole), parts.get(1));
            let (Some(field), Some(mut schema)) = (field, schema) else {
                assert_eq!((field, schema), (None, None), "{}", self.file);
                return;
            };
            if let Some(name) = self.spec["response_field"].as_str() {
                let around = schema["properties"].as_object().expect("properties");
                assert_eq!(around.keys().collect::<Vec<_>>(), [name], "{}", self.file);
                schema = &around[name];
            }
            return self.fits(field, schema, "reply", false, &mut BTreeSet::new());
        }
        match (object.as_ref().or(whole), media) {
            (Some(field), Some(media)) => {
                self.fits(
                    field,
                    &media["schema"],
                    "reply",
                    false,
                    &mut BTreeSet::new(),
                );
                assert_eq!(media["example"], example["body"], "{}", self.file);
            }
            (None, None) => {}
            _ => panic!("the reply of {}", self.file),
        }
    }

    fn errors(&self) {
        let responses = self.operation["responses"].as_object().expect("responses");
        assert!(responses.contains_key("default"));
        let mut rows = self.spec["errors"].as_array().cloned().unwrap_or_default();
        for row in &mut rows {
            let known = &self.known_errors[row["code"].as_str().expect("a code")];
            for key in ["doc", "class"] {
                if row[key].is_null() {
                    row[key] = known[key].clone();
                }
            }
        }
        rows.sort_by_key(|row| row["status"].as_u64());
        let described = responses.iter().flat_map(|(status, response)| {
            let rows = response["x-dingtalk-errors"]
                .as_array()
                .into_iter()
                .flatten();
            rows.map(move |row| (status.clone(), row))
        });
        let keys = |row: &Value, doc: &str| {
            [&row["code"], &row["message"], &row["class"], &row[doc]].map(Clone::clone)
        };
        let described: Vec<_> = described
            .map(|(status, row)| (status, keys(row, "description")))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row["status"].to_string(), keys(row, "doc")))
            .collect();
        assert_eq!(described, rows, "{}", self.file);
    }
}

/// The example of a body with its lists joined where commas join them.
fn joined(fields: &Value, example: &Value) -> Value {
    let mut example = example.clone();
    for (name, field) in fields.as_object().into_iter().flatten() {
        if field["encoding"] == "comma"
            && let Some(items) = example[name].as_array()
        {
            let items = items.iter();
            let items = items.map(|item| item.as_str().map_or(item.to_string(), str::to_owned));
            let text = items.collect::<Vec<_>>().join(",");
            example[name] = text.into();
        }
    }
    example
}

/// A path without the names of its values.
fn blank(path: &str) -> Vec<&str> {
    let parts = path.split('{');
    parts
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect()
}
