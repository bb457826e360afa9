use std::cmp::Ordering;

use serde_json::Number;

use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::{Path, Seen, Site, What};
use crate::spec::{Field, LARGEST_LIMIT, ScalarOrNamed, Shape, compare};

/// Checks the limits of a field. Those of elements and of whole replies are refused with other attributes.
pub(super) fn check(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    if matches!(seen.site, Site::Element | Site::WholeReply) {
        return;
    }
    let shape = field.shape();
    let holds = |wanted: &[ScalarOrNamed]| match shape {
        Some(Shape::Name(name)) => wanted.contains(name),
        // What says nothing clear is reported as such.
        shape => shape.is_none(),
    };
    let strings = ("strings", holds(&[ScalarOrNamed::String]));
    let bytes = (
        "strings and files",
        holds(&[ScalarOrNamed::String, ScalarOrNamed::File]) || field.flatten,
    );
    let files = ("files", holds(&[ScalarOrNamed::File]));
    let numbers = (
        "integers and numbers",
        holds(&[ScalarOrNamed::Integer, ScalarOrNamed::Number]),
    );
    let lists = ("lists", matches!(shape, None | Some(Shape::List(_))));
    let section = seen.path.section();
    let in_reply = matches!(section, Some("response" | "response_type"));
    let in_event = section == Some("data");
    let in_path = section == Some("path_params");
    for (key, (kind, fits)) in
        given(field).zip([strings, bytes, numbers, numbers, lists, files, files])
    {
        let Some(key) = key else { continue };
        let (message, help) = if in_reply {
            let message = format!("{} does not apply to a reply", quoted(key));
            (message, "only requests have limits; describe it in `doc`")
        } else if in_event {
            let message = format!("{} does not apply to an event", quoted(key));
            (message, "only requests have limits; describe it in `doc`")
        } else if in_path {
            let message = format!("{} does not apply to a value in the path", quoted(key));
            (message, "describe it in `doc`")
        } else if !fits {
            (
                format!("{} only applies to {kind}", quoted(key)),
                "remove it",
            )
        } else {
            continue;
        };
        mistakes.push(Diagnostic::new(seen.path.key(key).at_key(), message).help(help));
    }
    values(seen, field, mistakes);
}

/// The keys of the limits that the field has.
pub(super) fn given(field: &Field) -> impl Iterator<Item = Option<&'static str>> {
    [
        ("max_length", field.max_length.is_some()),
        ("max_bytes", field.max_bytes.is_some()),
        ("min", field.min.is_some()),
        ("max", field.max.is_some()),
        ("max_items", field.max_items.is_some()),
        ("extensions", field.extensions.is_some()),
        ("limits_by", !field.limits_by.is_empty()),
    ]
    .into_iter()
    .map(|(key, given)| given.then_some(key))
}

/// Refuses a limit of 0.
pub(super) fn at_least_one(
    path: &Path<'_>,
    key: &str,
    limit: Option<u64>,
    mistakes: &mut Mistakes,
) {
    if limit == Some(0) {
        let message = format!("{} must be at least 1", quoted(key));
        let help = "write the limit or remove the key";
        mistakes.push(Diagnostic::new(path.key(key).at_value(), message).help(help));
    }
}

fn values(seen: &Seen<'_, '_>, field: &Field, mistakes: &mut Mistakes) {
    for (key, limit) in [
        ("max_length", field.max_length),
        ("max_bytes", field.max_bytes),
        ("max_items", field.max_items),
    ] {
        at_least_one(seen.path, key, limit, mistakes);
    }
    let mut report = |key: &str, message: String, help: &str| {
        mistakes.push(Diagnostic::new(seen.path.key(key).at_value(), message).help(help));
    };
    let bounds = [("min", &field.min), ("max", &field.max)];
    if matches!(field.shape(), Some(Shape::Name(ScalarOrNamed::Integer))) {
        for (key, bound) in bounds {
            if bound.as_ref().is_some_and(Number::is_f64) {
                let message = format!("{} of an integer must be an integer", quoted(key));
                report(key, message, "remove the fraction");
            }
        }
    }
    for (key, bound) in bounds {
        let bound = bound.as_ref().and_then(Number::as_f64);
        if bound.is_some_and(|bound| bound.abs() >= LARGEST_LIMIT) {
            let message = format!("{} is too large to be checked", quoted(key));
            report(key, message, "limits are below 2^53; describe it in `doc`");
        }
    }
    if let (Some(min), Some(max)) = (&field.min, &field.max)
        && compare(min, max) == Some(Ordering::Greater)
    {
        let message = format!("`min` is {min}, which is more than `max`, {max}");
        report("min", message, "swap them");
    }
}
