use std::collections::HashMap;

use super::types::Path;
use super::{Field, Reply, Service, StructDef, Type, TypeDef};
use crate::graph::groups;

/// Puts fields whose struct contains itself into a box. Lists and maps need none.
///
/// A shared type never contains an operation's own, so each module is looked at alone.
pub(super) fn box_recursive_fields(service: &mut Service<'_>) {
    mark(
        service.types.iter_mut().filter_map(as_struct).collect(),
        true,
    );
    for operation in &mut service.operations {
        let reply = match &mut operation.reply {
            Reply::Object(def) => Some(def),
            _ => None,
        };
        let inner = operation.types.iter_mut().filter_map(as_struct);
        mark(
            operation
                .request
                .iter_mut()
                .chain(reply)
                .chain(inner)
                .collect(),
            false,
        );
    }
}

fn as_struct<'d, 'a>(def: &'d mut TypeDef<'a>) -> Option<&'d mut StructDef<'a>> {
    match def {
        TypeDef::Struct(def) => Some(def),
        TypeDef::Enum(_) => None,
    }
}

fn mark(structs: Vec<&mut StructDef<'_>>, shared: bool) {
    let named = structs
        .iter()
        .enumerate()
        .map(|(at, def)| (def.name.clone(), at));
    let numbers: HashMap<String, usize> = named.collect();
    let number = |field: &Field<'_>| {
        let path = contained(field).filter(|path| path.shared == shared)?;
        numbers.get(&path.name).copied()
    };
    let edges = |def: &&mut StructDef<'_>| def.fields.iter().filter_map(number).collect();
    let edges: Vec<Vec<usize>> = structs.iter().map(edges).collect();
    let groups = groups(&edges);
    for (at, def) in structs.into_iter().enumerate() {
        for field in &mut def.fields {
            field.boxed = number(field).is_some_and(|to| groups[to] == groups[at]);
        }
    }
}

/// The struct that a field contains, without a list or map between.
fn contained<'f>(field: &'f Field<'_>) -> Option<&'f Path> {
    match &field.ty {
        Type::Object(path) => Some(path),
        _ => None,
    }
}
