//! The full description of an operation, for programs that show or store it.

mod describe;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{AppType, ErrorClass, TokenKind};
use crate::model::ValueLimit;

pub use self::describe::describe_objects;

/// All that is known about an operation, in the words of the spec.
///
/// Each object is described once, under its name, so recursive types end.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
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
    /// The field of a webhook's URL that identifies it, if a webhook is called instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<&'static str>,
    /// The name of the API's signature that requests are signed with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<&'static str>,
    /// The maximum size of the body in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u32>,
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
    /// Whether the body is sent as a form with files.
    #[serde(skip_serializing_if = "is_false")]
    pub multipart: bool,
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
    /// Where it is the content of a one-of's kind: the value of the tag, which is the field before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
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
    let mut keys = Map::new();
    for limit in limits {
        limit.write(&mut keys);
    }
    keys.serialize(to)
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
