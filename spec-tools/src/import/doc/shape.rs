//! What fields hold: from a row's type, the rows inside it, the examples and the spec.

use std::rc::Rc;

use super::inferred::{Inferred, Kinds};
use super::spec_type::SpecType;
use super::types::Ty;
use crate::spec::{Field, Fields, ScalarOrNamed, Shape, TypeNode};

/// A field of a single type.
pub(super) fn scalar(name: ScalarOrNamed) -> Field {
    Field {
        type_name: Some(name),
        ..Field::default()
    }
}

pub(super) fn list(element: Field) -> Field {
    Field {
        list: Some(Box::new(node(element))),
        ..Field::default()
    }
}

pub(super) fn map(value: Field) -> Field {
    Field {
        map: Some(Box::new(node(value))),
        ..Field::default()
    }
}

pub(super) fn object(fields: Fields) -> Field {
    Field {
        object: Some(fields),
        ..Field::default()
    }
}

/// An element; one that says no more than its type is written as the type's name.
fn node(field: Field) -> TypeNode {
    let plain = field.undecided.is_none() && field.doc.is_none() && field.values.is_none();
    match (&field.type_name, plain) {
        (Some(name), true) => TypeNode::Name(name.clone()),
        _ => TypeNode::Node(Box::new(field)),
    }
}

/// What the spec says that something holds, without what it says of it besides.
pub(super) fn of_spec_type(spec_type: SpecType<'_>) -> Field {
    let boxed = |node: &TypeNode| Some(Box::new(node.clone()));
    let mut field = Field::default();
    match spec_type.shape {
        Shape::Name(name) => field.type_name = Some(name.clone()),
        Shape::Enum(values, integer) => {
            field.type_name = integer.then_some(ScalarOrNamed::Integer);
            field.values = Some(values.clone());
        }
        Shape::List(element) => field.list = boxed(element),
        Shape::Map(value) => field.map = boxed(value),
        Shape::Object(fields) => field.object = Some(fields.clone()),
    }
    field
}

/// The shape that examples show, as far as they do.
pub(super) fn of_example(inferred: &Inferred) -> Option<Field> {
    let Kinds {
        text,
        integer,
        fraction,
        boolean,
    } = inferred.kinds;
    let kinds = usize::from(text) + usize::from(integer || fraction) + usize::from(boolean);
    let single = match kinds {
        0 => None,
        1 if text => Some(ScalarOrNamed::String),
        1 if boolean => Some(ScalarOrNamed::Boolean),
        1 if fraction => Some(ScalarOrNamed::Number),
        1 => Some(ScalarOrNamed::Integer),
        _ => Some(ScalarOrNamed::Json),
    };
    match (single, &inferred.fields, &inferred.element) {
        (Some(name), None, None) => Some(scalar(name)),
        (None, Some(fields), None) if !fields.is_empty() => Some(object(of_fields(fields))),
        (None, None, Some(element)) => Some(list(of_example(element).unwrap_or_else(any))),
        (None, None, None) => None,
        _ => Some(any()),
    }
}

/// The fields that examples show.
pub(super) fn of_fields(fields: &[(String, Rc<Inferred>)]) -> Fields {
    fields
        .iter()
        .map(|(name, inferred)| (name.clone(), of_example(inferred).unwrap_or_else(any)))
        .collect()
}

pub(super) fn any() -> Field {
    scalar(ScalarOrNamed::Json)
}

/// Why an example does not fit a type, if it does not.
pub(super) fn misfit(ty: &Ty, example: &Inferred) -> Option<String> {
    let shows = shows(example)?;
    let single = example.fields.is_none() && example.element.is_none();
    let kinds = example.kinds;
    let fits = match ty {
        Ty::Text => single && !(kinds.integer || kinds.fraction || kinds.boolean),
        Ty::Integer => single && !(kinds.text || kinds.fraction || kinds.boolean),
        Ty::Number => single && !(kinds.text || kinds.boolean),
        Ty::Boolean => single && !(kinds.text || kinds.integer || kinds.fraction),
        Ty::Object | Ty::Map(_) => kinds.is_empty() && example.element.is_none(),
        Ty::List(_) => kinds.is_empty() && example.fields.is_none(),
        _ => true,
    };
    (!fits).then_some(shows)
}

/// What an example shows, in words.
pub(super) fn shows(example: &Inferred) -> Option<String> {
    if example.fields.is_some() {
        return Some("an object".to_owned());
    }
    if example.element.is_some() {
        return Some("a list".to_owned());
    }
    let sample = example
        .samples
        .first()
        .map(|sample| crate::diagnostic::quoted(sample));
    let sample = sample.unwrap_or_default();
    let kinds = example.kinds;
    let word = if kinds.text {
        "the text"
    } else if kinds.boolean {
        "the truth value"
    } else if kinds.integer || kinds.fraction {
        "the number"
    } else {
        return None;
    };
    Some(format!("{word} {sample}").trim_end().to_owned())
}
