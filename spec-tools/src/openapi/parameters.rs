//! The parts of a request in the path, the query and the headers.

use serde_json::Value;

use super::node::Object;
use super::numbered;
use super::schemas::{Schemas, Scope, restricted};
use crate::docs;
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
            .with("schema", restricted(schemas.of(scope, &field.ty), field))
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
    let schema = restricted(schemas.of(scope, &field.ty), field);
    let parameter = parameter.with_filled("x-dingtalk-idempotency-key", field.spec.idempotency_key);
    match (field.encoding(), &field.ty) {
        (Some(Encoding::Comma), _) => parameter
            .with_some("description", description(field))
            .with("style", "form")
            .with("explode", false)
            .with("schema", schema)
            .with_some("example", example),
        (Some(Encoding::Indexed), _) => {
            numbered::generate(schemas, scope, field, parameter, example)
        }
        (_, ty) if is_single(ty) => parameter
            .with_some("description", description(field))
            .with("schema", schema)
            .with_some("example", example),
        // JSON text.
        _ => {
            let media = Object::new()
                .with("schema", schema)
                .with_some("example", example);
            parameter
                .with_some("description", description(field))
                .with("content", Object::new().with("application/json", media))
        }
    }
}

/// What the spec says of a field.
pub(super) fn description(field: &Field<'_>) -> Option<String> {
    field.spec.doc.as_deref().map(docs::text)
}

/// True for a single value: not a list, an object or free JSON.
pub(super) fn is_single(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::List(_) | Type::Map(_) | Type::Object(_) | Type::Json
    )
}
