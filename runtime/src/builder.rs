//! Building a client.

mod connection;
mod credentials;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName};

use self::connection::Connection;
use crate::base_url::BaseUrl;
use crate::build_error::BuildError;
use crate::client::{Client, Core};
use crate::headers::{header_value, is_reserved};
use crate::limit::{Limiter, RateLimit};
use crate::operation::Platform;
use crate::retry::{RetryBucket, RetryBudget, RetryPolicy};
use crate::token::{AppToken, FixedToken, TokenCache, TokenProvider, TokenStore};
use crate::transport::{ReqwestTransport, Transport};

const TIMEOUT: Duration = Duration::from_secs(60);
const MAX_BODY: usize = 16 << 20;

/// Builds a client `C`. [`build`](Self::build) reports invalid arguments.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use std::time::Duration;
///
/// # fn example<C: From<dingtalk_runtime::Client>>(
/// #     builder: dingtalk_api::ClientBuilder<C>,
/// # ) -> Result<C, dingtalk_api::BuildError> {
/// let client = builder
///     .app("app key", "app secret")
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// # Ok(client)
/// # }
/// ```
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    platform: &'static Platform,
    credentials: Vec<(&'static str, Box<dyn TokenProvider>)>,
    bad: Option<BuildError>,
    server: Option<String>,
    base_url: Option<String>,
    allow_http: bool,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    max_body: usize,
    headers: HeaderMap,
    retry: RetryPolicy,
    retry_budget: RetryBudget,
    limit: Option<RateLimit>,
    connection: Connection,
    transport: Option<(&'static str, Box<dyn Transport>)>,
    store: Option<Arc<dyn TokenStore>>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder for clients of this platform.
    #[doc(hidden)]
    pub fn new(platform: &'static Platform) -> Self {
        Self {
            platform,
            credentials: Vec::new(),
            bad: None,
            server: None,
            base_url: None,
            allow_http: false,
            timeout: TIMEOUT,
            attempt_timeout: None,
            max_body: MAX_BODY,
            headers: HeaderMap::new(),
            retry: RetryPolicy::default(),
            retry_budget: RetryBudget::default(),
            limit: None,
            connection: Connection::default(),
            transport: None,
            store: None,
            client: PhantomData,
        }
    }

    /// Calls as an internal application. Its token is fetched on first use, cached, and renewed in time.
    pub fn app(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        self.add_credentials("app", AppToken::new(key, secret));
        self
    }

    /// Calls with a fixed token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.add_credentials("token", FixedToken::new(token));
        self
    }

    /// Calls with tokens from a custom provider.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.credentials
            .push(("token_provider", Box::new(provider)));
        self
    }

    /// Calls the platform's server of this name. Default: the platform's first server.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Calls the server at this address, for example that of a private deployment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows plain http to other machines. Everyone on the network can read the token then.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// The timeout of a whole call: fetching a token, all attempts, and the waits between them. Default: 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The timeout of one attempt, from sending to the last byte of the reply. Default: only the call's own timeout.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How often and when calls are retried. Default: [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many retries all calls of the client may make together. Default: [`RetryBudget::default`].
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.retry_budget = budget;
        self
    }

    /// Limits the rate of calls: a call above it waits, or fails with [`Error::Limited`](crate::Error::Limited) if the
    /// wait exceeds its timeout. Default: no limit.
    pub fn limit(mut self, limit: RateLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Sends this header with every request, including those for tokens. A header of the same name on the request or
    /// the call replaces it.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (name, value) = (name.as_ref(), value.as_ref());
        let Ok(parsed) = HeaderName::from_bytes(name.as_bytes()) else {
            self.note("header", &format!("`{name}` is not a valid header name"));
            return self;
        };
        if name.eq_ignore_ascii_case(self.platform.token_header) {
            self.note(
                "header",
                &format!("`{name}` carries the token: set it with `token`"),
            );
        } else if is_reserved(&parsed) {
            self.note("header", &format!("`{name}` is set by the client"));
        } else if parsed == http::header::USER_AGENT {
            self.note("header", "`user-agent` is set with `user_agent`");
        }
        match header_value(value) {
            Ok(mut value) => {
                // It may be a secret.
                value.set_sensitive(true);
                self.headers.insert(parsed, value);
            }
            Err(reason) => self.note("header", &format!("`{name}` {reason}")),
        }
        self
    }

    /// The largest allowed body of a reply, in bytes. Default: 16 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Sends with an existing reqwest client, and with its settings for connections, proxies and TLS.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: reqwest follows redirects otherwise, and the
    /// platform's token header travels along to whichever host they name. This client cannot change that; it turns a
    /// call whose redirect was followed into an error.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(("http_client", Box::new(ReqwestTransport::over(client))));
        self
    }

    /// Sends with a custom transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(("transport", Box::new(transport)));
        self
    }

    /// Builds the client, or reports the first invalid argument.
    pub fn build(mut self) -> Result<C, BuildError> {
        if let Some(bad) = self.bad.take() {
            return Err(bad);
        }
        if let [(first, _), (second, _), ..] = &*self.credentials {
            let reason = format!("`{first}` is set too: a client takes one kind of credentials");
            return Err(BuildError::new(second, reason));
        }
        self.check_numbers()?;
        let base = self.base()?;
        let transport = self.make_transport(&base)?;
        let tokens = self
            .credentials
            .pop()
            .map(|(_, provider)| TokenCache::new(provider));
        let token_header =
            HeaderName::from_bytes(self.platform.token_header.as_bytes()).map_err(|_| {
                BuildError::new(
                    "new",
                    "the platform's token header is not a valid header name",
                )
            })?;
        let core = Core {
            platform: self.platform,
            token_header,
            base,
            transport,
            headers: self.headers,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            max_body: self.max_body,
            retry: self.retry,
            retries: RetryBucket::new(self.retry_budget),
            limiter: self.limit.map(Limiter::new),
            store: self.store,
        };
        Ok(C::from(Client::new(core, tokens)))
    }

    fn base(&self) -> Result<BaseUrl, BuildError> {
        let names = || {
            let names = self.platform.servers.iter().map(|(name, _)| *name);
            names.collect::<Vec<_>>().join(", ")
        };
        let (argument, url) = match (&self.server, &self.base_url) {
            (Some(_), Some(_)) => {
                let reason = "`server` is set too: set only one of the two";
                return Err(BuildError::new("base_url", reason));
            }
            (None, Some(url)) => ("base_url", url.as_str()),
            (Some(name), None) => {
                let known = self
                    .platform
                    .servers
                    .iter()
                    .find(|(known, _)| known == name);
                let (_, url) = known.ok_or_else(|| {
                    let reason = format!("`{name}` is not one of the servers: {}", names());
                    BuildError::new("server", reason)
                })?;
                ("server", *url)
            }
            (None, None) => {
                let first = self.platform.servers.first();
                let missing =
                    || BuildError::new("base_url", "is required: the platform has no servers");
                ("server", first.ok_or_else(missing)?.1)
            }
        };
        BaseUrl::parse(url, self.allow_http).map_err(|reason| BuildError::new(argument, reason))
    }

    fn check_numbers(&self) -> Result<(), BuildError> {
        let zero = |timeout: Option<Duration>| {
            let zero = timeout.is_some_and(|timeout| timeout.is_zero());
            zero.then_some("is zero: every call would fail")
        };
        let mistakes = [
            ("timeout", zero(Some(self.timeout))),
            ("attempt_timeout", zero(self.attempt_timeout)),
            ("connect_timeout", zero(self.connection.connect_timeout)),
            ("retry", self.retry.mistake()),
            ("retry_budget", self.retry_budget.mistake()),
            ("limit", self.limit.as_ref().and_then(RateLimit::mistake)),
        ];
        for (argument, mistake) in mistakes {
            if let Some(reason) = mistake {
                return Err(BuildError::new(argument, reason));
            }
        }
        Ok(())
    }

    fn make_transport(&mut self, base: &BaseUrl) -> Result<Box<dyn Transport>, BuildError> {
        let setup = self.connection.setup(base)?;
        let Some((given, transport)) = self.transport.take() else {
            return Ok(Box::new(ReqwestTransport::new(setup)?));
        };
        match self.connection.first_set() {
            None => Ok(transport),
            Some(ignored) => {
                let reason = format!("`{given}` is set too: set this option on it instead");
                Err(BuildError::new(ignored, reason))
            }
        }
    }

    fn note(&mut self, argument: &'static str, reason: &str) {
        self.bad
            .get_or_insert_with(|| BuildError::new(argument, reason));
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.credentials.iter().map(|(name, _)| name);
        f.debug_struct("ClientBuilder")
            .field("credentials", &credentials.collect::<Vec<_>>())
            .field("server", &self.server)
            .field("allow_http", &self.allow_http)
            .field("timeout", &self.timeout)
            .field("max_body", &self.max_body)
            .field("retry", &self.retry)
            .field("retry_budget", &self.retry_budget)
            .field("limit", &self.limit)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}
