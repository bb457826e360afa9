use std::collections::BTreeMap;

use super::Mistakes;
use super::identifiers;
use super::place::Path;
use super::walk::{self, Seen, Site, What};
use crate::diagnostic::{Diagnostic, Place, shown};
use crate::names;
use crate::spec::{
    EnumKey, EnumValue, Field, Fields, Location, NamedType, Operation, Ordered, Shape,
};

/// The names of one Rust scope: who has each.
#[derive(Default)]
struct Taken<'a>(BTreeMap<String, (&'a str, Place)>);

impl<'a> Taken<'a> {
    /// Takes a name, or gives who has it.
    fn take(
        &mut self,
        name: String,
        owner: &'a str,
        place: impl FnOnce() -> Place,
    ) -> Option<(&'a str, Place)> {
        if let Some(known) = self.0.get(&name) {
            return Some(known.clone());
        }
        self.0.insert(name, (owner, place()));
        None
    }

    /// A name like `wanted` that nobody has.
    fn free(&self, wanted: &str) -> String {
        let snake = wanted.starts_with(char::is_lowercase);
        let numbered = |n: usize| match n {
            1 => wanted.to_owned(),
            n if snake => format!("{wanted}_{n}"),
            n => format!("{wanted}{n}"),
        };
        let free = |name: &String| {
            !self.0.contains_key(name) && !self.0.contains_key(&format!("r#{name}"))
        };
        // One more name than are taken: one of them is free.
        let all = (1..=self.0.len() + 1).map(numbered);
        all.into_iter()
            .find(free)
            .unwrap_or_else(|| wanted.to_owned())
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
        } else if let Some(first) = taken.take(name.clone(), wire, || path.at_key()) {
            let free = taken.free(names::file_stem(&name));
            mistakes.push(collision(
                "arguments",
                (wire, path.at_key()),
                first,
                &name,
                "rust_name",
                &free,
            ));
        }
    }
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
        if let Some(first) = taken.take(name.clone(), wire, || path.at_key()) {
            let free = match prefix {
                "" => taken.free("whole_body"),
                prefix => taken.free(&format!("{prefix}_{}", names::file_stem(&name))),
            };
            mistakes.push(collision(
                "fields",
                (wire, path.at_key()),
                first,
                &name,
                "rust_name",
                &free,
            ));
        }
    }
}

/// Checks the names of an object's fields.
pub(super) fn fields(path: &Path<'_>, fields: &Fields, mistakes: &mut Mistakes) {
    let mut taken = Taken::default();
    for (wire, field) in fields.iter() {
        let path = path.key(wire);
        let name = field_name(wire, field);
        if let Some(first) = taken.take(name.clone(), wire, || path.at_key()) {
            let free = taken.free(names::file_stem(&name));
            mistakes.push(collision(
                "fields",
                (wire, path.at_key()),
                first,
                &name,
                "rust_name",
                &free,
            ));
        }
    }
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
    for (wire, (_, value)) in keys.iter().zip(values.iter()) {
        let path = path.key(wire);
        let name = value
            .rust_name()
            .map_or_else(|| names::variant(wire), str::to_owned);
        if let Some(first) = taken.take(name.clone(), wire, || path.at_key()) {
            let free = taken.free(names::file_stem(&name));
            let help = format!(
                "give one a name of its own: {}",
                shown(&format!(
                    "{}: {{ doc: ..., rust_name: {free} }}",
                    yaml_key(wire)
                ))
            );
            mistakes.push(
                collision(
                    "variants",
                    (wire, path.at_key()),
                    first,
                    &name,
                    "rust_name",
                    &free,
                )
                .help(help),
            );
        }
    }
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
    let mut types = Types {
        taken: Taken::default(),
        mistakes,
    };
    let place = path.key("operation").at_value();
    for (suffix, owner) in [
        ("Request", "the request"),
        ("Response", "the reply"),
        ("Error", "the error"),
    ] {
        types
            .taken
            .take(format!("{prefix}{suffix}"), owner, || place.clone());
    }
    types.declared(path, &op.types);
    walk::operation(path, op, &mut |seen| types.inline(&seen));
    let all = path.key("types");
    for (name, def) in op.types.iter() {
        walk::named_type(&all.key(name), def, &mut |seen| types.inline(&seen));
    }
}

/// The types that a service's operations share live in a module of their own.
pub(super) fn shared_types(
    path: &Path<'_>,
    shared: &Ordered<String, NamedType>,
    mistakes: &mut Mistakes,
) {
    let mut types = Types {
        taken: Taken::default(),
        mistakes,
    };
    types.declared(path, shared);
    let all = path.key("types");
    for (name, def) in shared.iter() {
        walk::named_type(&all.key(name), def, &mut |seen| types.inline(&seen));
    }
}

struct Types<'a, 'b> {
    taken: Taken<'a>,
    mistakes: &'b mut Mistakes,
}

impl<'a> Types<'a, '_> {
    fn declared(&mut self, path: &Path<'_>, types: &'a Ordered<String, NamedType>) {
        let all = path.key("types");
        for (name, def) in types.iter() {
            let path = all.key(name);
            let rust = def
                .rust_type
                .clone()
                .unwrap_or_else(|| names::type_name(name));
            self.take(&path, name, &rust, "Type");
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
                self.take(seen.path, seen.wire, &rust, &parent(seen.path));
            }
        }
    }

    fn take(&mut self, path: &Path<'_>, owner: &'a str, name: &str, parent: &str) {
        if let Some(first) = self.taken.take(name.to_owned(), owner, || path.at_key()) {
            let wanted = if parent == "Type" {
                format!("{name}Type")
            } else {
                format!("{parent}{name}")
            };
            let free = self.taken.free(&wanted);
            self.taken.0.insert(free.clone(), (owner, path.at_key()));
            let diagnostic = collision(
                "types",
                (owner, path.at_key()),
                first,
                name,
                "rust_type",
                &free,
            );
            let help = format!(
                "give one a name of its own: {}",
                shown(&format!("rust_type: {free}"))
            );
            let help = if parent == "Type" {
                help
            } else {
                format!("{help}; or, if both are the same, declare it once under `types`")
            };
            self.mistakes.push(diagnostic.help(help));
        }
    }
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

fn collision(
    what: &str,
    (wire, place): (&str, Place),
    (first, other): (&str, Place),
    name: &str,
    key: &str,
    free: &str,
) -> Diagnostic {
    let named = |owner: &str| {
        if owner.starts_with("the ") {
            owner.to_owned()
        } else {
            shown(owner)
        }
    };
    let message = if wire == first {
        format!(
            "two {what} named {} would both be {} in Rust",
            shown(wire),
            shown(name)
        )
    } else {
        format!(
            "{} and {} would both be {} in Rust",
            named(first),
            named(wire),
            shown(name)
        )
    };
    let help = format!(
        "give one a name of its own: {}",
        shown(&format!("{key}: {free}"))
    );
    Diagnostic::new(place, message)
        .help(help)
        .also(other, "the first")
}
