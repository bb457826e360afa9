use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::names;
use crate::spec::walk::Path;
use crate::spec::walk::{Seen, What};
use crate::spec::{EnumKey, EnumValue, NamedType, OneOf, Ordered};

/// The requested names of a field or an element.
pub(super) fn field(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    if let Some(name) = &field.rust_name {
        snake(&seen.path.key("rust_name"), name, names::field, mistakes);
    }
    if let Some(name) = &field.rust_type {
        camel(
            &seen.path.key("rust_type"),
            name,
            names::type_name,
            mistakes,
        );
    }
    if let Some(values) = &field.values {
        variants(seen.path, values, mistakes);
    }
    if let Some(one_of) = &field.one_of {
        kinds(seen.path, one_of, mistakes);
    }
}

/// The requested names of a declared type.
pub(super) fn named_type(path: &Path<'_>, def: &NamedType, mistakes: &mut Mistakes) {
    if let Some(name) = &def.rust_type {
        camel(&path.key("rust_type"), name, names::type_name, mistakes);
    }
    if let Some(values) = &def.values {
        variants(path, values, mistakes);
    }
    if let Some(one_of) = &def.one_of {
        kinds(path, one_of, mistakes);
    }
}

fn kinds(path: &Path<'_>, one_of: &OneOf, mistakes: &mut Mistakes) {
    let path = path.key("one_of");
    for (tag, kind) in one_of.kinds.iter() {
        if let Some(name) = &kind.rust_name {
            let path = path.key("kinds");
            let path = path.key(tag);
            camel(&path.key("rust_name"), name, names::kind, mistakes);
        }
    }
}

fn variants(path: &Path<'_>, values: &Ordered<EnumKey, EnumValue>, mistakes: &mut Mistakes) {
    let path = path.key("enum");
    for (key, value) in values.iter() {
        if let Some(name) = value.rust_name() {
            let key = key.to_string();
            camel(
                &path.key(&key).key("rust_name"),
                name,
                names::variant,
                mistakes,
            );
        }
    }
}

/// A name for a field or a method. `make` derives such a name from a wire name.
pub(super) fn snake(
    path: &Path<'_>,
    name: &str,
    make: fn(&str) -> String,
    mistakes: &mut Mistakes,
) {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    let stem = name.strip_suffix('_').unwrap_or(name);
    let form = stem.split('_').all(part) && stem.starts_with(|c: char| c.is_ascii_lowercase());
    report(path, name, form, "snake_case", &make(name), mistakes);
}

/// A name for a type or a variant. `make` derives such a name from a wire name.
pub(super) fn camel(
    path: &Path<'_>,
    name: &str,
    make: fn(&str) -> String,
    mistakes: &mut Mistakes,
) {
    let form = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric());
    report(path, name, form, "CamelCase", &make(name), mistakes);
}

fn report(
    path: &Path<'_>,
    name: &str,
    form: bool,
    case: &str,
    made: &str,
    mistakes: &mut Mistakes,
) {
    let place = path.at_value();
    if !form {
        let message = format!("{} is not in {case}", quoted(name));
        let made = made
            .strip_prefix("r#")
            .map_or(made.to_owned(), |raw| format!("{raw}_"));
        let help = format!("for example {}", quoted(&made));
        mistakes.push(Diagnostic::new(place, message).help(help));
    } else if made != name && made != name.trim_end_matches('_') {
        // Of the right form, and still another name would be made of it: it is taken. Names that
        // are merely cut into words otherwise, such as `OAuth`, are fine.
        let taken = made.strip_prefix("r#") == Some(name)
            || made.strip_suffix('_') == Some(name)
            || ["Type", "Value", "Code"]
                .iter()
                .any(|end| made.strip_suffix(end) == Some(name));
        if taken {
            let message = format!("{} is reserved by Rust or the generated code", quoted(name));
            mistakes.push(Diagnostic::new(place, message).help("choose another name"));
        }
    }
}
