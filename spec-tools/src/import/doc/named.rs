//! A type that a page names and does not describe, from an example of it.

use super::inferred::Inferred;
use super::shape::{any, list, object, of_example, scalar};
use crate::spec::{Field, Fields, ScalarOrNamed};

/// The fields of a type as an example shows them. Where the example has the same fields again inside,
/// the type contains itself.
pub(super) fn fields(name: &str, inferred: &Inferred) -> Fields {
    let own: Vec<&str> = inferred.names().collect();
    let mut inner = Vec::new();
    find_again(&own, inferred, &mut inner);
    let mut whole = inferred.clone();
    for again in inner {
        whole.add(again);
    }
    within(name, &own, &whole)
}

/// The places inside an example where the same fields are again.
fn find_again<'s>(own: &[&str], inferred: &'s Inferred, found: &mut Vec<&'s Inferred>) {
    let fields = inferred.fields.iter().flatten().map(|(_, field)| &**field);
    for part in fields.chain(inferred.element.as_deref()) {
        if is_again(own, part) {
            found.push(part);
        }
        find_again(own, part, found);
    }
}

fn is_again(own: &[&str], inferred: &Inferred) -> bool {
    inferred.names().count() > 1 && inferred.names().all(|field| own.contains(&field))
}

fn within(name: &str, own: &[&str], inferred: &Inferred) -> Fields {
    let inner = inferred.fields.iter().flatten();
    inner
        .map(|(wire, field)| (wire.clone(), field_of(name, own, field)))
        .collect()
}

fn field_of(name: &str, own: &[&str], inferred: &Inferred) -> Field {
    if let (Some(element), None, true) = (
        &inferred.element,
        &inferred.fields,
        inferred.kinds.is_empty(),
    ) {
        return list(field_of(name, own, element));
    }
    if !inferred.is_object() {
        return of_example(inferred).unwrap_or_else(any);
    }
    if is_again(own, inferred) {
        return scalar(ScalarOrNamed::Named(name.to_owned()));
    }
    object(within(name, own, inferred))
}
