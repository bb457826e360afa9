//! The full description of an operation, for programs that show or store it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{
    AppType, Body, ErrorClass, Operation, Paging, PagingStyle, PathParam, ReplyKind, TokenKind,
};
use crate::model::{
    Encoding, FieldInfo, FieldType, Location, ModelInfo, TypeOf, ValueLimit, of_field,
};

/// All that is known about an operation, in the words of the spec.
///
/// Each object is described once, under its name, so recursive types end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Description {
    /// The service's name.
    pub service: &'static str,
    /// The API it belongs to, if that is not the platform's first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<&'static str>,
    /// The platform's name of the operation.
    pub action: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with path parameters in braces.
    pub path: &'static str,
    /// The kinds of applications that may call it; empty if not documented.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub app_types: &'static [AppType],
    /// The permission that the application needs; empty if none is documented.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub permission: &'static str,
    /// Whether a token is sent.
    pub token: bool,
    /// Whose token it takes: that of any of these kinds; empty if not documented.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub token_kinds: &'static [TokenKind],
    /// Whether a request may be sent twice.
    pub idempotent: bool,
    /// The fields of the path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub path_params: Vec<FieldDescription>,
    /// The fields of the query.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<FieldDescription>,
    /// The fields that are headers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<FieldDescription>,
    /// Whether the body is sent as a form.
    #[serde(skip_serializing_if = "is_false")]
    pub form: bool,
    /// The fields of the body, if it is an object of such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Vec<FieldDescription>>,
    /// The body, if it is anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_type: Option<FieldDescription>,
    /// The field of the reply that holds what follows, if that is not the reply itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_field: Option<&'static str>,
    /// The fields of the reply, if it is an object of such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Vec<FieldDescription>>,
    /// The reply, if it is anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_type: Option<Type>,
    /// The fields of the objects inside, by the objects' names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, Vec<FieldDescription>>,
    /// The places of elements in the reply that may fail while the call does not, for example `result[]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallible: Vec<String>,
    /// How it is paged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paging: Option<PagingDescription>,
    /// The rows of the error table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorDescription>,
}

/// A field.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of the spec's"
)]
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FieldDescription {
    /// Its name on the wire.
    pub name: &'static str,
    /// Its type.
    #[serde(flatten)]
    pub field_type: Type,
    /// Whether it is required.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether its value must not be shown.
    #[serde(skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Whether a request with it may be sent twice.
    #[serde(skip_serializing_if = "is_false")]
    pub idempotency_key: bool,
    /// Whether `false` in it means that the call failed or, in an element of a list, that the element did.
    #[serde(skip_serializing_if = "is_false")]
    pub success_flag: bool,
    /// How it is written, if not plainly: `json_string`, `comma` or `indexed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// The limits of its values in a request.
    #[serde(flatten, serialize_with = "as_keys")]
    pub limits: Vec<ValueLimit>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Type {
    /// `string`, `integer`, `number`, `boolean`, `json`, or the name of an object.
    Type(String),
    /// One of these values, or a newer one.
    Enum(Vec<Value>),
    /// A list of these.
    List(Box<Type>),
    /// A map from strings to these.
    Map(Box<Type>),
}

/// How an operation is paged. Names of nested fields are joined by dots.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PagingDescription {
    /// The field of the request that takes a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The field of the reply with the next token.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next: String,
    /// The field of the request that takes a page's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The number of the first page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// The field of the request that takes the number of items before a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// The field of the request with the size of a page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub size: String,
    /// The field of the reply with the items.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub items: String,
    /// The field of the reply that says whether there are more.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub more: String,
    /// The field of the reply that says how many items there are in all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub total: String,
}

/// A row of an operation's error table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ErrorDescription {
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: &'static str,
    /// The message; `%s` is a placeholder for a detail.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub message: &'static str,
    /// What it means for a client, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<ErrorClass>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Limits are keys of their field, as in the spec.
fn as_keys<S: Serializer>(limits: &[ValueLimit], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(limits.iter().map(|limit| limit.entry()))
}

impl Operation {
    /// The operation described whole.
    pub fn describe(&self) -> Description {
        let mut types = Types::default();
        let path = self
            .path_params
            .iter()
            .map(|PathParam(info, kind)| (info, kind.get()));
        let path_params = path
            .map(|(info, kind)| types.field(info, kind, &[]))
            .collect();
        let request = self
            .request
            .map_or_else(Vec::new, |kind| limited(kind.get()));
        let mut at = |location| -> Vec<_> {
            let there = request
                .iter()
                .filter(|(info, ..)| info.location() == location);
            there
                .map(|(info, kind, limits)| types.field(info, *kind, limits))
                .collect()
        };
        let (query, headers) = (at(Location::Query), at(Location::Header));
        let mut body = at(Location::Body);
        let body_type = (self.body == Body::Bare).then(|| body.pop()).flatten();
        let reply = self.reply_type.map(TypeOf::get);
        let (response, response_type) = match reply {
            Some(kind @ FieldType::Object(_)) => (Some(types.fields(kind)), None),
            Some(kind) => (None, Some(types.named(kind))),
            None => (None, None),
        };
        Description {
            service: self.service,
            api: self.api,
            action: self.action,
            summary: self.summary,
            method: self.method,
            path: self.path,
            app_types: self.app_types,
            permission: self.permission,
            token: self.needs_token(),
            token_kinds: self.token_kinds(),
            idempotent: self.idempotent,
            path_params,
            query,
            headers,
            form: self.body == Body::Form,
            body: matches!(self.body, Body::Fields | Body::Form).then_some(body),
            body_type,
            response_field: match self.reply {
                ReplyKind::Field(name) => Some(name),
                _ => None,
            },
            response,
            response_type,
            types: types.described,
            fallible: self.fallible(),
            paging: self.paging.map(paging),
            errors: self.error_rows().map(error).collect(),
        }
    }
}

/// As [`describe`](Operation::describe) describes it.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.describe().serialize(to)
    }
}

/// The objects that were met so far.
#[derive(Default)]
struct Types {
    met: Vec<(String, &'static ModelInfo)>,
    described: BTreeMap<String, Vec<FieldDescription>>,
}

impl Types {
    fn field(
        &mut self,
        info: &FieldInfo,
        kind: FieldType,
        limits: &[ValueLimit],
    ) -> FieldDescription {
        FieldDescription {
            name: info.name(),
            field_type: self.named(kind),
            required: info.is_required(),
            secret: info.is_secret(),
            idempotency_key: info.is_idempotency_key(),
            success_flag: info.is_success_flag(),
            encoding: match info.encoding() {
                Encoding::Plain => None,
                Encoding::JsonString => Some("json_string"),
                Encoding::Comma => Some("comma"),
                Encoding::Indexed => Some("indexed"),
            },
            limits: limits.to_vec(),
        }
    }

    fn fields(&mut self, kind: FieldType) -> Vec<FieldDescription> {
        let fields = limited(kind).into_iter();
        fields
            .map(|(info, kind, limits)| self.field(info, kind, &limits))
            .collect()
    }

    fn named(&mut self, kind: FieldType) -> Type {
        let name = match kind {
            FieldType::String => "string".to_owned(),
            FieldType::Integer => "integer".to_owned(),
            FieldType::Number => "number".to_owned(),
            FieldType::Boolean => "boolean".to_owned(),
            FieldType::Json => "json".to_owned(),
            FieldType::StringEnum(known) => return Type::Enum(values(known)),
            FieldType::IntegerEnum(known) => return Type::Enum(values(known)),
            FieldType::List(items) => return Type::List(Box::new(self.named(items.get()))),
            FieldType::Map(items) => return Type::Map(Box::new(self.named(items.get()))),
            FieldType::Object(object) => self.object(kind, object.info()),
        };
        Type::Type(name)
    }

    /// The name under which an object is described.
    fn object(&mut self, kind: FieldType, info: &'static ModelInfo) -> String {
        // The same object's table may be at several addresses, so tables are compared by what they say.
        if let Some((name, _)) = self.met.iter().find(|(_, met)| *met == info) {
            return name.clone();
        }
        let namesakes = self.met.iter().filter(|(_, met)| met.name() == info.name());
        let name = match namesakes.count() {
            0 => info.name().to_owned(),
            count => format!("{}{}", info.name(), count + 1),
        };
        self.met.push((name.clone(), info));
        let fields = self.fields(kind);
        self.described.insert(name.clone(), fields);
        name
    }
}

/// The fields of an object, each with what it holds and its limits.
fn limited(kind: FieldType) -> Vec<(&'static FieldInfo, FieldType, Vec<ValueLimit>)> {
    let limits = kind.limits();
    let fields = kind.fields().into_iter().enumerate();
    fields
        .map(|(index, (info, kind))| (info, kind, of_field(limits, index).collect()))
        .collect()
}

fn values<T: Copy + Into<Value>>(known: &[T]) -> Vec<Value> {
    known.iter().map(|value| (*value).into()).collect()
}

fn paging(paging: &Paging) -> PagingDescription {
    let mut described = PagingDescription {
        token: None,
        next: String::new(),
        page: None,
        first: None,
        offset: None,
        size: paging.size.join("."),
        items: paging.items.join("."),
        more: paging.more.join("."),
        total: paging.total.join("."),
    };
    match paging.style {
        PagingStyle::Token { next } => {
            described.token = Some(paging.cursor.join("."));
            described.next = next.join(".");
        }
        PagingStyle::Number { first } => {
            described.page = Some(paging.cursor.join("."));
            described.first = Some(first);
        }
        PagingStyle::Offset => described.offset = Some(paging.cursor.join(".")),
    }
    described
}

fn error(row: super::ErrorRow) -> ErrorDescription {
    ErrorDescription {
        status: row.status,
        code: row.code,
        message: row.message,
        class: row.class,
    }
}

/// In words: `list of string`, `"grid" | "speech"`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(name) => f.write_str(name),
            Self::List(items) => write!(f, "list of {items}"),
            Self::Map(items) => write!(f, "map of {items}"),
            Self::Enum(values) => {
                for (index, value) in values.iter().enumerate() {
                    let bar = if index == 0 { "" } else { " | " };
                    write!(f, "{bar}{value}")?;
                }
                Ok(())
            }
        }
    }
}
