//! What of a request goes into the path, the query and the headers.

use serde_json::Value;

use super::node::{Node, Object};
use super::schemas::{Schemas, Scope, secret};
use super::text;
use crate::emit::docs;
use crate::resolve::{Field, Operation, Type};
use crate::spec::{Encoding, ExampleRequest, Location};

/// An operation's parameters. `path` are the names of its path values in this document, in their order.
pub(super) fn generate(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    operation: &Operation<'_>,
    path: &[&str],
) -> Vec<Object> {
    let none = ExampleRequest::default();
    let example = operation.spec.example.as_ref();
    let example = example.map_or(&none, |example| &example.request);
    let values = operation.path_args.iter().zip(path).map(|(field, name)| {
        let parameter = Object::new().with("name", *name).with("in", "path");
        let own = (field.wire != *name).then_some(field.wire);
        parameter
            .with("required", true)
            .with_some("x-dingtalk-name", own)
            .with_some("description", description(field))
            .with("schema", secret(schemas.of(scope, &field.ty), field))
            .with_some("example", example.path.get(field.wire))
    });
    let fields = operation.request.iter().flat_map(|def| &def.fields);
    let others = fields.filter_map(|field| {
        let (place, example) = match field.location() {
            Location::Query => ("query", example.query.get(field.wire)),
            Location::Header => ("header", example.headers.get(field.wire)),
            Location::Body => return None,
        };
        let parameter = Object::new().with("name", field.wire).with("in", place);
        let parameter = parameter.with_filled("required", field.required);
        Some(encoded(schemas, scope, field, parameter, example))
    });
    values.chain(others).collect()
}

/// A parameter with how its value is written.
fn encoded(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    field: &Field<'_>,
    parameter: Object,
    example: Option<&Value>,
) -> Object {
    let schema = secret(schemas.of(scope, &field.ty), field);
    let parameter = parameter.with_filled("x-dingtalk-idempotency-key", field.spec.idempotency_key);
    match (field.encoding(), &field.ty) {
        (Some(Encoding::Comma), _) => parameter
            .with_some("description", description(field))
            .with("style", "form")
            .with("explode", false)
            .with("schema", schema)
            .with_some("example", example),
        (Some(Encoding::Indexed), ty) => {
            let numbered = format!(
                "Sent as {}, and so on.",
                docs::code(&pattern(field.wire, ty).1)
            );
            let description = [description(field).unwrap_or_default(), numbered];
            parameter
                .with("description", text::paragraphs(description))
                .with("style", "form")
                .with("explode", true)
                .with("schema", numbered_schema(schemas, scope, field))
                .with_some("example", example.map(|value| flat(field.wire, value)))
                .with("x-dingtalk-encoding", "indexed")
                .with("x-dingtalk-schema", schema)
        }
        // JSON text.
        (_, Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Json) => {
            let media = Object::new()
                .with("schema", schema)
                .with_some("example", example);
            parameter
                .with_some("description", description(field))
                .with("content", Object::new().with("application/json", media))
        }
        _ => parameter
            .with_some("description", description(field))
            .with("schema", schema)
            .with_some("example", example),
    }
}

fn description(field: &Field<'_>) -> Option<String> {
    field.spec.doc.as_deref().map(docs::text)
}

/// A list as what it is on the wire, `name.1=..&name.2=..`: an object, each of whose keys is a parameter of
/// its own. There is no other way to say it.
fn numbered_schema(schemas: &Schemas<'_>, scope: Scope<'_>, field: &Field<'_>) -> Object {
    let (pattern, _) = pattern(field.wire, &field.ty);
    let value = match &field.ty {
        Type::List(item) if is_single(item) => schemas.of(scope, item),
        _ => Object::new().with("type", vec!["string", "number", "boolean"]),
    };
    Object::new()
        .with("type", "object")
        .with("patternProperties", Object::new().with(pattern, value))
        .with("additionalProperties", false)
}

/// Which names the pairs of a numbered list have: as a pattern, and the first one.
fn pattern(wire: &str, ty: &Type) -> (String, String) {
    let mut name = String::new();
    for c in wire.chars() {
        if !c.is_alphanumeric() && c.is_ascii() && c != '_' {
            name.push('\\');
        }
        name.push(c);
    }
    match ty {
        Type::List(item) if is_single(item) => (
            format!(r"^{name}\.[1-9][0-9]*$"),
            format!("{wire}.1=..&{wire}.2=.."),
        ),
        _ => (
            format!(r"^{name}\.[1-9][0-9]*\..+$"),
            format!("{wire}.1.field=..&{wire}.2.field=.."),
        ),
    }
}

fn is_single(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Json
    )
}

/// The value of a numbered list as the pairs that it is sent as.
fn flat(name: &str, value: &Value) -> Object {
    let mut pairs = Object::new();
    flatten(name, value, &mut pairs);
    pairs
}

fn flatten(name: &str, value: &Value, pairs: &mut Object) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}.{}", index + 1), item, pairs);
            }
        }
        Value::Object(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            for (key, item) in entries {
                flatten(&format!("{name}.{key}"), item, pairs);
            }
        }
        Value::Null => {}
        value => pairs.insert(name, Node::from(value)),
    }
}
