//! The parts of a request in the path, the query and the headers.

use serde_json::Value;

use super::node::Object;
use super::numbered;
use super::schemas::{Schemas, Scope, restricted};
use crate::docs;
use crate::resolve::{Field, Operation, Type};
use crate::spec::{
    self, Api, Encoding, ExampleRequest, Location, Signature, SignatureField, Signer,
};

/// An operation's parameters. `path` are the names of its path values in this document, in their order.
pub(super) fn generate(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    operation: &Operation<'_>,
    path: &[&str],
    api: &Api,
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
    let sent = sent(operation.spec, api);
    values.chain(others).chain(sent).collect()
}

/// The fields of the query that clients send by themselves: what identifies a webhook, and the signature.
fn sent(spec: &spec::Operation, api: &Api) -> Vec<Object> {
    let webhook = spec.webhook.as_deref();
    let webhook = webhook.map(|name| {
        let about = "Identifies the webhook: the field of this name in its URL.";
        own(name, true, about, secret())
    });
    let signature = spec.signature.as_ref();
    let signature = signature.and_then(|name| api.signatures.get(name));
    let fields = signature.iter().flat_map(|signature| {
        let fields = signature.query.iter();
        fields.map(|(name, value)| signed(name, *value, signature))
    });
    webhook.into_iter().chain(fields).collect()
}

/// A field of a signature.
fn signed(name: &str, value: SignatureField, signature: &Signature) -> Object {
    let (about, schema) = match value {
        SignatureField::Key => ("The application's key.".to_owned(), text()),
        SignatureField::Ticket => ("The newest suite ticket.".to_owned(), secret()),
        SignatureField::Timestamp => {
            let integer = Object::new().with("type", "integer");
            let about = "The time of the signature, in milliseconds since the epoch.";
            (about.to_owned(), integer.with("format", "int64"))
        }
        SignatureField::Signature => {
            let text = docs::code(&signature.text.replace('\n', "\\n"));
            let signer = signature.signer.as_str();
            let about =
                format!("The HMAC-SHA256 of {text} in base64. The key is the {signer}'s secret.");
            (about, secret())
        }
    };
    // A webhook without a secret does not sign.
    own(
        name,
        signature.signer == Signer::Application,
        &about,
        schema,
    )
}

fn own(name: &str, required: bool, about: &str, schema: Object) -> Object {
    Object::new()
        .with("name", name)
        .with("in", "query")
        .with_filled("required", required)
        .with("description", about)
        .with("schema", schema)
}

fn text() -> Object {
    Object::new().with("type", "string")
}

fn secret() -> Object {
    text().with("x-dingtalk-secret", true)
}

/// As in the spec.
pub(super) fn signature(signature: &Signature) -> Object {
    let query = signature.query.iter();
    let query = query.map(|(name, value)| (name.as_str(), value.as_str()));
    Object::new()
        .with("signer", signature.signer.as_str())
        .with("text", &signature.text)
        .with("query", query.collect::<Object>())
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
        Type::List(_) | Type::Map(_) | Type::Object(_) | Type::OneOf(_) | Type::Json
    )
}
