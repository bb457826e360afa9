//! What an operation takes and replies.

use serde::{Deserialize, Serialize};

use crate::types::{Field, Type, TypeDef};

/// Everything about an operation that [`Operation`](crate::Operation) leaves out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Details<'a> {
    /// More on what it does: limits, what must be done before.
    pub doc: Option<&'a str>,
    /// The address of its documentation.
    pub source: Option<&'a str>,
    /// The kinds of applications that may call it; empty if not documented.
    pub app_types: Vec<AppType>,
    /// The permission that the application needs.
    pub permission: Option<&'a str>,
    /// Whose token is sent, empty if that is not documented; `None` if no token is sent.
    pub token: Option<Vec<TokenKind>>,
    /// The field of a webhook's URL that identifies it, if a webhook is called.
    pub webhook: Option<&'a str>,
    /// The name of the API's signature with which requests are signed.
    pub signature: Option<&'a str>,
    /// The maximum size of the body, in bytes.
    pub max_bytes: Option<u32>,
    /// Whether a request may be sent twice.
    pub idempotent: bool,
    /// The values of the path, in its order.
    #[serde(borrow)]
    pub path: Vec<Field<'a>>,
    /// The fields of the query.
    #[serde(borrow)]
    pub query: Vec<Field<'a>>,
    /// The fields that are headers.
    #[serde(borrow)]
    pub headers: Vec<Field<'a>>,
    /// The body.
    #[serde(borrow)]
    pub body: Body<'a>,
    /// The name in Rust of the request's type.
    pub request_type: Option<&'a str>,
    /// The response.
    #[serde(borrow)]
    pub response: Response<'a>,
    /// The field of the reply that holds the response, if it is not the reply itself.
    pub response_field: Option<&'a str>,
    /// The types of the operation's own, to which [`Base::Own`](crate::Base::Own) refers.
    #[serde(borrow)]
    pub types: Vec<TypeDef<'a>>,
    /// How it is paged.
    #[serde(borrow)]
    pub paging: Option<Paging<'a>>,
    /// The rows of its error table.
    #[serde(borrow)]
    pub errors: Vec<ErrorRow<'a>>,
    /// A request and the response to it.
    #[serde(borrow)]
    pub example: Option<Example<'a>>,
}

/// What is sent as a body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Body<'a> {
    /// Nothing.
    None,
    /// An object with these fields.
    Fields(#[serde(borrow)] Vec<Field<'a>>),
    /// A form with these fields.
    Form(#[serde(borrow)] Vec<Field<'a>>),
    /// A form with these fields, some of which are files.
    Multipart(#[serde(borrow)] Vec<Field<'a>>),
    /// The value of this field.
    Whole(#[serde(borrow)] Field<'a>),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response<'a> {
    /// Nothing that is read.
    None,
    /// An object: its name in Rust, and its fields.
    Object(&'a str, #[serde(borrow)] Vec<Field<'a>>),
    /// A value of this type.
    Value(Type),
}

/// Whose a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenKind {
    /// The application's, in one organization.
    Application,
    /// A logged-in user's.
    User,
    /// A third-party application's own.
    Suite,
}

/// A kind of application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// How an operation is paged. Names joined by dots lead into objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging<'a> {
    /// The field of the request that says which page is wanted.
    pub cursor: &'a str,
    /// What that field takes.
    #[serde(borrow)]
    pub style: PagingStyle<'a>,
    /// The field of the request with the size of a page.
    pub size: Option<&'a str>,
    /// Where the response has the items; `None` if it is the list itself.
    pub items: Option<&'a str>,
    /// Where the response says whether there are more pages.
    pub more: Option<&'a str>,
    /// Where the response says how many items all pages have together.
    pub total: Option<&'a str>,
}

/// What identifies a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PagingStyle<'a> {
    /// A token, which the response has here for the next page.
    Token(&'a str),
    /// The number of the page, counted from this one.
    Number(i64),
    /// The number of items before the page.
    Offset,
}

/// A row of an error table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorRow<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The code.
    pub code: &'a str,
    /// The message, in which `%s` stands for a detail.
    pub message: Option<&'a str>,
    /// What it means and what to do.
    pub doc: Option<&'a str>,
    /// What it means for a client, where that is known.
    pub class: Option<ErrorClass>,
    /// Which variant of the error enum in Rust it gives.
    pub variant: u32,
}

/// What an error means for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ErrorClass {
    /// The token is missing, wrong or expired.
    TokenRejected,
    /// The application's key, secret or ticket is wrong.
    Credentials,
    /// The application or the address may not do this.
    Permission,
    /// Too many calls in this second.
    Throttled,
    /// Too many calls in this minute.
    ThrottledMinute,
    /// The calls of the day or month are used up.
    Quota,
    /// A fault of the server that passes.
    Transient,
    /// Something else is under way.
    RetryLater,
    /// An idempotency key was used for two requests.
    IdempotencyMisuse,
}

/// A request and the response to it. Values are JSON text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example<'a> {
    /// The values of the path.
    #[serde(borrow)]
    pub path: Vec<(&'a str, &'a str)>,
    /// The values of the query.
    #[serde(borrow)]
    pub query: Vec<(&'a str, &'a str)>,
    /// The headers.
    #[serde(borrow)]
    pub headers: Vec<(&'a str, &'a str)>,
    /// The body.
    pub body: Option<&'a str>,
    /// The response.
    #[serde(borrow)]
    pub response: Option<ExampleResponse<'a>>,
}

/// The response of an example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExampleResponse<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body, as JSON text.
    pub body: Option<&'a str>,
}
