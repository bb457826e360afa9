//! The transport over reqwest.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Request, Response};

use super::{
    BoxFuture, HttpRequest, Limits, Transport, TransportError, TransportErrorKind as Kind, tls,
};

/// How much memory is taken on the word of a `content-length` alone.
const TRUSTED_LENGTH: u64 = 1 << 20;

/// Sends with a reqwest client.
pub(crate) struct ReqwestTransport {
    client: Client,
    /// The client is the user's: it may follow redirects.
    foreign: bool,
}

/// What the client's own connections are made with.
pub(crate) struct Setup<'a> {
    pub(crate) connect_timeout: Duration,
    pub(crate) user_agent: &'a str,
    pub(crate) https: bool,
    pub(crate) loopback: bool,
}

impl ReqwestTransport {
    /// A transport with connections of its own; the error says why there can be none.
    pub(crate) fn new(setup: &Setup<'_>) -> Result<Self, String> {
        let tls = if setup.https {
            tls::trusting_the_system()
                .map_err(|error| format!("the system's certificates cannot be used: {error}"))?
        } else {
            tls::trusting_nobody().map_err(|error| error.to_string())?
        };
        let mut builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(setup.connect_timeout)
            .user_agent(setup.user_agent);
        if setup.loopback {
            // Plain http is allowed to this machine because nobody else can listen: a proxy could.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| chain(&error))?;
        Ok(Self {
            client,
            foreign: false,
        })
    }

    /// A transport over a client of the user's own.
    pub(crate) fn over(client: Client) -> Self {
        Self {
            client,
            foreign: true,
        }
    }

    async fn exchange(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
        } = request;
        let mut request = Request::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = body.map(Body::from);
        let asked = self.foreign.then(|| request.url().clone());
        let response = self
            .client
            .execute(request)
            .await
            .map_err(|error| failed(error, Kind::Broken))?;
        if asked.is_some_and(|asked| asked != *response.url()) {
            return Err(redirected(&response));
        }
        read(response, limits).await
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
}

/// Only a client of the user's own can follow a redirect. It has happened then, and hiding it would be worse.
fn redirected(response: &Response) -> TransportError {
    let host = response.url().host_str().unwrap_or("an unknown host");
    TransportError::new(Kind::Other).with_reason(format!(
        "the HTTP client followed a redirect and sent the token to {host}: build it with \
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
        .map_err(|error| failed(error, Kind::BodyCut))?
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
fn failed(error: reqwest::Error, otherwise: Kind) -> TransportError {
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
    TransportError::new(kind).with_source(error.without_url())
}

fn in_chain(error: &(dyn StdError + 'static), test: fn(&(dyn StdError + 'static)) -> bool) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if test(error) {
            return true;
        }
        // An io::Error's source is the source of what it wraps, not that itself.
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped as _),
            None => error.source(),
        };
    }
    false
}

fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
