//! The tests of the guide.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use dingtalk_api::oapi_user::create::CreateRequest;
use dingtalk_api::{Client, Error, RetryPolicy, json};
use dingtalk_mock::MockDingTalk;
use testing::move_members;

/// A mock with three people in the department 7.
async fn three_people() -> (MockDingTalk, Client) {
    let mock = MockDingTalk::start().await.unwrap();
    let client = mock.client().unwrap();
    for id in ["anna", "ben", "carl"] {
        let user = CreateRequest::new(id, vec![7]).userid(id);
        client.oapi_user().create(user).send().await.unwrap();
    }
    (mock, client)
}

#[tokio::test]
async fn all_members_are_moved() {
    let (mock, client) = three_people().await;
    assert_eq!(
        move_members(&client, 7, 8).await.unwrap(),
        ["anna", "ben", "carl"]
    );

    // The mock kept every request.
    let updates = mock.requests_of("oapi_user", "Update").unwrap();
    assert_eq!(updates.len(), 3);
    assert_eq!(updates[0].body()["dept_id_list"], json!([8]));

    // And what they changed: nobody is left to move.
    assert!(move_members(&client, 7, 8).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_platform_may_be_busy_and_the_token_may_expire() {
    let (mock, client) = three_people().await;
    mock.on("oapi_user", "Update").unwrap().throttle().times(1);
    mock.advance(Duration::from_secs(7200));
    assert_eq!(move_members(&client, 7, 8).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_first_error_ends_it_and_a_second_run_does_the_rest() {
    let (mock, client) = three_people().await;
    mock.on("oapi_user", "Update").unwrap().times(1);
    mock.on("oapi_user", "Update")
        .unwrap()
        .error("50002")
        .unwrap()
        .times(1);

    let error = move_members(&client, 7, 8).await.unwrap_err();
    assert_eq!(error.code(), Some("50002"));
    assert_eq!(move_members(&client, 7, 8).await.unwrap(), ["ben", "carl"]);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let (mock, client) = three_people().await;
    mock.revoke("qyapi_get_department_member");
    let error = move_members(&client, 7, 8).await.unwrap_err();
    assert!(matches!(error, Error::Permission(_)), "{error}");
    assert!(
        error.to_string().contains("qyapi_get_department_member"),
        "{error}"
    );
}

#[tokio::test]
async fn a_broken_connection_is_an_error_that_says_so() {
    let (mock, _) = three_people().await;
    let client = mock
        .configure(Client::builder())
        .app("key", "secret")
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    mock.on("oapi_user", "List").unwrap().cut();
    let error = move_members(&client, 7, 8).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}
