//! The parts of an operation's data.

use super::ErrorClass;
use crate::model::{FieldInfo, TypeOf};

/// A path parameter: its name, its flags, and its type.
#[derive(Debug)]
pub struct PathParam(pub FieldInfo, pub TypeOf);

/// What an operation sends as a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON object of the request's body fields; `{}` if none is set.
    Fields,
    /// A form of the request's body fields.
    Form,
    /// The value of the request's only body field, as it is.
    Bare,
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

/// A row of an operation's error table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// The code in the error's body.
    pub code: &'static str,
    /// The message, in which `%s` stands for a detail; empty if none is documented.
    pub message: &'static str,
    /// What the row means for a client, where its class is known.
    pub class: Option<ErrorClass>,
    /// Which variant of the operation's error enum the row gives.
    pub variant: usize,
}
