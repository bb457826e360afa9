//! The options of the client's own connections.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use reqwest::Url;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::ClientBuilder;
use crate::base_url::BaseUrl;
use crate::build_error::BuildError;
use crate::transport::{Identity, Setup};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const USER_AGENT: &str = concat!("dingtalk-api-rust/", env!("CARGO_PKG_VERSION"));

/// The options. Texts are checked when the client is built.
#[derive(Default)]
pub(super) struct Connection {
    pub(super) connect_timeout: Option<Duration>,
    user_agent: Option<String>,
    proxy: Option<String>,
    roots: Vec<Vec<u8>>,
    identity: Option<Vec<u8>>,
}

impl<C> ClientBuilder<C> {
    /// The timeout of connecting, including TLS. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connection.connect_timeout = Some(timeout);
        self
    }

    /// The header `user-agent`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.connection.user_agent = Some(user_agent.into());
        self
    }

    /// Connects through this proxy. Its URL may contain a user name and password.
    ///
    /// Hosts in the environment variable `NO_PROXY`, and this machine itself, are called directly. Default: the
    /// proxies of the environment (`HTTPS_PROXY`) or the system.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connection.proxy = Some(url.into());
        self
    }

    /// Also trusts these certificate authorities, in PEM, for example that of a private deployment.
    pub fn add_root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connection.roots.push(pem.into());
        self
    }

    /// Identifies the client with a certificate: its chain and its private key, in PEM.
    pub fn identity(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connection.identity = Some(pem.into());
        self
    }
}

impl Connection {
    /// The first option that a custom transport would ignore.
    pub(super) fn first_set(&self) -> Option<&'static str> {
        let options = [
            ("connect_timeout", self.connect_timeout.is_some()),
            ("user_agent", self.user_agent.is_some()),
            ("proxy", self.proxy.is_some()),
            ("add_root_certificate", !self.roots.is_empty()),
            ("identity", self.identity.is_some()),
        ];
        options.iter().find(|(_, set)| *set).map(|(name, _)| *name)
    }

    /// What the options say, checked.
    pub(super) fn setup(&self, bases: &[&BaseUrl]) -> Result<Setup, BuildError> {
        let user_agent = self.user_agent.as_deref().unwrap_or(USER_AGENT);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| {
            let reason = "contains a line break or another control character";
            BuildError::new("user_agent", reason)
        })?;
        let proxy = self.proxy.as_deref().map(proxy_url).transpose();
        let proxy = proxy.map_err(|reason| BuildError::new("proxy", reason))?;
        let mut roots = Vec::new();
        for pem in &self.roots {
            let found = certificates(pem).and_then(acceptable);
            roots.extend(found.map_err(|reason| BuildError::new("add_root_certificate", reason))?);
        }
        let identity = self.identity.as_deref().map(read_identity).transpose();
        Ok(Setup {
            connect_timeout: self.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
            user_agent,
            proxy,
            roots,
            identity: identity.map_err(|reason| BuildError::new("identity", reason))?,
            // A client of other machines may be told to transfer files over https.
            https: bases
                .iter()
                .any(|base| base.is_https() || !base.is_loopback()),
            loopback: bases.iter().any(|base| base.is_loopback()),
        })
    }
}

/// Reads a proxy's address. It is not quoted: it may hold a password.
fn proxy_url(text: &str) -> Result<Url, String> {
    if !text.contains("://") {
        return Err("has no scheme: write http://host:port".into());
    }
    let url = Url::parse(text).map_err(|error| format!("is not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("the scheme is not http or https".into());
    }
    if url.query().is_some() || url.fragment().is_some() || url.path() != "/" {
        return Err("has a path, a query or a fragment: a proxy's URL cannot have one".into());
    }
    Ok(url)
}

fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let found = CertificateDer::pem_slice_iter(pem).collect::<Result<Vec<_>, _>>();
    let found = found.map_err(|error| format!("is not valid PEM: {error}"))?;
    if found.is_empty() {
        return Err("contains no certificate in PEM (`-----BEGIN CERTIFICATE-----`)".into());
    }
    Ok(found)
}

fn acceptable(
    certificates: Vec<CertificateDer<'static>>,
) -> Result<Vec<CertificateDer<'static>>, String> {
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        store
            .add(certificate.clone())
            .map_err(|error| format!("is not a certificate of an authority: {error}"))?;
    }
    Ok(certificates)
}

fn read_identity(pem: &[u8]) -> Result<Identity, String> {
    let certificates = certificates(pem)?;
    // The text is not quoted: it is a secret.
    let key = PrivateKeyDer::from_pem_slice(pem)
        .map_err(|_| "contains no private key in PEM (`-----BEGIN PRIVATE KEY-----`)".to_owned())?;
    Ok(Identity { certificates, key })
}

/// Neither the proxy's password nor the private key is shown.
impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("connect_timeout", &self.connect_timeout)
            .field("user_agent", &self.user_agent)
            .field("proxy", &self.proxy.is_some())
            .field("roots", &self.roots.len())
            .field("identity", &self.identity.is_some())
            .finish()
    }
}
