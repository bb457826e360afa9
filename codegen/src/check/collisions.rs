//! Names in Rust that would be the same. What the names are, `resolve` has decided.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::{Mistakes, identifiers};
use crate::diagnostic::{At, Diagnostic, Place, quoted};
use crate::names;
use crate::resolve::{
    EnumDef, Event, Field, Operation, Origin, Reply, Service, TypeDef, main_types,
};
use crate::spec::walk::Path;

/// The names of one Rust scope: the owner of each, and who else wants it.
struct Taken<'n> {
    file: &'n str,
    owners: HashMap<&'n str, Owner<'n>>,
    clashes: Vec<Clash<'n>>,
}

/// What has a name.
struct Owner<'n> {
    /// Its name in the spec.
    wire: &'n str,
    origin: Origin<'n>,
}

/// Something that takes a name.
struct Clash<'n> {
    owner: Owner<'n>,
    name: &'n str,
    /// What would suit as a name, if it is free.
    wanted: String,
}

impl<'n> Taken<'n> {
    fn new(file: &'n str) -> Self {
        Self {
            file,
            owners: HashMap::new(),
            clashes: Vec::new(),
        }
    }

    /// Takes a name. If it is taken, one like `wanted` is proposed.
    fn take(
        &mut self,
        name: &'n str,
        wire: &'n str,
        origin: &Origin<'n>,
        wanted: impl FnOnce(&str) -> String,
    ) {
        let owner = Owner {
            wire,
            origin: origin.clone(),
        };
        match self.owners.entry(name) {
            Entry::Vacant(free) => drop(free.insert(owner)),
            Entry::Occupied(_) => self.clashes.push(Clash {
                owner,
                name,
                wanted: wanted(names::file_stem(name)),
            }),
        }
    }

    /// Reports the clashes, once all names are known. Each proposal is a name that nobody has and that is proposed
    /// to nobody else. `help` makes a sentence of a proposal.
    fn report(
        self,
        what: &str,
        mistakes: &mut Mistakes,
        help: impl Fn(&str, &Owner<'n>) -> String,
    ) {
        let mut proposed = BTreeSet::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for clash in &self.clashes {
            let Some(first) = self.owners.get(clash.name) else {
                continue;
            };
            let number = numbers.entry(clash.wanted.clone()).or_default();
            let free = loop {
                *number += 1;
                let free = numbered(&clash.wanted, *number);
                let raw = format!("r#{free}");
                let taken = [&free, &raw]
                    .iter()
                    .any(|name| self.owners.contains_key(name.as_str()));
                if !taken && proposed.insert(free.clone()) {
                    break free;
                }
            };
            let help = help(&free, &clash.owner);
            mistakes.push(collision(self.file, what, clash, first).help(help));
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
pub(super) fn operation(file: &str, op: &Operation<'_>, mistakes: &mut Mistakes) {
    if let Some(name) = &op.spec.rust_name {
        let path = Path::File(file);
        identifiers::snake(&path.key("rust_name"), name, names::method, mistakes);
    }
    arguments(file, op, mistakes);
    if let Some(request) = &op.request {
        fields(file, &request.fields, mistakes);
    }
    if let Reply::Object(reply) = &op.reply {
        fields(file, &reply.fields, mistakes);
    }
    let main = main_types(op.spec);
    let mut types = Taken::new(file);
    let origin = Origin::top().key("operation");
    for (name, wire) in main
        .iter()
        .zip(["the request", "the reply", "the error", "the errors"])
    {
        types.take(name, wire, &origin, str::to_owned);
    }
    module(file, types, &op.types, true, mistakes);
}

/// Checks the names of an event's fields and types.
pub(super) fn event(file: &str, event: &Event<'_>, mistakes: &mut Mistakes) {
    let mut types = Taken::new(file);
    let origin = Origin::top().key(event.spec.key());
    for (def, wire) in event.main_types().zip(["the event", "the answer"]) {
        fields(file, &def.fields, mistakes);
        types.take(&def.name, wire, &origin, str::to_owned);
    }
    module(file, types, &event.types, false, mistakes);
}

/// The types that a service's operations share live in a module of their own.
pub(super) fn shared_types(file: &str, service: &Service<'_>, mistakes: &mut Mistakes) {
    module(file, Taken::new(file), &service.types, true, mistakes);
}

/// Path values are arguments of the method, next to `request`.
fn arguments(file: &str, op: &Operation<'_>, mistakes: &mut Mistakes) {
    let mut taken = Taken::new(file);
    for arg in &op.path_args {
        if arg.ident == "request" {
            let message = format!(
                "{} would be named `request`, like the argument that the method already has",
                quoted(arg.wire)
            );
            let help = "name it differently: `rust_name: request_value`";
            mistakes.push(Diagnostic::new(place(file, &arg.origin), message).help(help));
        } else {
            taken.take(&arg.ident, arg.wire, &arg.origin, str::to_owned);
        }
    }
    taken.report("arguments", mistakes, |free, _| own_name("rust_name", free));
}

/// Checks the names of a struct's fields. Those of a request come from several sections.
fn fields(file: &str, fields: &[Field<'_>], mistakes: &mut Mistakes) {
    let mut taken = Taken::new(file);
    for field in fields {
        let wanted = |stem: &str| match (field.location, field.origin.section()) {
            (None, _) => stem.to_owned(),
            (Some(_), "body_type") => "whole_body".to_owned(),
            (Some(_), "headers") => format!("header_{stem}"),
            (Some(_), section) => format!("{section}_{stem}"),
        };
        taken.take(&field.ident, field.wire, &field.origin, wanted);
    }
    taken.report("fields", mistakes, |free, _| own_name("rust_name", free));
}

/// Checks the names of the types in a module, and those inside them.
/// `can_declare` is whether the spec can declare types for this module.
fn module<'n>(
    file: &str,
    mut taken: Taken<'n>,
    types: &'n [TypeDef<'n>],
    can_declare: bool,
    mistakes: &mut Mistakes,
) {
    for def in types {
        match def {
            TypeDef::Struct(def) => fields(file, &def.fields, mistakes),
            TypeDef::Enum(def) => variants(file, def, mistakes),
            // Its variants have the names of the types in them.
            TypeDef::OneOf(_) => {}
        }
    }
    // What is declared by name has its name before what is made for a field.
    let (declared, inline): (Vec<_>, Vec<_>) =
        types.iter().partition(|def| is_declared(def.origin()));
    for def in declared {
        let wanted = |name: &str| format!("{name}Type");
        taken.take(def.name(), def.wire(), def.origin(), wanted);
    }
    for def in inline {
        let wanted = |name: &str| format!("{}{name}", parent(def.origin()));
        taken.take(def.name(), def.wire(), def.origin(), wanted);
    }
    taken.report("types", mistakes, |free, owner| {
        let is_kind = owner.origin.outwards().nth(1) == Some("kinds");
        if is_kind {
            return own_name("rust_name", free);
        }
        let help = own_name("rust_type", free);
        if !can_declare || is_declared(&owner.origin) {
            help
        } else {
            format!("{help}; or, if both are the same type, declare it once under `types`")
        }
    });
}

/// Whether this is a type under `types`.
fn is_declared(origin: &Origin<'_>) -> bool {
    origin.section() == "types" && origin.outwards().nth(2).is_none()
}

/// Checks the names of an enum's variants.
fn variants(file: &str, def: &EnumDef<'_>, mistakes: &mut Mistakes) {
    let values = def.origin.key("enum");
    let wires: Vec<String> = def
        .variants
        .iter()
        .map(|variant| variant.value.to_string())
        .collect();
    let mut taken = Taken::new(file);
    let mut nameless = Vec::new();
    for (wire, variant) in wires.iter().zip(&def.variants) {
        let origin = values.key(wire);
        if variant.named || names::is_readable(wire) {
            taken.take(&variant.ident, wire, &origin, str::to_owned);
        } else {
            nameless.push((wire, origin));
        }
    }
    // What they might be called must not be what others are called.
    let mut proposed = BTreeSet::new();
    for (wire, origin) in nameless {
        let name = names::in_words(wire).map_or("...".to_owned(), |name| {
            let mut all = (1..).map(|number| numbered(&name, number));
            let free = |name: &String| {
                !taken.owners.contains_key(name.as_str()) && proposed.insert(name.clone())
            };
            all.find(free).unwrap_or(name)
        });
        let message = format!(
            "the value {} does not give a readable name in Rust",
            quoted(&yaml_key(wire))
        );
        let help = named_value(wire, &name);
        mistakes.push(Diagnostic::new(place(file, &origin), message).help(help));
    }
    taken.report("variants", mistakes, |free, owner| {
        named_value(owner.wire, free)
    });
}

fn own_name(key: &str, free: &str) -> String {
    format!(
        "name one differently: {}",
        quoted(&format!("{key}: {free}"))
    )
}

/// How a value of an enum is given a name.
fn named_value(wire: &str, name: &str) -> String {
    let value = format!("{}: {{ doc: ..., rust_name: {name} }}", yaml_key(wire));
    format!("name it: {}", quoted(&value))
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

/// A word for what a type is inside of, which sets it apart from others of its name.
fn parent(origin: &Origin<'_>) -> String {
    let mut keys = origin
        .outwards()
        .filter(|key| !matches!(*key, "list" | "map" | "object" | "one_of" | "kinds"));
    keys.next();
    match keys.next() {
        None => "Type".to_owned(),
        Some("response" | "response_type") => "Response".to_owned(),
        Some("data") => "Event".to_owned(),
        Some("body" | "query" | "headers" | "body_type") => "Request".to_owned(),
        Some("path_params") => "Path".to_owned(),
        Some(name) => names::type_name(name),
    }
}

/// The main types of an operation or an event have no key; they are named after it.
fn is_main(origin: &Origin<'_>) -> bool {
    matches!(origin.section(), "operation" | "event" | "topic")
}

fn place(file: &str, origin: &Origin<'_>) -> Place {
    let steps = origin.steps();
    Place {
        file: file.to_owned(),
        at: if is_main(origin) {
            At::Value(steps)
        } else {
            At::Key(steps)
        },
    }
}

fn collision(file: &str, what: &str, clash: &Clash<'_>, first: &Owner<'_>) -> Diagnostic {
    let named = |owner: &Owner<'_>| {
        if is_main(&owner.origin) {
            owner.wire.to_owned()
        } else {
            quoted(owner.wire)
        }
    };
    let [one, other, name] = [named(first), named(&clash.owner), quoted(clash.name)];
    let message = if one == other {
        format!("two {what} named {other} would both be named {name} in Rust")
    } else {
        format!("{one} and {other} would both be named {name} in Rust")
    };
    Diagnostic::new(place(file, &clash.owner.origin), message)
        .also(place(file, &first.origin), "first used here")
}
