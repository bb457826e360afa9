//! Where it listens, and what it finds.

use dingtalk_api::{Client, Error, JsonRequest, RetryPolicy, json};
use dingtalk_mock::MockDingTalk;

#[tokio::test]
async fn an_operation_of_each_api_is_answered_with_its_example() {
    let mock = MockDingTalk::start().await.unwrap();
    let client = mock.client().unwrap();
    let catalogue = dingtalk_catalogue::open().unwrap();
    for (service, action, request) in [
        (
            "conference_1_0",
            "StartCloudRecord",
            JsonRequest::new()
                .path("conferenceId", "a/b")
                .body(json!({"unionId": "u"})),
        ),
        (
            "oapi_user",
            "Get",
            JsonRequest::new().body(json!({"userid": "u"})),
        ),
    ] {
        let operation = catalogue
            .operation(service, action)
            .unwrap()
            .callable()
            .unwrap();
        let reply = client.call_json(operation, request).await;
        assert!(reply.is_ok(), "{service}.{action}: {reply:?}");
    }
}

#[tokio::test]
async fn only_addresses_of_this_machine_are_possible() {
    let refused = MockDingTalk::start_at("0.0.0.0:0".parse().unwrap()).await;
    let message = refused.unwrap_err().to_string();
    assert!(
        message.contains("0.0.0.0 is not possible: use 127.0.0.1"),
        "{message}"
    );
    assert!(
        MockDingTalk::start_at("[::1]:0".parse().unwrap())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn it_closes_its_port_when_it_is_dropped() {
    let mock = MockDingTalk::start().await.unwrap();
    let client = mock
        .configure(Client::builder())
        .token("t")
        .build()
        .unwrap();
    let operation = dingtalk_catalogue::open()
        .unwrap()
        .operation("oapi_user", "Get");
    let operation = operation.unwrap().callable().unwrap();
    let call = || client.call_json(operation, JsonRequest::new().body(json!({"userid": "u"})));
    assert!(call().await.is_ok());
    drop(mock);
    let error = call().retry(RetryPolicy::none()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}
