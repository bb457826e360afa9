//! A way through all fields of an operation.

use crate::spec::{Field, Fields, NamedType, OneOf, Operation, Ordered, TypeNode};

/// Where a field or an element is.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// The section, and the names of the fields that lead here; last its own.
    pub(super) path: &'a [String],
    /// Its name on the wire, or that of the field whose element it is.
    pub(super) wire: &'a str,
    /// True for the element of a list or the value of a map.
    pub(super) element: bool,
}

type Visit<'v> = dyn FnMut(Site<'_>, &mut Field) + 'v;

/// Visits all fields of an operation.
pub(super) fn operation(operation: &mut Operation, visit: &mut Visit<'_>) {
    let sections = [
        ("path_params", Some(&mut operation.path_params)),
        ("query", Some(&mut operation.query)),
        ("headers", Some(&mut operation.headers)),
        ("body", operation.body.as_mut()),
        ("response", operation.response.as_mut()),
    ];
    for (section, all) in sections {
        if let Some(all) = all {
            fields(&mut vec![section.to_owned()], all, visit);
        }
    }
    let wholes = [
        ("body_type", "body", &mut operation.body_type),
        ("response_type", "response", &mut operation.response_type),
    ];
    for (section, wire, whole) in wholes {
        if let Some(whole) = whole {
            field(&mut vec![section.to_owned()], wire, whole, false, visit);
        }
    }
    types(&mut operation.types, visit);
}

/// Visits all fields of types with a name.
pub(super) fn types(types: &mut Ordered<String, NamedType>, visit: &mut Visit<'_>) {
    for (name, def) in types.iter_mut() {
        if let Some(object) = &mut def.object {
            fields(&mut vec!["types".to_owned(), name.clone()], object, visit);
        }
        if let Some(one_of) = &mut def.one_of {
            kinds(&mut vec!["types".to_owned(), name.clone()], one_of, visit);
        }
    }
}

fn fields(path: &mut Vec<String>, all: &mut Fields, visit: &mut Visit<'_>) {
    for (wire, inner) in all.iter_mut() {
        path.push(wire.clone());
        field(path, wire, inner, false, visit);
        path.pop();
    }
}

fn kinds(path: &mut Vec<String>, one_of: &mut OneOf, visit: &mut Visit<'_>) {
    for (_, kind) in one_of.kinds.iter_mut() {
        fields(path, &mut kind.object, visit);
    }
}

fn field(path: &mut Vec<String>, wire: &str, of: &mut Field, element: bool, visit: &mut Visit<'_>) {
    visit(
        Site {
            path,
            wire,
            element,
        },
        of,
    );
    if let Some(object) = &mut of.object {
        fields(path, object, visit);
    }
    if let Some(one_of) = &mut of.one_of {
        kinds(path, one_of, visit);
    }
    for inner in [&mut of.list, &mut of.map].into_iter().flatten() {
        if let TypeNode::Node(inner) = &mut **inner {
            field(path, wire, inner, true, visit);
        }
    }
}
