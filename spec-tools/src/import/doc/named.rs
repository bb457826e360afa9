//! A type that a page names and does not describe, from an example of it.

use super::shape::{any, list, object, of_example, scalar};
use super::sketch::Sketch;
use crate::spec::{Field, Fields, ScalarOrNamed};

/// The fields of a type as an example shows them. Where the example has the same fields again inside,
/// the type contains itself.
pub(super) fn fields(name: &str, sketch: &Sketch) -> Fields {
    let own: Vec<&str> = sketch.names().collect();
    let mut inner = Vec::new();
    find_again(&own, sketch, &mut inner);
    let mut whole = sketch.clone();
    for again in inner {
        whole.add(again);
    }
    within(name, &own, &whole)
}

/// The places inside an example where the same fields are again.
fn find_again<'s>(own: &[&str], sketch: &'s Sketch, found: &mut Vec<&'s Sketch>) {
    let fields = sketch.fields.iter().flatten().map(|(_, field)| &**field);
    for part in fields.chain(sketch.element.as_deref()) {
        if is_again(own, part) {
            found.push(part);
        }
        find_again(own, part, found);
    }
}

fn is_again(own: &[&str], sketch: &Sketch) -> bool {
    sketch.names().count() > 1 && sketch.names().all(|field| own.contains(&field))
}

fn within(name: &str, own: &[&str], sketch: &Sketch) -> Fields {
    let inner = sketch.fields.iter().flatten();
    inner
        .map(|(wire, field)| (wire.clone(), field_of(name, own, field)))
        .collect()
}

fn field_of(name: &str, own: &[&str], sketch: &Sketch) -> Field {
    if let (Some(element), None, true) = (&sketch.element, &sketch.fields, sketch.kinds.is_empty())
    {
        return list(field_of(name, own, element));
    }
    if !sketch.is_object() {
        return of_example(sketch).unwrap_or_else(any);
    }
    if is_again(own, sketch) {
        return scalar(ScalarOrNamed::Named(name.to_owned()));
    }
    object(within(name, own, sketch))
}
