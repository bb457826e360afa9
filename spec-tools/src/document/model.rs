//! From the model to a tree: what a program knows, as a person would have written it.

use std::fmt;

use super::example;
use super::{Map, Node, Scalar};
use crate::spec::{
    AppType, Encoding, EnumKey, EnumValue, ErrorClass, ErrorRow, Event, Field, Fields, FileLimits,
    NamedType, OneOf, Operation, Ordered, Paging, ScalarOrNamed, ServiceFile, Token, TokenKind,
    TypeNode,
};

/// A mapping in which keys without a value are left out.
#[derive(Default)]
pub(crate) struct Record(pub(super) Map);

impl Record {
    pub(super) fn put(&mut self, key: &str, value: impl Into<Node>) {
        self.0.push(Scalar::text(key), value);
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(key, Scalar::text(text));
        }
    }

    fn number(&mut self, key: &str, number: Option<&impl fmt::Display>) {
        if let Some(number) = number {
            self.put(key, Scalar::bare(number));
        }
    }

    fn flag(&mut self, key: &str, flag: bool) {
        if flag {
            self.put(key, Scalar::bare(true));
        }
    }

    fn texts(&mut self, key: &str, texts: Option<&[String]>) {
        if let Some(texts) = texts {
            let texts = texts.iter().map(|text| Node::from(Scalar::text(text)));
            self.put(key, texts.collect::<Node>());
        }
    }

    pub(super) fn map(&mut self, key: &str, map: Map) {
        if !map.entries.is_empty() {
            self.put(key, map);
        }
    }
}

/// All of an operation.
pub(super) fn operation(op: &Operation) -> Map {
    let mut out = Record::default();
    out.text("operation", Some(&op.operation));
    out.text("rust_name", op.rust_name.as_deref());
    out.text("title", op.title.as_deref());
    out.text("summary", Some(&op.summary));
    out.text("doc", op.doc.as_deref());
    out.text("source", op.source.as_deref());
    out.text("method", Some(op.method.as_str()));
    out.text("path", Some(&op.path));
    if let Some(encoding) = op.encoding {
        out.put("encoding", Scalar::bare(encoding.as_str()));
    }
    out.text("response_field", op.response_field.as_deref());
    if !op.app_types.is_empty() {
        out.put("app_types", app_types(&op.app_types));
    }
    out.text("permission", op.permission.as_deref());
    if let Some(token) = &op.token {
        out.put("token", self::token(token));
    }
    out.text("webhook", op.webhook.as_deref());
    out.text("signature", op.signature.as_deref());
    out.number("max_bytes", op.max_bytes.as_ref());
    if let Some(idempotent) = op.idempotent {
        out.put("idempotent", Scalar::bare(idempotent));
    }
    out.text("undecided", op.undecided.as_deref());
    out.map("path_params", fields(&op.path_params));
    out.map("query", fields(&op.query));
    out.map("headers", fields(&op.headers));
    if let Some(body) = &op.body {
        out.put("body", fields(body));
    }
    if let Some(body) = &op.body_type {
        out.put("body_type", field(body));
    }
    if let Some(reply) = &op.response {
        out.put("response", fields(reply));
    }
    if let Some(reply) = &op.response_type {
        out.put("response_type", field(reply));
    }
    if let Some(paging) = &op.paging {
        out.put("paging", self::paging(paging));
    }
    out.map("types", types(&op.types));
    if !op.errors.is_empty() {
        out.put(
            "errors",
            op.errors
                .iter()
                .map(|row| Node::Map(error(row)))
                .collect::<Node>(),
        );
    }
    if let Some(example) = &op.example {
        out.put("example", example::example(example, op));
    }
    out.0
}

/// All of an event.
pub(super) fn event(event: &Event) -> Map {
    let mut out = Record::default();
    out.text("event", event.event.as_deref());
    out.text("topic", event.topic.as_deref());
    out.text("rust_name", event.rust_name.as_deref());
    out.text("title", event.title.as_deref());
    out.text("summary", Some(&event.summary));
    out.text("doc", event.doc.as_deref());
    out.text("source", event.source.as_deref());
    if !event.delivery.is_empty() {
        let ways = event.delivery.iter();
        let ways = ways.map(|way| Node::from(Scalar::text(way.as_str())));
        out.put("delivery", ways.collect::<Node>());
    }
    if !event.app_types.is_empty() {
        out.put("app_types", app_types(&event.app_types));
    }
    out.text("permission", event.permission.as_deref());
    out.text("undecided", event.undecided.as_deref());
    out.put("data", fields(&event.data));
    if let Some(response) = &event.response {
        out.put("response", fields(response));
    }
    if let Some(example) = &event.example {
        out.put("example", example::value(example, &event.data));
    }
    out.0
}

/// All of a service's own file.
pub(super) fn service(service: &ServiceFile) -> Map {
    let mut out = Record::default();
    out.text("title", service.title.as_deref());
    out.text("summary", service.summary.as_deref());
    out.text("api", service.api.as_deref());
    out.map("types", types(&service.types));
    out.0
}

/// Fields by name.
pub(crate) fn fields(fields: &Fields) -> Map {
    let mut map = Map::default();
    for (wire, one) in fields.iter() {
        map.push(Scalar::text(wire), field(one));
    }
    map
}

/// A field.
pub(crate) fn field(field: &Field) -> Map {
    let mut out = Record::default();
    out.text("type", field.type_name.as_ref().map(type_name));
    if let Some(values) = &field.values {
        out.put("enum", enumeration(values));
    }
    if let Some(element) = &field.list {
        out.put("list", node(element));
    }
    if let Some(value) = &field.map {
        out.put("map", node(value));
    }
    if let Some(object) = &field.object {
        out.put("object", fields(object));
    }
    if let Some(one_of) = &field.one_of {
        out.put("one_of", self::one_of(one_of));
    }
    out.flag("required", field.required);
    out.flag("flatten", field.flatten);
    out.flag("secret", field.secret);
    out.flag("idempotency_key", field.idempotency_key);
    out.flag("success_flag", field.success_flag);
    let aliases = Some(&*field.aliases).filter(|aliases| !aliases.is_empty());
    out.texts("aliases", aliases);
    out.text("encoding", field.encoding.map(encoding));
    out.number("max_length", field.max_length.as_ref());
    out.number("max_bytes", field.max_bytes.as_ref());
    out.number("min", field.min.as_ref());
    out.number("max", field.max.as_ref());
    out.number("max_items", field.max_items.as_ref());
    out.texts("extensions", field.extensions.as_deref());
    out.map("limits_by", limits_by(&field.limits_by));
    out.text("doc", field.doc.as_deref());
    if let Some(glossary) = field.glossary {
        out.put("glossary", Scalar::bare(glossary));
    }
    out.text("rust_name", field.rust_name.as_deref());
    out.text("rust_type", field.rust_type.as_deref());
    out.text("undecided", field.undecided.as_deref());
    out.0
}

/// Limits by another field and its value.
fn limits_by(all: &Ordered<String, Ordered<String, FileLimits>>) -> Map {
    let mut by_field = Map::default();
    for (field, cases) in all.iter() {
        let mut by_value = Map::default();
        for (value, limits) in cases.iter() {
            let mut out = Record::default();
            out.number("max_bytes", limits.max_bytes.as_ref());
            out.texts("extensions", limits.extensions.as_deref());
            by_value.push(Scalar::text(value), out.0);
        }
        by_field.push(Scalar::text(field), by_value);
    }
    by_field
}

/// What a list or a map holds.
pub(crate) fn node(node: &TypeNode) -> Node {
    match node {
        TypeNode::Name(name) => Scalar::text(type_name(name)).into(),
        TypeNode::Node(inner) => field(inner).into(),
    }
}

/// The values of an enum.
pub(crate) fn enumeration(values: &Ordered<EnumKey, EnumValue>) -> Map {
    let mut map = Map::default();
    for (key, value) in values.iter() {
        map.push(enum_key(key), enum_value(value));
    }
    map
}

/// A value of an enum.
pub(crate) fn enum_key(key: &EnumKey) -> Scalar {
    match key {
        EnumKey::Integer(value) => Scalar::bare(value),
        EnumKey::Text(text) => Scalar::text(text),
    }
}

/// What a value of an enum means.
pub(crate) fn enum_value(value: &EnumValue) -> Node {
    match value {
        EnumValue::Doc(None) => Scalar::null().into(),
        EnumValue::Doc(Some(doc)) => Scalar::text(doc).into(),
        EnumValue::Named(value) => {
            let mut out = Record::default();
            out.text("doc", value.doc.as_deref());
            out.text("rust_name", value.rust_name.as_deref());
            out.0.into()
        }
    }
}

/// Types by name.
pub(crate) fn types(types: &Ordered<String, NamedType>) -> Map {
    let mut map = Map::default();
    for (name, def) in types.iter() {
        map.push(Scalar::text(name), named_type(def));
    }
    map
}

/// A type that is used by name.
pub(crate) fn named_type(def: &NamedType) -> Map {
    let mut out = Record::default();
    out.text("doc", def.doc.as_deref());
    out.text("type", def.type_name.as_ref().map(type_name));
    if let Some(values) = &def.values {
        out.put("enum", enumeration(values));
    }
    if let Some(object) = &def.object {
        out.put("object", fields(object));
    }
    if let Some(one_of) = &def.one_of {
        out.put("one_of", self::one_of(one_of));
    }
    out.text("rust_type", def.rust_type.as_deref());
    out.0
}

/// An object of several kinds.
fn one_of(one_of: &OneOf) -> Map {
    let mut kinds = Map::default();
    for (tag, kind) in one_of.kinds.iter() {
        let mut out = Record::default();
        out.text("doc", kind.doc.as_deref());
        out.put("object", fields(&kind.object));
        out.text("rust_name", kind.rust_name.as_deref());
        kinds.push(Scalar::text(tag), out.0);
    }
    let mut out = Record::default();
    out.text("tag", Some(&one_of.tag));
    out.text("content", one_of.content.as_deref());
    out.text("encoding", one_of.encoding.map(encoding));
    out.put("kinds", kinds);
    out.0
}

/// How pages are gone through.
pub(crate) fn paging(paging: &Paging) -> Map {
    let mut out = Record::default();
    out.text("token", paging.token.as_deref());
    out.text("next", paging.next.as_deref());
    out.text("page", paging.page.as_deref());
    if let Some(first) = paging.first {
        out.put("first", Scalar::bare(first));
    }
    out.text("offset", paging.offset.as_deref());
    out.text("size", paging.size.as_deref());
    out.text("items", paging.items.as_deref());
    out.text("more", paging.more.as_deref());
    out.text("total", paging.total.as_deref());
    out.0
}

/// A row of an error table.
pub(crate) fn error(row: &ErrorRow) -> Map {
    let mut out = Record::default();
    out.put("status", Scalar::bare(row.status));
    out.text("code", Some(&row.code));
    out.text("message", row.message.as_deref());
    out.text("class", row.class.map(ErrorClass::as_str));
    out.text("doc", row.doc.as_deref());
    out.text("rust_name", row.rust_name.as_deref());
    out.0
}

/// The kinds of application, as a list.
pub(crate) fn app_types(types: &[AppType]) -> Node {
    types
        .iter()
        .map(|one| Node::from(Scalar::text(one.as_str())))
        .collect()
}

/// Whose token an operation takes.
pub(crate) fn token(token: &Token) -> Node {
    let kind = |kind: &TokenKind| Node::from(Scalar::text(kind.as_str()));
    match token {
        Token::One(one) => kind(one),
        Token::AnyOf(kinds) => kinds.iter().map(kind).collect(),
    }
}

/// The name of a type.
pub(crate) fn type_name(name: &ScalarOrNamed) -> &str {
    match name {
        ScalarOrNamed::String => "string",
        ScalarOrNamed::Integer => "integer",
        ScalarOrNamed::Number => "number",
        ScalarOrNamed::Boolean => "boolean",
        ScalarOrNamed::Json => "json",
        ScalarOrNamed::File => "file",
        ScalarOrNamed::Named(name) => name,
    }
}

/// The word for an encoding.
pub(crate) fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::JsonString => "json_string",
        Encoding::Comma => "comma",
        Encoding::Indexed => "indexed",
    }
}
