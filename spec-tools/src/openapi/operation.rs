//! An operation.

use serde_json::Value;

use super::node::{Node, Object};
use super::schemas::{Schemas, Scope, restricted};
use super::{parameters, responses, text};
use crate::docs;
use crate::resolve::{Operation, Service, StructDef};
use crate::spec::{Api, BodyEncoding, Encoding, Location, Paging, Token, TokenKind};

/// An operation. `path` are the names of its path values in this document, in their order.
pub(super) fn generate(
    schemas: &Schemas<'_>,
    service: &Service<'_>,
    operation: &Operation<'_>,
    path: &[&str],
    api: &Api,
) -> Object {
    let scope = Scope::of(service, operation);
    let spec = operation.spec;
    let source = spec.source.as_deref();
    let kinds: Vec<_> = spec.app_types.iter().map(|kind| kind.as_str()).collect();
    let open = (!spec.needs_token()).then(Vec::<Node>::new);
    let tokens = spec.token.as_ref().map(Token::kinds).unwrap_or_default();
    let tokens: Vec<_> = tokens.iter().copied().map(TokenKind::as_str).collect();
    let signature = spec.signature.as_ref();
    let signature = signature.and_then(|name| api.signatures.get(name));
    let signature = signature.map(parameters::signature);
    Object::new()
        .with("tags", vec![service.name])
        .with("summary", &spec.summary)
        .with_filled("description", text::operation(spec))
        .with_some("x-dingtalk-title", spec.title.as_deref())
        .with_some(
            "externalDocs",
            source.map(|url| Object::new().with("url", url)),
        )
        .with("operationId", id(service.name, &spec.operation))
        .with_some("security", open)
        .with_filled(
            "parameters",
            parameters::generate(schemas, scope, operation, path, api),
        )
        .with_some("requestBody", body(schemas, scope, operation))
        .with(
            "responses",
            responses::generate(schemas, scope, operation, api),
        )
        .with("x-dingtalk-action", &spec.operation)
        .with_some("x-dingtalk-permission", spec.permission.as_deref())
        .with_filled("x-dingtalk-tokens", tokens)
        .with_some("x-dingtalk-signature", signature)
        .with_some("x-dingtalk-max-bytes", spec.max_bytes.map(u64::from))
        .with_filled("x-dingtalk-app-types", kinds)
        .with("x-dingtalk-idempotent", spec.is_idempotent())
        .with_some("x-dingtalk-paging", spec.paging.as_ref().map(paging))
}

/// `conference_1_0_StartCloudRecord`
pub(super) fn id(service: &str, action: &str) -> String {
    format!("{service}_{action}")
}

/// What is sent as the body, also with methods that seldom have one.
fn body(schemas: &Schemas<'_>, scope: Scope<'_>, operation: &Operation<'_>) -> Option<Object> {
    let spec = operation.spec;
    let def = operation.request.as_ref()?;
    let (required, schema) = match (&spec.body, &spec.body_type) {
        // An object is always sent, be it empty.
        (Some(_), _) => (true, schemas.reference(scope, &def.name)),
        (None, Some(_)) => {
            let mut fields = def.fields.iter();
            let field = fields.find(|field| field.location() == Location::Body)?;
            let schema = schemas.of(scope, &field.ty);
            (field.required, restricted(schema, field))
        }
        (None, None) => return None,
    };
    let example = spec.example.as_ref();
    let example = example.and_then(|example| example.request.body.as_ref());
    let example = example.map(|body| as_sent(def, body));
    let media = Object::new()
        .with("schema", schema)
        .with_some("example", example.as_ref());
    let media_type = match spec.encoding {
        None => "application/json",
        Some(BodyEncoding::Form) => "application/x-www-form-urlencoded",
        Some(BodyEncoding::Multipart) => "multipart/form-data",
    };
    let description = spec
        .body_type
        .as_ref()
        .and_then(|whole| whole.doc.as_deref());
    let body = Object::new()
        .with_some("description", description.map(docs::text))
        .with_filled("required", required)
        .with("content", Object::new().with(media_type, media));
    Some(body)
}

/// The example of a body with its lists joined where commas join them.
fn as_sent(def: &StructDef<'_>, body: &Value) -> Value {
    let mut body = body.clone();
    let fields = def.fields.iter();
    let fields = fields.filter(|field| field.location() == Location::Body);
    for field in fields.filter(|field| field.encoding() == Some(Encoding::Comma)) {
        if let Some(value) = body.get_mut(field.wire)
            && let Some(items) = value.as_array()
        {
            let items = items.iter();
            let items = items.map(|item| item.as_str().map_or(item.to_string(), str::to_owned));
            *value = items.collect::<Vec<_>>().join(",").into();
        }
    }
    body
}

/// As in the spec.
fn paging(paging: &Paging) -> Object {
    let names = |key: &'static str, names: &Option<String>| (key, names.clone().map(Node::from));
    let first = ("first", paging.first.map(Node::from));
    [
        names("token", &paging.token),
        names("next", &paging.next),
        names("page", &paging.page),
        first,
        names("offset", &paging.offset),
        names("size", &paging.size),
        names("items", &paging.items),
        names("total", &paging.total),
        names("more", &paging.more),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}
