//! Fields and their types.

use serde::{Deserialize, Serialize};

/// A named type: an object or an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeDef<'a> {
    /// Its name in Rust.
    pub name: &'a str,
    /// What it is, if the spec says.
    pub doc: Option<&'a str>,
    /// What values it has.
    #[serde(borrow)]
    pub values: Values<'a>,
}

/// What values a named type has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Values<'a> {
    /// Objects with these fields.
    Object(#[serde(borrow)] Vec<Field<'a>>),
    /// These strings or newer ones, each with its meaning.
    Strings(#[serde(borrow)] Vec<(&'a str, Option<&'a str>)>),
    /// These integers or newer ones, each with its meaning.
    Integers(#[serde(borrow)] Vec<(i64, Option<&'a str>)>),
    /// Objects of one of several kinds.
    OneOf(#[serde(borrow)] OneOf<'a>),
}

/// Objects whose tag says which kind they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OneOf<'a> {
    /// The name of the tag.
    pub tag: &'a str,
    /// Whether the content is a string that holds JSON.
    pub json_string: bool,
    /// The kinds.
    #[serde(borrow)]
    pub kinds: Vec<Kind<'a>>,
}

/// A kind of object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kind<'a> {
    /// The tag's value.
    pub tag: &'a str,
    /// The name of the field that has the content.
    pub content: &'a str,
    /// What it is, if the spec says.
    pub doc: Option<&'a str>,
    /// Whether a request must have the content.
    pub required: bool,
    /// What the content is.
    pub of: Base,
}

/// A field of an object, or an argument of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// What it holds.
    pub of: Type,
    /// Its flags.
    pub marks: Marks,
    /// How its value is written, if not as its type says.
    pub encoding: Option<Encoding>,
    /// What it is, if the spec says.
    pub doc: Option<&'a str>,
    /// The limits of its values in a request.
    #[serde(borrow)]
    pub limits: Vec<Limit<'a>>,
    /// Other names that some deliveries of an event have for it.
    #[serde(borrow)]
    pub aliases: Vec<&'a str>,
}

/// A limit of a field's values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Limit<'a> {
    /// The maximum length of a string, in characters.
    MaxLength(u64),
    /// The maximum length of a string, in bytes of UTF-8, or of a file.
    MaxBytes(u64),
    /// The minimum of a number.
    Min(f64),
    /// The maximum of a number.
    Max(f64),
    /// The maximum number of elements of a list.
    MaxItems(u64),
    /// The extensions that the name of a file may have.
    Extensions(#[serde(borrow)] Vec<&'a str>),
    /// A limit that holds where the field of this name has this value.
    Where(&'a str, &'a str, #[serde(borrow)] Box<Limit<'a>>),
}

/// The flags of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Marks(pub u8);

impl Marks {
    /// A request must have the field.
    pub const REQUIRED: u8 = 1;
    /// The value must not be shown.
    pub const SECRET: u8 = 1 << 1;
    /// A request with the field may be sent twice.
    pub const IDEMPOTENCY_KEY: u8 = 1 << 2;
    /// `false` in the field means failure.
    pub const SUCCESS_FLAG: u8 = 1 << 3;
    /// The fields of the value are beside the other fields.
    pub const FLATTENED: u8 = 1 << 4;

    /// Whether a flag is set.
    pub fn has(self, mark: u8) -> bool {
        self.0 & mark != 0
    }
}

/// How a value is written, if not as its type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// As a string that holds the value's JSON.
    JsonString,
    /// In the query, as one value, with commas between the items.
    Comma,
    /// In the query, as `name.1=..&name.2=..`.
    Indexed,
}

/// A type: lists and maps around something else.
///
/// A list of maps of integers is `[List, Map]` around `Integer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Type {
    /// The lists and maps, the outermost first.
    pub containers: Vec<Container>,
    /// What is inside.
    pub base: Base,
}

/// A list or a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Container {
    /// A list.
    List,
    /// A map from strings.
    Map,
}

/// A type that is neither list nor map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// A string.
    String,
    /// An integer of 64 bits.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Any JSON.
    Json,
    /// A file to upload.
    File,
    /// The operation's type of this index.
    Own(u32),
    /// The service's shared type of this index.
    Shared(u32),
}
