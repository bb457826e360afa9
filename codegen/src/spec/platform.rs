use serde::Deserialize;

use super::{ErrorClass, Ordered};

/// `spec/platform.yaml`: what all operations share.
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// How to get tokens.
    pub grants: Grants,
    /// Error codes that any operation may return.
    #[serde(default)]
    pub errors: Vec<PlatformError>,
    /// The services that the workspace root compiles by default.
    #[serde(default)]
    pub default_services: Vec<String>,
}

/// A server.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Scheme and host, for example `https://api.dingtalk.io`.
    pub url: String,
    /// Who should use it.
    pub doc: Option<String>,
}

/// The ways to get a token.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grants {
    /// For an internal application, with its key and secret.
    pub app: Grant,
    /// For a third-party application in one organisation, with the newest suite ticket.
    pub organisation: Option<Grant>,
    /// For a third-party application in no organisation in particular.
    pub suite: Option<Grant>,
    /// For any application in one organisation, with key and secret alone.
    pub unified: Option<Grant>,
    /// For a user who has just logged in, with the code of the login.
    pub user: Option<Grant>,
    /// For a user who logged in earlier, with the last refresh token.
    pub user_refresh: Option<Grant>,
}

impl Grants {
    /// Those that there are, with their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Grant)> {
        [
            ("app", Some(&self.app)),
            ("organisation", self.organisation.as_ref()),
            ("suite", self.suite.as_ref()),
            ("unified", self.unified.as_ref()),
            ("user", self.user.as_ref()),
            ("user_refresh", self.user_refresh.as_ref()),
        ]
        .into_iter()
        .filter_map(|(key, grant)| Some((key, grant?)))
    }
}

/// How to get a token: an operation, its input and its output.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The operation, as `service/Operation`.
    pub operation: String,
    /// Which path value takes which credential.
    #[serde(default)]
    pub path: Ordered<String, GrantInput>,
    /// Which body field takes which credential.
    pub request: Ordered<String, GrantInput>,
    /// Which body field always has which value.
    #[serde(default)]
    pub constants: Ordered<String, String>,
    /// Which fields of the reply hold what.
    pub reply: GrantReply,
}

impl Grant {
    /// The service and the name of the operation; empty where the spec has not said them.
    pub fn target(&self) -> (&str, &str) {
        self.operation.split_once('/').unwrap_or_default()
    }
}

/// A credential.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

/// Which fields of a token operation's reply hold what.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantReply {
    /// The token.
    pub token: String,
    /// How many seconds it is valid.
    pub expires_in: String,
    /// What to get the next token with.
    pub refresh_token: Option<String>,
    /// The id of the organisation that the token is for.
    pub organisation: Option<String>,
}

/// An error code that any operation may return.
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
