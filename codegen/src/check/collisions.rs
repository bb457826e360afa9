use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Mistakes;
use super::identifiers;
use super::place::Path;
use super::walk::{self, Seen, Site, What};
use crate::diagnostic::{At, Diagnostic, Place, Step, shown};
use crate::names;
use crate::spec::{
    EnumKey, EnumValue, Field, Fields, Location, NamedType, Operation, Ordered, Shape,
};

/// The names of one Rust scope: the owner of each, and who else asked for it.
#[derive(Default)]
struct Taken<'a> {
    owners: BTreeMap<String, (&'a str, Place)>,
    clashes: Vec<Clash<'a>>,
}

/// Somebody whose name another has.
struct Clash<'a> {
    owner: &'a str,
    place: Place,
    name: String,
    /// What would suit as a name, if it is free.
    wanted: String,
}

impl<'a> Taken<'a> {
    /// Takes a name. If it is taken, one like `wanted` is proposed.
    fn take(
        &mut self,
        name: String,
        owner: &'a str,
        place: impl FnOnce() -> Place,
        wanted: impl FnOnce(&str) -> String,
    ) {
        match self.owners.entry(name) {
            Entry::Vacant(free) => drop(free.insert((owner, place()))),
            Entry::Occupied(taken) => {
                let name = taken.key().clone();
                let wanted = wanted(names::file_stem(&name));
                let place = place();
                self.clashes.push(Clash {
                    owner,
                    place,
                    name,
                    wanted,
                });
            }
        }
    }

    /// Reports the clashes, once all names are known. Each proposal is a name that nobody has and that is proposed
    /// to nobody else. `help` makes a sentence of a proposal.
    fn report(
        self,
        what: &str,
        mistakes: &mut Mistakes,
        help: impl Fn(&str, &Clash<'a>) -> String,
    ) {
        let Self { owners, clashes } = self;
        let mut proposed = BTreeSet::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for clash in clashes {
            let Some(first) = owners.get(&clash.name) else {
                continue;
            };
            let number = numbers.entry(clash.wanted.clone()).or_default();
            let free = loop {
                *number += 1;
                let free = numbered(&clash.wanted, *number);
                let taken = owners.contains_key(&free) || owners.contains_key(&format!("r#{free}"));
                if !taken && proposed.insert(free.clone()) {
                    break free;
                }
            };
            let help = help(&free, &clash);
            mistakes.push(collision(what, clash, first).help(help));
        }
    }
}

fn numbered(name: &str, number: usize) -> String {
    match number {
        1 => name.to_owned(),
        _ if name.starts_with(char::is_lowercase) => format!("{name}_{number}"),
        _ if name.ends_with(|c: char| c.is_ascii_digit()) => format!("{name}No{number}"),
        _ => format!("{name}{number}"),
    }
}

/// Checks the names of an operation's parameters, request fields, reply fields and types.
pub(super) fn operation(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    if let Some(name) = &op.rust_name {
        identifiers::snake(&path.key("rust_name"), name, names::method, mistakes);
    }
    arguments(path, op, mistakes);
    request(path, op, mistakes);
    if let Some(reply) = &op.response {
        fields(&path.key("response"), reply, mistakes);
    }
    operation_types(path, op, mistakes);
}

fn field_name(wire: &str, field: &Field) -> String {
    field
        .rust_name
        .clone()
        .unwrap_or_else(|| names::field(wire))
}

/// Path values are arguments of the method, beside `request`.
fn arguments(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let path = path.key("path_params");
    let mut taken = Taken::default();
    for (wire, field) in op.path_params.iter() {
        let path = path.key(wire);
        let name = field_name(wire, field);
        if name == "request" {
            let message = format!(
                "{} would be the argument `request`, which the method has already",
                shown(wire)
            );
            let help = "give it a name of its own: `rust_name: request_value`";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        } else {
            taken.take(name, wire, || path.at_key(), str::to_owned);
        }
    }
    taken.report("arguments", mistakes, |free, _| own_name("rust_name", free));
}

/// Query, headers and body become the fields of one struct.
fn request(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let mut taken = Taken::default();
    for (location, wire, field) in op.request_fields() {
        let (section, prefix) = match location {
            Location::Query => ("query", "query"),
            Location::Header => ("headers", "header"),
            Location::Body
                if op
                    .body_type
                    .as_deref()
                    .is_some_and(|whole| std::ptr::eq(whole, field)) =>
            {
                ("", "")
            }
            Location::Body => ("body", "body"),
        };
        let section = path.key(if section.is_empty() {
            "body_type"
        } else {
            section
        });
        let own = section.key(wire);
        let path = if prefix.is_empty() { &section } else { &own };
        let name = field_name(wire, field);
        taken.take(
            name,
            wire,
            || path.at_key(),
            |stem| match prefix {
                "" => "whole_body".to_owned(),
                prefix => format!("{prefix}_{stem}"),
            },
        );
    }
    taken.report("fields", mistakes, |free, _| own_name("rust_name", free));
}

/// Checks the names of an object's fields.
pub(super) fn fields(path: &Path<'_>, fields: &Fields, mistakes: &mut Mistakes) {
    let mut taken = Taken::default();
    for (wire, field) in fields.iter() {
        let path = path.key(wire);
        let name = field_name(wire, field);
        taken.take(name, wire, || path.at_key(), str::to_owned);
    }
    taken.report("fields", mistakes, |free, _| own_name("rust_name", free));
}

/// Checks the names inside a field's object or enum.
pub(super) fn inner_fields(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    if let Some(object) = &field.object {
        fields(&seen.path.key("object"), object, mistakes);
    }
    if let Some(values) = &field.values {
        variants(&seen.path.key("enum"), values, mistakes);
    }
}

/// Checks the names of an enum's variants.
pub(super) fn variants(
    path: &Path<'_>,
    values: &Ordered<EnumKey, EnumValue>,
    mistakes: &mut Mistakes,
) {
    let keys: Vec<String> = values.iter().map(|(key, _)| key.to_string()).collect();
    let mut taken = Taken::default();
    let mut nameless = Vec::new();
    for (wire, (_, value)) in keys.iter().zip(values.iter()) {
        let path = path.key(wire);
        match value.rust_name() {
            None if !names::is_readable(wire) => nameless.push(wire),
            name => {
                let name = name.map_or_else(|| names::variant(wire), str::to_owned);
                taken.take(name, wire, || path.at_key(), str::to_owned);
            }
        }
    }
    // What they might be called must not be what others are called.
    let mut proposed = taken.owners.keys().cloned().collect::<BTreeSet<_>>();
    for wire in nameless {
        let name = names::in_words(wire).map_or("...".to_owned(), |name| {
            let mut all = (1..).map(|number| numbered(&name, number));
            all.find(|name| proposed.insert(name.clone()))
                .unwrap_or(name)
        });
        let message = format!(
            "no name in Rust can be made of the value {}",
            shown(&yaml_key(wire))
        );
        mistakes
            .push(Diagnostic::new(path.key(wire).at_key(), message).help(named_value(wire, &name)));
    }
    taken.report("variants", mistakes, |free, clash| {
        named_value(clash.owner, free)
    });
}

fn own_name(key: &str, free: &str) -> String {
    format!(
        "give one a name of its own: {}",
        shown(&format!("{key}: {free}"))
    )
}

/// How a value of an enum is given a name.
fn named_value(wire: &str, name: &str) -> String {
    let value = format!("{}: {{ doc: ..., rust_name: {name} }}", yaml_key(wire));
    format!("give it a name of its own: {}", shown(&value))
}

fn yaml_key(wire: &str) -> String {
    let plain = wire.starts_with(|c: char| c.is_ascii_alphabetic())
        && wire
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if plain {
        wire.to_owned()
    } else {
        format!("{wire:?}")
    }
}

/// All types of an operation live in one module.
fn operation_types(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let prefix = names::operation_type(&op.operation);
    let mut types = Types::default();
    let place = path.key("operation").at_value();
    for (suffix, owner) in [
        ("Request", "the request"),
        ("Response", "the reply"),
        ("Error", "the error"),
    ] {
        let name = format!("{prefix}{suffix}");
        types.0.take(name, owner, || place.clone(), str::to_owned);
    }
    types.declared(path, &op.types);
    walk::operation(path, op, &mut |seen| types.inline(&seen));
    let all = path.key("types");
    for (name, def) in op.types.iter() {
        walk::named_type(&all.key(name), def, &mut |seen| types.inline(&seen));
    }
    types.report(mistakes);
}

/// The types that a service's operations share live in a module of their own.
pub(super) fn shared_types(
    path: &Path<'_>,
    shared: &Ordered<String, NamedType>,
    mistakes: &mut Mistakes,
) {
    let mut types = Types::default();
    types.declared(path, shared);
    let all = path.key("types");
    for (name, def) in shared.iter() {
        walk::named_type(&all.key(name), def, &mut |seen| types.inline(&seen));
    }
    types.report(mistakes);
}

#[derive(Default)]
struct Types<'a>(Taken<'a>);

impl<'a> Types<'a> {
    fn declared(&mut self, path: &Path<'_>, types: &'a Ordered<String, NamedType>) {
        let all = path.key("types");
        for (name, def) in types.iter() {
            let path = all.key(name);
            let rust = def
                .rust_type
                .clone()
                .unwrap_or_else(|| names::type_name(name));
            let wanted = |name: &str| format!("{name}Type");
            self.0.take(rust, name, || path.at_key(), wanted);
        }
    }

    /// The type made for an enum or an object of a field or an element.
    fn inline(&mut self, seen: &Seen<'_, 'a>) {
        let What::Field(field) = seen.what else {
            return;
        };
        if matches!(field.shape(), Some(Shape::Enum(..) | Shape::Object(_))) {
            // The request's or reply's own object needs no name, and is reported elsewhere.
            let whole = matches!(seen.site, Site::WholeBody | Site::WholeReply);
            if !(whole && field.object.is_some()) {
                let rust = field
                    .rust_type
                    .clone()
                    .unwrap_or_else(|| names::inline_type(seen.wire, seen.site == Site::Element));
                let wanted = |name: &str| format!("{}{name}", parent(seen.path));
                self.0.take(rust, seen.wire, || seen.path.at_key(), wanted);
            }
        }
    }

    fn report(self, mistakes: &mut Mistakes) {
        self.0.report("types", mistakes, |free, clash| {
            let help = own_name("rust_type", free);
            match &clash.place.at {
                At::Key(steps) if is_declared(steps) => help,
                _ => format!("{help}; or, if both are the same, declare it once under `types`"),
            }
        });
    }
}

/// Whether steps lead to a type under `types`.
fn is_declared(steps: &[Step]) -> bool {
    matches!(steps, [Step::Key(section), _] if section == "types")
}

/// A word for what a type is inside of, to tell it from others of its name.
fn parent(path: &Path<'_>) -> String {
    let mut key = None;
    let mut at = path;
    loop {
        at = match at {
            Path::File(_) => return "Type".to_owned(),
            Path::Index(parent, _) => parent,
            Path::Key(parent, name) => {
                let structural = matches!(*name, "list" | "map" | "object");
                match (*name, key) {
                    ("response" | "response_type", Some(())) => return "Response".to_owned(),
                    ("body" | "query" | "headers" | "body_type", Some(())) => {
                        return "Request".to_owned();
                    }
                    ("path_params", Some(())) => return "Path".to_owned(),
                    (name, Some(())) if !structural => return names::type_name(name),
                    (_, None) if !structural => key = Some(()),
                    _ => {}
                }
                parent
            }
        };
    }
}

fn collision(what: &str, clash: Clash<'_>, (first, other): &(&str, Place)) -> Diagnostic {
    let named = |owner: &str| {
        if owner.starts_with("the ") {
            owner.to_owned()
        } else {
            shown(owner)
        }
    };
    let name = shown(&clash.name);
    let message = if clash.owner == *first {
        let owner = shown(clash.owner);
        format!("two {what} named {owner} would both be {name} in Rust")
    } else {
        let [first, owner] = [first, clash.owner].map(named);
        format!("{first} and {owner} would both be {name} in Rust")
    };
    Diagnostic::new(clash.place, message).also(other.clone(), "the first")
}
