//! The spec's model: what a file in `spec/` says, as Rust types.
//!
//! These types are the one description of the format. serde reads files with them, the JSON Schema
//! for editors is derived from them, and their documentation is what the schema says of each key.

mod error;
mod event;
mod fallible;
mod fields;
mod glossary;
mod json;
mod limits;
mod one_of;
mod operation;
mod ordered;
mod paging;
mod platform;
#[cfg(test)]
mod schema;
mod scope;
mod service;
mod signature;
pub(crate) mod template;
mod token;
#[doc(hidden)]
pub mod walk;

use std::collections::BTreeMap;

pub use error::{ErrorClass, ErrorRow};
pub use event::{Delivery, Event, EventGroup, EventGroupFile};
pub use fields::{
    Encoding, EnumKey, EnumValue, Field, Fields, FileLimits, NamedEnumValue, ScalarOrNamed, Shape,
    TypeNode,
};
pub use glossary::{ErrorTerm, Glossary, Term, TermType, Terms};
pub use limits::Limit;
pub(crate) use limits::{LARGEST_LIMIT, compare};
pub use one_of::{Kind, OneOf};
pub use operation::{
    AppType, BodyEncoding, CLIENT_HEADERS, Example, ExampleRequest, ExampleResponse, Location,
    Method, Operation,
};
pub use ordered::Ordered;
pub use paging::{Paging, PagingStyle};
pub use platform::{
    Api, Envelope, Grant, GrantInput, GrantReply, Grants, Platform, PlatformError, Server,
    TokenPlace, plain,
};
pub use scope::Scope;
pub use service::{NamedType, Service, ServiceFile};
pub use signature::{Signature, SignatureField, SignedValue, Signer};
pub use template::names_in;
pub(crate) use template::path_shape;
pub use token::{Token, TokenKind};

/// A whole spec folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// `platform.yaml`: what all operations share.
    pub platform: Platform,
    /// The services by folder name, for example `conference_1_0`.
    pub services: BTreeMap<String, Service>,
    /// The groups of events by folder name, for example `contact`.
    pub events: BTreeMap<String, EventGroup>,
}

impl Spec {
    /// The spec of a platform and all else that its folder describes.
    pub(crate) fn new(platform: Platform, parts: Parts) -> Self {
        Self {
            platform,
            services: parts.services,
            events: parts.events,
        }
    }
}

/// What a spec folder describes besides the platform.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The services by folder name.
    pub services: BTreeMap<String, Service>,
    /// The groups of events by folder name.
    pub events: BTreeMap<String, EventGroup>,
}
