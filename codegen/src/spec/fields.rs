use std::fmt;

use serde::Deserialize;
use serde_json::Number;

use super::{OneOf, Ordered};

/// Named fields in the order of the documentation page; the key is the name on the wire.
pub type Fields = Ordered<String, Field>;

/// One field: a path, query or header parameter, or a field of an object.
///
/// Exactly one of `type`, `enum`, `list`, `map`, `object` and `one_of` says what it holds
/// (`enum` may go with `type: integer`).
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are keys of the format, each for itself"
)]
pub struct Field {
    /// `string`, `integer` (64 bits), `number` (floating point), `boolean`, `json` (anything), `file`
    /// (in the body of an upload), or the name of a type under `types`.
    #[serde(rename = "type")]
    pub type_name: Option<ScalarOrNamed>,
    /// The values the field may take, each with a few words on what it means.
    #[serde(rename = "enum")]
    pub values: Option<Ordered<EnumKey, EnumValue>>,
    /// A list; the value says what each element is.
    pub list: Option<Box<TypeNode>>,
    /// A JSON object with free keys; the value says what each value is.
    pub map: Option<Box<TypeNode>>,
    /// An object with the fields given here.
    #[serde(default, deserialize_with = "super::ordered::some")]
    #[cfg_attr(test, schemars(with = "Fields"))]
    pub object: Option<Fields>,
    /// An object of several kinds, one of whose fields says which kind it is.
    pub one_of: Option<Box<OneOf>>,
    /// Of a one-of in a JSON body: true if its fields are beside the others. The field's own name is not on the wire.
    #[serde(default)]
    pub flatten: bool,
    /// True if a request without the field is refused, or if the platform documents that a reply always
    /// has it. The documentation says so; in Rust a reply's field is optional all the same.
    #[serde(default)]
    pub required: bool,
    /// What the field is: units, limits, where the value comes from. In our own words.
    pub doc: Option<String>,
    /// `false` if the field means something else than the glossary says of its name. It then has no text.
    pub glossary: Option<bool>,
    /// An open question, because the sources disagree or are silent. `check` fails until a person
    /// answers it.
    pub undecided: Option<String>,
    /// True if the value must never be printed.
    #[serde(default)]
    pub secret: bool,
    /// True if the server carries out a request only once for each value of this field, so that a
    /// request with it may be retried.
    #[serde(default)]
    pub idempotency_key: bool,
    /// True if the field of a reply says whether the call worked: `false` there is an error, whatever
    /// the HTTP status. In the elements of a list it says whether the element did: then the reply has
    /// a method `failed`, which gives those that did not.
    #[serde(default)]
    pub success_flag: bool,
    /// Of a field in an event: other names that it has on the wire. Those that differ in case or `_` alone need not be
    /// given.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// How the value is encoded, if not in the default way.
    pub encoding: Option<Encoding>,
    /// Of a string in a request: its maximum length in characters.
    pub max_length: Option<u64>,
    /// Of a string in a request: its maximum length in bytes of UTF-8. Of a file: its maximum size. Of a flattened
    /// one-of: the maximum length of its content, a string that holds JSON.
    pub max_bytes: Option<u64>,
    /// Of a number in a request: the minimum.
    pub min: Option<Number>,
    /// Of a number in a request: the maximum.
    pub max: Option<Number>,
    /// Of a list in a request: the maximum number of elements.
    pub max_items: Option<u64>,
    /// Of a file: the extensions that its name may have, in lower case and without the dot.
    pub extensions: Option<Vec<String>>,
    /// Of a file: limits that hold where another field of the body, an enum of strings, has a value. By the
    /// field's name, then by the value.
    #[serde(default)]
    pub limits_by: Ordered<String, Ordered<String, FileLimits>>,
    /// The field's name in Rust, if the one made from the wire name is poor.
    pub rust_name: Option<String>,
    /// The name of the Rust type made for this `enum` or `object`, if the one made from the
    /// field's name is poor.
    pub rust_type: Option<String>,
}

/// The limits of a file.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileLimits {
    /// The maximum size in bytes.
    pub max_bytes: Option<u64>,
    /// The extensions that the name may have, in lower case and without the dot.
    pub extensions: Option<Vec<String>>,
}

/// What a list's element or a map's value is: the name of a type, or a mapping as for a field.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum TypeNode {
    /// A scalar or a named type.
    Name(ScalarOrNamed),
    /// Anything else. `required`, `secret`, `idempotency_key`, `encoding` and `rust_name` do not
    /// apply here.
    Node(Box<Field>),
}

/// The name of a type.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum ScalarOrNamed {
    /// UTF-8 text.
    String,
    /// A whole number of 64 bits.
    Integer,
    /// A floating point number.
    Number,
    /// True or false.
    Boolean,
    /// Any JSON.
    Json,
    /// A file to upload.
    File,
    /// A type declared under `types`, of the operation or of the service.
    Named(String),
}

impl From<String> for ScalarOrNamed {
    fn from(name: String) -> Self {
        match name.as_str() {
            "string" => Self::String,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "json" => Self::Json,
            "file" => Self::File,
            _ => Self::Named(name),
        }
    }
}

/// A value of an enum as it is on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
pub enum EnumKey {
    /// For `type: integer`.
    Integer(i64),
    /// Text.
    Text(String),
}

impl fmt::Display for EnumKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
        }
    }
}

/// What a value of an enum means: a few words, or a mapping with `doc` and `rust_name`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum EnumValue {
    /// The meaning; empty if it is not known.
    Doc(Option<String>),
    /// The meaning with a name of its own in Rust.
    Named(NamedEnumValue),
}

/// The long form of a value of an enum.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedEnumValue {
    /// What the value means.
    pub doc: Option<String>,
    /// The variant's name in Rust.
    pub rust_name: Option<String>,
}

/// How a value is written where that is not the default.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Body: the field is a string on the wire that holds the value as JSON text.
    JsonString,
    /// Query, and fields of a request's body: the elements joined by commas.
    Comma,
    /// Query: `name.1=..&name.2=..`, and `name.1.field=..` for objects.
    Indexed,
}

/// What a field holds, once it is known to hold exactly one thing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape<'a> {
    /// A scalar or a named type.
    Name(&'a ScalarOrNamed),
    /// An enum of strings, or of integers if the flag is set.
    Enum(&'a Ordered<EnumKey, EnumValue>, bool),
    /// A list of elements.
    List(&'a TypeNode),
    /// A map from strings to values.
    Map(&'a TypeNode),
    /// An object with fields of its own.
    Object(&'a Fields),
    /// An object of several kinds.
    OneOf(&'a OneOf),
}

impl Field {
    /// Whether it holds a file.
    pub fn is_file(&self) -> bool {
        self.shape() == Some(Shape::Name(&ScalarOrNamed::File))
    }

    /// What the field holds; `None` if it says nothing or several things, which `check` reports.
    pub fn shape(&self) -> Option<Shape<'_>> {
        if let Some(one_of) = &self.one_of {
            let others = [&self.list, &self.map].iter().any(|node| node.is_some());
            let alone = !others
                && self.type_name.is_none()
                && self.values.is_none()
                && self.object.is_none();
            return alone.then_some(Shape::OneOf(one_of));
        }
        match (
            &self.type_name,
            &self.values,
            &self.list,
            &self.map,
            &self.object,
        ) {
            (Some(name), None, None, None, None) => Some(Shape::Name(name)),
            (None | Some(ScalarOrNamed::String), Some(values), None, None, None) => {
                Some(Shape::Enum(values, false))
            }
            (Some(ScalarOrNamed::Integer), Some(values), None, None, None) => {
                Some(Shape::Enum(values, true))
            }
            (None, None, Some(element), None, None) => Some(Shape::List(element)),
            (None, None, None, Some(value), None) => Some(Shape::Map(value)),
            (None, None, None, None, Some(fields)) => Some(Shape::Object(fields)),
            _ => None,
        }
    }
}

impl TypeNode {
    /// What the element or value is; `None` as for [`Field::shape`].
    pub fn shape(&self) -> Option<Shape<'_>> {
        match self {
            Self::Name(name) => Some(Shape::Name(name)),
            Self::Node(field) => field.shape(),
        }
    }

    /// The name asked for the Rust type made here, if any.
    pub fn rust_type(&self) -> Option<&str> {
        match self {
            Self::Name(_) => None,
            Self::Node(field) => field.rust_type.as_deref(),
        }
    }
}

impl EnumValue {
    /// What the value means.
    pub fn doc(&self) -> Option<&str> {
        match self {
            Self::Doc(doc) => doc.as_deref(),
            Self::Named(value) => value.doc.as_deref(),
        }
    }

    /// The variant's name in Rust, if one is asked for.
    pub fn rust_name(&self) -> Option<&str> {
        match self {
            Self::Doc(_) => None,
            Self::Named(value) => value.rust_name.as_deref(),
        }
    }
}
