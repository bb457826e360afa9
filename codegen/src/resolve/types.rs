use std::fmt;

use super::{Origin, Usage};
use crate::spec::{self, Location};

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Number,
    /// `bool`
    Boolean,
    /// Free JSON.
    Json,
    /// A file to upload.
    File,
    /// An open enum of strings.
    Enum(Path),
    /// An open enum of integers.
    IntegerEnum(Path),
    /// A struct.
    Object(Path),
    /// An open enum of structs.
    OneOf(Path),
    /// `Vec`
    List(Box<Type>),
    /// A map from strings.
    Map(Box<Type>),
}

/// Where a type of our own is declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Its name.
    pub name: String,
    /// True if it is one of the service's shared types.
    pub shared: bool,
}

impl Path {
    /// A type of an operation's own.
    pub fn own(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            shared: false,
        }
    }
}

/// A type that is declared.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum TypeDef<'a> {
    Struct(StructDef<'a>),
    Enum(EnumDef<'a>),
    OneOf(OneOfDef<'a>),
}

/// A model.
#[derive(Debug)]
pub struct StructDef<'a> {
    /// Its name.
    pub name: String,
    /// What the spec calls it, or the field that it is made for.
    pub wire: &'a str,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What it is.
    pub doc: Option<&'a str>,
    /// What uses it.
    pub usage: Usage,
    /// Its fields in the order of the spec.
    pub fields: Vec<Field<'a>>,
}

/// A field of a model, or a path parameter.
#[derive(Debug)]
pub struct Field<'a> {
    /// Its name in Rust.
    pub ident: String,
    /// Its name on the wire.
    pub wire: &'a str,
    /// Its type, without `Option` and `Box`.
    pub ty: Type,
    /// True if it is plain, not optional.
    pub required: bool,
    /// True if its type is boxed, because the type contains itself.
    pub boxed: bool,
    /// Where it goes, if it is a request's own field.
    pub location: Option<Location>,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What the spec says.
    pub spec: &'a spec::Field,
}

/// An open enum.
#[derive(Debug)]
pub struct EnumDef<'a> {
    /// Its name.
    pub name: String,
    /// What the spec calls it, or the field that it is made for.
    pub wire: &'a str,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What it is.
    pub doc: Option<&'a str>,
    /// True if the values are integers.
    pub integer: bool,
    /// The values in the order of the spec.
    pub variants: Vec<Variant<'a>>,
}

/// An open enum of structs: an object whose tag says which of them its content is.
#[derive(Debug)]
pub struct OneOfDef<'a> {
    /// Its name.
    pub name: String,
    /// What the spec calls it, or the field that it is made for.
    pub wire: &'a str,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What it is.
    pub doc: Option<&'a str>,
    /// True if it is one of the service's shared types.
    pub shared: bool,
    /// What the spec says.
    pub spec: &'a spec::OneOf,
    /// The kinds in the order of the spec.
    pub kinds: Vec<KindDef<'a>>,
}

/// A kind of a one-of.
#[derive(Debug)]
pub struct KindDef<'a> {
    /// The name of the variant and of the struct in it.
    pub ident: String,
    /// The tag's value.
    pub tag: &'a str,
    /// The field that has the content.
    pub content: &'a str,
    /// What it is.
    pub doc: Option<&'a str>,
    /// True if its content has required fields.
    pub required: bool,
}

/// A variant of an open enum.
#[derive(Debug)]
pub struct Variant<'a> {
    /// Its name.
    pub ident: String,
    /// Its value on the wire.
    pub value: Value<'a>,
    /// What it means.
    pub doc: Option<&'a str>,
    /// Whether the spec asks for the name.
    pub named: bool,
}

/// A value of an enum on the wire.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Value<'a> {
    Text(&'a str),
    Integer(i64),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
        }
    }
}

impl<'a> TypeDef<'a> {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(def) => &def.name,
            Self::Enum(def) => &def.name,
            Self::OneOf(def) => &def.name,
        }
    }

    /// What the spec calls it, or the field that it is made for.
    pub fn wire(&self) -> &'a str {
        match self {
            Self::Struct(def) => def.wire,
            Self::Enum(def) => def.wire,
            Self::OneOf(def) => def.wire,
        }
    }

    /// Where the spec describes it.
    pub fn origin(&self) -> &Origin<'a> {
        match self {
            Self::Struct(def) => &def.origin,
            Self::Enum(def) => &def.origin,
            Self::OneOf(def) => &def.origin,
        }
    }

    /// The struct, if it is one.
    pub fn as_struct(&self) -> Option<&StructDef<'a>> {
        match self {
            Self::Struct(def) => Some(def),
            Self::Enum(_) | Self::OneOf(_) => None,
        }
    }
}
