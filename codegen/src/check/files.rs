use super::{Mistakes, Scope, limits};
use crate::diagnostic::{Diagnostic, alternatives, quoted};
use crate::similar::did_you_mean;
use crate::spec::walk::{Path, Seen, Site, What};
use crate::spec::{BodyEncoding, Field, Fields, Operation, ScalarOrNamed, Shape};

/// Refuses files outside of the body's own fields, and keys that do not apply to files.
pub(super) fn check(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    let (name, field) = match seen.what {
        What::Name(name) => (Some(name), None),
        What::Field(field) => (field.type_name.as_ref(), Some(field)),
    };
    if name != Some(&ScalarOrNamed::File) {
        return;
    }
    if seen.site != Site::Body {
        let message = format!("{} cannot be a file here", quoted(seen.wire));
        let help = "a file is a field of `body` itself, with `encoding: multipart`";
        mistakes.push(Diagnostic::new(seen.path.at_key(), message).help(help));
    }
    let Some(field) = field else { return };
    for (key, given) in [
        ("secret", field.secret),
        ("encoding", field.encoding.is_some()),
    ] {
        if given {
            let message = format!("{} does not apply to a file", quoted(key));
            let place = seen.path.key(key).at_key();
            mistakes.push(Diagnostic::new(place, message).help("remove it"));
        }
    }
}

/// Checks the files of a body and their limits.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    scope: Scope<'_>,
    mistakes: &mut Mistakes,
) {
    let Some(body) = &op.body else { return };
    let path = path.key("body");
    for (name, field) in body.iter().filter(|(_, field)| field.is_file()) {
        let path = path.key(name);
        if op.encoding != Some(BodyEncoding::Multipart) {
            let message = format!("{} is a file, which needs a multipart body", quoted(name));
            let help = "add `encoding: multipart` to the operation";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
        extensions(&path, field.extensions.as_deref(), mistakes);
        limits_by(&path.key("limits_by"), field, body, scope, mistakes);
    }
}

/// Checks the extensions that a file may have.
fn extensions(path: &Path<'_>, names: Option<&[String]>, mistakes: &mut Mistakes) {
    let Some(names) = names else { return };
    let path = path.key("extensions");
    if names.is_empty() {
        let message = "`extensions` is empty";
        mistakes.push(Diagnostic::new(path.at_key(), message).help("name one, or remove the key"));
    }
    for (index, name) in names.iter().enumerate() {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let wrong = if name.is_empty() || !name.chars().all(sound) {
            "an extension has only lower-case letters and digits, without the dot"
        } else if names.iter().take(index).any(|known| known == name) {
            "duplicate extension"
        } else {
            continue;
        };
        mistakes.push(Diagnostic::new(path.index(index).at_value(), wrong));
    }
}

/// Checks limits that depend on the value of another field.
fn limits_by(
    path: &Path<'_>,
    field: &Field,
    body: &Fields,
    scope: Scope<'_>,
    mistakes: &mut Mistakes,
) {
    for (other, cases) in field.limits_by.iter() {
        let path = path.key(other);
        let shape = body.get(other).and_then(Field::shape);
        let Some(Shape::Enum(values, false)) = shape.and_then(|shape| scope.shape(shape)) else {
            let message = format!("{} is not an enum of strings in this body", quoted(other));
            let help = "limits depend on a field whose values are known";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
            continue;
        };
        let known: Vec<String> = values.iter().map(|(value, _)| value.to_string()).collect();
        let known = || known.iter().map(String::as_str);
        for (value, limits) in cases.iter() {
            let path = path.key(value);
            if !known().any(|known| known == value) {
                let message = format!("{} is not a value of {}", quoted(value), quoted(other));
                let help = did_you_mean(value, known())
                    .unwrap_or_else(|| format!("values: {}", alternatives(known())));
                mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
            }
            limits::at_least_one(&path, "max_bytes", limits.max_bytes, mistakes);
            if limits.max_bytes.is_none() && limits.extensions.is_none() {
                let message = format!("no limits for {}", quoted(value));
                let help = "add `max_bytes` or `extensions`, or remove it";
                mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
            }
            extensions(&path, limits.extensions.as_deref(), mistakes);
        }
    }
}
