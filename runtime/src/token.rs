//! Tokens: providers, and the cache of a client.

mod app;
mod backoff;
mod cache;
mod grant;
mod key;
mod organizations;
mod ready;
#[cfg(feature = "redis")]
mod redis;
mod refresh;
mod shared;
mod store;
mod suite;
mod user;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use self::app::{AppToken, UnifiedToken};
pub(crate) use self::cache::TokenCache;
pub use self::key::TokenKey;
pub(crate) use self::organizations::Organizations;
pub(crate) use self::ready::ReadyToken;
#[cfg(feature = "redis")]
pub use self::redis::RedisStore;
pub use self::refresh::{RefreshToken, RefreshTokenKeeper, UserTokenError};
pub use self::store::{MemoryStore, StoreResult, TokenStore};
pub use self::suite::{OrganisationToken, SuiteTickets, SuiteToken};
pub use self::user::UserToken;
use crate::build_error::BuildError;
use crate::client::Client;
use crate::credential;
use crate::operation::TokenKind;
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Fetches tokens.
///
/// The client caches tokens: it asks the provider before the first call, shortly before a token expires, and when the
/// server has rejected it, once for all calls that wait. If the provider fails, all of them fail, and the next call
/// asks again. After several failures in a row, calls fail with the last error for up to five seconds.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{BoxFuture, Token, TokenProvider, TokenRequest, TokenResult};
/// use std::time::Duration;
///
/// struct FromFile;
///
/// impl TokenProvider for FromFile {
///     fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
///         Box::pin(async {
///             let token = std::fs::read_to_string("token")?;
///             Ok(Token::new(token.trim()).valid_for(Duration::from_secs(60)))
///         })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Fetches a token. Its error is the cause of [`Error::Token`](crate::Error::Token) in all calls that wait.
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult>;

    /// Whether to ask again after a token was rejected. If not, the call fails with the rejection.
    fn can_replace(&self) -> bool {
        true
    }

    /// Whose tokens it gives, if that is known. A call of an operation that takes a user's token alone fails before it is
    /// sent where the client has the application's, and a refused call tells of tokens of the wrong kind.
    fn kind(&self) -> Option<TokenKind> {
        None
    }

    /// The application's key and secret, if it has them. A Stream connection is opened with them.
    fn application(&self) -> Option<(&str, &str)> {
        None
    }

    /// Identifies the credentials, so that clients with the same key share tokens through a
    /// [store](crate::ClientBuilder::token_store). Such tokens must have a [lifetime](Token::valid_for).
    fn key(&self) -> Option<TokenKey> {
        None
    }

    /// The newest suite ticket, for operations that are signed with it. Default: none.
    fn ticket(&self) -> BoxFuture<'_, TicketResult> {
        Box::pin(std::future::ready(Ok(None)))
    }

    /// The provider for another organization, if the application serves many; see `Client::for_organisation`.
    fn for_organisation(&self, corp_id: &str) -> Option<Box<dyn TokenProvider>> {
        let _ = corp_id;
        None
    }
}

/// The newest suite ticket, if the provider has one; or why it could not be had.
pub type TicketResult = Result<Option<String>, Box<dyn StdError + Send + Sync>>;

/// A token, or why none could be fetched.
pub type TokenResult = Result<Token, Box<dyn StdError + Send + Sync>>;

/// What a token provider is asked for.
#[derive(Debug, Clone, Copy)]
pub struct TokenRequest<'a> {
    pub(crate) client: &'a Client,
    pub(crate) rejected: Option<&'a Token>,
}

impl<'a> TokenRequest<'a> {
    /// A client for calls that take no token, with the settings of the client that needs one.
    pub fn client<C: From<Client>>(&self) -> C {
        C::from(self.client.clone())
    }

    /// The token that the server has just rejected, if this is why another one is needed.
    pub fn rejected(&self) -> Option<&'a Token> {
        self.rejected
    }
}

/// A token, as a provider gives it.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use std::time::Duration;
///
/// use dingtalk_api::Token;
///
/// let token = Token::new("a token").valid_for(Duration::from_secs(7200));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    value: Secret,
    valid_for: Option<Duration>,
}

impl Token {
    /// A token that is kept until the server rejects it.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: Secret(value.into()),
            valid_for: None,
        }
    }

    /// Sets how long the token is valid. It is cached for nearly as long; with zero it is not cached, and each call
    /// asks the provider.
    pub fn valid_for(mut self, duration: Duration) -> Self {
        self.valid_for = Some(duration);
        self
    }

    /// The text that is sent.
    pub fn value(&self) -> &str {
        &self.value.0
    }
}

/// A fixed token, which cannot be replaced.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::FixedToken;
///
/// let provider = FixedToken::new("a token")?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Debug, Clone)]
pub struct FixedToken(Token);

impl FixedToken {
    /// A provider that always returns this token.
    ///
    /// # Errors
    /// If the token is empty, has white space around it, or holds what no header can carry.
    pub fn new(token: impl Into<String>) -> Result<Self, BuildError> {
        let token = Token::new(token);
        match credential::token_fault(token.value()) {
            Some(fault) => Err(BuildError::new(
                "FixedToken::new",
                format!("the token {fault}"),
            )),
            None => Ok(Self(token)),
        }
    }
}

impl TokenProvider for FixedToken {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    fn can_replace(&self) -> bool {
        false
    }
}

/// Why a fetched token cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It cannot be sent.
    Unfit(&'static str),
    /// The provider took too long.
    Late(Duration),
    /// The fetch ended without a result: its runtime was shut down, or the provider panicked.
    BrokenOff,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfit(fault) => write!(f, "the token {fault}"),
            Self::Late(limit) => write!(f, "the token provider gave no token within {limit:?}"),
            Self::BrokenOff => f.write_str("the token provider panicked or was canceled"),
        }
    }
}

impl StdError for Unusable {}
