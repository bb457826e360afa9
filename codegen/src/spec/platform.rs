use serde::Deserialize;

use super::{ErrorClass, Ordered, Signature};

/// `spec/platform.yaml`: what all operations share.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// The version of the generated crate.
    pub version: String,
    /// The APIs by name. The first is that of services that name none.
    pub apis: Ordered<String, Api>,
    /// How to get tokens.
    pub grants: Grants,
    /// The services that the workspace root compiles by default.
    #[serde(default)]
    pub default_services: Vec<String>,
}

/// An API: operations at the same servers that take the token, and reply, in the same way.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// The API's name in Chinese.
    pub title: Option<String>,
    /// What it is. In our own words.
    pub doc: Option<String>,
    /// The servers by name. The first is the default. All APIs have servers of the same names.
    pub servers: Ordered<String, Server>,
    /// Where the token goes.
    pub token: TokenPlace,
    /// Headers in which a reply may carry its request id, the best first.
    #[serde(default)]
    pub request_id_headers: Vec<String>,
    /// How a reply reports success or failure.
    pub envelope: Envelope,
    /// The ways in which operations sign their requests, by name.
    #[serde(default)]
    pub signatures: Ordered<String, Signature>,
    /// Error codes that any operation may return.
    #[serde(default)]
    pub errors: Vec<PlatformError>,
}

/// Where the token goes: into a header, or into a field of the query.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenPlace {
    /// The name of the header.
    pub header: Option<String>,
    /// The name of the field in the query.
    pub query: Option<String>,
}

/// The fields at the top of a reply that report success or failure. Case and underscores in their names do not count.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// True if every reply has a code, so that one without is not a reply of this API. Otherwise the HTTP status says
    /// whether a call failed, and a code in a successful reply may be data.
    #[serde(default)]
    pub every_reply: bool,
    /// The names of the code, most telling first.
    pub code: Vec<String>,
    /// Those of the code's names that results never use.
    #[serde(default)]
    pub certain: Vec<String>,
    /// The codes of success.
    pub success: Vec<String>,
    /// The names of a boolean that says whether the call succeeded, where every reply has an envelope.
    #[serde(default)]
    pub flag: Vec<String>,
    /// The names of the message, most telling first.
    pub message: Vec<String>,
    /// Those of the message's names that results often use.
    #[serde(default)]
    pub uncertain: Vec<String>,
    /// The codes that only say that the sub code is the code.
    #[serde(default)]
    pub outer: Vec<String>,
    /// The names of the sub code.
    #[serde(default)]
    pub sub_code: Vec<String>,
    /// The names of the sub code's message.
    #[serde(default)]
    pub sub_message: Vec<String>,
    /// The names of the request's id.
    #[serde(default)]
    pub request_id: Vec<String>,
    /// Other names of the envelope.
    #[serde(default)]
    pub others: Vec<String>,
}

impl Envelope {
    /// Whether a field belongs to the envelope.
    pub fn has(&self, name: &str) -> bool {
        let name = plain(name);
        let mut names = self.parts().into_iter().flat_map(|(_, names)| names);
        names.any(|known| plain(known) == name)
    }

    /// The names of its fields, by key.
    pub fn parts(&self) -> [(&'static str, &[String]); 7] {
        [
            ("code", &self.code),
            ("flag", &self.flag),
            ("message", &self.message),
            ("sub_code", &self.sub_code),
            ("sub_message", &self.sub_message),
            ("request_id", &self.request_id),
            ("others", &self.others),
        ]
    }
}

/// A name as envelopes compare it: without case and underscores.
pub fn plain(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}

impl Platform {
    /// The API of this name; without one, the first.
    pub fn api(&self, name: Option<&str>) -> Option<&Api> {
        match name {
            Some(name) => self.apis.get(name),
            None => self.apis.iter().next().map(|(_, api)| api),
        }
    }

    /// The name of the first API.
    pub fn default_api(&self) -> &str {
        let first = self.apis.iter().next();
        first.map_or("", |(name, _)| name.as_str())
    }
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
    /// For a third-party application in one organization, with the newest suite ticket.
    pub organisation: Option<Grant>,
    /// For a third-party application in no organization in particular.
    pub suite: Option<Grant>,
    /// For any application in one organization, with key and secret alone.
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
    /// The id of the organization that the token is for.
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
    /// The id of the organization that the token is for.
    pub organisation: Option<String>,
}

/// An error code that any operation of an API may return.
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
