//! Names in Rust that a person chose, where the one made from the platform's name is poor.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, quoted};
use crate::import::lists::{List, Wrong, steps};
use crate::import::visit;
use crate::names;
use crate::spec::{NamedType, Operation, Ordered};

const FILE: &str = "names.yaml";

/// The names, and which of them were used.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) list: List<Entries>,
    used: Mutex<BTreeSet<(String, String)>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Entries {
    /// Services, by the package's names of them.
    services: BTreeMap<String, String>,
    /// Methods, by service and operation.
    methods: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields, by their names on the wire.
    fields: BTreeMap<String, String>,
}

const SERVICES: &str = "services";
const FIELDS: &str = "fields";

impl Names {
    pub(super) fn read(spec: &Path) -> Result<Self, Wrong> {
        let list = List::read(spec, FILE)?;
        Ok(Self {
            list,
            ..Self::default()
        })
    }

    /// What a service of the package is called here.
    pub(super) fn service<'a>(&'a self, package: &'a str) -> &'a str {
        self.list
            .entries
            .services
            .get(package)
            .map_or(package, |name| {
                self.uses(SERVICES, package);
                name
            })
    }

    /// Names an operation's method and fields.
    pub(super) fn operation(&self, service: &str, operation: &mut Operation) {
        let methods = self.list.entries.methods.get(service);
        if let Some(name) = methods.and_then(|methods| methods.get(&operation.operation)) {
            self.uses(service, &operation.operation);
            operation.rust_name = Some(name.clone());
        }
        visit::operation(operation, &mut |site, field| self.field(site, field));
    }

    /// Names the fields of types.
    pub(super) fn types(&self, types: &mut Ordered<String, NamedType>) {
        visit::types(types, &mut |site, field| self.field(site, field));
    }

    fn field(&self, site: visit::Site<'_>, field: &mut crate::spec::Field) {
        if let (false, Some(name)) = (site.element, self.list.entries.fields.get(site.wire)) {
            self.uses(FIELDS, site.wire);
            field.rust_name = Some(name.clone());
        }
    }

    fn uses(&self, group: &str, name: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert((group.to_owned(), name.to_owned()));
    }

    /// Names for what is not there, or that would be the same without the list. `read` is whether a service was read,
    /// `all` whether all were.
    pub(super) fn stale(&self, read: impl Fn(&str) -> bool, all: bool) -> Vec<Diagnostic> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = &self.list.entries;
        let methods = entries.methods.iter().filter(|(service, _)| read(service));
        let methods = methods.flat_map(|(service, methods)| {
            let entry = move |(name, rust)| {
                (
                    service.as_str(),
                    name,
                    rust,
                    names::method as fn(&str) -> String,
                )
            };
            methods.iter().map(entry)
        });
        let services = entries.services.iter().filter(|_| all);
        let services = services
            .map(|(name, rust)| (SERVICES, name, rust, str::to_owned as fn(&str) -> String));
        let fields = entries.fields.iter().filter(|_| all);
        let fields =
            fields.map(|(name, rust)| (FIELDS, name, rust, names::field as fn(&str) -> String));
        let stale =
            services
                .chain(methods)
                .chain(fields)
                .filter_map(|(group, name, rust, make)| {
                    let message = if make(name) == *rust {
                        format!(
                            "{} is called {} without this entry",
                            quoted(name),
                            quoted(rust)
                        )
                    } else if used.contains(&(group.to_owned(), name.to_owned())) {
                        return None;
                    } else {
                        format!(
                            "this name no longer applies: the package has no {}",
                            quoted(name)
                        )
                    };
                    let keys: &[&str] = match group {
                        SERVICES | FIELDS => &[group, name],
                        service => &["methods", service, name],
                    };
                    Some(self.list.mistake(&steps(keys), message).help("remove it"))
                });
        stale.collect()
    }
}
