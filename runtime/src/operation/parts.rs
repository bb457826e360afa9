//! The parts of an operation's data.

use crate::model::{FieldInfo, TypeOf};

/// A path parameter: its name, its flags, and its type.
#[derive(Debug)]
pub struct PathParam(pub FieldInfo, pub TypeOf);

/// What only some operations need of a request.
#[derive(Debug)]
pub struct Sending {
    /// The field of a webhook's URL that identifies it, if a webhook is called.
    pub webhook: Option<&'static str>,
    /// The name of the API's signature.
    pub signature: Option<&'static str>,
    /// The maximum size of the body in bytes.
    pub max_bytes: Option<u32>,
}

/// What an operation sends as a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON object of the request's body fields; `{}` if none is set.
    Fields,
    /// A form of the request's body fields.
    Form,
    /// A form of the request's body fields, some of which are files.
    Multipart,
    /// The value of the request's only body field, as it is.
    Bare,
}

impl Body {
    /// Whether it consists of the request's body fields, by name.
    pub fn has_fields(self) -> bool {
        matches!(self, Self::Fields | Self::Form | Self::Multipart)
    }
}

/// What an operation replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKind {
    /// Nothing that is read.
    Nothing,
    /// JSON.
    Json,
    /// JSON in this field of the reply.
    Field(&'static str),
}
