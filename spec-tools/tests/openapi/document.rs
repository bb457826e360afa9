//! A document, to be looked at.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::common::{self, Files};

pub(crate) struct Document {
    pub(crate) root: Value,
    /// Path and method by operation id.
    places: BTreeMap<String, (String, String)>,
}

/// The text of a spec's document, of some services or, if none are named, of all.
pub(crate) fn text(files: &Files, services: &[&str]) -> String {
    let spec = common::check(files).expect("a good spec");
    let document = dingtalk_spec::openapi::document(&spec, None, services);
    document.expect("known services").to_string()
}

/// The names of a spec's APIs, the first first.
pub(crate) fn apis(files: &Files) -> Vec<String> {
    let spec = common::check(files).expect("a good spec");
    let apis = spec.platform.apis.iter();
    apis.map(|(name, _)| name.clone()).collect()
}

impl Document {
    pub(crate) fn of(files: &Files) -> Self {
        Self::parse(&text(files, &[]))
    }

    pub(crate) fn of_api(files: &Files, api: &str) -> Self {
        let spec = common::check(files).expect("a good spec");
        let none: [&str; 0] = [];
        let made = dingtalk_spec::openapi::document(&spec, Some(api), &none);
        Self::parse(&made.expect("a known API").to_string())
    }

    pub(crate) fn parse(text: &str) -> Self {
        let mut document = Self {
            root: serde_json::from_str(text).expect("JSON"),
            places: BTreeMap::new(),
        };
        let places = document.operations().map(|(path, method, operation)| {
            let id = operation["operationId"].as_str().expect("an id");
            (id.to_owned(), (path.to_owned(), method.to_owned()))
        });
        document.places = places.collect();
        document
    }

    /// Path, method and description of each operation.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.root["paths"].as_object().expect("paths");
        paths.iter().flat_map(|(path, item)| {
            let item = item.as_object().expect("a path item");
            item.iter()
                .map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
    }

    /// An operation with its path and method.
    pub(crate) fn operation(&self, service: &str, action: &str) -> (&str, &str, &Value) {
        let place = self.places.get(&format!("{service}_{action}"));
        let (path, method) = place.unwrap_or_else(|| panic!("no operation {service}/{action}"));
        let operation = &self.root["paths"][path][method];
        assert_eq!(operation["tags"], json!([service]));
        assert_eq!(operation["x-dingtalk-action"], action);
        (path, method, operation)
    }

    /// The names of all schemas.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &str> {
        let schemas = self.root["components"]["schemas"]
            .as_object()
            .expect("schemas");
        schemas.keys().map(String::as_str)
    }

    /// What a reference leads to, or the node itself.
    pub(crate) fn resolve<'a>(&'a self, node: &'a Value) -> &'a Value {
        let Some(reference) = node["$ref"].as_str() else {
            return node;
        };
        let pointer = reference.strip_prefix('#').expect("a reference within");
        let found = self.root.pointer(pointer);
        found.unwrap_or_else(|| panic!("{reference} leads nowhere"))
    }
}
