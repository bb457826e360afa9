//! Examples as a tree: JSON in the order of the fields, which JSON does not keep.

use serde_json::Value as Json;

use super::model::Record;
use super::{Map, Node, Scalar};
use crate::spec::{Example, Field, Fields, Operation, Ordered, ScalarOrNamed, TypeNode};

/// An example.
pub(crate) fn example(example: &Example, op: &Operation) -> Map {
    let request = &example.request;
    let mut sent = Record::default();
    sent.map("path", values(&request.path, &op.path_params, op));
    sent.map("query", values(&request.query, &op.query, op));
    sent.map("headers", values(&request.headers, &op.headers, op));
    if let Some(body) = &request.body {
        sent.put(
            "body",
            whole(body, op.body.as_ref(), op.body_type.as_deref(), op),
        );
    }
    let mut out = Record::default();
    out.map("request", sent.0);
    if let Some(response) = &example.response {
        let mut got = Record::default();
        got.put("status", Scalar::bare(response.status));
        if let Some(body) = &response.body {
            let reply = op.response.as_ref();
            got.put("body", whole(body, reply, op.response_type.as_deref(), op));
        }
        out.put("response", got.0);
    }
    out.0
}

/// A payload, its keys in the order of the fields that describe it.
pub(crate) fn value(value: &Json, fields: &Fields) -> Node {
    object(value, fields, &Operation::default())
}

fn values(values: &Ordered<String, Json>, fields: &Fields, op: &Operation) -> Map {
    let mut map = Map::default();
    for (name, value) in values.iter() {
        map.push(Scalar::text(name), json(value, fields.get(name), op));
    }
    map
}

fn whole(value: &Json, fields: Option<&Fields>, field: Option<&Field>, op: &Operation) -> Node {
    match (value, fields) {
        (Json::Object(_), Some(fields)) => object(value, fields, op),
        _ => json(value, field, op),
    }
}

/// A JSON value, its keys in the order of the fields that `field` has.
fn json(value: &Json, field: Option<&Field>, op: &Operation) -> Node {
    let inner = field.and_then(|field| field.list.as_deref().or(field.map.as_deref()));
    let inner = match inner {
        Some(TypeNode::Node(inner)) => Some(inner.as_ref()),
        _ => None,
    };
    let named = match field.and_then(|field| field.type_name.as_ref()) {
        Some(ScalarOrNamed::Named(name)) => op.types.get(name).and_then(|def| def.object.as_ref()),
        _ => None,
    };
    match value {
        Json::Null => Scalar::null().into(),
        Json::Bool(value) => Scalar::bare(value).into(),
        Json::Number(value) => Scalar::bare(value).into(),
        Json::String(text) => Scalar::text(text).into(),
        Json::Array(items) => items.iter().map(|item| json(item, inner, op)).collect(),
        Json::Object(entries) => {
            if let Some(fields) = field.and_then(|field| field.object.as_ref()).or(named) {
                return object(value, fields, op);
            }
            let mut map = Map::default();
            for (key, value) in entries {
                map.push(Scalar::text(key), json(value, inner, op));
            }
            map.into()
        }
    }
}

fn object(value: &Json, fields: &Fields, op: &Operation) -> Node {
    let mut map = Map::default();
    let entries = value.as_object();
    for (name, field) in fields.iter() {
        if let Some(value) = entries.and_then(|entries| entries.get(name)) {
            map.push(Scalar::text(name), json(value, Some(field), op));
        }
    }
    for (name, value) in entries.into_iter().flatten() {
        if fields.get(name).is_none() {
            map.push(Scalar::text(name), json(value, None, op));
        }
    }
    map.into()
}
