use std::collections::BTreeSet;

use super::{Mistakes, Scope};
use crate::diagnostic::{Diagnostic, alternatives, quoted};
use crate::similar::nearest;
use crate::spec::{NamedType, Operation, Ordered, ScalarOrNamed, Service};
use crate::walk::Path;
use crate::walk::{Seen, What, named_type, named_types, operation};

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
pub(super) fn known(seen: &Seen<'_, '_>, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let unknown = |name: &&str| scope.complete && scope.get(name).is_none();
    let Some(name) = name_of(seen).filter(unknown) else {
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
            format!("known are {known}; declare others under `types`")
        }
    };
    mistakes.push(Diagnostic::new(place, format!("unknown type {}", quoted(name))).help(help));
}

/// A declared name must not be one that has a meaning already.
pub(super) fn name_is_free(path: &Path<'_>, name: &str, scope: Scope<'_>, mistakes: &mut Mistakes) {
    if SCALARS.contains(&name) {
        let message = format!("{} is a type that every spec has", quoted(name));
        mistakes.push(Diagnostic::new(path.at_key(), message).help("choose another name"));
    } else if scope.own.is_some() && scope.shared.get(name).is_some() {
        let message = format!(
            "the service's `_service.yaml` declares a type {} too",
            quoted(name)
        );
        let help = "use that one, or choose another name";
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
    let mut used = BTreeSet::new();
    operation(path, op, &mut |seen| used.extend(name_of(&seen)));
    let used = reached(used, scope);
    unused(
        path,
        &op.types,
        &used,
        "the operation does not use it",
        mistakes,
    );
}

/// Finds types of a service that none of its operations uses.
pub(super) fn unused_shared(path: &Path<'_>, service: &Service, mistakes: &mut Mistakes) {
    let shared = &service.file.types;
    if shared.is_empty() {
        return;
    }
    let mut used = BTreeSet::new();
    for op in service.operations.values() {
        let mut own = BTreeSet::new();
        operation(path, op, &mut |seen| own.extend(name_of(&seen)));
        named_types(path, &op.types, &mut |seen| own.extend(name_of(&seen)));
        used.extend(own.into_iter().filter(|name| op.types.get(name).is_none()));
    }
    let scope = Scope {
        own: None,
        shared,
        complete: true,
    };
    let used = reached(used, scope);
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
    used: &BTreeSet<&str>,
    why: &str,
    mistakes: &mut Mistakes,
) {
    for (name, _) in types
        .iter()
        .filter(|(name, _)| !used.contains(name.as_str()))
    {
        let message = format!("the type {} is declared, but {why}", quoted(name));
        mistakes.push(
            Diagnostic::new(path.key("types").key(name).at_key(), message).help(format!(
                "write `type: {name}` where it is meant, or remove it"
            )),
        );
    }
}

/// The types that some use directly, and those that these use.
fn reached<'a>(used: BTreeSet<&'a str>, scope: Scope<'a>) -> BTreeSet<&'a str> {
    let mut open: Vec<&str> = used.into_iter().collect();
    let mut all = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let (true, Some(def)) = (all.insert(name), scope.get(name)) {
            named_type(&Path::File(""), def, &mut |seen| {
                open.extend(name_of(&seen));
            });
        }
    }
    all
}

/// The declared type that a field or an element is of.
fn name_of<'m>(seen: &Seen<'_, 'm>) -> Option<&'m str> {
    let name = match seen.what {
        What::Field(field) => field.type_name.as_ref(),
        What::Name(name) => Some(name),
    };
    match name {
        Some(ScalarOrNamed::Named(name)) => Some(name),
        _ => None,
    }
}
