//! The spec as the tests read it: plain YAML values, looked up by the keys of the format.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::one_of::{self, Kinds};

/// A file or folder of the project, by its path from the root.
///
/// # Panics
/// If there is no such root above the package.
pub fn project(path: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = |folder: &&Path| folder.join("spec/platform.yaml").is_file();
    match package.ancestors().find(root) {
        Some(root) => root.join(path),
        None => panic!("no spec/platform.yaml above {}", package.display()),
    }
}

/// All of `spec/`.
#[derive(Debug)]
pub struct Spec {
    pub platform: Yaml,
    pub operations: Vec<Operation>,
    /// The types in each service's `_service.yaml`, by service.
    service_types: BTreeMap<String, Yaml>,
    /// The APIs that services name, by service.
    service_apis: BTreeMap<String, String>,
}

/// One operation: a YAML file, and what is asked of it often.
#[derive(Debug)]
pub struct Operation {
    pub service: String,
    pub action: String,
    pub method: String,
    pub path: String,
    pub yaml: Yaml,
}

/// A row of an operation's error table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorRow {
    pub status: u16,
    pub code: String,
    pub message: String,
}

impl Spec {
    /// The project's own `spec/`, which is read once.
    pub fn of_this_project() -> Arc<Self> {
        static SPEC: LazyLock<Arc<Spec>> = LazyLock::new(|| Arc::new(Spec::read(&project("spec"))));
        Arc::clone(&SPEC)
    }

    /// Of the project's own `spec/` these services alone: an example has no use for reading them all.
    ///
    /// # Panics
    /// If one cannot be read.
    pub fn of_services(names: &[&str]) -> Self {
        let mut spec = Self::of_platform(&project("spec"));
        for name in names {
            spec.add_service(&project("spec").join(name));
        }
        spec
    }

    /// Reads a folder in the format of `spec/`.
    ///
    /// # Panics
    /// If it cannot be read: no test can go on without it.
    pub fn read(folder: &Path) -> Self {
        let mut spec = Self::of_platform(folder);
        for service in entries(folder).into_iter().filter(|entry| entry.is_dir()) {
            // Lists for imports, and events, which are not called.
            if !["import", "events"].contains(&file_stem(&service).as_str()) {
                spec.add_service(&service);
            }
        }
        spec
    }

    fn of_platform(folder: &Path) -> Self {
        Self {
            platform: yaml(&folder.join("platform.yaml")),
            operations: Vec::new(),
            service_types: BTreeMap::new(),
            service_apis: BTreeMap::new(),
        }
    }

    fn add_service(&mut self, folder: &Path) {
        let name = file_stem(folder);
        for file in entries(folder) {
            if file.extension().is_none_or(|extension| extension != "yaml") {
                continue;
            }
            let mut content = yaml(&file);
            let shared = self.service_types.get(&name);
            one_of::spell_out(&mut content, shared.unwrap_or(&Yaml::Null), Kinds::First);
            if file_stem(&file) == "_service" {
                let types = content.get("types").cloned().unwrap_or(Yaml::Null);
                self.service_types.insert(name.clone(), types);
                if let Some(api) = text(&content, "api") {
                    self.service_apis.insert(name.clone(), api.to_owned());
                }
            } else {
                self.operations.push(Operation::new(&name, content, &file));
            }
        }
    }

    /// One operation.
    pub fn operation(&self, service: &str, action: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.service == service && operation.action == action)
    }

    /// The names of the services, sorted.
    pub fn services(&self) -> Vec<&str> {
        let mut names: Vec<_> = self.operations.iter().map(|o| o.service.as_str()).collect();
        names.dedup();
        names
    }

    /// The platform's first API.
    fn api(&self) -> &Yaml {
        let apis = self.platform["apis"].as_mapping();
        let first = apis.and_then(|apis| apis.values().next());
        first.unwrap_or(&Yaml::Null)
    }

    /// The API of an operation.
    pub fn api_of(&self, operation: &Operation) -> &Yaml {
        match self.service_apis.get(&operation.service) {
            Some(name) => &self.platform["apis"][name.as_str()],
            None => self.api(),
        }
    }

    /// Whether every reply of an operation has an envelope.
    pub fn has_envelope(&self, operation: &Operation) -> bool {
        self.api_of(operation)["envelope"]["every_reply"] == true
    }

    /// The query parameter that carries an operation's token, if no header does, or identifies its webhook.
    pub fn token_parameter<'a>(&'a self, operation: &'a Operation) -> Option<&'a str> {
        let token = || text(&self.api_of(operation)["token"], "query");
        operation.webhook().or_else(token)
    }

    /// How the requests of an operation are signed, if they are.
    pub fn signature(&self, operation: &Operation) -> Option<&Yaml> {
        let name = text(&operation.yaml, "signature")?;
        self.api_of(operation)["signatures"].get(name)
    }

    /// The header that carries the token.
    pub fn token_header(&self) -> &str {
        text(&self.api()["token"], "header").unwrap_or_default()
    }

    /// The header in which a reply carries its request id.
    pub fn request_id_header(&self) -> &str {
        list(self.api(), "request_id_headers")
            .first()
            .and_then(Yaml::as_str)
            .unwrap_or("x-acs-request-id")
    }

    /// The error with this code that any operation of the same API may give, if there is one.
    pub fn platform_error(&self, operation: &Operation, code: &str) -> Option<&Yaml> {
        list(self.api_of(operation), "errors")
            .iter()
            .find(|row| text(row, "code") == Some(code))
    }

    /// A type that is used by name: the operation's own, or its service's.
    pub fn named_type<'a>(&'a self, operation: &'a Operation, name: &str) -> Option<&'a Yaml> {
        let own = operation
            .yaml
            .get("types")
            .and_then(|types| types.get(name));
        own.or_else(|| self.service_types.get(&operation.service)?.get(name))
    }
}

impl Operation {
    fn new(service: &str, yaml: Yaml, file: &Path) -> Self {
        let key = |key| match text(&yaml, key) {
            Some(value) => value.to_owned(),
            None => panic!("{}: no `{key}`", file.display()),
        };
        Self {
            service: service.to_owned(),
            action: key("operation"),
            method: key("method"),
            path: key("path"),
            yaml,
        }
    }

    /// `service.Action`, as the tests name an operation.
    pub fn name(&self) -> String {
        format!("{}.{}", self.service, self.action)
    }

    /// Whether a request needs a token, or what identifies a webhook.
    pub fn needs_token(&self) -> bool {
        text(&self.yaml, "token") != Some("none") || self.webhook().is_some()
    }

    /// The parameter that identifies the webhook, if the operation is called with one.
    pub fn webhook(&self) -> Option<&str> {
        text(&self.yaml, "webhook")
    }

    /// The fields in one place of the request or in the reply (`path_params`, `query`, `headers`,
    /// `body`, `response`), in the order of the file.
    pub fn fields(&self, place: &str) -> Vec<(&str, &Yaml)> {
        fields(self.yaml.get(place))
    }

    /// The error table.
    pub fn errors(&self) -> Vec<ErrorRow> {
        list(&self.yaml, "errors")
            .iter()
            .map(|row| ErrorRow {
                status: status(row).unwrap_or(400),
                code: row.get("code").map(plain_text).unwrap_or_default(),
                message: row.get("message").map(plain_text).unwrap_or_default(),
            })
            .collect()
    }

    /// A part of the example as JSON, for example `["request", "body"]`.
    pub fn example(&self, keys: &[&str]) -> Option<Json> {
        let example = self.yaml.get("example")?;
        keys.iter()
            .try_fold(example, |value, key| value.get(key))
            .map(json)
    }
}

/// The entries of a mapping with text keys, in their order.
pub fn fields(mapping: Option<&Yaml>) -> Vec<(&str, &Yaml)> {
    let mapping = mapping.and_then(Yaml::as_mapping);
    mapping
        .into_iter()
        .flatten()
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
        .collect()
}

/// The text under a key.
pub fn text<'a>(value: &'a Yaml, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// The list under a key; empty if there is none.
pub fn list<'a>(value: &'a Yaml, key: &str) -> &'a [Yaml] {
    value
        .get(key)
        .and_then(Yaml::as_sequence)
        .map_or(&[], Vec::as_slice)
}

/// The HTTP status under the key `status`.
pub fn status(value: &Yaml) -> Option<u16> {
    value.get("status")?.as_u64()?.try_into().ok()
}

/// YAML as JSON. Whole numbers as keys become text, as JSON has no other keys.
pub fn json(value: &Yaml) -> Json {
    match serde_json::to_value(value) {
        Ok(json) => json,
        Err(error) => panic!("no JSON can hold {value:?}: {error}"),
    }
}

/// A scalar as the text it was written as: a code may be a number in YAML.
pub fn plain_text(value: &Yaml) -> String {
    match json(value) {
        Json::String(text) => text,
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

fn yaml(file: &Path) -> Yaml {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => panic!("{}: {error}", file.display()),
    };
    match serde_yaml::from_str(&text) {
        Ok(value) => value,
        Err(error) => panic!("{}: {error}", file.display()),
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) => panic!("{}: {error}", folder.display()),
    };
    let mut paths: Vec<_> = read.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn file_stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
