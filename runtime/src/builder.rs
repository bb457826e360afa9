//! Building a client.

mod connection;
mod credentials;
mod endpoints;

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
use crate::operation::{Api, Platform, TokenPlace};
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
    /// The platform's APIs, and more.
    apis: Vec<&'static Api>,
    credentials: Vec<(&'static str, Box<dyn TokenProvider>)>,
    bad: Option<BuildError>,
    server: Option<String>,
    /// The addresses that were given, with the names of their APIs.
    base_urls: Vec<(Option<String>, String)>,
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
            apis: platform.apis.iter().collect(),
            credentials: Vec::new(),
            bad: None,
            server: None,
            base_urls: Vec::new(),
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

    /// Chooses the server of every API without an address of its own. Default: each API's first server.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Calls the server at this address, for example that of a private deployment.
    ///
    /// This sets the address of the platform's first API. The client then calls another API only if you set its address
    /// too, with [`base_url_of`](Self::base_url_of) or [`server`](Self::server), so a token goes only where you sent it.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_urls.push((None, url.into()));
        self
    }

    /// Calls the server at this address for the operations of one API, such as `oapi`.
    pub fn base_url_of(mut self, api: impl Into<String>, url: impl Into<String>) -> Self {
        self.base_urls.push((Some(api.into()), url.into()));
        self
    }

    /// Adds an API of your own. The client calls it for services whose `_service.yaml` names it under `api`.
    ///
    /// ```
    /// # extern crate dingtalk_runtime as dingtalk_api;
    /// use dingtalk_api::{Api, Envelope, TokenPlace};
    ///
    /// static INTRANET: Api = Api {
    ///     servers: &[("global", "https://api.example.com"), ("mainland", "https://api.example.com")],
    ///     token: TokenPlace::Header("x-token"),
    ///     envelope: Envelope {
    ///         code: &["code"],
    ///         message: &["message"],
    ///         ..Envelope::NONE
    ///     },
    ///     ..Api::named("intranet")
    /// };
    ///
    /// # fn example<C: From<dingtalk_runtime::Client>>(
    /// #     builder: dingtalk_api::ClientBuilder<C>,
    /// # ) -> Result<C, dingtalk_api::BuildError> {
    /// let client = builder.app("app key", "app secret").api(&INTRANET).build()?;
    /// # Ok(client)
    /// # }
    /// ```
    pub fn api(mut self, api: &'static Api) -> Self {
        if self.apis.iter().any(|known| known.name == api.name) {
            let reason = format!("there is already an API `{}`", api.name);
            self.note("api", &reason);
        }
        self.apis.push(api);
        self
    }

    /// Allows plain http to other machines. Everyone on the network can read the token then, and files that are
    /// transferred.
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
        let carries_token = |api: &Api| matches!(api.token, TokenPlace::Header(header) if name.eq_ignore_ascii_case(header));
        if self.apis.iter().any(|api| carries_token(api)) {
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
    ///
    /// For Stream connections, build it with `http1_only()` if it may negotiate HTTP/2: a WebSocket is opened over
    /// HTTP/1.1.
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
        let endpoints = self.endpoints()?;
        let bases = endpoints.iter().filter_map(|known| known.base.as_ref());
        let transport = self.make_transport(&bases.collect::<Vec<_>>())?;
        let tokens = self
            .credentials
            .pop()
            .map(|(_, provider)| TokenCache::new(provider));
        let core = Core {
            platform: self.platform,
            endpoints,
            transport,
            headers: self.headers,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            max_body: self.max_body,
            retry: self.retry,
            retries: RetryBucket::new(self.retry_budget),
            limiter: self.limit.map(Limiter::new),
            allow_http: self.allow_http,
            store: self.store,
        };
        Ok(C::from(Client::new(core, tokens)))
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

    fn make_transport(&mut self, bases: &[&BaseUrl]) -> Result<Box<dyn Transport>, BuildError> {
        let setup = self.connection.setup(bases)?;
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
