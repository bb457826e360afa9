//! Lists in the query that are sent as `name.1=..&name.2=..`.
//!
//! `OpenAPI` has no style for them. An exploded object is the closest: each of its keys is a parameter. So the schema
//! describes the pairs as they are sent, and the list next to them.

use serde_json::Value;

use super::node::{Node, Object};
use super::parameters::{description, is_single};
use super::schemas::{Schemas, Scope, restricted};
use super::text;
use crate::docs;
use crate::resolve::{Field, Type};

/// Completes a parameter.
pub(super) fn generate(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    field: &Field<'_>,
    parameter: Object,
    example: Option<&Value>,
) -> Object {
    let single = match &field.ty {
        Type::List(item) => Some(item).filter(|item| is_single(item)),
        _ => None,
    };
    let name = escaped(field.wire);
    let (key, value, sent) = match single {
        Some(item) => (
            format!(r"^{name}\.[1-9][0-9]*$"),
            schemas.of(scope, item),
            "1=..",
        ),
        None => (
            format!(r"^{name}\.[1-9][0-9]*\..+$"),
            Object::new().with("type", vec!["string", "number", "boolean"]),
            "1.field=..",
        ),
    };
    let pairs = Object::new()
        // Generators name what they make of it after the title; else it would be the name of the items.
        .with(
            "title",
            format!(
                "{}.{}.pairs",
                scope.operation.unwrap_or_default(),
                field.wire
            ),
        )
        .with("type", "object")
        .with("patternProperties", Object::new().with(key, value))
        .with("additionalProperties", false);
    let sent = docs::code(&format!("{}.{sent}", field.wire));
    let description = [
        description(field).unwrap_or_default(),
        format!("Sent as {sent}, counted from 1."),
    ];
    let example = example.map(|value| {
        let mut pairs = Object::new();
        flatten(field.wire, value.into(), &mut pairs);
        pairs
    });
    parameter
        .with("description", text::paragraphs(description))
        .with("style", "form")
        .with("explode", true)
        .with("schema", pairs)
        .with_some("example", example)
        .with("x-dingtalk-encoding", "indexed")
        .with(
            "x-dingtalk-schema",
            restricted(schemas.of(scope, &field.ty), field),
        )
}

/// A text as a pattern that fits it alone.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\^$.|?*+()[]{}/".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn flatten(name: &str, value: Node, pairs: &mut Object) {
    match value {
        Node::List(items) => {
            for (item, number) in items.into_iter().zip(1..) {
                flatten(&format!("{name}.{number}"), item, pairs);
            }
        }
        Node::Object(object) => {
            for (key, item) in object {
                flatten(&format!("{name}.{key}"), item, pairs);
            }
        }
        Node::Null => {}
        value => pairs.insert(name, value),
    }
}
