use std::collections::HashSet;

use super::{Context, Mistakes};
use crate::diagnostic::{Diagnostic, alternatives, quoted};
use crate::similar::nearest;
use crate::spec::walk::{Path, Seen, What, named_types, operation};
use crate::spec::{NamedType, Operation, Ordered, Scope, Service};

/// The types that need no declaration.
const SCALARS: [&str; 5] = ["string", "integer", "number", "boolean", "json"];

/// What other descriptions call these types.
const ALIASES: &[(&str, &str)] = &[
    ("str", "string"),
    ("text", "string"),
    ("date", "string"),
    ("datetime", "string"),
    ("int", "integer"),
    ("int32", "integer"),
    ("int64", "integer"),
    ("long", "integer"),
    ("i64", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("bool", "boolean"),
    ("any", "json"),
    ("object", "json"),
];

/// Finds names of types that are not declared.
pub(super) fn known(seen: &Seen<'_, '_>, context: Context<'_>, mistakes: &mut Mistakes) {
    let Context { scope, complete } = context;
    let unknown = |name: &&str| complete && scope.get(name).is_none();
    let Some(name) = seen.type_name().filter(unknown) else {
        return;
    };
    let place = match seen.what {
        What::Field(_) => seen.path.key("type").at_value(),
        What::Name(_) => seen.path.at_value(),
    };
    let lower = name.to_lowercase();
    let alias = ALIASES
        .iter()
        .find(|(alias, _)| *alias == lower)
        .map(|(_, scalar)| *scalar);
    let near = alias.or_else(|| nearest(name, SCALARS.into_iter().chain(scope.names())));
    let help = match (near, lower.as_str()) {
        (Some("json"), "object") => {
            "write `object:` with its fields under it, or `type: json` for free JSON".to_owned()
        }
        (Some(near), _) => format!("did you mean {}?", quoted(near)),
        (None, "array" | "list") => "write `list:` with the type of its elements".to_owned(),
        (None, "map") => "write `map:` with the type of its values".to_owned(),
        (None, "enum") => "write `enum:` with its values".to_owned(),
        (None, _) => {
            let known = alternatives(SCALARS.into_iter().chain(scope.names().take(20)));
            if scope.declares_types() {
                format!("known types: {known}; declare others under `types`")
            } else {
                format!("known types: {known}")
            }
        }
    };
    mistakes.push(Diagnostic::new(place, format!("unknown type {}", quoted(name))).help(help));
}

/// A declared name must not be taken already.
pub(super) fn name_is_free(path: &Path<'_>, name: &str, scope: Scope<'_>, mistakes: &mut Mistakes) {
    if SCALARS.contains(&name) {
        let message = format!("{} is a built-in type", quoted(name));
        mistakes.push(Diagnostic::new(path.at_key(), message).help("choose another name"));
    } else if scope.is_operation() && scope.shared(name).is_some() {
        let message = format!("`_service.yaml` already declares a type {}", quoted(name));
        let help = "use that type, or choose another name";
        mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
    }
}

/// Finds types of an operation's own that it does not use.
pub(super) fn unused_own(
    path: &Path<'_>,
    op: &Operation,
    scope: Scope<'_>,
    mistakes: &mut Mistakes,
) {
    if op.types.is_empty() {
        return;
    }
    let mut used = HashSet::new();
    operation(path, op, &mut |seen| used.extend(seen.type_name()));
    let used = scope.reached(used);
    unused(
        path,
        &op.types,
        &used,
        "the operation never uses it",
        mistakes,
    );
}

/// Finds types of a service that none of its operations uses.
pub(super) fn unused_shared(path: &Path<'_>, service: &Service, mistakes: &mut Mistakes) {
    let shared = &service.file.types;
    if shared.is_empty() {
        return;
    }
    let mut used = HashSet::new();
    for op in service.operations.values() {
        let mut own = HashSet::new();
        operation(path, op, &mut |seen| own.extend(seen.type_name()));
        named_types(path, &op.types, &mut |seen| own.extend(seen.type_name()));
        used.extend(own.into_iter().filter(|name| op.types.get(name).is_none()));
    }
    let used = Scope::of(service).reached(used);
    unused(
        path,
        shared,
        &used,
        "no operation of the service uses it",
        mistakes,
    );
}

fn unused(
    path: &Path<'_>,
    types: &Ordered<String, NamedType>,
    used: &HashSet<&str>,
    why: &str,
    mistakes: &mut Mistakes,
) {
    for (name, _) in types
        .iter()
        .filter(|(name, _)| !used.contains(name.as_str()))
    {
        let message = format!("the type {} is declared, but {why}", quoted(name));
        mistakes.push(
            Diagnostic::new(path.key("types").key(name).at_key(), message)
                .help(format!("use it with `type: {name}`, or remove it")),
        );
    }
}
