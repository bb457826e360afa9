//! What all operations share: the APIs with their servers and error codes, and how tokens are got.

use super::{ErrorClass, Operation, Signature};
use crate::envelope::Envelope;

/// What all operations share, as the generated code describes it.
#[derive(Debug)]
pub struct Platform {
    /// The APIs. The first is that of operations that name none.
    pub apis: &'static [Api],
    /// How tokens are got.
    pub grants: &'static [Grant],
}

impl Platform {
    pub(crate) fn grant(&self, kind: GrantKind) -> Option<&'static Grant> {
        self.grants.iter().find(|grant| grant.kind == kind)
    }
}

/// An API: operations at the same servers that take the token, and reply, in the same way.
#[derive(Debug)]
pub struct Api {
    /// Its name.
    pub name: &'static str,
    /// Its servers by name, with scheme and host. The first is the default.
    pub servers: &'static [(&'static str, &'static str)],
    /// Where the token goes.
    pub token: TokenPlace,
    /// Headers in which a reply may carry its request id, the best first.
    pub request_id_headers: &'static [&'static str],
    /// How replies report success or failure.
    pub envelope: Envelope,
    /// The ways in which operations sign their requests.
    pub signatures: &'static [Signature],
    /// Error codes that any operation may answer.
    pub errors: &'static [PlatformError],
}

impl Api {
    /// An API of this name without servers, errors and an envelope, to be completed.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            servers: &[],
            token: TokenPlace::Header("authorization"),
            request_id_headers: &[],
            envelope: Envelope::NONE,
            signatures: &[],
            errors: &[],
        }
    }
}

/// Where an API takes the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenPlace {
    /// In this header.
    Header(&'static str),
    /// In this field of the query.
    Query(&'static str),
}

/// An error code that any operation of an API may answer.
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
    /// The field of the reply with the id of the organization that the token is for.
    pub organisation: Option<&'static str>,
}

/// Whose token a grant gives, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantKind {
    /// An internal application's, for its key and secret.
    App,
    /// A third-party application's in one organization, for the newest suite ticket.
    Organisation,
    /// A third-party application's in no organization in particular, for the newest suite ticket.
    Suite,
    /// Any application's in one organization, for its key and secret.
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
    /// The id of the organization that the token is for.
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
