//! Signed URLs: what may be called, and how it is shown.

use std::fmt;

use http::{HeaderMap, HeaderName};
use reqwest::Url;

use super::error::TransferError;
use crate::base_url;
use crate::client::Client;
use crate::headers::header_value;
use crate::request::LONGEST;
use crate::secret::{Scrubber, Secret};

/// A URL that carries its own permission, with the headers that it must be called with.
///
/// It is called with these headers, and with `host`, `accept`, `user-agent` and, for an upload, `content-length`: never with
/// the client's token, its headers, or a content type of its own. Escapes in the URL go out byte for byte, as the signature
/// is over them. Only what no request line can hold is escaped: a space, a character that is not ASCII, `"`, `<`, `>`,
/// and `'` in the query.
///
/// A URL with plain http, as the platform gives some, is called over https. The client uses plain http only for its own
/// machine, if it calls the platform there too (in tests), or if it was built with
/// [`allow_http`](crate::ClientBuilder::allow_http).
///
/// `Debug` and `Display` show the host and the path alone.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::SignedUrl;
///
/// let url = SignedUrl::new("https://files.example/a.pdf?Expires=1&Signature=b%2Bc%3D")
///     .header("x-oss-date", "Sat, 28 Nov 2026 08:00:00 GMT");
/// assert_eq!(url.to_string(), "https://files.example/a.pdf");
/// ```
#[derive(Clone)]
pub struct SignedUrl {
    url: Secret,
    headers: Vec<(String, Secret)>,
}

impl SignedUrl {
    /// The URL as the platform gave it.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: Secret(url.into()),
            headers: Vec::new(),
        }
    }

    /// Sends this header. An empty value is sent as such.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), Secret(value.into())));
        self
    }

    /// Sends these headers, such as `headers` of a reply.
    pub fn headers<N: Into<String>, V: Into<String>>(
        mut self,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let headers = headers.into_iter();
        let headers = headers.map(|(name, value)| (name.into(), Secret(value.into())));
        self.headers.extend(headers);
        self
    }

    /// The checked URL. `what` is what is to be done, for the error.
    pub(super) fn target(
        &self,
        what: &'static str,
        client: &Client,
    ) -> Result<Target, TransferError> {
        let place = format!("{what} {self}");
        let url = self.checked(client.core().allow_http, client.calls_loopback());
        let url = url
            .map_err(|reason| TransferError::invalid(&place, format!("the signed URL {reason}")))?;
        let headers = self.checked_headers();
        let headers = headers.map_err(|reason| TransferError::invalid(&place, reason))?;
        let mut scrubber = Scrubber::default();
        let query = url.query().unwrap_or_default().split('&');
        for value in query.filter_map(|pair| pair.split_once('=')) {
            scrubber.add_text(value.1);
            let decoded = percent_encoding::percent_decode_str(value.1).decode_utf8_lossy();
            scrubber.add_text(&decoded);
        }
        for (_, value) in &self.headers {
            scrubber.add_text(&value.0);
        }
        Ok(Target {
            place,
            url,
            headers,
            scrubber,
        })
    }

    /// The URL as it is called. The error is words that follow "the signed URL"; it shows nothing of the query.
    fn checked(&self, allow_http: bool, loopback: bool) -> Result<Url, String> {
        let text = self.url.0.trim();
        if text.contains(char::is_control) {
            return Err("contains a line break or another control character".to_owned());
        }
        if !text.contains("://") {
            return Err("has no scheme: it must begin with `https://`".to_owned());
        }
        let mut url = Url::parse(text).map_err(|error| format!("cannot be read: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!(
                "must begin with `https://`, found `{}:`",
                url.scheme()
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("contains a user name or password".to_owned());
        }
        if url.fragment().is_some() {
            return Err("has a fragment (`#`), which is never sent".to_owned());
        }
        if is_rewritten(text, &url) {
            return Err("has a path with `.`, `..` or `\\`, which HTTP clients rewrite".to_owned());
        }
        if url.scheme() == "http" && !allow_http && !(loopback && base_url::is_loopback(&url)) {
            if let Some(port) = url.port() {
                return Err(format!(
                    "is plain http at port {port}, which shows the file to everyone on the network: build the client with \
                     `.allow_http()` if you mean it"
                ));
            }
            url.set_scheme("https")
                .map_err(|()| "cannot be called over https".to_owned())?;
        }
        let length = url.as_str().len();
        if length > LONGEST {
            return Err(format!("is too long: {length} bytes, of at most {LONGEST}"));
        }
        Ok(url)
    }

    fn checked_headers(&self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in &self.headers {
            let parsed = HeaderName::from_bytes(name.as_bytes());
            let parsed = parsed.map_err(|_| format!("`{name}` is not a valid header name"))?;
            if FRAMING.contains(&parsed.as_str()) {
                return Err(format!("the header `{parsed}` is set by the HTTP client"));
            }
            let value = header_value(&value.0);
            let mut value = value.map_err(|reason| format!("the header `{parsed}` {reason}"))?;
            value.set_sensitive(true);
            headers.insert(parsed, value);
        }
        Ok(headers)
    }
}

/// The headers that say how a request is framed: another value would break it.
const FRAMING: [&str; 5] = [
    "connection",
    "content-length",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Whether reading the URL changed its path in another way than escaping characters.
fn is_rewritten(text: &str, url: &Url) -> bool {
    let (_, rest) = text.split_once("://").unwrap_or_default();
    let path = rest.find(['/', '?', '\\']).and_then(|at| rest.get(at..));
    let path = path
        .unwrap_or_default()
        .split('?')
        .next()
        .unwrap_or_default();
    path.contains('\\') || path.split('/').count().max(2) != url.path().split('/').count()
}

impl From<&str> for SignedUrl {
    fn from(url: &str) -> Self {
        Self::new(url)
    }
}

impl From<String> for SignedUrl {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

impl fmt::Display for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Url::parse(self.url.0.trim()) {
            Ok(url) if url.has_host() => {
                write!(
                    f,
                    "{}://{}",
                    url.scheme(),
                    url.host_str().unwrap_or_default()
                )?;
                match url.port() {
                    Some(port) => write!(f, ":{port}{}", url.path()),
                    None => f.write_str(url.path()),
                }
            }
            _ => f.write_str("an unreadable URL"),
        }
    }
}

/// The names of the headers, without their values.
impl fmt::Debug for SignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter().map(|(name, _)| name);
        f.debug_struct("SignedUrl")
            .field("url", &format_args!("{self}"))
            .field("headers", &headers.collect::<Vec<_>>())
            .finish()
    }
}

/// A signed URL that was checked.
pub(super) struct Target {
    /// What is done and where, for errors: the host and the path.
    pub(super) place: String,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    /// Masks what the URL and the headers carry.
    pub(super) scrubber: Scrubber,
}
