use serde::Deserialize;

use super::{ErrorClass, Ordered};

/// `spec/platform.yaml`: what all operations share.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// The version of the generated crate.
    pub version: String,
    /// The servers by name. The first is the default.
    pub servers: Ordered<String, Server>,
    /// The header that carries the token.
    pub token_header: String,
    /// Headers in which a reply may carry its request id, the best first.
    pub request_id_headers: Vec<String>,
    /// How an application gets its token.
    pub app_token: Grant,
    /// Error codes that any operation may answer.
    #[serde(default)]
    pub errors: Vec<PlatformError>,
    /// The services that the workshop compiles by default.
    #[serde(default)]
    pub default_services: Vec<String>,
}

/// A server.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Scheme and host, for example `https://api.dingtalk.io`.
    pub url: String,
    /// Whom it serves.
    pub doc: Option<String>,
}

/// How a token is got: an operation, what goes into it and what comes out.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The operation, as `service/Operation`.
    pub operation: String,
    /// Which body field takes which credential.
    pub request: Ordered<String, GrantInput>,
    /// Which fields of the reply hold what.
    pub reply: GrantReply,
}

/// A credential of the application.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantInput {
    /// The application's key, also called client id.
    AppKey,
    /// The application's secret.
    AppSecret,
}

/// Which fields of a token operation's reply hold what.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantReply {
    /// The token.
    pub token: String,
    /// For how many seconds it is valid.
    pub expires_in: String,
}

/// An error code that any operation may answer.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlatformError {
    /// The HTTP statuses it is known to come with; any if empty.
    #[serde(default)]
    pub status: Vec<u16>,
    /// The code in the error's body.
    pub code: String,
    /// What it means for a client.
    pub class: ErrorClass,
    /// What it means and what to do. In our own words.
    pub doc: Option<String>,
}
