//! Building a client.

mod credentials;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::base_url::BaseUrl;
use crate::client::{Client, Core};
use crate::operation::Platform;
use crate::token::{AppToken, FixedToken, TokenCache, TokenProvider, TokenStore};
use crate::transport::{ReqwestTransport, Setup, Transport};

const TIMEOUT: Duration = Duration::from_secs(60);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BODY: usize = 16 << 20;
const USER_AGENT: &str = concat!("dingtalk-api-rust/", env!("CARGO_PKG_VERSION"));

/// Builds a client `C`. What is wrong with an argument is said by [`build`](Self::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    platform: &'static Platform,
    credentials: Vec<(&'static str, Box<dyn TokenProvider>)>,
    bad: Option<BuildError>,
    server: Option<String>,
    base_url: Option<String>,
    allow_http: bool,
    timeout: Duration,
    connect_timeout: Option<Duration>,
    max_body: usize,
    user_agent: Option<String>,
    transport: Option<(&'static str, Box<dyn Transport>)>,
    store: Option<Arc<dyn TokenStore>>,
    client: PhantomData<fn() -> C>,
}

/// An argument that no client can be built with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildError {
    argument: &'static str,
    reason: String,
}

impl BuildError {
    pub(crate) fn new(argument: &'static str, reason: impl Into<String>) -> Self {
        Self {
            argument,
            reason: reason.into(),
        }
    }

    /// The builder's method that took the argument.
    pub fn argument(&self) -> &str {
        self.argument
    }

    /// What is wrong with it.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no client can be built: {}: {}",
            self.argument, self.reason
        )
    }
}

impl std::error::Error for BuildError {}

impl<C: From<Client>> ClientBuilder<C> {
    /// A builder for clients of this platform.
    pub fn new(platform: &'static Platform) -> Self {
        Self {
            platform,
            credentials: Vec::new(),
            bad: None,
            server: None,
            base_url: None,
            allow_http: false,
            timeout: TIMEOUT,
            connect_timeout: None,
            max_body: MAX_BODY,
            user_agent: None,
            transport: None,
            store: None,
            client: PhantomData,
        }
    }

    /// Calls as an internal application: its token is fetched on first use, kept, and replaced in time.
    pub fn app(mut self, key: impl Into<String>, secret: impl Into<String>) -> Self {
        let (key, secret) = (key.into(), secret.into());
        self.check_pair("app", &key, &secret);
        self.credentials
            .push(("app", Box::new(AppToken::new(key, secret))));
        self
    }

    /// Calls with a token that the user has.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        let token = token.into();
        if token.trim().is_empty() {
            self.note("token", "is empty");
        } else if HeaderValue::from_str(&token).is_err() {
            self.note("token", "holds a line break or another control character");
        }
        self.credentials
            .push(("token", Box::new(FixedToken::new(token))));
        self
    }

    /// Calls with tokens from a provider of the user's own.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.credentials
            .push(("token_provider", Box::new(provider)));
        self
    }

    /// Calls the platform's server of this name. Without it, the platform's first server is called.
    pub fn server(mut self, name: impl Into<String>) -> Self {
        self.server = Some(name.into());
        self
    }

    /// Calls the server at this address, for example that of a private deployment.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows plain http to other machines. Everyone on the way can read the token then.
    pub fn allow_http(mut self) -> Self {
        self.allow_http = true;
        self
    }

    /// How long a call may take in all, with fetching a token and reading the reply. 60 seconds if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long making a connection may take, TLS included. 10 seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// How many bytes the body of a reply may have. 16 MiB if not set.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// What the client calls itself in the header `user-agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sends with a reqwest client of the user's own, and with its settings for connections, proxies and TLS.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: reqwest follows redirects otherwise, and the
    /// platform's token header travels along to whatever host they name. This client cannot change that afterwards; it
    /// makes a call whose redirect was followed an error, so that it is seen.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(("http_client", Box::new(ReqwestTransport::over(client))));
        self
    }

    /// Sends with a transport of the user's own.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(("transport", Box::new(transport)));
        self
    }

    /// The client, or the first argument that it cannot be built with.
    pub fn build(mut self) -> Result<C, BuildError> {
        if let Some(bad) = self.bad.take() {
            return Err(bad);
        }
        if let [(first, _), (second, _), ..] = &*self.credentials {
            let reason = format!("`{first}` was given too: a client has one kind of credentials");
            return Err(BuildError::new(second, reason));
        }
        if self.timeout.is_zero() {
            return Err(BuildError::new("timeout", "is zero: every call would fail"));
        }
        if self
            .connect_timeout
            .is_some_and(|timeout| timeout.is_zero())
        {
            return Err(BuildError::new(
                "connect_timeout",
                "is zero: every call would fail",
            ));
        }
        let base = self.base()?;
        let transport = self.make_transport(&base)?;
        let tokens = self
            .credentials
            .pop()
            .map(|(_, provider)| TokenCache::new(provider));
        let token_header = HeaderName::from_bytes(self.platform.token_header.as_bytes())
            .map_err(|_| BuildError::new("new", "the token header's name is none"))?;
        let core = Core {
            platform: self.platform,
            token_header,
            base,
            transport,
            timeout: self.timeout,
            max_body: self.max_body,
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
                let reason = "`server` was given too: give one of the two";
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
                let missing = || BuildError::new("base_url", "is needed: no server is known");
                ("server", first.ok_or_else(missing)?.1)
            }
        };
        BaseUrl::parse(url, self.allow_http).map_err(|reason| BuildError::new(argument, reason))
    }

    fn make_transport(&mut self, base: &BaseUrl) -> Result<Box<dyn Transport>, BuildError> {
        let user_agent = self.user_agent.as_deref();
        if user_agent.is_some_and(|text| HeaderValue::from_str(text).is_err()) {
            let reason = "holds a line break or another control character";
            return Err(BuildError::new("user_agent", reason));
        }
        if let Some((given, transport)) = self.transport.take() {
            let ignored = match (self.connect_timeout, user_agent) {
                (Some(_), _) => "connect_timeout",
                (_, Some(_)) => "user_agent",
                _ => return Ok(transport),
            };
            let reason = format!("`{given}` was given too, which this has to be set on itself");
            return Err(BuildError::new(ignored, reason));
        }
        let setup = Setup {
            connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
            user_agent: user_agent.unwrap_or(USER_AGENT),
            https: base.is_https(),
            loopback: base.is_loopback(),
        };
        let transport = ReqwestTransport::new(&setup);
        Ok(Box::new(transport.map_err(|reason| {
            BuildError::new("http_client", reason)
        })?))
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
            .field("connect_timeout", &self.connect_timeout)
            .field("max_body", &self.max_body)
            .field("user_agent", &self.user_agent)
            .finish_non_exhaustive()
    }
}
