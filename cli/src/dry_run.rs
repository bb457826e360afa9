//! Shows a request instead of sending it.

use std::sync::{Arc, Mutex, PoisonError};

use dingtalk_api::model::Json;
use dingtalk_api::operation::Operation;
use dingtalk_api::{
    BoxFuture, Bytes, HttpRequest, JsonRequest, Limits, RetryPolicy, Transport, TransportError,
    http,
};

use crate::client;
use crate::failure::Failure;

/// Replaces the token.
const MASK: &str = "***";

/// The request as one JSON object. Everything happens as in a real call, except that no token is fetched and nothing
/// is sent.
pub fn request(operation: &'static Operation, request: JsonRequest) -> Result<Json, Failure> {
    let kept = Kept::default();
    let builder = client::builder()?
        .token(MASK)
        .retry(RetryPolicy::none())
        .transport(kept.clone());
    let client = client::build(builder)?;
    let outcome = client
        .call_json(operation, request.masked())
        .send_blocking();
    let request = kept.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (request, outcome) {
        // The fake reply need not fit the operation.
        (Some(request), _) => Ok(shown(&request)),
        (None, Err(error)) => Err(error.into()),
        (None, Ok(_)) => Err(Failure::failed("no request was made")),
    }
}

fn shown(request: &HttpRequest) -> Json {
    let headers = request.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str(), value)
    });
    let body = request.body.as_deref();
    // A form is no JSON: it is shown as text.
    let body = body.map(|body| {
        let json = serde_json::from_slice::<Json>(body);
        json.unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned().into())
    });
    let parts = [
        ("method", request.method.as_str().into()),
        ("url", request.url.as_str().into()),
        ("headers", headers.collect()),
        ("body", body.unwrap_or_default()),
    ];
    parts.into_iter().collect()
}

/// Records the request and returns an empty reply.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Option<HttpRequest>>>);

impl Transport for Kept {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        Box::pin(async { Ok(http::Response::new(Bytes::from_static(b"{}"))) })
    }
}
