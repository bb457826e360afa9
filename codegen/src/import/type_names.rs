//! Short names for the types of an operation: each object has that of its field, unless it is taken.
//!
//! A name in the spec stays, whatever comes after it: what is there takes its names first.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::names;
use crate::spec::{Field, Fields, NamedType, Operation, Ordered, TypeNode};

/// Gives names to the types of an operation. `known` is the operation as it is in the spec.
pub(super) fn operation(operation: &mut Operation, known: Option<&Operation>) {
    let prefix = names::operation_type(&operation.operation);
    let mut module = Module::default();
    for suffix in ["Request", "Response", "Error"] {
        module.taken.insert(format!("{prefix}{suffix}"));
    }
    if let Some(known) = known {
        module.declared(&known.types);
        let mut known = known.clone();
        inline(&mut known, &mut |site, field| module.keep(site, field));
    }
    module.declared(&operation.types);
    inline(operation, &mut |site, field| module.find(site, field));
    module.choose();
    inline(operation, &mut |site, field| module.give(site, field));
}

/// Gives names to the types inside those that a service's operations share.
pub(super) fn shared(types: &mut Ordered<String, NamedType>, known: &Ordered<String, NamedType>) {
    let mut module = Module::default();
    module.declared(known);
    named(&mut known.clone(), &mut |site, field| {
        module.keep(site, field)
    });
    module.declared(types);
    named(types, &mut |site, field| module.find(site, field));
    module.choose();
    named(types, &mut |site, field| module.give(site, field));
}

/// Where an object or an enum stands.
#[derive(Clone, Copy)]
struct Site<'a> {
    /// The names of the fields that lead to it, with what they are in.
    path: &'a [String],
    /// The field's name on the wire.
    wire: &'a str,
    /// True for the element of a list or the value of a map.
    element: bool,
}

/// The names of one module.
#[derive(Default)]
struct Module {
    taken: BTreeSet<String>,
    /// Those of types that were there before.
    kept: BTreeMap<Vec<String>, Option<String>>,
    /// The types that need a name: the path, the field's name, and the name that would be right.
    open: Vec<(Vec<String>, String, String)>,
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
        let name = field
            .rust_type
            .clone()
            .unwrap_or_else(|| names::type_name(site.wire));
        self.chosen.insert(site.path.to_vec(), name.clone());
        self.taken.insert(name);
        self.kept
            .insert(site.path.to_vec(), field.rust_type.clone());
    }

    fn find(&mut self, site: Site<'_>, _: &Field) {
        if !self.kept.contains_key(site.path) {
            let name = if site.element {
                element(site.wire)
            } else {
                names::type_name(site.wire)
            };
            self.open
                .push((site.path.to_vec(), site.wire.to_owned(), name));
        }
    }

    /// What is further out gets its name first.
    fn choose(&mut self) {
        self.open.sort_by_key(|(path, ..)| path.len());
        for (path, _, wanted) in std::mem::take(&mut self.open) {
            let name = self.free(&path, &wanted);
            self.taken.insert(name.clone());
            self.chosen.insert(path, name);
        }
    }

    /// The name that is wanted, or one with that of the type around it before it.
    fn free(&self, path: &[String], wanted: &str) -> String {
        if !self.taken.contains(wanted) {
            return wanted.to_owned();
        }
        let outer = (1..path.len())
            .rev()
            .find_map(|end| self.chosen.get(path.get(..end)?));
        let outer = outer.map_or_else(
            || names::type_name(path.first().map_or("", String::as_str)),
            String::clone,
        );
        let longer = format!("{outer}{wanted}");
        let numbered = (2..).map(|n| format!("{longer}{n}"));
        let mut names = std::iter::once(longer.clone()).chain(numbered);
        names
            .find(|name| !self.taken.contains(name))
            .unwrap_or(longer)
    }

    fn give(&self, site: Site<'_>, field: &mut Field) {
        field.rust_type = match (self.kept.get(site.path), self.chosen.get(site.path)) {
            (Some(kept), _) => kept.clone(),
            (None, Some(name)) if *name != names::type_name(site.wire) => Some(name.clone()),
            _ => None,
        };
    }
}

/// What one element of a list is called: `events` holds an `Event`, `orgList` an `Org`.
fn element(wire: &str) -> String {
    let snake = wire.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').collect();
    if words.len() > 1 && matches!(words.last(), Some(&("list" | "array" | "map"))) {
        words.pop();
    }
    let last = words.pop().unwrap_or_default();
    let name = match (words.is_empty(), last) {
        (true, "list") => "Item".to_owned(),
        (true, "result") => "ResultItem".to_owned(),
        _ => format!("{}_{}", words.join("_"), singular(last)).to_upper_camel_case(),
    };
    let plain = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain {
        names::type_name(&name)
    } else {
        names::type_name(wire)
    }
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

type Visit<'v> = dyn FnMut(Site<'_>, &mut Field) + 'v;

/// Visits the objects and enums that are described where they are used.
fn inline(operation: &mut Operation, visit: &mut Visit<'_>) {
    let mut path = Vec::new();
    let sections = [
        ("path_params", Some(&mut operation.path_params)),
        ("query", Some(&mut operation.query)),
        ("headers", Some(&mut operation.headers)),
        ("body", operation.body.as_mut()),
    ];
    for (section, all) in sections {
        let request = if section == "path_params" {
            "path"
        } else {
            "request"
        };
        within(&mut path, request, |path| {
            within(path, section, |path| {
                all.into_iter().for_each(|all| fields(path, all, visit))
            })
        });
    }
    if let Some(whole) = &mut operation.body_type {
        within(&mut path, "request", |path| {
            within(path, "body_type", |path| {
                field(path, "body", whole, false, visit)
            })
        });
    }
    if let Some(all) = &mut operation.response {
        within(&mut path, "response", |path| {
            within(path, "fields", |path| fields(path, all, visit))
        });
    }
    if let Some(whole) = &mut operation.response_type {
        within(&mut path, "response", |path| {
            within(path, "whole", |path| {
                field(path, "response", whole, false, visit)
            })
        });
    }
    named(&mut operation.types, visit);
}

fn named(types: &mut Ordered<String, NamedType>, visit: &mut Visit<'_>) {
    let mut path = vec!["types".to_owned()];
    for (name, def) in types.iter_mut() {
        if let Some(object) = &mut def.object {
            within(&mut path, name, |path| fields(path, object, visit));
        }
    }
}

fn within(path: &mut Vec<String>, step: &str, visit: impl FnOnce(&mut Vec<String>)) {
    path.push(step.to_owned());
    visit(path);
    path.pop();
}

fn fields(path: &mut Vec<String>, all: &mut Fields, visit: &mut Visit<'_>) {
    for (wire, inner) in all.iter_mut() {
        within(path, wire, |path| field(path, wire, inner, false, visit));
    }
}

fn field(path: &mut Vec<String>, wire: &str, of: &mut Field, element: bool, visit: &mut Visit<'_>) {
    if of.object.is_some() || of.values.is_some() {
        visit(
            Site {
                path,
                wire,
                element,
            },
            of,
        );
    }
    if let Some(object) = &mut of.object {
        fields(path, object, visit);
    }
    for inner in [&mut of.list, &mut of.map].into_iter().flatten() {
        if let TypeNode::Node(inner) = &mut **inner {
            field(path, wire, inner, true, visit);
        }
    }
}
