//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

use crate::base_url::BaseUrl;
use crate::build_error::BuildError;
use crate::credential;
use crate::endpoint::Endpoint;
use crate::error::InvalidArgument;
use crate::limit::Limiter;
use crate::operation::{Operation, Platform};
use crate::retry::{RetryBucket, RetryPolicy};
use crate::token::{Organizations, TokenCache, TokenProvider, TokenStore};
use crate::transport::Transport;

/// Calls the platform for one application, at one server.
///
/// Cloning is cheap, and clones share connections and the token: one client serves all threads and tasks of a program.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    core: Arc<Core>,
    tokens: Option<Arc<TokenCache>>,
    organizations: Option<Arc<Organizations>>,
}

/// The part that does not depend on the caller.
pub(crate) struct Core {
    pub(crate) platform: &'static Platform,
    /// One for each API, in the platform's order.
    pub(crate) endpoints: Vec<Arc<Endpoint>>,
    pub(crate) transport: Box<dyn Transport>,
    /// Sent with every request that has no header of the name.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_body: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) retries: RetryBucket,
    pub(crate) limiter: Option<Limiter>,
    /// Whether plain http to other machines is allowed.
    pub(crate) allow_http: bool,
    pub(crate) store: Option<Arc<dyn TokenStore>>,
}

impl Client {
    pub(crate) fn new(core: Core, tokens: Option<TokenCache>) -> Self {
        Self::with(Arc::new(core), tokens)
    }

    fn with(core: Arc<Core>, tokens: Option<TokenCache>) -> Self {
        let tokens = tokens.map(Arc::new);
        let organizations = tokens.as_ref().map(|root| Organizations::new(root.clone()));
        Self(Arc::new(Inner {
            core,
            tokens,
            organizations: organizations.map(Arc::new),
        }))
    }

    /// The same client without tokens, for token providers: with the cache that asks them, they could wait for
    /// themselves.
    pub(crate) fn without_tokens(&self) -> Self {
        Self::with(Arc::clone(&self.0.core), None)
    }

    /// The same client with tokens from another provider, for example those of a user. The two share connections and
    /// settings, but no token.
    pub fn with_token_provider(&self, provider: impl TokenProvider) -> Self {
        let tokens = TokenCache::new(Box::new(provider));
        Self::with(Arc::clone(&self.0.core), Some(tokens))
    }

    /// The same application in another organization, for an application that many organizations use.
    ///
    /// Its credentials are given by [`suite`](crate::ClientBuilder::suite) or
    /// [`app_in`](crate::ClientBuilder::app_in), or by a provider that [knows
    /// organizations](TokenProvider::for_organisation). The clients share connections and settings, and each
    /// organization has a token of its own, which is kept for as long as it is valid: ask for the client wherever you
    /// need one.
    ///
    /// # Errors
    /// If the client's credentials know no organizations, or the id is empty, has white space around it, or holds
    /// control characters.
    pub fn for_organisation(&self, corp_id: &str) -> Result<Self, BuildError> {
        let refused = |reason: &str| BuildError::new("for_organisation", reason);
        credential::check("for_organisation", [(credential::CORP_ID, corp_id)])?;
        let organizations = self.0.organizations.as_ref();
        let tokens = organizations.and_then(|known| known.get(corp_id));
        let tokens =
            tokens.ok_or_else(|| refused("the client's credentials are for one organization"))?;
        Ok(Self(Arc::new(Inner {
            core: Arc::clone(&self.0.core),
            tokens: Some(tokens),
            organizations: organizations.cloned(),
        })))
    }

    pub(crate) fn core(&self) -> &Core {
        &self.0.core
    }

    /// Whether it calls a server on this machine, as tests do.
    pub(crate) fn calls_loopback(&self) -> bool {
        let mut bases = self
            .0
            .core
            .endpoints
            .iter()
            .filter_map(|endpoint| endpoint.base.as_ref());
        bases.any(BaseUrl::is_loopback)
    }

    pub(crate) fn tokens(&self) -> Option<&Arc<TokenCache>> {
        self.0.tokens.as_ref()
    }

    /// What all operations share.
    #[doc(hidden)]
    pub fn platform(&self) -> &'static Platform {
        self.0.core.platform
    }

    /// Where the operation's API is.
    pub(crate) fn endpoint(
        &self,
        operation: &'static Operation,
    ) -> Result<&Arc<Endpoint>, Box<InvalidArgument>> {
        let endpoints = &self.0.core.endpoints;
        let found = match operation.api {
            None => endpoints.first(),
            Some(name) => endpoints.iter().find(|endpoint| endpoint.api.name == name),
        };
        found.ok_or_else(|| {
            let name = operation.api.unwrap_or_default();
            let reason = format!("`{name}` is none of the client's APIs");
            InvalidArgument::new(operation, "api", reason)
        })
    }

    /// The address of the first API's server, to which the paths of the operations are appended.
    pub fn base_url(&self) -> &str {
        let first = self.0.core.endpoints.first();
        let base = first.and_then(|endpoint| endpoint.base.as_ref());
        base.map(BaseUrl::as_str).unwrap_or_default()
    }

    /// The address of one API's server, such as `oapi`. `None` if the client knows no such API, or no address for it.
    pub fn base_url_of(&self, api: &str) -> Option<&str> {
        let mut endpoints = self.0.core.endpoints.iter();
        let endpoint = endpoints.find(|endpoint| endpoint.api.name == api)?;
        endpoint.base.as_ref().map(BaseUrl::as_str)
    }
}

impl AsRef<Client> for Client {
    fn as_ref(&self) -> &Client {
        self
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("timeout", &self.0.core.timeout)
            .field("max_body", &self.0.core.max_body)
            .field("retry", &self.0.core.retry)
            .field("tokens", &self.0.tokens)
            .finish_non_exhaustive()
    }
}
