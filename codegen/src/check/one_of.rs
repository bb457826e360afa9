use super::{Context, Mistakes};
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::{Path, Seen, Site, What};
use crate::spec::{BodyEncoding, Encoding, Fields, NamedType, OneOf, Operation, Scope, Shape};

/// Checks the bodies of an operation.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    context: Context<'_>,
    mistakes: &mut Mistakes,
) {
    for (section, all) in [("body", &op.body), ("response", &op.response)] {
        if let Some(all) = all {
            siblings(&path.key(section), all, context.scope, mistakes);
        }
    }
    let encoding = op.encoding.map(BodyEncoding::as_str);
    let mut body = op.body.iter().flat_map(Fields::iter);
    if let (Some(encoding), Some((name, _))) = (encoding, body.find(|(_, f)| f.flatten)) {
        let message = format!("`flatten` does not apply to a body with `encoding: {encoding}`");
        let place = path.key("body").key(name).key("flatten").at_key();
        mistakes.push(Diagnostic::new(place, message).help("only JSON bodies have such fields"));
    }
}

/// Checks a one-of that is declared by name.
pub(super) fn named_type(
    path: &Path<'_>,
    def: &NamedType,
    context: Context<'_>,
    mistakes: &mut Mistakes,
) {
    if let Some(object) = &def.object {
        siblings(&path.key("object"), object, context.scope, mistakes);
    }
    if let Some(one_of) = &def.one_of {
        described(path, one_of, context.scope, mistakes);
    }
}

/// Checks a one-of that is described where it is used, and how a field uses one.
pub(super) fn field(seen: &Seen<'_, '_>, context: Context<'_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    if let Some(object) = &field.object {
        siblings(&seen.path.key("object"), object, context.scope, mistakes);
    }
    if let Some(one_of) = &field.one_of {
        described(seen.path, one_of, context.scope, mistakes);
        if seen.path.section() == Some("data") {
            let message = "an event has no one-ofs: its keys may be spelled differently";
            let help = "describe its kinds in `doc`, and use `type: json`";
            mistakes.push(Diagnostic::new(seen.path.key("one_of").at_key(), message).help(help));
        }
    }
    // Of an element, `attributes` reports it.
    if !field.flatten || seen.site == Site::Element {
        return;
    }
    let shape = field.shape().map(|shape| context.scope.shape(shape));
    let inside = matches!(
        seen.site,
        Site::Body | Site::Reply | Site::Answer | Site::Inner | Site::Member
    );
    let (message, help) = if !inside {
        let help = "move the field to a body, or remove `flatten`";
        ("only fields of a JSON object can be flattened", help)
    } else if !matches!(shape, None | Some(None | Some(Shape::OneOf(_)))) {
        let help = "remove `flatten`, or describe the kinds with `one_of`";
        ("only a one-of can be flattened", help)
    } else if field.encoding.is_some() {
        let help = "the encoding of the content belongs in `one_of`";
        ("a flattened field has no value of its own to encode", help)
    } else if field.max_bytes.is_some() && !has_text(shape.flatten()) {
        let help = "remove `max_bytes`, or add `encoding: json_string` to the one-of";
        ("`max_bytes` needs a one-of whose content is a string", help)
    } else {
        return;
    };
    mistakes.push(Diagnostic::new(seen.path.key("flatten").at_key(), message).help(help));
}

/// Whether the content of a one-of is a string.
fn has_text(shape: Option<Shape<'_>>) -> bool {
    matches!(shape, Some(Shape::OneOf(one_of)) if one_of.is_json_string())
}

/// Checks what a one-of says of itself.
fn described(path: &Path<'_>, one_of: &OneOf, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let path = path.key("one_of");
    let mut report = |key: &str, message: String, help: &str| {
        mistakes.push(Diagnostic::new(path.key(key).at_value(), message).help(help));
    };
    for (key, name) in [
        ("tag", Some(&one_of.tag)),
        ("content", one_of.content.as_ref()),
    ] {
        if name.is_some_and(|name| name.trim().is_empty()) {
            report(key, format!("{} is empty", quoted(key)), "name a field");
        }
    }
    if one_of.kinds.is_empty() {
        let help = "add one, or use `type: json`";
        report("kinds", "the one-of has no kinds".to_owned(), help);
    }
    if one_of.content.as_ref() == Some(&one_of.tag) && !one_of.tag.is_empty() {
        let message = "the tag and the content are the same field".to_owned();
        report("content", message, "name the field that has the content");
    }
    if one_of
        .encoding
        .is_some_and(|encoding| encoding != Encoding::JsonString)
    {
        let message = "only `json_string` applies to the content of a one-of".to_owned();
        report("encoding", message, "remove `encoding`");
    }
    let kinds = path.key("kinds");
    for (tag, kind) in one_of.kinds.iter() {
        let path = kinds.key(tag);
        if one_of.content.is_none() && *tag == one_of.tag {
            let message = format!(
                "the content of {} would be in the field of the tag",
                quoted(tag)
            );
            let help = "name the field that has the content: `content: ...`";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
        siblings(&path.key("object"), &kind.object, scope, mistakes);
    }
}

/// The fields of a flattened one-of must differ from those beside it, and only one can be among them.
fn siblings(path: &Path<'_>, fields: &Fields, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let mut flattened = fields.iter().filter(|(_, field)| field.flatten);
    let Some((first, field)) = flattened.next() else {
        return;
    };
    for (name, _) in flattened {
        let message = format!("{} is flattened too", quoted(first));
        let place = path.key(name).key("flatten").at_key();
        let help = "an object has at most one flattened field";
        mistakes.push(Diagnostic::new(place, message).help(help));
    }
    let shape = field.shape().and_then(|shape| scope.shape(shape));
    let Some(Shape::OneOf(one_of)) = shape else {
        return;
    };
    for name in one_of.names() {
        if fields.get(name).is_some_and(|field| !field.flatten) {
            let message = format!("{} is a field of {} too", quoted(name), quoted(first));
            let help = "remove one of them";
            mistakes.push(Diagnostic::new(path.key(name).at_key(), message).help(help));
        }
    }
}
