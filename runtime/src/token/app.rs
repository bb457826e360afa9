//! The tokens of applications that have only a key and a secret.

use std::fmt;

use super::grant::{Credentials, ask};
use super::{TokenKey, TokenProvider, TokenRequest, TokenResult};
use crate::build_error::BuildError;
use crate::credential::{self, CORP_ID, KEY, SECRET};
use crate::operation::{GrantKind, TokenKind};
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Fetches tokens with an internal application's key and secret.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::AppToken;
///
/// let provider = AppToken::new("app key", "app secret")?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct AppToken {
    key: String,
    secret: Secret,
}

impl AppToken {
    /// A provider for the application with this key and secret.
    ///
    /// # Errors
    /// If one of them is empty, has white space around it, or holds control characters.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Result<Self, BuildError> {
        let (key, secret) = (key.into(), secret.into());
        credential::check("AppToken::new", [(KEY, &key), (SECRET, &secret)])?;
        Ok(Self {
            key,
            secret: Secret(secret),
        })
    }
}

impl TokenProvider for AppToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        let credentials = Credentials {
            app_key: &self.key,
            app_secret: &self.secret.0,
            ..Credentials::default()
        };
        Box::pin(async move {
            let granted = ask(request.client, GrantKind::App, credentials).await?;
            Ok(granted.token)
        })
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Application)
    }

    fn application(&self) -> Option<(&str, &str)> {
        Some((&self.key, &self.secret.0))
    }

    fn key(&self) -> Option<TokenKey> {
        Some(TokenKey::of(GrantKind::App, &[&self.key, &self.secret.0]))
    }
}

impl fmt::Debug for AppToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppToken")
            .field("key", &self.key)
            .field("secret", &self.secret)
            .finish()
    }
}

/// Fetches an application's tokens for one organization, with its key and secret: the platform's newer grant, for
/// internal and third-party applications alike.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::UnifiedToken;
///
/// let provider = UnifiedToken::new("app key", "app secret", "corp id")?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct UnifiedToken {
    key: String,
    secret: Secret,
    corp_id: String,
}

impl UnifiedToken {
    /// A provider for the application with this key and secret, in the organization with this corp id.
    ///
    /// # Errors
    /// If one of them is empty, has white space around it, or holds control characters.
    pub fn new(
        key: impl Into<String>,
        secret: impl Into<String>,
        corp_id: impl Into<String>,
    ) -> Result<Self, BuildError> {
        let (key, secret, corp_id) = (key.into(), secret.into(), corp_id.into());
        let given = [(KEY, &*key), (SECRET, &secret), (CORP_ID, &corp_id)];
        credential::check("UnifiedToken::new", given)?;
        Ok(Self {
            key,
            secret: Secret(secret),
            corp_id,
        })
    }
}

impl TokenProvider for UnifiedToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        let credentials = Credentials {
            app_key: &self.key,
            app_secret: &self.secret.0,
            organisation: &self.corp_id,
            ..Credentials::default()
        };
        Box::pin(async move {
            let granted = ask(request.client, GrantKind::Unified, credentials).await?;
            Ok(granted.token)
        })
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Application)
    }

    fn application(&self) -> Option<(&str, &str)> {
        Some((&self.key, &self.secret.0))
    }

    fn key(&self) -> Option<TokenKey> {
        Some(TokenKey::of(
            GrantKind::Unified,
            &[&self.key, &self.secret.0, &self.corp_id],
        ))
    }

    fn for_organisation(&self, corp_id: &str) -> Option<Box<dyn TokenProvider>> {
        Some(Box::new(Self {
            corp_id: corp_id.to_owned(),
            ..self.clone()
        }))
    }
}

impl fmt::Debug for UnifiedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnifiedToken")
            .field("key", &self.key)
            .field("secret", &self.secret)
            .field("corp_id", &self.corp_id)
            .finish()
    }
}
