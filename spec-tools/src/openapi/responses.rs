//! The responses of an operation.

use std::collections::BTreeMap;

use super::node::{Node, Object};
use super::schemas::{Schemas, Scope};
use super::text;
use crate::docs;
use crate::resolve::{Operation, Reply};
use crate::spec::{Api, Envelope, ErrorClass, ErrorRow};

/// The component with the errors that any operation may return.
const COMMON: &str = "PlatformError";

/// The component that describes an error's body. Types of services have dots in their names.
const ENVELOPE: &str = "Error";

/// The responses of an operation by status.
pub(super) fn generate(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    operation: &Operation<'_>,
    api: &Api,
) -> Object {
    let example = operation.spec.example.as_ref();
    let example = example.and_then(|example| example.response.as_ref());
    let success = example.map_or(200, |response| response.status);
    let mut rows: BTreeMap<u16, Vec<&ErrorRow>> = BTreeMap::new();
    for row in &operation.spec.errors {
        rows.entry(row.status).or_default().push(row);
    }
    // A row with the status of success tells of an error that such a reply may be.
    let hidden = rows.remove(&success).unwrap_or_default();
    let schema = match &operation.reply {
        Reply::Nothing => None,
        Reply::Object(def) => Some(schemas.reference(scope, &def.name)),
        Reply::Bare(ty) => Some(schemas.of(scope, ty)),
    };
    let every_reply = api.envelope.every_reply;
    let field = operation.spec.response_field.as_deref();
    let schema = match (schema, field) {
        (Some(schema), Some(field)) => Some(
            Object::new()
                .with("type", "object")
                .with("properties", Object::new().with(field, schema)),
        ),
        (schema, _) => schema,
    };
    let schema = if every_reply {
        let parts = [Some(error()), schema.map(Node::from)];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>();
        Some(Object::new().with("allOf", parts))
    } else {
        schema
    };
    let what = if schema.is_some() {
        "The reply."
    } else {
        "The call worked. Nothing is replied that is read."
    };
    let content = schema.map(|schema| {
        // That of the spec lacks what is around the response.
        let shown = example.filter(|_| !every_reply && field.is_none());
        let body = shown.and_then(|response| response.body.as_ref());
        json(schema.into(), Object::new().with_some("example", body))
    });
    let good = Object::new()
        .with("description", describe(what, &hidden))
        .with_some("content", content)
        .with_filled("x-dingtalk-errors", table(&hidden));
    let bad = rows.iter().map(|(status, rows)| {
        let content = json(error(), Object::new().with("examples", examples(rows)));
        let response = Object::new()
            .with("description", describe("An error.", rows))
            .with("content", content)
            .with("x-dingtalk-errors", table(rows));
        (status.to_string(), response)
    });
    let others = Object::new().with("$ref", format!("#/components/responses/{COMMON}"));
    [(success.to_string(), good)]
        .into_iter()
        .chain(bad)
        .chain([("default".to_owned(), others)])
        .collect()
}

/// The responses that operations share.
pub(super) fn components(api: &Api) -> Object {
    let errors = api.errors.iter().map(|row| {
        let statuses = row.status.iter().map(|status| i64::from(*status));
        Object::new()
            .with("code", &row.code)
            .with_filled("statuses", statuses.collect::<Vec<_>>())
            .with("class", row.class.as_str())
            .with_some("description", row.doc.as_deref())
    });
    let lines = api.errors.iter().map(|row| {
        let doc = row.doc.as_deref().map(docs::text);
        let doc = doc.map(|doc| format!(": {doc}")).unwrap_or_default();
        format!("- {}{doc}", docs::code(&row.code))
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let headers = api.request_id_headers.iter().map(|name| {
        let header = Object::new()
            .with(
                "description",
                "The id of the request, for questions to the platform.",
            )
            .with("schema", Object::new().with("type", "string"));
        (name, header)
    });
    let what = "An error that any operation may answer, with whatever status fits.".to_owned();
    let response = Object::new()
        .with("description", text::paragraphs([what, lines]))
        .with_filled("headers", headers.collect::<Object>())
        .with("content", json(error(), Object::new()))
        .with_filled("x-dingtalk-errors", errors.collect::<Vec<_>>());
    Object::new().with(COMMON, response)
}

/// The body of an error, or the envelope of every reply.
pub(super) fn envelope(api: &Api) -> (&'static str, Object) {
    if api.envelope.every_reply {
        return (ENVELOPE, every_reply(&api.envelope));
    }
    let text = |doc: &str| {
        Object::new()
            .with("type", "string")
            .with("description", doc)
    };
    let scopes = Object::new()
        .with("type", "array")
        .with("items", Object::new().with("type", "string"));
    let detail = Object::new()
        .with("type", "object")
        .with("description", "What is missing, if a permission is.")
        .with("properties", Object::new().with("requiredScopes", scopes));
    let properties = Object::new()
        .with("code", text("Which error it is."))
        .with("message", text("What the error is, for a person."))
        .with(
            "requestid",
            text("The id of the request, for questions to the platform."),
        )
        .with("accessdenieddetail", detail);
    let schema = Object::new()
        .with("type", "object")
        .with("description", "The body of an error.")
        .with("properties", properties);
    (ENVELOPE, schema)
}

/// The envelope of every reply.
fn every_reply(envelope: &Envelope) -> Object {
    let texts = [
        (
            &envelope.code,
            "Which error it is; that of success is listed under `x-dingtalk-success`.",
        ),
        (&envelope.message, "What the error is, for a person."),
        (
            &envelope.sub_code,
            "Which error it is, where the code does not say.",
        ),
        (&envelope.sub_message, "What the error of the sub code is."),
        (
            &envelope.request_id,
            "The id of the request, for questions to the platform.",
        ),
    ];
    let texts = texts
        .iter()
        .flat_map(|(names, doc)| names.iter().map(|name| (name.as_str(), *doc)));
    let types: Vec<Node> = ["integer", "string"].map(Node::from).into();
    let properties = texts.map(|(name, doc)| {
        let schema = Object::new().with("type", types.clone());
        (name, schema.with("description", doc))
    });
    let required = envelope.code.iter().take(1).cloned().map(Node::from);
    Object::new()
        .with("type", "object")
        .with("description", "What every reply has.")
        .with("properties", properties.collect::<Object>())
        .with("required", required.collect::<Vec<_>>())
        .with("x-dingtalk-success", envelope.success.clone())
}

fn error() -> Node {
    let reference = format!("#/components/schemas/{ENVELOPE}");
    Object::new().with("$ref", reference).into()
}

/// JSON with this schema.
fn json(schema: Node, more: Object) -> Object {
    let mut media = Object::new().with("schema", schema);
    media.extend(more);
    Object::new().with("application/json", media)
}

fn describe(what: &str, rows: &[&ErrorRow]) -> String {
    let rows: Vec<_> = rows.iter().map(|row| text::error(row)).collect();
    text::paragraphs([what.to_owned(), rows.join("\n")])
}

/// An error's body for each row. One code may have several rows.
fn examples(rows: &[&ErrorRow]) -> Object {
    let mut examples = Object::new();
    for row in rows {
        let value = Object::new()
            .with("code", &row.code)
            .with_some("message", row.message.as_deref());
        let example = Object::new()
            .with_some("summary", row.doc.as_deref())
            .with("value", value);
        let mut name = row.code.clone();
        let mut number = 1;
        while examples.contains(&name) {
            number += 1;
            name = format!("{}_{number}", row.code);
        }
        examples.insert(name, example);
    }
    examples
}

fn table(rows: &[&ErrorRow]) -> Vec<Object> {
    let rows = rows.iter().map(|row| {
        Object::new()
            .with("code", &row.code)
            .with_some("message", row.message.as_deref())
            .with_some("class", row.class.map(ErrorClass::as_str))
            .with_some("description", row.doc.as_deref())
    });
    rows.collect()
}
