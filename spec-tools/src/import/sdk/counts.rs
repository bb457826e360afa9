//! How much is in the package: counted by a walk of its own, so that a test can tell whether all of it is in the spec.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use dingtalk_codegen::files;
use serde::Deserialize;

use super::models::REQUIRED;
use super::python::{Node, Source};
use crate::sources::{IMPORT, read_text};

const FILE: &str = "counts.yaml";

const HEAD: &str = "\
# What the official package holds, counted in its Python classes by the import, which writes this file. The spec must hold
# at least as much: a test compares them. Classes that say nothing of the platform are not counted: those around replies,
# those of texts made of other classes, those without fields, and of headers the fields that all have.
";

/// What the package holds.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counts {
    /// The version of the package.
    version: Option<String>,
    /// The services by name.
    services: BTreeMap<String, Count>,
}

/// What a service holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    operations: usize,
    models: usize,
    fields: usize,
    required: usize,
    path_values: usize,
}

impl Count {
    /// Counts what the files of a service hold.
    pub(super) fn of(models: &Source, client: &Source) -> Self {
        let mut count = Self::default();
        for class in models
            .root()
            .parts()
            .into_iter()
            .filter(|node| node.kind() == "class_definition")
        {
            count.class(class);
        }
        let functions = client
            .root()
            .walk()
            .filter(|node| node.kind() == "function_definition" && !node.is_async());
        for call in functions
            .flat_map(calls)
            .filter(|call| function(*call) == "open_api_models.Params")
        {
            count.operations += 1;
            count.path_values += call
                .walk()
                .filter(|node| node.kind() == "interpolation")
                .count();
        }
        count
    }

    fn class(&mut self, class: Node<'_>) {
        let init = class
            .walk()
            .find(|node| node.kind() == "function_definition" && name(*node) == "__init__");
        let Some(init) = init else { return };
        let parameters: Vec<&str> = init
            .walk()
            .filter(|node| node.kind() == "typed_default_parameter")
            .map(name)
            .collect();
        let has = |name| parameters.contains(&name);
        let headers = has("common_headers");
        let around_reply = has("status_code") && has("headers");
        if parameters.is_empty() || around_reply || name(class).ends_with("ShrinkRequest") {
            return;
        }
        let of_all =
            |name: &&str| matches!(*name, "common_headers" | "x_acs_dingtalk_access_token");
        self.models += usize::from(!headers);
        self.fields += parameters
            .iter()
            .filter(|name| !(headers && of_all(name)))
            .count();
        self.required += init
            .walk()
            .filter(|node| node.kind() == "comment" && node.text() == REQUIRED)
            .count();
    }
}

fn calls(function: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    function.walk().filter(|node| node.kind() == "call")
}

fn function(call: Node<'_>) -> &str {
    call.field("function").map_or("", Node::text)
}

fn name(node: Node<'_>) -> &str {
    node.field("name").map_or("", Node::text)
}

/// Writes what was counted; of services that were not read what is there stays. True if the file changed.
pub(super) fn write(
    spec: &Path,
    version: Option<&str>,
    counted: BTreeMap<String, Count>,
    all: bool,
) -> io::Result<bool> {
    let path = spec.join(IMPORT).join(FILE);
    let before = match read_text(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let mut services = if all || before.is_empty() {
        BTreeMap::new()
    } else {
        let known: Counts = serde_yaml::from_str(&before).map_err(io::Error::other)?;
        known.services
    };
    services.extend(counted);
    let mut text = format!(
        "{HEAD}version: {}\n\nservices:\n",
        version.unwrap_or("unknown")
    );
    for (name, count) in services {
        let Count {
            operations,
            models,
            fields,
            required,
            path_values,
        } = count;
        let _ = writeln!(
            text,
            "  {name}: {{ operations: {operations}, models: {models}, fields: {fields}, required: {required}, path_values: {path_values} }}"
        );
    }
    if text == before {
        return Ok(false);
    }
    files::write(&path, &text)?;
    Ok(true)
}
