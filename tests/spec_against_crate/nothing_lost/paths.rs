//! The paths to all fields: in the YAML, and in the registry of operations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dingtalk_api::operation::{Description, FieldDescription, Type};
use serde_yaml::Value as Yaml;

use super::{read, spec};

/// Services that are not compiled in are left out; with the feature `full`, none is.
#[test]
fn the_registry_holds_all_that_the_spec_holds() {
    for service in dingtalk_api::services() {
        let Some(operations) = service.operations else {
            continue;
        };
        let folder = spec().join(service.name);
        let described: Vec<(String, BTreeSet<String>)> = operations
            .iter()
            .map(|operation| {
                (
                    operation.action.to_owned(),
                    registered(&operation.describe()),
                )
            })
            .collect();
        let mut here = paths_of_service(&folder);
        for (action, fields) in described {
            let there = here.remove(&action).unwrap_or_default();
            let lost: Vec<_> = there.symmetric_difference(&fields).collect();
            assert!(lost.is_empty(), "{}.{action}: {lost:?}", service.name);
        }
        assert!(
            here.is_empty(),
            "{}: the crate has no {:?}",
            service.name,
            here.keys()
        );
    }
}

/// The ways to all fields of an operation in the registry. An object inside itself is not entered again.
fn registered(operation: &Description) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut walk = Registered {
        types: &operation.types,
        inside: Vec::new(),
        found: &mut found,
    };
    let sections = [
        ("path_params", Some(&operation.path_params)),
        ("query", Some(&operation.query)),
        ("headers", Some(&operation.headers)),
        ("body", operation.body.as_ref()),
        ("response", operation.response.as_ref()),
    ];
    for (section, fields) in sections {
        if let Some(fields) = fields {
            walk.fields(section, fields);
        }
    }
    if let Some(whole) = &operation.body_type {
        walk.holds("body_type", &whole.field_type);
    }
    if let Some(whole) = &operation.response_type {
        // An object is one however it is described.
        walk.holds("response", whole);
    }
    found
}

struct Registered<'a> {
    types: &'a BTreeMap<String, Vec<FieldDescription>>,
    inside: Vec<&'a str>,
    found: &'a mut BTreeSet<String>,
}

impl<'a> Registered<'a> {
    fn fields(&mut self, path: &str, fields: &'a [FieldDescription]) {
        for field in fields {
            let path = format!("{path}.{}", field.name);
            // What a string holds that depends on a tag, `messages` compares.
            if field.kind.is_none() || field.encoding.is_none() {
                self.holds(&path, &field.field_type);
            }
            self.found.insert(path);
        }
    }

    fn holds(&mut self, path: &str, holds: &'a Type) {
        match holds {
            Type::List(inner) | Type::Map(inner) => self.holds(path, inner),
            Type::Type(name) if !self.inside.contains(&name.as_str()) => {
                if let Some(fields) = self.types.get(name) {
                    self.inside.push(name);
                    self.fields(path, fields);
                    self.inside.pop();
                }
            }
            _ => {}
        }
    }
}

/// The ways to all fields of each operation in a service's folder.
fn paths_of_service(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let files: Vec<Yaml> = fs::read_dir(folder)
        .unwrap()
        .map(|file| read(&file.unwrap().path()))
        .collect();
    let shared = files.iter().find(|file| file.get("operation").is_none());
    let operations = files
        .iter()
        .filter_map(|file| Some((file.get("operation")?.as_str()?, file)));
    let paths = operations.map(|(action, file)| {
        let mut found = BTreeSet::new();
        let types = [Some(file), shared]
            .into_iter()
            .flatten()
            .filter_map(|file| file.get("types"))
            .collect();
        let mut walk = Written {
            types,
            inside: Vec::new(),
            found: &mut found,
        };
        for section in ["path_params", "query", "headers", "body", "response"] {
            walk.fields(section, file.get(section));
        }
        for (whole, section) in [("body_type", "body_type"), ("response_type", "response")] {
            if let Some(whole) = file.get(whole) {
                walk.holds(section, whole);
            }
        }
        (action.to_owned(), found)
    });
    paths.collect()
}

struct Written<'a> {
    types: Vec<&'a Yaml>,
    inside: Vec<&'a str>,
    found: &'a mut BTreeSet<String>,
}

impl<'a> Written<'a> {
    fn fields(&mut self, path: &str, fields: Option<&'a Yaml>) {
        for (name, field) in fields.and_then(Yaml::as_mapping).into_iter().flatten() {
            let path = format!("{path}.{}", name.as_str().expect("a name"));
            self.holds(&path, field);
            self.found.insert(path);
        }
    }

    fn holds(&mut self, path: &str, holds: &'a Yaml) {
        for inner in ["list", "map"].into_iter().filter_map(|key| holds.get(key)) {
            self.holds(path, inner);
        }
        self.fields(path, holds.get("object"));
        let Some(name) = holds.as_str().or_else(|| holds.get("type")?.as_str()) else {
            return;
        };
        let def = self.types.iter().find_map(|types| types.get(name));
        if let (Some(def), false) = (def, self.inside.contains(&name)) {
            self.inside.push(name);
            self.fields(path, def.get("object"));
            self.inside.pop();
        }
    }
}
