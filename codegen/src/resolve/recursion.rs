use std::collections::HashMap;

use super::types::Path;
use super::{Field, OneOfDef, Reply, Service, StructDef, Type, TypeDef};
use crate::graph::groups;

/// Puts fields whose struct contains itself into a box. Lists and maps need none.
///
/// A shared type never contains an operation's own, so each module is looked at alone.
pub(super) fn box_recursive_fields(service: &mut Service<'_>) {
    let (structs, one_ofs) = parts(&mut service.types);
    mark(structs, &one_ofs, true);
    for operation in &mut service.operations {
        let reply = match &mut operation.reply {
            Reply::Object(def) => Some(def),
            _ => None,
        };
        let (inner, one_ofs) = parts(&mut operation.types);
        let outer = operation.request.iter_mut().chain(reply);
        mark(outer.chain(inner).collect(), &one_ofs, false);
    }
}

/// The types that hold others.
fn parts<'d, 'a>(
    types: &'d mut [TypeDef<'a>],
) -> (Vec<&'d mut StructDef<'a>>, Vec<&'d OneOfDef<'a>>) {
    let (mut structs, mut one_ofs) = (Vec::new(), Vec::new());
    for def in types {
        match def {
            TypeDef::Struct(def) => structs.push(def),
            TypeDef::OneOf(def) => one_ofs.push(&*def),
            TypeDef::Enum(_) => {}
        }
    }
    (structs, one_ofs)
}

fn mark(structs: Vec<&mut StructDef<'_>>, one_ofs: &[&OneOfDef<'_>], shared: bool) {
    let names = structs.iter().map(|def| def.name.clone());
    let names = names.chain(one_ofs.iter().map(|def| def.name.clone()));
    let numbers: HashMap<String, usize> = names.zip(0..).collect();
    let number = |field: &Field<'_>| {
        let path = contained(field).filter(|path| path.shared == shared)?;
        numbers.get(&path.name).copied()
    };
    let edges = |def: &&mut StructDef<'_>| def.fields.iter().filter_map(number).collect();
    // A one-of holds its kinds, which have no box of their own.
    let kinds = |def: &&OneOfDef<'_>| {
        let kinds = def.kinds.iter();
        kinds
            .filter_map(|kind| numbers.get(&kind.ident).copied())
            .collect()
    };
    let edges: Vec<Vec<usize>> = structs
        .iter()
        .map(edges)
        .chain(one_ofs.iter().map(kinds))
        .collect();
    let groups = groups(&edges);
    for (at, def) in structs.into_iter().enumerate() {
        for field in &mut def.fields {
            field.boxed = number(field).is_some_and(|to| groups[to] == groups[at]);
        }
    }
}

/// The struct or one-of that a field contains, without a list or map between.
fn contained<'f>(field: &'f Field<'_>) -> Option<&'f Path> {
    match &field.ty {
        Type::Object(path) | Type::OneOf(path) => Some(path),
        _ => None,
    }
}
