use serde::Deserialize;

use super::template::{names_in, path_shape};
use super::{ErrorRow, Field, Fields, Ordered, Paging, Token, service::NamedType};

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
    /// The field in the query of a webhook's URL that identifies the webhook. Such an operation is called with a webhook
    /// instead of a token.
    pub webhook: Option<String>,
    /// How the request is signed: a name under `signatures` of the API.
    pub signature: Option<String>,
    /// How many bytes the body can have.
    pub max_bytes: Option<u32>,
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
    /// Made by an organization for itself.
    Internal,
    /// Made by an organization's service provider on its behalf.
    Delegated,
    /// Made by a vendor for many organizations.
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
