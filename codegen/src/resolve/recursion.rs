use std::collections::{BTreeMap, BTreeSet};

use super::types::Path;
use super::{Field, Reply, Service, StructDef, Type, TypeDef};

/// Puts fields whose struct contains itself into a box. Lists and maps need none.
pub(super) fn box_recursive_fields(service: &mut Service<'_>) {
    let shared = graph(service.types.iter().filter_map(TypeDef::as_struct), true);
    for def in &mut service.types {
        if let TypeDef::Struct(def) = def {
            mark(def, true, &shared);
        }
    }
    for operation in &mut service.operations {
        let own: Vec<_> = operation.structs().collect();
        let graph = graph(own.into_iter(), false);
        let reply = match &mut operation.reply {
            Reply::Object(def) => Some(def),
            _ => None,
        };
        let inner = operation.types.iter_mut().filter_map(|def| match def {
            TypeDef::Struct(def) => Some(def),
            TypeDef::Enum(_) => None,
        });
        for def in operation.request.iter_mut().chain(reply).chain(inner) {
            mark(def, false, &graph);
        }
    }
}

/// Which structs of a module hold which without a list or map between. A shared type never holds
/// an operation's own, so each module can be looked at alone.
type Graph = BTreeMap<Path, BTreeSet<Path>>;

fn graph<'a>(structs: impl Iterator<Item = &'a StructDef<'a>>, shared: bool) -> Graph {
    structs
        .map(|def| {
            let held = def
                .fields
                .iter()
                .filter_map(held)
                .filter(|path| path.shared == shared);
            (
                Path {
                    name: def.name.clone(),
                    shared,
                },
                held.cloned().collect(),
            )
        })
        .collect()
}

fn held<'a>(field: &'a Field<'_>) -> Option<&'a Path> {
    match &field.ty {
        Type::Object(path) => Some(path),
        _ => None,
    }
}

fn mark(def: &mut StructDef<'_>, shared: bool, graph: &Graph) {
    let owner = Path {
        name: def.name.clone(),
        shared,
    };
    for field in &mut def.fields {
        field.boxed = held(field).is_some_and(|path| reaches(path, &owner, graph));
    }
}

fn reaches(from: &Path, target: &Path, graph: &Graph) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(path) = open.pop() {
        if path == target {
            return true;
        }
        if seen.insert(path) {
            open.extend(graph.get(path).into_iter().flatten());
        }
    }
    false
}
