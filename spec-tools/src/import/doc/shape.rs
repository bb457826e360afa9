//! Fields by what they hold, as the spec or an example shows it.

use std::rc::Rc;

use super::inferred::Kind;
use super::{Inferred, SpecType, Ty};
use crate::diagnostic::quoted;
use crate::spec::{Field, Fields, ScalarOrNamed, Shape, TypeNode};

/// A field of a single type.
pub(super) fn scalar(name: ScalarOrNamed) -> Field {
    Field {
        type_name: Some(name),
        ..Field::default()
    }
}

/// The type of values that are whole numbers, or else texts.
pub(super) fn single(integer: bool) -> ScalarOrNamed {
    if integer {
        ScalarOrNamed::Integer
    } else {
        ScalarOrNamed::String
    }
}

pub(super) fn any() -> Field {
    scalar(ScalarOrNamed::Json)
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
    let mut field = Field::default();
    match spec_type.shape {
        Shape::Name(name) => field.type_name = Some(name.clone()),
        Shape::Enum(values, integer) => {
            field.type_name = integer.then_some(ScalarOrNamed::Integer);
            field.values = Some(values.clone());
        }
        Shape::List(element) => field.list = Some(Box::new(element.clone())),
        Shape::Map(value) => field.map = Some(Box::new(value.clone())),
        Shape::Object(fields) => field.object = Some(fields.clone()),
    }
    field
}

/// The shape that examples show, as far as they do.
pub(super) fn of_example(inferred: &Inferred) -> Option<Field> {
    shown(inferred, None)
}

/// The fields that examples show.
pub(super) fn of_fields(fields: &[(String, Rc<Inferred>)]) -> Fields {
    shown_fields(fields, None)
}

/// The fields of a named type as an example shows them. Where the example has the same fields again inside,
/// the type contains itself.
pub(super) fn of_type(name: &str, inferred: &Inferred) -> Fields {
    let again = Again {
        name,
        fields: inferred.names().collect(),
    };
    let mut whole = inferred.clone();
    again.add(inferred, &mut whole);
    shown_fields(whole.fields.as_deref().unwrap_or_default(), Some(&again))
}

/// A type, to be found again inside itself.
struct Again<'a> {
    name: &'a str,
    fields: Vec<&'a str>,
}

impl Again<'_> {
    fn is(&self, inferred: &Inferred) -> bool {
        let mut names = inferred.names();
        inferred.names().count() > 1 && names.all(|name| self.fields.contains(&name))
    }

    /// Adds what the places inside an example show where the same fields are again.
    fn add(&self, inferred: &Inferred, whole: &mut Inferred) {
        let fields = inferred.fields.iter().flatten().map(|(_, field)| field);
        for part in fields.chain(&inferred.element) {
            if self.is(part) {
                whole.add(part);
            }
            self.add(part, whole);
        }
    }
}

fn shown(inferred: &Inferred, again: Option<&Again<'_>>) -> Option<Field> {
    if let Some(again) = again.filter(|again| again.is(inferred)) {
        return Some(scalar(ScalarOrNamed::Named(again.name.to_owned())));
    }
    let single = match Vec::from_iter(&inferred.kinds).as_slice() {
        [] => None,
        [Kind::Text] => Some(ScalarOrNamed::String),
        [Kind::Boolean] => Some(ScalarOrNamed::Boolean),
        [Kind::Integer] => Some(ScalarOrNamed::Integer),
        [Kind::Fraction] | [Kind::Integer, Kind::Fraction] => Some(ScalarOrNamed::Number),
        _ => Some(ScalarOrNamed::Json),
    };
    match (single, &inferred.fields, &inferred.element) {
        (Some(name), None, None) => Some(scalar(name)),
        (None, Some(fields), None) if !fields.is_empty() => {
            Some(object(shown_fields(fields, again)))
        }
        (None, None, Some(element)) => Some(list(shown(element, again).unwrap_or_else(any))),
        (None, None, None) => None,
        _ => Some(any()),
    }
}

fn shown_fields(fields: &[(String, Rc<Inferred>)], again: Option<&Again<'_>>) -> Fields {
    let field = |field: &Inferred| shown(field, again).unwrap_or_else(any);
    fields
        .iter()
        .map(|(name, inferred)| (name.clone(), field(inferred)))
        .collect()
}

/// What an example shows, in words, if it does not fit a type.
pub(super) fn misfit(ty: &Ty, example: &Inferred) -> Option<String> {
    let (object, list) = (example.fields.is_some(), example.element.is_some());
    let single =
        |kinds: &[Kind]| !object && !list && example.kinds.iter().all(|kind| kinds.contains(kind));
    let fits = match ty {
        Ty::Text => single(&[Kind::Text]),
        Ty::Integer => single(&[Kind::Integer]),
        Ty::Number => single(&[Kind::Integer, Kind::Fraction]),
        Ty::Boolean => single(&[Kind::Boolean]),
        Ty::Object | Ty::Map(_) => example.kinds.is_empty() && !list,
        Ty::List(_) => example.kinds.is_empty() && !object,
        _ => true,
    };
    let word = match example.kinds.first() {
        _ if fits => return None,
        _ if object => return Some("an object".to_owned()),
        _ if list => return Some("a list".to_owned()),
        Some(Kind::Text) => "the text",
        _ if example.kinds.contains(&Kind::Boolean) => "the truth value",
        _ => "the number",
    };
    let sample = example.samples.first().map(|sample| quoted(sample));
    Some(
        format!("{word} {}", sample.unwrap_or_default())
            .trim_end()
            .to_owned(),
    )
}
