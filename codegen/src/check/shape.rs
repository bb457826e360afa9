use super::{Mistakes, Scope, limits};
use crate::diagnostic::{Diagnostic, alternatives, quoted};
use crate::spec::walk::Path;
use crate::spec::walk::{Seen, Site, What};
use crate::spec::{
    AppType, EnumKey, EnumValue, Field, NamedType, Operation, Ordered, ScalarOrNamed, Shape,
};

/// The types of bodies and replies.
pub(super) fn operation(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let pairs = [
        (
            "body",
            "body_type",
            op.body.is_some(),
            op.body_type.as_deref(),
        ),
        (
            "response",
            "response_type",
            op.response.is_some(),
            op.response_type.as_deref(),
        ),
    ];
    for (fields, whole, has_fields, field) in pairs {
        let Some(field) = field else { continue };
        if has_fields {
            let message = format!(
                "{} and {} cannot be combined",
                quoted(fields),
                quoted(whole)
            );
            let help = format!(
                "{} describes what is not an object with named fields",
                quoted(whole)
            );
            mistakes.push(
                Diagnostic::new(path.key(whole).at_key(), message)
                    .help(help)
                    .also(path.key(fields).at_key(), "also given here"),
            );
        } else if matches!(field.shape(), Some(Shape::Object(_))) {
            let message = format!(
                "an object with named fields belongs under {}",
                quoted(fields)
            );
            let help = format!(
                "write the fields under {}, without `object`",
                quoted(fields)
            );
            mistakes.push(Diagnostic::new(path.key(whole).at_key(), message).help(help));
        }
    }
    if op.encoding.is_some() && op.body.as_ref().is_none_or(Ordered::is_empty) {
        let message = "`encoding` needs fields under `body`";
        let help = "remove it, or describe the body";
        mistakes.push(Diagnostic::new(path.key("encoding").at_key(), message).help(help));
    }
    if op.max_bytes.is_some() && op.body.is_none() && op.body_type.is_none() {
        let message = "`max_bytes` needs a body";
        let help = "remove it, or describe the body";
        mistakes.push(Diagnostic::new(path.key("max_bytes").at_key(), message).help(help));
    }
    limits::at_least_one(path, "max_bytes", op.max_bytes.map(u64::from), mistakes);
    app_types(path, &op.app_types, mistakes);
}

/// Each kind of application is named once.
pub(super) fn app_types(path: &Path<'_>, kinds: &[AppType], mistakes: &mut Mistakes) {
    for (index, kind) in kinds.iter().enumerate() {
        if kinds.iter().take(index).any(|known| known == kind) {
            let place = path.key("app_types").index(index).at_value();
            mistakes.push(Diagnostic::new(place, "duplicate application type"));
        }
    }
}

/// A field or an element has exactly one type.
pub(super) fn check(seen: &Seen<'_, '_>, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    if field.shape().is_none() {
        mistakes.push(unclear(seen, field));
    }
    if let Some(values) = &field.values {
        enumeration(seen.path, values, field.type_name.as_ref(), mistakes);
    }
    scalar_only(seen, field, scope, mistakes);
}

fn unclear(seen: &Seen<'_, '_>, field: &Field) -> Diagnostic {
    let said = [
        ("type", field.type_name.is_some()),
        ("enum", field.values.is_some()),
        ("list", field.list.is_some()),
        ("map", field.map.is_some()),
        ("object", field.object.is_some()),
        ("one_of", field.one_of.is_some()),
    ];
    let said: Vec<&str> = said
        .iter()
        .filter(|(_, said)| *said)
        .map(|(key, _)| *key)
        .collect();
    let name = match seen.site {
        Site::Element => format!("an element of {}", quoted(seen.wire)),
        Site::WholeBody => "`body_type`".to_owned(),
        Site::WholeReply => "`response_type`".to_owned(),
        _ => quoted(seen.wire),
    };
    match said.as_slice() {
        [] => Diagnostic::new(seen.path.at_key(), format!("{name} has no type"))
            .help("add one of `type`, `enum`, `list`, `map`, `object` and `one_of`"),
        ["type", "enum"] => {
            let path = seen.path.key("type");
            Diagnostic::new(
                path.at_value(),
                "the type of an enum is `string` or `integer`",
            )
            .help("for `string`, remove `type`")
        }
        _ => {
            let said: Vec<String> = said.iter().map(|key| quoted(key)).collect();
            let message = format!("{name} has several types: {}", said.join(" and "));
            Diagnostic::new(seen.path.at_key(), message)
                .help("keep one; only `type: integer` can be combined with `enum`")
        }
    }
}

/// Values in a path and in headers are single words.
fn scalar_only(seen: &Seen<'_, '_>, field: &Field, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let place = match seen.site {
        Site::Path => "in the path",
        Site::Header => "in a header",
        _ => return,
    };
    let wrong = match field.shape() {
        Some(Shape::List(_)) => "a list",
        Some(Shape::Map(_)) => "a map",
        Some(Shape::Object(_) | Shape::OneOf(_)) => "an object",
        Some(Shape::Name(ScalarOrNamed::Json)) => "free JSON",
        Some(Shape::Name(ScalarOrNamed::Named(name)))
            if scope
                .get(name)
                .is_some_and(|def| def.object.is_some() || def.one_of.is_some()) =>
        {
            "an object"
        }
        _ => return,
    };
    let message = format!("a value {place} cannot be {wrong}");
    let help = "use a `string`, an `integer`, a `number`, a `boolean` or an `enum`";
    mistakes.push(Diagnostic::new(seen.path.at_key(), message).help(help));
}

/// A type that is declared is an object, an enum or a one-of.
pub(super) fn named_type(path: &Path<'_>, name: &str, def: &NamedType, mistakes: &mut Mistakes) {
    if let Some(values) = &def.values {
        enumeration(path, values, def.type_name.as_ref(), mistakes);
    }
    let kinds = ["string", "integer"];
    let type_fits = matches!(
        def.type_name,
        None | Some(ScalarOrNamed::String | ScalarOrNamed::Integer)
    );
    let said = [
        ("object", def.object.is_some()),
        ("enum", def.values.is_some()),
        ("one_of", def.one_of.is_some()),
    ];
    let said = said.iter().filter(|(_, said)| *said);
    let said: Vec<String> = said.map(|(key, _)| quoted(key)).collect();
    let diagnostic = match (said.as_slice(), &def.values) {
        ([], _) => {
            let message = format!(
                "the type {} has no `object`, `enum` or `one_of`",
                quoted(name)
            );
            Diagnostic::new(path.at_key(), message).help("add one of them")
        }
        ([_, _, ..], _) => {
            let message = format!("the type {} has {}", quoted(name), said.join(" and "));
            Diagnostic::new(path.at_key(), message).help("keep one of them")
        }
        (_, None) if def.type_name.is_some() => {
            let message = "`type` only goes with `enum`";
            Diagnostic::new(path.key("type").at_key(), message).help("remove `type`")
        }
        (_, Some(_)) if !type_fits => {
            let message = format!("the type of an enum is {}", alternatives(kinds));
            Diagnostic::new(path.key("type").at_value(), message)
                .help("for `string`, remove `type`")
        }
        _ => return,
    };
    mistakes.push(diagnostic);
}

fn enumeration(
    path: &Path<'_>,
    values: &Ordered<EnumKey, EnumValue>,
    type_name: Option<&ScalarOrNamed>,
    mistakes: &mut Mistakes,
) {
    let path = path.key("enum");
    if values.is_empty() {
        mistakes.push(
            Diagnostic::new(path.at_key(), "the enum has no values")
                .help("if the values are not known, write `type: string` instead"),
        );
    }
    let integer = match type_name {
        None | Some(ScalarOrNamed::String) => false,
        Some(ScalarOrNamed::Integer) => true,
        // That is reported, and what the values should be is not known.
        Some(_) => return,
    };
    for (key, _) in values.iter() {
        let text = key.to_string();
        let place = path.key(&text).at_key();
        match (key, integer) {
            (EnumKey::Integer(_), false) => {
                let message = format!("{text} is a number, but this is an enum of strings");
                let help = format!("write `\"{text}\"`, or `type: integer` beside `enum`");
                mistakes.push(Diagnostic::new(place, message).help(help));
            }
            (EnumKey::Text(text), true) => {
                let message = format!("{} is text, but this is an enum of integers", quoted(text));
                let help = if text.parse::<i64>().is_ok() {
                    "remove the quotes"
                } else {
                    "remove `type: integer`, or write whole numbers"
                };
                mistakes.push(Diagnostic::new(place, message).help(help));
            }
            _ => {}
        }
    }
}
