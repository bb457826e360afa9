use serde::Deserialize;

use super::template::{names_in, path_shape};
use super::{Field, Fields, Ordered, Paging, service::NamedType};

/// The headers, other than the token's, that the client sets itself: no field of a request may be one of them. The runtime has
/// the same list.
pub const CLIENT_HEADERS: [&str; 8] = [
    "accept",
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// One operation: a file `spec/<service>/<operation>.yaml`, which mirrors one documentation page.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// The platform's name of the operation, for example `StartCloudRecord`. The file is named
    /// after it, in snake case.
    pub operation: String,
    /// The method's name in Rust, where the one made from `operation` will not do.
    pub rust_name: Option<String>,
    /// The operation's name in Chinese, as the heading of its documentation page has it.
    pub title: Option<String>,
    /// One line on what the operation does. In our own words.
    pub summary: String,
    /// More on it: limits, what must be done before. In our own words.
    pub doc: Option<String>,
    /// An open question, because the sources disagree or are silent. `check` fails until a person
    /// answers it.
    pub undecided: Option<String>,
    /// The address of the documentation page.
    pub source: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path, in the first API with its version, for example `/v1.0/calendar/users/{userId}/events`.
    pub path: String,
    /// How the fields of `body` are sent. Without it, as a JSON object.
    pub encoding: Option<BodyEncoding>,
    /// The field of the reply that holds what `response` or `response_type` describes, and `example` shows.
    pub response_field: Option<String>,
    /// Which kinds of application may call it.
    #[serde(default)]
    pub app_types: Vec<AppType>,
    /// The permission that the application needs, for example `Calendar.Event.Write`.
    pub permission: Option<String>,
    /// Whose token the operation takes; a list if it takes any of several. Without it, a token is sent.
    pub token: Option<Token>,
    /// Whether sending the same request twice does no more than sending it once. Without it GET,
    /// PUT and DELETE are, POST and PATCH are not.
    pub idempotent: Option<bool>,
    /// The values in the path. All are required; those in the template and these must agree.
    #[serde(default)]
    pub path_params: Fields,
    /// The values in the query.
    #[serde(default)]
    pub query: Fields,
    /// Headers other than the token's.
    #[serde(default)]
    pub headers: Fields,
    /// The fields of the JSON object that is sent. An empty mapping sends `{}`.
    #[serde(default, deserialize_with = "super::ordered::some")]
    #[cfg_attr(test, schemars(with = "Fields"))]
    pub body: Option<Fields>,
    /// A body that is not an object with named fields, such as a list. Not together with `body`.
    pub body_type: Option<Box<Field>>,
    /// The fields of the JSON object that comes back.
    #[serde(default, deserialize_with = "super::ordered::some")]
    #[cfg_attr(test, schemars(with = "Fields"))]
    pub response: Option<Fields>,
    /// A reply that is not an object with named fields: a bare boolean, a list, free JSON. Not
    /// together with `response`. An operation with neither has no reply.
    pub response_type: Option<Box<Field>>,
    /// How to page through the operation.
    pub paging: Option<Paging>,
    /// Types that are used by name, in this operation alone.
    #[serde(default)]
    pub types: Ordered<String, NamedType>,
    /// The errors that the operation documents.
    #[serde(default)]
    pub errors: Vec<ErrorRow>,
    /// A request and its response.
    pub example: Option<Example>,
}

/// How the fields of a body are sent.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyEncoding {
    /// As a form. What is not a single value is JSON text.
    Form,
    /// As a form with files: `multipart/form-data`.
    Multipart,
}

impl BodyEncoding {
    /// The encoding as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Multipart => "multipart",
        }
    }
}

/// An HTTP method.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Method {
    #[default]
    Get,
    Post,
    Put,
    Delete,
    Patch,
}

impl Method {
    /// Whether HTTP says that a repeated request does no harm.
    pub fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::Put | Self::Delete)
    }

    /// The method as a request has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Patch => "PATCH",
        }
    }
}

/// A kind of application.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppType {
    /// Made by an organisation for itself.
    Internal,
    /// Made by an organisation's service provider on its behalf.
    Delegated,
    /// Made by a vendor for many organisations.
    ThirdParty,
    /// Made by a vendor for persons.
    ThirdPartyPersonal,
}

impl AppType {
    /// The kind as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Delegated => "delegated",
            Self::ThirdParty => "third_party",
            Self::ThirdPartyPersonal => "third_party_personal",
        }
    }

    /// The kind in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Delegated => "internal, by a service provider",
            Self::ThirdParty => "third-party",
            Self::ThirdPartyPersonal => "third-party, for persons",
        }
    }
}

/// Whose token an operation takes.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Token {
    /// One kind.
    One(TokenKind),
    /// Any of several kinds.
    AnyOf(Vec<TokenKind>),
}

/// A kind of token.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// The application's, in one organisation.
    Application,
    /// A logged-in user's.
    User,
    /// A third-party application's, for no particular organisation.
    Suite,
    /// The operation is called without a token: those that give tokens, above all.
    None,
}

impl Token {
    /// No token at all.
    pub const NONE: Self = Self::One(TokenKind::None);

    /// The kinds.
    pub fn kinds(&self) -> &[TokenKind] {
        match self {
            Self::One(kind) => std::slice::from_ref(kind),
            Self::AnyOf(kinds) => kinds,
        }
    }

    /// Whose token it is, in words: "the application's or a user's".
    pub fn words(&self) -> String {
        let words: Vec<_> = self.kinds().iter().map(|kind| kind.words()).collect();
        words.join(" or ")
    }
}

impl TokenKind {
    /// The kind as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::User => "user",
            Self::Suite => "suite",
            Self::None => "none",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Application => "the application's",
            Self::User => "a user's",
            Self::Suite => "the suite's",
            Self::None => "none",
        }
    }
}

/// A row of an operation's error table.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorRow {
    /// The HTTP status, 400 to 599 (200 for errors that come in a successful reply).
    pub status: u16,
    /// The code in the error's body.
    pub code: String,
    /// The message in the error's body; `%s` stands for a detail that changes from case to case.
    pub message: Option<String>,
    /// What the error means and what to do. In our own words.
    pub doc: Option<String>,
    /// What the error means for a client, where it is of a known class.
    pub class: Option<ErrorClass>,
    /// The variant's name in Rust, where the one made from `code` will not do. Rows with the same
    /// code share a variant unless they differ in this.
    pub rust_name: Option<String>,
}

/// What an error means for a client.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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

impl ErrorClass {
    /// The class as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenRejected => "token_rejected",
            Self::Credentials => "credentials",
            Self::Permission => "permission",
            Self::Throttled => "throttled",
            Self::ThrottledMinute => "throttled_minute",
            Self::Quota => "quota",
            Self::Transient => "transient",
            Self::RetryLater => "retry_later",
            Self::IdempotencyMisuse => "idempotency_misuse",
        }
    }
}

/// A request and its response.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What is sent.
    #[serde(default)]
    pub request: ExampleRequest,
    /// What comes back.
    pub response: Option<ExampleResponse>,
}

/// The values of an example's request, by the place they go to.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleRequest {
    /// Values in the path.
    #[serde(default, deserialize_with = "super::json::map")]
    pub path: Ordered<String, serde_json::Value>,
    /// Values in the query.
    #[serde(default, deserialize_with = "super::json::map")]
    pub query: Ordered<String, serde_json::Value>,
    /// Headers.
    #[serde(default, deserialize_with = "super::json::map")]
    pub headers: Ordered<String, serde_json::Value>,
    /// The body.
    #[serde(default, deserialize_with = "super::json::value")]
    pub body: Option<serde_json::Value>,
}

/// An example's response.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleResponse {
    /// The HTTP status.
    #[serde(default = "ok")]
    pub status: u16,
    /// The body; none if nothing comes back.
    #[serde(default, deserialize_with = "super::json::value")]
    pub body: Option<serde_json::Value>,
}

fn ok() -> u16 {
    200
}

impl Operation {
    /// Whether a request may be sent twice.
    pub fn is_idempotent(&self) -> bool {
        self.idempotent
            .unwrap_or_else(|| self.method.is_idempotent())
    }

    /// Whether the token header is sent.
    pub fn needs_token(&self) -> bool {
        self.token != Some(Token::NONE)
    }

    /// The names in braces in the path, in their order.
    pub fn path_names(&self) -> impl Iterator<Item = &str> {
        names_in(&self.path)
    }

    /// The path without the names in its braces. With the method it identifies an operation, whatever the
    /// values in the path are called.
    pub fn path_shape(&self) -> String {
        path_shape(&self.path)
    }

    /// All fields that the request carries outside the path, with where they go.
    pub fn request_fields(&self) -> impl Iterator<Item = (Location, &str, &Field)> {
        let query = self
            .query
            .iter()
            .map(|(name, field)| (Location::Query, name.as_str(), field));
        let headers = self
            .headers
            .iter()
            .map(|(name, field)| (Location::Header, name.as_str(), field));
        let body = self.body.iter().flat_map(Ordered::iter);
        let body = body.map(|(name, field)| (Location::Body, name.as_str(), field));
        let whole = self
            .body_type
            .iter()
            .map(|field| (Location::Body, "body", field.as_ref()));
        query.chain(headers).chain(body).chain(whole)
    }
}

/// Where a field of a request goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// Into the query.
    Query,
    /// Into a header of its own.
    Header,
    /// Into the JSON body.
    Body,
}
