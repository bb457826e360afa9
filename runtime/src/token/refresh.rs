//! Refresh tokens, and who keeps them.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;

use crate::build_error::BuildError;
use crate::credential;
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Renews a user's token. Each renewal returns a new one.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::RefreshToken;
///
/// let token = RefreshToken::new("a refresh token")?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    value: Secret,
    corp_id: Option<String>,
}

impl RefreshToken {
    /// A refresh token that was kept.
    ///
    /// # Errors
    /// If it is empty, has white space around it, or holds control characters.
    pub fn new(value: impl Into<String>) -> Result<Self, BuildError> {
        Self::checked("RefreshToken::new", value.into())
    }

    pub(super) fn checked(argument: &'static str, value: String) -> Result<Self, BuildError> {
        credential::check(argument, [("the refresh token", &value)])?;
        Ok(Self::of(Secret(value), None))
    }

    pub(super) fn of(value: Secret, corp_id: Option<String>) -> Self {
        Self { value, corp_id }
    }

    /// The text to keep. It is a secret: with the application's secret, it makes calls in the user's name.
    pub fn value(&self) -> &str {
        &self.value.0
    }

    /// The organization that the user chose at the login, if the server said so.
    pub fn corp_id(&self) -> Option<&str> {
        self.corp_id.as_deref()
    }
}

/// Stores a user's refresh token, for example in the program's database.
///
/// Closures that take a [`RefreshToken`] and return a future implement this trait.
pub trait RefreshTokenKeeper: Send + Sync + 'static {
    /// Stores the new refresh token in place of the old one. The client drops the old one and uses the new token only
    /// after this has succeeded; until then, it tries again.
    fn keep<'a>(
        &'a self,
        token: &'a RefreshToken,
    ) -> BoxFuture<'a, Result<(), Box<dyn StdError + Send + Sync>>>;

    /// The stored refresh token, where other processes may have renewed it. With `None`, the last one that this process
    /// knows is used.
    fn load(&self) -> BoxFuture<'_, Result<Option<RefreshToken>, Box<dyn StdError + Send + Sync>>> {
        Box::pin(std::future::ready(Ok(None)))
    }
}

impl<F, T, E> RefreshTokenKeeper for F
where
    F: Fn(RefreshToken) -> T + Send + Sync + 'static,
    T: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn keep<'a>(
        &'a self,
        token: &'a RefreshToken,
    ) -> BoxFuture<'a, Result<(), Box<dyn StdError + Send + Sync>>> {
        let kept = self(token.clone());
        Box::pin(async { kept.await.map_err(Into::into) })
    }
}

/// Why there is no token for a user, other than a failed call.
#[derive(Debug)]
#[non_exhaustive]
pub enum UserTokenError {
    /// The server gave a new refresh token, and the keeper failed to keep it. Nothing is lost: the next call hands it
    /// over again, and [`UserToken::not_kept`](crate::UserToken::not_kept) gives it.
    NotKept(Box<dyn StdError + Send + Sync>),
    /// The keeper failed to load the refresh token.
    NotLoaded(Box<dyn StdError + Send + Sync>),
    /// The server gave no refresh token: the user has to log in again.
    NoRefreshToken,
}

impl fmt::Display for UserTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotKept(cause) => write!(
                f,
                "the user's new refresh token could not be kept; the next call hands it over again: {cause}"
            ),
            Self::NotLoaded(cause) => {
                write!(f, "the user's refresh token could not be loaded: {cause}")
            }
            Self::NoRefreshToken => {
                f.write_str("there is no refresh token: the user has to log in again")
            }
        }
    }
}

impl StdError for UserTokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // The cause itself is in the text.
            Self::NotKept(cause) | Self::NotLoaded(cause) => cause.source(),
            Self::NoRefreshToken => None,
        }
    }
}
