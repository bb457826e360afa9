//! The client: what all calls share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName};

use crate::base_url::BaseUrl;
use crate::limit::Limiter;
use crate::operation::Platform;
use crate::retry::{Account, RetryPolicy};
use crate::token::TokenCache;
use crate::transport::Transport;

/// Calls the platform for one application, at one server.
///
/// Cloning is cheap, and clones share connections and the token. One client is meant to be shared by all threads and
/// tasks of a program.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    core: Arc<Core>,
    tokens: Option<Arc<TokenCache>>,
}

/// What does not depend on who calls.
pub(crate) struct Core {
    pub(crate) platform: &'static Platform,
    pub(crate) token_header: HeaderName,
    pub(crate) base: BaseUrl,
    pub(crate) transport: Box<dyn Transport>,
    /// Sent with every request that has no header of the name.
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) max_body: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) account: Account,
    pub(crate) limiter: Option<Limiter>,
}

impl Client {
    pub(crate) fn new(core: Core, tokens: Option<TokenCache>) -> Self {
        Self(Arc::new(Inner {
            core: Arc::new(core),
            tokens: tokens.map(Arc::new),
        }))
    }

    /// The same client for calls that take no token. It is what token providers get: with the cache they are
    /// asked by, they could wait for themselves.
    pub(crate) fn without_tokens(&self) -> Self {
        Self(Arc::new(Inner {
            core: Arc::clone(&self.0.core),
            tokens: None,
        }))
    }

    pub(crate) fn core(&self) -> &Core {
        &self.0.core
    }

    pub(crate) fn tokens(&self) -> Option<&Arc<TokenCache>> {
        self.0.tokens.as_ref()
    }

    /// What all operations share.
    pub fn platform(&self) -> &'static Platform {
        self.0.core.platform
    }

    /// The address that the operations' paths are appended to.
    pub fn base_url(&self) -> &str {
        self.0.core.base.as_str()
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
