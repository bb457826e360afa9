//! What any `OpenAPI` document must be, whatever it says.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::document::Document;

pub(crate) fn check(document: &Document) {
    assert_eq!(document.root["openapi"], "3.1.0");
    references(document, &document.root);
    paths(document);
    names(document);
    examples(document);
}

/// Each reference leads somewhere.
fn references(document: &Document, node: &Value) {
    match node {
        Value::Object(object) => {
            if object.get("$ref").is_some_and(Value::is_string) {
                document.resolve(node);
            }
            object
                .values()
                .for_each(|inner| references(document, inner));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(document, inner)),
        _ => {}
    }
}

/// No two paths differ in names alone, and each operation describes the names that its path has.
fn paths(document: &Document) {
    let mut shapes = BTreeSet::new();
    for path in document.root["paths"].as_object().expect("paths").keys() {
        let (shape, _) = parts(path);
        assert!(shapes.insert(shape), "{path} is there twice");
    }
    for (path, method, operation) in document.operations() {
        let (_, names) = parts(path);
        let parameters = operation["parameters"].as_array();
        let described: Vec<_> = parameters
            .into_iter()
            .flatten()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| {
                assert_eq!(parameter["required"], true, "{method} {path}");
                parameter["name"].as_str().expect("a name")
            })
            .collect();
        assert_eq!(described, names, "{method} {path}");
        let mut known = BTreeSet::new();
        for parameter in parameters.into_iter().flatten() {
            let key = (parameter["in"].as_str(), parameter["name"].as_str());
            assert!(known.insert(key), "{key:?} is there twice");
            let (schema, content) = (parameter.get("schema"), parameter.get("content"));
            assert!(schema.is_some() != content.is_some(), "{key:?}");
        }
    }
}

fn parts(path: &str) -> (String, Vec<&str>) {
    let mut shape = String::new();
    let mut names = Vec::new();
    for part in path.split('{') {
        match part.split_once('}') {
            Some((name, rest)) => {
                names.push(name);
                shape.push_str("{}");
                shape.push_str(rest);
            }
            None => shape.push_str(part),
        }
    }
    (shape, names)
}

/// Names are unique and of the allowed form, also where a generator makes identifiers of them.
fn names(document: &Document) {
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let mut known = BTreeSet::new();
    for (_, _, operation) in document.operations() {
        let id = operation["operationId"].as_str().expect("an id");
        assert!(known.insert(letters(id)), "{id} is there twice");
    }
    let mut known = BTreeSet::new();
    for name in document.schemas() {
        let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        assert!(!name.is_empty() && name.chars().all(allowed), "{name}");
        assert!(known.insert(letters(name)), "{name} is there twice");
    }
}

/// Each schema is a good one, and each example of a body fits its schema.
fn examples(document: &Document) {
    let all = json!({ "$defs": document.root["components"]["schemas"] });
    if let Err(error) = jsonschema::meta::validate(&all) {
        panic!("{}: {error}", error.instance_path());
    }
    for (path, method, operation) in document.operations() {
        let responses = operation["responses"].as_object().expect("responses");
        let replies = responses
            .values()
            .map(|response| document.resolve(response));
        for body in replies.chain(operation.get("requestBody")) {
            for media in body["content"]
                .as_object()
                .into_iter()
                .flat_map(Map::values)
            {
                let several = media["examples"].as_object();
                let several = several.into_iter().flat_map(Map::values);
                let several = several.map(|example| &example["value"]);
                for example in media.get("example").into_iter().chain(several) {
                    fits(
                        document,
                        &media["schema"],
                        example,
                        &format!("{method} {path}"),
                    );
                }
            }
        }
    }
}

fn fits(document: &Document, schema: &Value, example: &Value, place: &str) {
    let mut used = Map::new();
    reach(document, schema, &mut used);
    let schema = json!({ "allOf": [schema], "components": { "schemas": used } });
    let validator = jsonschema::validator_for(&schema).expect("a good schema");
    if let Err(error) = validator.validate(example) {
        panic!("the example of {place} does not fit: {error}");
    }
}

/// Gathers the schemas that one refers to.
fn reach(document: &Document, node: &Value, used: &mut Map<String, Value>) {
    match node {
        Value::Object(object) => {
            let reference = object.get("$ref").and_then(Value::as_str);
            let name = reference.and_then(|text| text.strip_prefix("#/components/schemas/"));
            if let Some(name) = name.filter(|name| !used.contains_key(*name)) {
                let schema = document.resolve(node);
                used.insert(name.to_owned(), schema.clone());
                reach(document, schema, used);
            }
            object
                .values()
                .for_each(|inner| reach(document, inner, used));
        }
        Value::Array(items) => items.iter().for_each(|inner| reach(document, inner, used)),
        _ => {}
    }
}
