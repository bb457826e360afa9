//! How requests are sent: the [`Transport`] trait and its errors.

mod body;
mod reqwest;
mod tls;

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use ::reqwest::Url;
use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::secret::Scrubber;

pub(crate) use self::body::BrokenFile;
pub use self::body::{FormPart, HttpBody, ReplyStream};
pub(crate) use self::reqwest::{Identity, ReqwestTransport, Setup};

/// A future on the heap, as object-safe traits return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and reads its reply.
///
/// The client uses reqwest, unless it was built with a custom transport: for another HTTP library, or for tests without
/// a server.
///
/// A transport sends a request once, follows no redirect (the token would travel along), and keeps no
/// cookies. Dropping the future must end the exchange: that is how a call's timeout works.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{Bytes, BoxFuture, HttpRequest, Limits, Transport, TransportError, http};
///
/// /// Answers every call with an empty object.
/// struct Offline;
///
/// impl Transport for Offline {
///     fn send(
///         &self,
///         _: HttpRequest,
///         _: Limits,
///     ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
///         Box::pin(async { Ok(http::Response::new(Bytes::from_static(b"{}"))) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and reads the whole reply, whose body must not grow over
    /// [`limits.max_body`](Limits::max_body).
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;

    /// Sends the request and returns the reply once its head is there; the body is read piece by piece, and may have any
    /// length. Downloads and signed uploads use it. Default: the reply of [`send`](Self::send) within `limits`, as one
    /// piece.
    fn open(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<ReplyStream>, TransportError>> {
        Box::pin(async move {
            let reply = self.send(request, limits).await?;
            Ok(reply.map(ReplyStream::from))
        })
    }

    /// Sends the request of a WebSocket's handshake, and returns the reply with the connection once the server has
    /// switched protocols (status 101). Default: an error, for transports that cannot open a WebSocket.
    ///
    /// The connection must use HTTP/1.1, because HTTP/2 has no such switch: do not offer HTTP/2 (in reqwest,
    /// `http1_only()`).
    #[cfg(feature = "stream")]
    #[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
    fn upgrade(
        &self,
        request: HttpRequest,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Socket>>, TransportError>> {
        drop(request);
        let error = TransportError::new(TransportErrorKind::Runtime).with_reason(
            "the client's transport cannot open WebSockets: implement `Transport::upgrade`",
        );
        Box::pin(std::future::ready(Err(error)))
    }
}

/// A connection that carries bytes both ways. Everything that reads and writes asynchronously implements it.
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub trait Socket: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin + 'static {}

#[cfg(feature = "stream")]
impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Send + Unpin + 'static> Socket for S {}

/// A request for a transport to send: with these headers, and those that HTTP itself needs.
#[non_exhaustive]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole address. Some APIs take the token in the query.
    pub url: Url,
    /// The headers. The token's value is marked as sensitive.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<HttpBody>,
}

/// Neither the query nor the body is shown: they may hold secrets.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("path", &self.url.path())
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// The limits that a transport must enforce for one request.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Limits {
    /// How many bytes the body of the reply may have. A larger one is
    /// [`TransportErrorKind::BodyTooLarge`], and reading it stops there.
    pub max_body: usize,
}

impl Limits {
    /// Limits with this largest size of a reply's body.
    pub fn new(max_body: usize) -> Self {
        Self { max_body }
    }
}

/// Why a request got no complete reply.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Connect).with_reason("the proxy refused it");
/// ```
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    /// The host that was called, with its port if that is not the usual one.
    host: Option<String>,
    reason: Option<String>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    advice: Option<String>,
}

/// The kind of a transport error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host name has no address.
    Dns,
    /// No connection to the host could be made.
    Connect,
    /// The host did not accept the connection, including TLS, in time.
    ConnectTimeout,
    /// The host's certificate or TLS is not acceptable.
    Tls,
    /// A file to upload could not be read to its end, or changed: the request was broken off.
    RequestBody,
    /// The reply did not arrive in time.
    Timeout,
    /// The connection broke before the reply's head was complete.
    Broken,
    /// The connection broke, or the data was garbled, within the reply's body.
    BodyCut,
    /// The reply's body is larger than allowed.
    BodyTooLarge,
    /// No tokio runtime drives the connection, or a blocking call was made inside one.
    Runtime,
    /// Something else.
    Other,
}

impl TransportErrorKind {
    /// Whether the request cannot have reached the server as a whole, so that a retry is always safe.
    pub fn is_before_sending(self) -> bool {
        matches!(
            self,
            Self::Dns
                | Self::Connect
                | Self::ConnectTimeout
                | Self::Tls
                | Self::Runtime
                | Self::RequestBody
        )
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Dns => "no address found for the host",
            Self::Connect => "no connection to the host",
            Self::ConnectTimeout => "the host did not accept the connection in time",
            Self::Tls => "no trusted TLS connection to the host",
            Self::RequestBody => "the upload was broken off",
            Self::Timeout => "no reply in time",
            Self::Broken => "the connection broke before the reply",
            Self::BodyCut => "the reply's body was cut off",
            Self::BodyTooLarge => "the reply's body is larger than allowed",
            Self::Runtime => "the call cannot run here",
            Self::Other => "the request failed",
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl TransportError {
    /// An error of this kind.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            host: None,
            reason: None,
            cause: None,
            advice: None,
        }
    }

    /// Adds a reason.
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Adds the error that caused it.
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(source.into());
        self
    }

    /// Says what the user can do about it.
    pub(crate) fn with_advice(mut self, advice: Option<String>) -> Self {
        self.advice = advice;
        self
    }

    /// Names the host that was called. The address's path and query are left out: they may hold secrets.
    pub(crate) fn calling(mut self, url: &Url) -> Self {
        self.host = authority(url);
        self
    }

    /// Masks secrets in what a transport of the user's own says, which may show the whole address. A cause that shows
    /// one, even to `Debug`, is replaced by its text.
    pub(crate) fn scrubbed(mut self, scrubber: &Scrubber) -> Self {
        self.reason = self.reason.map(|reason| scrubber.text(&reason));
        self.cause = self.cause.map(|cause| {
            let text = self::reqwest::chain(&*cause);
            let shown = format!("{text} {cause:?}");
            if scrubber.text(&shown) == shown {
                cause
            } else {
                scrubber.text(&text).into()
            }
        });
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The error that caused it. Its text is part of this error's.
    pub fn cause(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }

    pub(crate) fn timeout(after: Duration) -> Self {
        Self::new(TransportErrorKind::Timeout)
            .with_reason(format!("the call's timeout is {after:?}"))
    }

    pub(crate) fn attempt_timeout(after: Duration) -> Self {
        Self::new(TransportErrorKind::Timeout)
            .with_reason(format!("the attempt's timeout is {after:?}"))
    }
}

/// The host and its port, if that is not the usual one, without the user and password that may precede them.
pub(crate) fn authority(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = self.kind.words();
        let mut said = match &self.host {
            Some(host) => words.replacen("the host", host, 1),
            None => words.to_owned(),
        };
        if let Some(reason) = &self.reason {
            said = said + ": " + reason;
        }
        // The causes are printed here because the interesting part (which address, which certificate) is at
        // their end, and few programs print them. Some say what the next one says.
        let mut cause = self.cause();
        while let Some(error) = cause {
            let text = error.to_string();
            if !said.contains(&text) {
                said = said + ": " + &text;
            }
            cause = error.source();
        }
        if let Some(advice) = &self.advice {
            said = said + "; " + advice;
        }
        f.write_str(&said)
    }
}

/// It has no source: its text includes the causes.
impl StdError for TransportError {}
