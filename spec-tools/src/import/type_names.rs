//! Short names for the types of an operation: each object has that of its field, unless it is taken.
//!
//! A name in the spec stays, whatever comes after it: what is there takes its names first.

use std::collections::{BTreeMap, BTreeSet};

use super::visit::{self, Site};
use crate::names;
use crate::spec::{Field, NamedType, Operation, Ordered};

/// Gives names to the types of an operation. `known` is the operation as it is in the spec.
pub(super) fn operation(operation: &mut Operation, known: Option<&Operation>) {
    let prefix = names::operation_type(&operation.operation);
    let mut module = Module::default();
    for suffix in ["Request", "Response", "Error"] {
        module.taken.insert(format!("{prefix}{suffix}"));
    }
    if let Some(known) = known {
        module.declared(&known.types);
        visit::operation(&mut known.clone(), &mut |site, field| {
            module.keep(site, field);
        });
    }
    module.declared(&operation.types);
    visit::operation(operation, &mut |site, field| module.find(site, field));
    module.choose();
    visit::operation(operation, &mut |site, field| module.give(site, field));
}

/// Gives names to the types inside those that a service's operations share.
pub(super) fn shared(types: &mut Ordered<String, NamedType>, known: &Ordered<String, NamedType>) {
    let mut module = Module::default();
    module.declared(known);
    visit::types(&mut known.clone(), &mut |site, field| {
        module.keep(site, field);
    });
    module.declared(types);
    visit::types(types, &mut |site, field| module.find(site, field));
    module.choose();
    visit::types(types, &mut |site, field| module.give(site, field));
}

/// The names of one module.
#[derive(Default)]
struct Module {
    taken: BTreeSet<String>,
    /// Those of types that were there before.
    kept: BTreeMap<Vec<String>, Option<String>>,
    /// The types that need a name, with the one that would be right.
    open: Vec<(Vec<String>, String)>,
    chosen: BTreeMap<Vec<String>, String>,
}

impl Module {
    fn declared(&mut self, types: &Ordered<String, NamedType>) {
        for (name, def) in types.iter() {
            let rust = def
                .rust_type
                .clone()
                .unwrap_or_else(|| names::type_name(name));
            self.chosen
                .insert(vec!["types".to_owned(), name.clone()], rust.clone());
            self.taken.insert(rust);
        }
    }

    fn keep(&mut self, site: Site<'_>, field: &Field) {
        if !has_type(field) {
            return;
        }
        let name = field
            .rust_type
            .clone()
            .unwrap_or_else(|| default_name(site));
        self.chosen.insert(site.path.to_vec(), name.clone());
        self.taken.insert(name);
        self.kept
            .insert(site.path.to_vec(), field.rust_type.clone());
    }

    fn find(&mut self, site: Site<'_>, field: &Field) {
        if has_type(field) && !self.kept.contains_key(site.path) {
            self.open.push((site.path.to_vec(), default_name(site)));
        }
    }

    /// What is further out gets its name first.
    fn choose(&mut self) {
        self.open.sort_by_key(|(path, _)| path.len());
        for (path, wanted) in std::mem::take(&mut self.open) {
            let name = self.free(&path, &wanted);
            self.taken.insert(name.clone());
            self.chosen.insert(path, name);
        }
    }

    /// The name that is wanted, or one with as many of the names around it before it as it takes.
    fn free(&self, path: &[String], wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let (section, fields) = path
            .split_first()
            .map_or(("", path), |(section, fields)| (section, fields));
        let outer = fields.iter().rev().skip(1).map(|outer| names::noun(outer));
        let mut outer = outer.chain([around(section).to_owned()]);
        while self.taken.contains(&name) {
            let Some(outer) = outer.next() else {
                let mut numbered = (2..).map(|n| format!("{name}{n}"));
                return numbered
                    .find(|name| !self.taken.contains(name))
                    .unwrap_or(name);
            };
            name = format!("{outer}{name}");
        }
        name
    }

    fn give(&self, site: Site<'_>, field: &mut Field) {
        if !has_type(field) {
            return;
        }
        field.rust_type = match (self.kept.get(site.path), self.chosen.get(site.path)) {
            (Some(kept), _) => kept.clone(),
            (None, Some(name)) if *name != default_name(site) => Some(name.clone()),
            _ => None,
        };
    }
}

/// The name that the generator gives without a `rust_type`.
fn default_name(site: Site<'_>) -> String {
    names::inline_type(site.wire, site.element)
}

/// Whether a type is made for a field.
fn has_type(field: &Field) -> bool {
    field.object.is_some() || field.values.is_some()
}

/// What distinguishes the types of one section from those of another.
fn around(section: &str) -> &'static str {
    match section {
        "response" | "response_type" => "Response",
        "types" => "Type",
        _ => "Request",
    }
}
