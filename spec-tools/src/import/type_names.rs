//! Short names for the types of an operation: each object has that of its field, unless it is taken.
//!
//! A name in the spec stays, whatever comes after it: what is there takes its names first.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

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
            .unwrap_or_else(|| names::type_name(site.wire));
        self.chosen.insert(site.path.to_vec(), name.clone());
        self.taken.insert(name);
        self.kept
            .insert(site.path.to_vec(), field.rust_type.clone());
    }

    fn find(&mut self, site: Site<'_>, field: &Field) {
        if has_type(field) && !self.kept.contains_key(site.path) {
            let name = if site.element {
                element(site.wire)
            } else {
                names::type_name(site.wire)
            };
            self.open.push((site.path.to_vec(), name));
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
        let outer = fields.iter().rev().skip(1).map(|outer| noun(outer));
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
            (None, Some(name)) if *name != names::type_name(site.wire) => Some(name.clone()),
            _ => None,
        };
    }
}

/// Whether a type is made for a field.
fn has_type(field: &Field) -> bool {
    field.object.is_some() || field.values.is_some()
}

/// What tells the types of one section from those of another.
fn around(section: &str) -> &'static str {
    match section {
        "response" | "response_type" => "Response",
        "types" => "Type",
        _ => "Request",
    }
}

/// What one element of a list is called: `events` holds an `Event`, `orgList` an `Org`.
fn element(wire: &str) -> String {
    let name = match noun(wire).as_str() {
        "List" => "Item".to_owned(),
        "Result" => "ResultItem".to_owned(),
        noun => noun.to_owned(),
    };
    // What is no plain word is named as everywhere.
    if name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        names::type_name(&name)
    } else {
        names::type_name(wire)
    }
}

/// A field's name as that of one thing.
fn noun(wire: &str) -> String {
    let snake = wire.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').collect();
    if words.len() > 1 && matches!(words.last(), Some(&("list" | "array" | "map"))) {
        words.pop();
    }
    let last = words.pop().unwrap_or_default();
    format!("{}_{}", words.join("_"), singular(last)).to_upper_camel_case()
}

/// A noun in the singular, as far as its letters tell. What is no plural stays.
fn singular(noun: &str) -> String {
    let cut = |end: &str, with: &str| Some(format!("{}{with}", noun.strip_suffix(end)?));
    match noun {
        "children" => return "child".to_owned(),
        "people" => return "person".to_owned(),
        "series" | "news" | "always" | "sms" | "dns" | "ids" => return noun.to_owned(),
        _ => {}
    }
    if noun.len() < 4
        || ["ss", "us", "is", "os"]
            .iter()
            .any(|end| noun.ends_with(end))
    {
        return noun.to_owned();
    }
    let rules = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("tuses", "tus"),
        ("s", ""),
    ];
    rules
        .iter()
        .find_map(|(end, with)| cut(end, with))
        .unwrap_or_else(|| noun.to_owned())
}
