//! The tokens of users who have logged in.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use super::grant::{Credentials, Granted, ask};
use super::refresh::{RefreshToken, RefreshTokenKeeper, UserTokenError};
use super::{Token, TokenKey, TokenProvider, TokenRequest, TokenResult};
use crate::build_error::BuildError;
use crate::credential::{self, KEY, SECRET};
use crate::operation::{GrantKind, TokenKind};
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Fetches the tokens of a user: the first with the login's code or a stored refresh token, the others with the refresh
/// token of the previous one.
///
/// Clones are the same user.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{RefreshToken, UserToken};
///
/// let keep = |token: RefreshToken| async move { std::fs::write("refresh-token", token.value()) };
/// let provider = UserToken::from_code("app key", "app secret", "the login's code", keep)?
///     .identified_by("ann")?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct UserToken(Arc<User>);

struct User {
    key: String,
    secret: Secret,
    id: Option<String>,
    keeper: Box<dyn RefreshTokenKeeper>,
    /// Serializes renewals: a refresh token can be used once.
    turn: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

struct State {
    source: Source,
    pending: Option<Pending>,
}

/// What to fetch the next token with.
#[derive(Clone)]
enum Source {
    Code(Secret),
    Refresh(RefreshToken),
    Nothing,
}

/// What the server gave, and the keeper has not stored yet.
#[derive(Clone)]
struct Pending {
    token: Token,
    got: Instant,
    refresh: RefreshToken,
}

impl UserToken {
    /// A user who has just logged in. The code can be used once.
    ///
    /// # Errors
    /// If key, secret or code is empty, has white space around it, or holds control characters.
    pub fn from_code(
        key: impl Into<String>,
        secret: impl Into<String>,
        code: impl Into<String>,
        keeper: impl RefreshTokenKeeper,
    ) -> Result<Self, BuildError> {
        let (argument, code) = ("UserToken::from_code", code.into());
        credential::check(argument, [("the login's code", &code)])?;
        let source = Source::Code(Secret(code));
        Self::new(argument, key.into(), secret.into(), source, keeper)
    }

    /// A user who logged in earlier.
    ///
    /// # Errors
    /// If key, secret or refresh token is empty, has white space around it, or holds control characters.
    pub fn from_refresh_token(
        key: impl Into<String>,
        secret: impl Into<String>,
        refresh_token: impl Into<String>,
        keeper: impl RefreshTokenKeeper,
    ) -> Result<Self, BuildError> {
        let argument = "UserToken::from_refresh_token";
        let source = Source::Refresh(RefreshToken::checked(argument, refresh_token.into())?);
        Self::new(argument, key.into(), secret.into(), source, keeper)
    }

    fn new(
        argument: &'static str,
        key: String,
        secret: String,
        source: Source,
        keeper: impl RefreshTokenKeeper,
    ) -> Result<Self, BuildError> {
        credential::check(argument, [(KEY, &key), (SECRET, &secret)])?;
        Ok(Self(Arc::new(User {
            key,
            secret: Secret(secret),
            id: None,
            keeper: Box::new(keeper),
            turn: tokio::sync::Mutex::new(()),
            state: Mutex::new(State {
                source,
                pending: None,
            }),
        })))
    }

    /// Identifies the user, so that the token can be shared through the client's
    /// [store](crate::ClientBuilder::token_store). Other processes must then be able to
    /// [load](RefreshTokenKeeper::load) the refresh token.
    ///
    /// Call it before the provider is cloned or used: on a clone it changes nothing.
    ///
    /// # Errors
    /// If the id is empty, has white space around it, or holds control characters: users without an id of their own
    /// would share one token.
    pub fn identified_by(mut self, id: impl Into<String>) -> Result<Self, BuildError> {
        let id = id.into();
        credential::check("UserToken::identified_by", [("the user's id", &id)])?;
        if let Some(user) = Arc::get_mut(&mut self.0) {
            user.id = Some(id);
        }
        Ok(self)
    }

    /// The new refresh token that the keeper has not stored yet, if any. A program that ends now should save it.
    pub fn not_kept(&self) -> Option<RefreshToken> {
        let state = self.0.lock();
        state
            .pending
            .as_ref()
            .map(|pending| pending.refresh.clone())
    }
}

impl User {
    async fn fetch(&self, request: TokenRequest<'_>) -> TokenResult {
        let _turn = self.turn.lock().await;
        let is_rejected = |token: &Token| {
            let rejected = request.rejected;
            rejected.is_some_and(|rejected| rejected.value() == token.value())
        };
        let pending = self.lock().pending.clone();
        if let Some(pending) = pending {
            let token = self.hand_over(pending).await?;
            let is_over = token.valid_for.is_some_and(|rest| rest.is_zero());
            if !is_over && !is_rejected(&token) {
                return Ok(token);
            }
        }
        let mut source = self.lock().source.clone();
        if !matches!(source, Source::Code(_))
            && let Some(kept) = self
                .keeper
                .load()
                .await
                .map_err(UserTokenError::NotLoaded)?
        {
            source = Source::Refresh(kept);
        }
        let granted = self.ask(request, &source).await?;
        let old = match source {
            Source::Refresh(old) => Some(old),
            Source::Code(_) | Source::Nothing => None,
        };
        let Some(value) = granted.refresh_token else {
            self.lock().source = old.map_or(Source::Nothing, Source::Refresh);
            return Ok(granted.token);
        };
        let corp_id = granted.organisation.or_else(|| {
            old.as_ref()
                .and_then(|old| old.corp_id().map(str::to_owned))
        });
        let pending = Pending {
            token: granted.token,
            got: Instant::now(),
            refresh: RefreshToken::of(value, corp_id),
        };
        // From here on it cannot be lost, even if this fetch is broken off.
        self.lock().pending = Some(pending.clone());
        self.hand_over(pending).await
    }

    async fn ask(
        &self,
        request: TokenRequest<'_>,
        source: &Source,
    ) -> Result<Granted, Box<dyn StdError + Send + Sync>> {
        let mut credentials = Credentials {
            app_key: &self.key,
            app_secret: &self.secret.0,
            ..Credentials::default()
        };
        let kind = match source {
            Source::Code(code) => {
                credentials.code = &code.0;
                GrantKind::User
            }
            Source::Refresh(token) => {
                credentials.refresh_token = token.value();
                GrantKind::UserRefresh
            }
            Source::Nothing => return Err(UserTokenError::NoRefreshToken.into()),
        };
        ask(request.client, kind, credentials).await
    }

    /// Gives up the old refresh token once the new one is kept.
    async fn hand_over(&self, pending: Pending) -> TokenResult {
        let kept = self.keeper.keep(&pending.refresh).await;
        kept.map_err(UserTokenError::NotKept)?;
        let mut state = self.lock();
        state.source = Source::Refresh(pending.refresh);
        state.pending = None;
        drop(state);
        let rest = pending.token.valid_for;
        let rest = rest.map(|time| time.saturating_sub(pending.got.elapsed()));
        Ok(Token {
            valid_for: rest,
            ..pending.token
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenProvider for UserToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(self.0.fetch(request))
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::User)
    }

    fn key(&self) -> Option<TokenKey> {
        let User {
            key, secret, id, ..
        } = &*self.0;
        Some(TokenKey::of(
            GrantKind::User,
            &[key, &secret.0, id.as_deref()?],
        ))
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserToken")
            .field("key", &self.0.key)
            .field("secret", &self.0.secret)
            .finish_non_exhaustive()
    }
}
