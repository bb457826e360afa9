//! The transport over reqwest.

use std::error::Error as StdError;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderValue;
use http_body::{Body as _, Frame, SizeHint};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, NoProxy, Proxy, Request, Response, Url};
use rustls::CertificateError;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

#[cfg(feature = "stream")]
use super::Socket;
use super::tls::{self, Trust};
use super::{
    BoxFuture, BrokenFile, HttpBody, HttpRequest, Limits, ReplyStream, Transport, TransportError,
    TransportErrorKind as Kind, authority,
};
use crate::build_error::BuildError;

/// How much memory is taken on the word of a `content-length` alone.
const TRUSTED_LENGTH: u64 = 1 << 20;

/// Sends with a reqwest client.
pub(crate) struct ReqwestTransport {
    client: Client,
    /// Makes the connections that become a WebSocket: they begin as HTTP/1.1.
    #[cfg(feature = "stream")]
    upgrading: Client,
    /// How its connections were set up; `None` for a client of the user's, which may follow redirects.
    own: Option<Route>,
}

/// How the client's own connections reach a host, for what an error advises.
enum Route {
    /// This machine, without a proxy.
    Loopback,
    /// Through the proxy with this host and port, unless the environment says otherwise.
    Proxy(String),
    /// As the environment or the system says.
    System,
}

/// What the client's own connections are made with.
pub(crate) struct Setup {
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: HeaderValue,
    pub(crate) proxy: Option<Url>,
    pub(crate) roots: Vec<CertificateDer<'static>>,
    pub(crate) identity: Option<Identity>,
    pub(crate) https: bool,
    pub(crate) loopback: bool,
}

/// A certificate, those that vouch for it, and its private key.
pub(crate) struct Identity {
    pub(crate) certificates: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl ReqwestTransport {
    /// A transport with connections of its own.
    pub(crate) fn new(setup: Setup) -> Result<Self, BuildError> {
        let to_proxy = setup
            .proxy
            .as_ref()
            .is_some_and(|url| url.scheme() == "https");
        let trust = if setup.https || to_proxy {
            Trust::System(setup.roots)
        } else {
            Trust::Nobody
        };
        let tls = tls::config(trust, setup.identity)?;
        let mut route = Route::System;
        let mut proxy = None;
        if setup.loopback {
            route = Route::Loopback;
        } else if let Some(url) = setup.proxy {
            route = Route::Proxy(authority(&url).unwrap_or_default());
            let given = Proxy::all(url).map_err(|error| {
                BuildError::new(
                    "proxy",
                    format!("cannot be used: {}", chain(&error.without_url())),
                )
            })?;
            proxy = Some(given.no_proxy(NoProxy::from_env()));
        }
        let build = |tls| {
            let mut builder = Client::builder()
                .tls_backend_preconfigured(tls)
                .redirect(Policy::none())
                .connect_timeout(setup.connect_timeout)
                .user_agent(setup.user_agent.clone());
            if let Route::Loopback = route {
                // Plain http is allowed to this machine because nobody else can listen: a proxy could.
                builder = builder.no_proxy();
            } else if let Some(proxy) = &proxy {
                builder = builder.proxy(proxy.clone());
            }
            let built = builder.build();
            built.map_err(|error| BuildError::new("http_client", chain(&error)))
        };
        #[cfg(feature = "stream")]
        let upgrading = {
            let mut tls = tls.clone();
            tls.alpn_protocols.clear();
            build(tls)?
        };
        Ok(Self {
            client: build(tls)?,
            #[cfg(feature = "stream")]
            upgrading,
            own: Some(route),
        })
    }

    /// A transport over a client of the user's own.
    pub(crate) fn over(client: Client) -> Self {
        Self {
            #[cfg(feature = "stream")]
            upgrading: client.clone(),
            client,
            own: None,
        }
    }

    #[cfg(feature = "stream")]
    async fn switch(
        &self,
        request: HttpRequest,
    ) -> Result<http::Response<Box<dyn Socket>>, TransportError> {
        let mut asked = Request::new(request.method, request.url);
        *asked.headers_mut() = request.headers;
        let response = self.upgrading.execute(asked).await;
        let response = response.map_err(|error| failed(error, Kind::Broken, self.own.as_ref()))?;
        let status = response.status();
        if status != http::StatusCode::SWITCHING_PROTOCOLS {
            let reason = format!("the server answered {status} and opened no WebSocket");
            return Err(TransportError::new(Kind::Other).with_reason(reason));
        }
        let headers = response.headers().clone();
        let socket = response.upgrade().await;
        let socket = socket.map_err(|error| failed(error, Kind::Broken, self.own.as_ref()))?;
        let mut reply = http::Response::new(Box::new(socket) as Box<dyn Socket>);
        *reply.status_mut() = status;
        *reply.headers_mut() = headers;
        Ok(reply)
    }

    /// Sends the request and returns the head of its reply. `sent` is what a redirect would have taken along.
    async fn head(&self, request: HttpRequest, sent: &str) -> Result<Response, TransportError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
        } = request;
        let mut request = Request::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = body.map(|body| match body.as_bytes() {
            Some(bytes) => Body::from(bytes.clone()),
            None => Body::wrap(Streamed(body)),
        });
        let asked = self.own.is_none().then(|| request.url().clone());
        let response = self
            .client
            .execute(request)
            .await
            .map_err(|error| failed(error, Kind::Broken, self.own.as_ref()))?;
        if asked.is_some_and(|asked| asked != *response.url()) {
            return Err(redirected(&response, sent));
        }
        Ok(response)
    }

    async fn exchange(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        read(self.head(request, "the token").await?, limits).await
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn open(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<ReplyStream>, TransportError>> {
        Box::pin(async move {
            let response = self.head(request, "the signed request").await?;
            Ok(http::Response::from(response).map(|body| ReplyStream::new(Received(body))))
        })
    }

    #[cfg(feature = "stream")]
    fn upgrade(
        &self,
        request: HttpRequest,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Socket>>, TransportError>> {
        Box::pin(self.switch(request))
    }
}

/// A body as hyper reads one. It sends the exact size as `content-length`.
struct Streamed(HttpBody);

impl http_body::Body for Streamed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let piece = Pin::new(&mut self.0).poll_next(cx);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.length())
    }
}

/// A reply's body as it comes.
struct Received(Body);

impl Stream for Received {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return Poll::Ready(match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => None,
                Some(Err(error)) => Some(Err(failed(error, Kind::BodyCut, None))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => Some(Ok(bytes)),
                    // Trailers say nothing about a file.
                    Err(_) => continue,
                },
            });
        }
    }
}

/// Only a client of the user's own can follow a redirect. It has happened then, and hiding it would be worse.
fn redirected(response: &Response, sent: &str) -> TransportError {
    let host = response.url().host_str().unwrap_or("an unknown host");
    TransportError::new(Kind::Other).with_reason(format!(
        "the HTTP client followed a redirect and sent {sent} to {host}: build it with \
         reqwest::redirect::Policy::none()"
    ))
}

async fn read(
    mut response: Response,
    limits: Limits,
) -> Result<http::Response<Bytes>, TransportError> {
    let too_large = || {
        TransportError::new(Kind::BodyTooLarge)
            .with_reason(format!("more than {} bytes", limits.max_body))
    };
    let length = response.content_length().unwrap_or(0);
    if length > limits.max_body as u64 {
        return Err(too_large());
    }
    let mut body = Bytes::new();
    let mut joined = BytesMut::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failed(error, Kind::BodyCut, None))?
    {
        if body.len() + joined.len() + chunk.len() > limits.max_body {
            return Err(too_large());
        }
        // Most bodies are one chunk, which is kept as it is.
        if body.is_empty() && joined.is_empty() {
            body = chunk;
            continue;
        }
        if joined.is_empty() {
            joined.reserve(usize::try_from(length.min(TRUSTED_LENGTH)).unwrap_or(0));
            joined.extend_from_slice(&std::mem::take(&mut body));
        }
        joined.extend_from_slice(&chunk);
    }
    if !joined.is_empty() {
        body = joined.freeze();
    }
    let mut reply = http::Response::new(body);
    *reply.status_mut() = response.status();
    *reply.headers_mut() = std::mem::take(response.headers_mut());
    Ok(reply)
}

/// What an error of reqwest means. Its URL is taken off: a query may hold secrets.
fn failed(error: reqwest::Error, otherwise: Kind, route: Option<&Route>) -> TransportError {
    if let Some(broken) = causes(&error).find_map(<dyn StdError>::downcast_ref::<BrokenFile>) {
        return TransportError::new(Kind::RequestBody).with_reason(broken.to_string());
    }
    let kind = match () {
        () if error.is_connect() && error.is_timeout() => Kind::ConnectTimeout,
        () if error.is_timeout() => Kind::Timeout,
        () if in_chain(&error, <dyn StdError>::is::<rustls::Error>) => Kind::Tls,
        // The error's type is private to hyper-util.
        () if in_chain(&error, |cause| cause.to_string() == "dns error") => Kind::Dns,
        () if error.is_connect() => Kind::Connect,
        () if error.is_builder() => Kind::Other,
        () => otherwise,
    };
    let advice = route.and_then(|route| advice(kind, &error, route));
    TransportError::new(kind)
        .with_source(error.without_url())
        .with_advice(advice)
}

/// Which option of the client's builder may help.
fn advice(kind: Kind, error: &reqwest::Error, route: &Route) -> Option<String> {
    if in_chain(error, is_distrust) {
        let advice = "if you trust the server's authority, for example that of a private deployment or of a proxy \
                      that reads TLS, add it with `.add_root_certificate(..)`";
        return Some(advice.to_owned());
    }
    if !matches!(kind, Kind::Dns | Kind::Connect | Kind::ConnectTimeout) {
        return None;
    }
    // The error's type is private to hyper-util.
    let refused = in_chain(error, |cause| cause.to_string().starts_with("tunnel error"));
    match route {
        Route::Loopback => None,
        Route::Proxy(proxy) => Some(format!("check the proxy {proxy}, set with `.proxy(..)`")),
        Route::System if refused => {
            Some("check the environment's proxy, or set another with `.proxy(..)`".to_owned())
        }
        Route::System => {
            Some("if the host needs a proxy, set it with `.proxy(..)` or `HTTPS_PROXY`".to_owned())
        }
    }
}

/// Whether nobody vouches for the server whom the client trusts.
fn is_distrust(error: &(dyn StdError + 'static)) -> bool {
    matches!(
        error.downcast_ref(),
        Some(rustls::Error::InvalidCertificate(
            CertificateError::UnknownIssuer
        ))
    )
}

fn in_chain(error: &(dyn StdError + 'static), test: fn(&(dyn StdError + 'static)) -> bool) -> bool {
    causes(error).any(test)
}

/// The error and its chain of causes.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        // An io::Error's source is the source of what it wraps, not that itself.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(wrapped) => Some(wrapped as _),
            None => error.source(),
        }
    })
}

pub(super) fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
