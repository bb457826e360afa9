//! Shows a request instead of sending it.

use std::sync::{Arc, Mutex, PoisonError};

use dingtalk_api::model::Json;
use dingtalk_api::operation::Operation;
use dingtalk_api::{
    BoxFuture, Bytes, FormPart, HttpBody, HttpRequest, JsonRequest, Limits, RetryPolicy, Transport,
    TransportError, http, json,
};

use crate::client;
use crate::failure::Failure;

/// Replaces the token.
const MASK: &str = "***";

/// The same, as an address writes it.
const MASKED: &str = "%2A%2A%2A";

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
    let body = request.body.as_ref().map(body);
    let parts = [
        ("method", request.method.as_str().into()),
        // Some APIs take the token in the query.
        ("url", request.url.as_str().replace(MASKED, MASK).into()),
        ("headers", headers.collect()),
        ("body", body.unwrap_or_default()),
    ];
    parts.into_iter().collect()
}

fn body(body: &HttpBody) -> Json {
    let Some(bytes) = body.as_bytes() else {
        return body.parts().iter().filter_map(part).collect();
    };
    // A form is not JSON, so it is shown as text.
    let json = serde_json::from_slice::<Json>(bytes);
    json.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned().into())
}

/// A part of a form with files. A file is shown by its name and size.
fn part(part: &FormPart) -> Option<(String, Json)> {
    Some(match part {
        FormPart::Text(field, text) => (field.clone(), text.clone().into()),
        FormPart::File(field, name, size) => (field.clone(), json!({"file": name, "bytes": size})),
        _ => return None,
    })
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

#[cfg(test)]
mod tests {
    use dingtalk_api::{FilePart, JsonRequest, json};

    #[test]
    fn a_file_is_shown_by_its_name_and_size() {
        let golden = crate::golden();
        let operation = golden.operation("old_people", "UploadPhoto").unwrap();
        let request = JsonRequest::new()
            .body(json!({"type": "image", "tags": ["a", "b"]}))
            .file("media", FilePart::bytes("照片.png", &b"SENTINEL"[..]));
        let shown = super::request(operation.callable().unwrap(), request).unwrap();
        let wanted = json!({
            "type": "image",
            "media": {"file": "照片.png", "bytes": 8},
            "tags": "a,b",
        });
        assert_eq!(shown.get("body"), Some(&wanted));
    }

    #[test]
    fn a_form_is_text_and_the_token_in_the_query_is_masked() {
        let golden = crate::golden();
        let operation = golden.operation("old_people", "SendNotice").unwrap();
        let body = json!({"agent_id": 1, "userid_list": ["01", "2"]});
        let request = JsonRequest::new().body(body);
        let shown = super::request(operation.callable().unwrap(), request).unwrap();
        let path = "/topapi/message/corpconversation/asyncsend?access_token=***";
        let url = shown.get("url").and_then(|url| url.as_str()).unwrap();
        assert!(
            url.starts_with("https://oapi.dingtalk.") && url.ends_with(path),
            "{url}"
        );
        let body = shown.get("body").and_then(|body| body.as_str());
        assert_eq!(body, Some("agent_id=1&userid_list=01%2C2"));
    }
}
