//! The spec as YAML, read without the generator, and a walk over its fields.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_yaml::{Mapping, Value as Yaml};

use crate::one_of::{self, Kinds};

/// The folder `spec/`.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("spec")
}

/// A file of it.
pub fn file(path: &str) -> Yaml {
    let path = folder().join(path);
    let text = fs::read_to_string(&path).unwrap();
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All operations by name, as `im_1_0/CreateGroup`, and each service's shared types.
pub struct Spec {
    pub operations: BTreeMap<String, Yaml>,
    pub shared: BTreeMap<String, Mapping>,
}

impl Spec {
    /// The project's, which is read once.
    pub fn get() -> &'static Self {
        static SPEC: LazyLock<Spec> = LazyLock::new(Spec::read);
        &SPEC
    }

    fn read() -> Self {
        let mut spec = Self {
            operations: BTreeMap::new(),
            shared: BTreeMap::new(),
        };
        for entry in fs::read_dir(folder()).unwrap() {
            let path = entry.unwrap().path();
            if path.join("_service.yaml").is_file() {
                spec.service(&path);
            }
        }
        spec
    }

    fn service(&mut self, folder: &Path) {
        let service = folder.file_name().unwrap().to_str().unwrap();
        let mut shared = file(&format!("{service}/_service.yaml"))["types"].clone();
        one_of::spell_out(&mut shared, &Yaml::Null, Kinds::All);
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let mut yaml = file(&format!("{service}/{name}"));
            one_of::spell_out(&mut yaml, &shared, Kinds::All);
            if let Some(action) = yaml["operation"].as_str() {
                self.operations.insert(format!("{service}/{action}"), yaml);
            } else if let Some(types) = yaml["types"].as_mapping() {
                self.shared.insert(service.to_owned(), types.clone());
            }
        }
    }

    /// The definition of a type that an operation names.
    pub fn named<'a>(&'a self, operation: &str, name: &str) -> Option<&'a Yaml> {
        let service = operation.split('/').next()?;
        let own = self.operations.get(operation).map(|yaml| &yaml["types"]);
        own.and_then(|types| types.get(name))
            .or_else(|| self.shared.get(service)?.get(name))
    }

    /// The field at the end of a way as `response.result.list`, which leads through lists, maps and named types.
    pub fn field<'a>(&'a self, operation: &str, way: &str) -> Option<&'a Yaml> {
        let mut steps = way.split('.');
        let section = steps.next()?;
        let mut here = self.operations.get(operation)?.get(section)?;
        let mut fields = if section.ends_with("_type") {
            self.fields(operation, here)
        } else {
            here.as_mapping()
        };
        for step in steps {
            here = fields?.get(step)?;
            fields = self.fields(operation, here);
        }
        Some(here)
    }

    /// The fields of the object that a field is, or holds.
    fn fields<'a>(&'a self, operation: &str, field: &'a Yaml) -> Option<&'a Mapping> {
        if let Some(inner) = field.get("list").or_else(|| field.get("map")) {
            return self.fields(operation, inner);
        }
        if let Some(object) = field.get("object") {
            return object.as_mapping();
        }
        let name = field.as_str().or_else(|| field.get("type")?.as_str())?;
        self.fields(operation, self.named(operation, name)?)
    }

    /// `string`, `list`, `object` and the like; an enum is what its values are.
    pub fn kind<'a>(&'a self, operation: &str, field: &'a Yaml) -> Option<&'a str> {
        for kind in ["list", "map", "object"] {
            if field.get(kind).is_some() {
                return Some(kind);
            }
        }
        let name = field.as_str().or_else(|| field.get("type")?.as_str());
        match name.and_then(|name| self.named(operation, name)) {
            Some(definition) => self.kind(operation, definition),
            None => name.or_else(|| field.get("enum").map(|_| "string")),
        }
    }
}

/// Calls back for each field below these, inside objects, lists and maps, but not in named types.
pub fn walk<'a>(fields: &'a Mapping, visit: &mut dyn FnMut(&'a str, &'a Yaml)) {
    for (name, field) in fields {
        visit(name.as_str().unwrap(), field);
        inside(field, visit);
    }
}

/// The same of one field's inside.
pub fn inside<'a>(mut field: &'a Yaml, visit: &mut dyn FnMut(&'a str, &'a Yaml)) {
    while let Some(inner) = field.get("list").or_else(|| field.get("map")) {
        field = inner;
    }
    if let Some(object) = field.get("object").and_then(Yaml::as_mapping) {
        walk(object, visit);
    }
}
