//! The operations as data.

mod check_reply;
mod description;
pub(crate) mod error_row;
pub(crate) mod failed;
pub(crate) mod paging;
pub(crate) mod parts;
pub(crate) mod platform;
pub(crate) mod registry;
pub(crate) mod signature;
pub(crate) mod token_kind;

use std::fmt;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::envelope::part;
use crate::model::{FieldInfo, FieldType, ModelInfo, TypeOf};

pub use self::description::{
    Description, ErrorDescription, FieldDescription, PagingDescription, Type,
};
pub(crate) use self::error_row::ErrorRow;
pub use self::failed::FailedElement;
pub(crate) use self::paging::{FieldPath, Paging, PagingStyle};
pub(crate) use self::parts::{Body, PathParam, ReplyKind, Sending};
pub use self::platform::{Api, PlatformError, TokenPlace};
pub(crate) use self::platform::{Grant, GrantInput, GrantKind, Platform};
pub use self::registry::{Service, UnknownOperation};
pub use self::signature::{Signature, SignatureField, SignedBy, SignedPart};
pub use self::token_kind::TokenKind;
pub use crate::model::ValueLimit;

/// One operation of the platform.
///
/// Generated code gives it, as `start_cloud_record::operation()`; [`describe`](Self::describe) gives all that is known
/// of it.
///
/// The fields are for generated code.
pub struct Operation {
    #[doc(hidden)]
    pub service: &'static str,
    /// The API it belongs to; `None` for the platform's first.
    #[doc(hidden)]
    pub api: Option<&'static str>,
    #[doc(hidden)]
    pub action: &'static str,
    #[doc(hidden)]
    pub summary: &'static str,
    #[doc(hidden)]
    pub method: &'static str,
    #[doc(hidden)]
    pub path: &'static str,
    /// The path parameters in the order of the method's arguments.
    #[doc(hidden)]
    pub path_params: &'static [PathParam],
    /// The request's model, whose fields go into the query, the headers and the body; `None` if there are none.
    #[doc(hidden)]
    pub request: Option<TypeOf>,
    #[doc(hidden)]
    pub body: Body,
    #[doc(hidden)]
    pub reply: ReplyKind,
    /// What the reply's JSON is; `None` if nothing is read.
    #[doc(hidden)]
    pub reply_type: Option<TypeOf>,
    /// Whose token is sent, empty if that is not documented; `None` if no token is sent.
    #[doc(hidden)]
    pub token: Option<&'static [TokenKind]>,
    /// What only some operations need of a request.
    #[doc(hidden)]
    pub sending: Option<&'static Sending>,
    #[doc(hidden)]
    pub idempotent: bool,
    #[doc(hidden)]
    pub app_types: &'static [AppType],
    #[doc(hidden)]
    pub permission: &'static str,
    #[doc(hidden)]
    pub paging: Option<&'static Paging>,
    /// The documented errors, each a text that [`ErrorRow`] reads.
    #[doc(hidden)]
    pub errors: &'static [&'static str],
}

impl Operation {
    /// The service's name, for example `conference_1_0`.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// The name of the API that it belongs to, if that is not the platform's first.
    pub fn api(&self) -> Option<&'static str> {
        self.api
    }

    /// The platform's name of the operation, for example `StartCloudRecord`.
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// A one-line summary.
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// The HTTP method, in capitals.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path, with path parameters in braces.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Whether a token is sent.
    pub fn needs_token(&self) -> bool {
        self.token.is_some()
    }

    /// Whose token it takes: that of any of these kinds. Empty if not documented, or if no token is sent.
    pub fn token_kinds(&self) -> &'static [TokenKind] {
        self.token.unwrap_or_default()
    }

    /// The field of a webhook's URL that identifies it, if the operation is called with a
    /// [webhook](crate::Call::webhook) instead of a token.
    pub fn webhook(&self) -> Option<&'static str> {
        self.sending?.webhook
    }

    /// The name of the API's signature that requests are signed with.
    pub fn signature(&self) -> Option<&'static str> {
        self.sending?.signature
    }

    /// The maximum size of the body in bytes, if that is documented.
    pub fn max_bytes(&self) -> Option<u32> {
        self.sending?.max_bytes
    }

    /// Whether the same request may be sent twice.
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    /// The kinds of applications that may call it; empty if not documented.
    pub fn app_types(&self) -> &'static [AppType] {
        self.app_types
    }

    /// The permission that the application needs, if one is documented.
    pub fn permission(&self) -> Option<&'static str> {
        Some(self.permission).filter(|permission| !permission.is_empty())
    }

    /// The fields of the request, each with its type: those of the path, then those of query, headers and body.
    #[doc(hidden)]
    pub fn fields(&self) -> Vec<(&'static FieldInfo, FieldType)> {
        let path = self.path_params.iter();
        let mut fields: Vec<_> = path
            .map(|PathParam(info, kind)| (info, kind.get()))
            .collect();
        if let Some(kind) = self.request {
            fields.extend(kind.get().fields());
        }
        fields
    }

    /// The part of a reply's body that is documented. A field that is not there is empty, as those of an object are.
    pub(crate) fn documented(&self, body: &Bytes) -> Bytes {
        let ReplyKind::Field(name) = self.reply else {
            return body.clone();
        };
        match part(body, name) {
            Some(found) => body.slice_ref(found),
            None => Bytes::from_static(match self.reply_type.map(TypeOf::get) {
                Some(FieldType::Object(_) | FieldType::Map(_)) => b"{}",
                Some(FieldType::List(_)) => b"[]",
                _ => b"null",
            }),
        }
    }

    /// The documented errors.
    #[doc(hidden)]
    pub fn error_rows(&self) -> impl Iterator<Item = ErrorRow> {
        self.errors.iter().filter_map(|text| ErrorRow::parse(text))
    }

    /// The fields of the request that are sent as such.
    pub(crate) fn request_info(&self) -> Option<&'static ModelInfo> {
        match self.request.map(TypeOf::get) {
            Some(FieldType::Object(object)) => Some(object.info()),
            _ => None,
        }
    }

    /// The names of the fields anywhere in the reply that must not be shown.
    pub(crate) fn secret_reply_fields(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        let mut seen = Vec::new();
        if let Some(kind) = self.reply_type {
            collect_secret_fields(kind.get(), &mut seen, &mut names);
        }
        names
    }
}

fn collect_secret_fields(
    kind: FieldType,
    seen: &mut Vec<&'static ModelInfo>,
    names: &mut Vec<&'static str>,
) {
    let object = match kind {
        FieldType::Object(object) => object,
        FieldType::List(items) | FieldType::Map(items) => {
            return collect_secret_fields(items.get(), seen, names);
        }
        _ => return,
    };
    let info = object.info();
    // Models may contain themselves.
    if seen.iter().any(|known| std::ptr::eq(*known, info)) {
        return;
    }
    seen.push(info);
    for (field, kind) in object.fields() {
        if field.is_secret() {
            names.push(field.name());
        } else {
            collect_secret_fields(kind, seen, names);
        }
    }
}

/// The name alone: the tables would bury everything else that is shown beside it.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.service, self.action)
    }
}

/// A kind of application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AppType {
    /// An organization's own.
    Internal,
    /// An organization's own, made by a service provider.
    Delegated,
    /// A service provider's, for many organizations.
    ThirdParty,
    /// A service provider's, for persons.
    ThirdPartyPersonal,
}

impl fmt::Display for AppType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Internal => "internal",
            Self::Delegated => "internal, by a service provider",
            Self::ThirdParty => "third-party",
            Self::ThirdPartyPersonal => "third-party, for persons",
        })
    }
}

/// What an error means for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorClass {
    /// The token is missing, wrong or expired: get a new one and send once more.
    TokenRejected,
    /// The application's key, secret or ticket is wrong: never retry.
    Credentials,
    /// The application or the address is not allowed to do this: never retry.
    Permission,
    /// Too many calls: wait a second and retry. The request was refused before it ran.
    Throttled,
    /// Too many calls: wait for the next minute and retry. The request was refused before it ran.
    ThrottledMinute,
    /// The day's or month's calls are used up: never retry.
    Quota,
    /// A fault of the server that passes.
    Transient,
    /// Something else is under way: try again later.
    RetryLater,
    /// An idempotency key was used twice for different requests.
    IdempotencyMisuse,
}
