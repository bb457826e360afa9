//! Calls by name, which most of these tests make.

use dingtalk_api::operation::Operation;
use dingtalk_api::{ApiError, Client, Error, JsonCall, JsonRequest, RetryPolicy, json};
use dingtalk_mock::MockDingTalk;

pub fn operation(service: &str, action: &str) -> &'static Operation {
    let operation = dingtalk_catalogue::open()
        .unwrap()
        .operation(service, action);
    operation.unwrap().callable().unwrap()
}

pub fn call(client: &Client, service: &str, action: &str, request: JsonRequest) -> JsonCall {
    client
        .call_json(operation(service, action), request)
        .retry(RetryPolicy::none())
}

/// A user of the legacy API.
pub fn user(client: &Client) -> JsonCall {
    call(
        client,
        "oapi_user",
        "Get",
        JsonRequest::new().body(json!({"userid": "u"})),
    )
}

/// The members of a group, of the current API.
pub fn record(client: &Client) -> JsonCall {
    let request = JsonRequest::new()
        .path("conferenceId", "c/1")
        .body(json!({"unionId": "u"}));
    call(client, "conference_1_0", "StartCloudRecord", request)
}

/// The code of a failed call.
pub fn code(error: &Error<ApiError>) -> &str {
    error.code().unwrap_or_default()
}

/// A mock, and a client that it takes for an application.
pub async fn mock() -> (MockDingTalk, Client) {
    let mock = MockDingTalk::start().await.unwrap();
    let client = mock.client().unwrap();
    (mock, client)
}
