//! What the generated code says of an operation and of the platform, as data.

mod description;
mod failed;
mod fit;
mod paging;
mod registry;

use std::fmt;

use serde::Serialize;

use crate::model::{FieldInfo, Kind, KindOf, ModelInfo};

pub use self::description::{Description, FieldDescription, Type};
pub use self::failed::{FailedElement, failed};
pub use self::paging::{FieldPath, Paging, PagingStyle};
pub use self::registry::{Service, UnknownOperation, find, is_same_service};

/// One operation, as the generated code describes it.
pub struct Operation {
    /// The service's name, for example `conference_1_0`.
    pub service: &'static str,
    /// The platform's name of the operation, for example `StartCloudRecord`.
    pub action: &'static str,
    /// What it does, in a line.
    pub summary: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path, with path parameters in braces.
    pub path: &'static str,
    /// The path parameters in the order of the method's arguments.
    pub path_params: &'static [PathParam],
    /// The request's model, whose fields go into the query, the headers and the body; `None` if there are none.
    pub request: Option<KindOf>,
    /// What is sent as a body.
    pub body: Body,
    /// What comes back.
    pub reply: ReplyKind,
    /// What the reply's JSON is; `None` if nothing is read.
    pub response: Option<KindOf>,
    /// Whether the token header is sent.
    pub token: bool,
    /// Whether a request may be sent twice.
    pub idempotent: bool,
    /// The kinds of applications that may call it; empty if not documented.
    pub app_types: &'static [AppType],
    /// The permission that the application needs; empty if none is documented.
    pub permission: &'static str,
    /// How it is gone through page by page; `None` if the spec does not say.
    pub paging: Option<&'static Paging>,
    /// The rows of the operation's error table.
    pub errors: &'static [ErrorRow],
}

impl Operation {
    /// The fields of the request, each with what it holds: those of the path, then those of query, headers and body.
    pub fn fields(&self) -> Vec<(&'static FieldInfo, Kind)> {
        let path = self.path_params.iter();
        let mut fields: Vec<_> = path
            .map(|PathParam(info, kind)| (info, kind.get()))
            .collect();
        if let Some(kind) = self.request {
            fields.extend(kind.get().fields());
        }
        fields
    }

    /// The fields of the request that are sent as such.
    pub(crate) fn request_info(&self) -> Option<&'static ModelInfo> {
        match self.request.map(KindOf::get) {
            Some(Kind::Object(object)) => Some(object.info()),
            _ => None,
        }
    }

    /// The names of the fields anywhere in the reply that must not be shown.
    pub(crate) fn secret_reply_fields(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        let mut seen = Vec::new();
        if let Some(kind) = self.response {
            collect_secret_fields(kind.get(), &mut seen, &mut names);
        }
        names
    }
}

fn collect_secret_fields(
    kind: Kind,
    seen: &mut Vec<&'static ModelInfo>,
    names: &mut Vec<&'static str>,
) {
    let object = match kind {
        Kind::Object(object) => object,
        Kind::List(items) | Kind::Map(items) => {
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
        if field.secret() {
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

/// A path parameter: its name with its flags, and what it holds.
#[derive(Debug)]
pub struct PathParam(pub FieldInfo, pub KindOf);

/// A kind of application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AppType {
    /// An organisation's own.
    Internal,
    /// An organisation's own, made by a service provider.
    Delegated,
    /// A service provider's, for many organisations.
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

/// What an operation sends as a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON object of the request's body fields; `{}` if none is set.
    Fields,
    /// The value of the request's only body field, as it is.
    Whole,
}

/// What an operation replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKind {
    /// Nothing that is read.
    Nothing,
    /// JSON.
    Json,
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

/// What an error means for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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

/// What all operations share, as the generated code describes it.
#[derive(Debug)]
pub struct Platform {
    /// Servers by name, with scheme and host. The first is the default.
    pub servers: &'static [(&'static str, &'static str)],
    /// The header that carries the token.
    pub token_header: &'static str,
    /// Headers in which a reply may carry its request id, the best first.
    pub request_id_headers: &'static [&'static str],
    /// Error codes that any operation may answer.
    pub errors: &'static [PlatformError],
    /// How tokens are got.
    pub grants: &'static [Grant],
}

impl Platform {
    pub(crate) fn grant(&self, kind: GrantKind) -> Option<&'static Grant> {
        self.grants.iter().find(|grant| grant.kind == kind)
    }
}

/// An error code that any operation may answer.
#[derive(Debug, Clone, Copy)]
pub struct PlatformError {
    /// The HTTP statuses it is known to come with; any if empty.
    pub status: &'static [u16],
    /// The code in the error's body.
    pub code: &'static str,
    /// What it means for a client.
    pub class: ErrorClass,
}

/// How a token is got.
#[derive(Debug)]
pub struct Grant {
    /// Whose token it is.
    pub kind: GrantKind,
    /// The operation that gives it.
    pub operation: &'static Operation,
    /// Which path value takes which credential.
    pub path: &'static [(&'static str, GrantInput)],
    /// Which body field takes which credential.
    pub request: &'static [(&'static str, GrantInput)],
    /// The field of the reply with the token.
    pub token: &'static str,
    /// The field of the reply that says for how many seconds it is valid.
    pub expires_in: &'static str,
    /// The field of the reply with what the next token is got with.
    pub refresh_token: Option<&'static str>,
    /// The field of the reply with the id of the organisation that the token is for.
    pub organisation: Option<&'static str>,
}

/// Whose token a grant gives, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantKind {
    /// An internal application's, for its key and secret.
    App,
    /// A third-party application's in one organisation, for the newest suite ticket.
    Organisation,
    /// A third-party application's in no organisation in particular, for the newest suite ticket.
    Suite,
    /// Any application's in one organisation, for its key and secret.
    Unified,
    /// A user's, for the code of the login.
    User,
    /// A user's, for the last refresh token.
    UserRefresh,
}

impl GrantKind {
    /// Tells the kinds apart in the keys of token stores: it must never change.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Organisation => "organisation",
            Self::Suite => "suite",
            Self::Unified => "unified",
            Self::User => "user",
            Self::UserRefresh => "user_refresh",
        }
    }
}

/// What a field of a token operation takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantInput {
    /// The application's key, also called client id.
    AppKey,
    /// The application's secret.
    AppSecret,
    /// The id of the organisation that the token is for.
    Organisation,
    /// The newest ticket that the platform pushed to the application.
    SuiteTicket,
    /// The code that a user's login gave.
    Code,
    /// The user's last refresh token.
    RefreshToken,
    /// Always this value.
    Constant(&'static str),
}
