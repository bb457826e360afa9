//! A document, to be looked at.

use serde_json::Value;

use crate::common::{self, Files};

pub(crate) struct Document {
    pub(crate) root: Value,
}

/// The text of a spec's document, of some services or, if none are named, of all.
pub(crate) fn text(files: &Files, services: &[&str]) -> String {
    let spec = common::check(files).expect("a good spec");
    let document = dingtalk_codegen::openapi::document(&spec, services);
    document.expect("known services").to_string()
}

impl Document {
    pub(crate) fn of(files: &Files) -> Self {
        Self::parse(&text(files, &[]))
    }

    pub(crate) fn parse(text: &str) -> Self {
        Self {
            root: serde_json::from_str(text).expect("JSON"),
        }
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
        let found = self.operations().find(|(_, _, operation)| {
            operation["tags"][0] == service && operation["x-dingtalk-action"] == action
        });
        found.unwrap_or_else(|| panic!("no operation {service}/{action}"))
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
