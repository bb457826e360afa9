//! Calls of the generated crate through its registry, with values that come as JSON.

use dingtalk_api::generated::FieldType;
use dingtalk_api::operation::Operation;
use dingtalk_api::{ApiError, Client, Error, FilePart, JsonRequest};
use serde_json::{Map, Value as Json};

use super::sample::Request;

/// The operation of this name, if its service is compiled in.
pub fn find(service: &str, action: &str) -> Option<&'static Operation> {
    dingtalk_api::find_operation(service, action).ok()
}

/// Whether an operation is of a service that is known, but not compiled in.
pub fn is_left_out(service: &str, action: &str) -> bool {
    dingtalk_api::find_operation(service, action).is_err_and(|unknown| unknown.is_not_compiled())
}

/// Calls an operation.
pub async fn call(
    client: &Client,
    operation: &'static Operation,
    request: &Request,
) -> Result<Json, Error<ApiError>> {
    let values = values(operation, request);
    let reply = client.call_json(operation, values).send().await?;
    Ok(reply.into())
}

/// The values as the library takes them.
pub fn values(operation: &Operation, request: &Request) -> JsonRequest {
    let mut values = JsonRequest::new();
    for (name, value) in &request.path {
        values = values.path(name, value.clone());
    }
    for (name, value) in &request.query {
        values = values.query(name, value.clone());
    }
    for (name, value) in &request.headers {
        values = values.header(name, value.clone());
    }
    let mut body = request.body.clone();
    for (info, kind) in operation.fields() {
        if matches!(kind, FieldType::File)
            && let Some(Json::Object(fields)) = &mut body
            && let Some(Json::String(name)) = fields.remove(info.name())
        {
            values = values.file(info.name(), FilePart::bytes(name, "content"));
        }
    }
    if let Some(body) = body {
        values = values.body(body);
    }
    values
}

/// The values of a recorded request, sorted by where they go.
pub fn request(input: &Json, token_header: &str) -> Request {
    let part = |place: &str| input[place].as_object().cloned().unwrap_or_default();
    let mut headers: Map<String, Json> = part("headers");
    headers.remove(token_header);
    Request {
        path: part("path"),
        query: part("query"),
        headers,
        body: input.get("body").filter(|body| !body.is_null()).cloned(),
    }
}
