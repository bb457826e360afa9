//! Tokens: given, expired, rejected, of the wrong kind, without a permission.

use std::time::Duration;

use dingtalk_api::http::Method;
use dingtalk_api::{Client, Error, JsonRequest, RetryPolicy, json};

use crate::by_name::{call, code, mock, record, user};
use crate::server::raw;

#[tokio::test]
async fn an_expired_token_is_renewed_once_and_the_call_succeeds() {
    let (mock, client) = mock().await;
    assert!(record(&client).await.is_ok());
    mock.advance(Duration::from_secs(7199));
    assert!(record(&client).await.is_ok());
    assert_eq!(
        mock.requests_of("oauth2_1_0", "GetAccessToken")
            .unwrap()
            .len(),
        1
    );
    mock.advance(Duration::from_secs(1));
    assert!(record(&client).await.is_ok());
    assert_eq!(
        mock.requests_of("oauth2_1_0", "GetAccessToken")
            .unwrap()
            .len(),
        2
    );
    let statuses: Vec<_> = mock
        .requests_of("conference_1_0", "StartCloudRecord")
        .unwrap();
    let statuses: Vec<_> = statuses
        .iter()
        .map(dingtalk_mock::RecordedRequest::status)
        .collect();
    assert_eq!(statuses, [200, 200, 400, 200]);
}

#[tokio::test]
async fn the_legacy_api_says_that_a_token_is_dead_inside_code_88() {
    let (mock, client) = mock().await;
    assert!(user(&client).await.is_ok());
    mock.reject_tokens();
    assert!(
        user(&client).await.is_ok(),
        "it is renewed once, and the call is sent again once"
    );
    assert_eq!(mock.requests_of("oapi_user", "Get").unwrap().len(), 3);
    let body = json!({"userid": "u"}).to_string();
    let (status, body) = raw(
        &mock,
        Method::POST,
        "/topapi/v2/user/get?access_token=dead",
        &[],
        body,
    )
    .await;
    assert!(
        status == 200 && body.contains(r#""errcode":88"#) && body.contains(r#""sub_code":"40014""#),
        "{body}"
    );
    let (_, body) = raw(&mock, Method::POST, "/topapi/v2/user/get", &[], "{}").await;
    assert!(body.contains("41001"), "{body}");
}

#[tokio::test]
async fn a_token_of_the_wrong_kind_is_refused_with_the_kind_that_is_wanted() {
    let (mock, _) = mock().await;
    let client = mock
        .configure(Client::builder())
        .token(mock.user_token())
        .build()
        .unwrap();
    let message = json!({"robotCode": "r", "userIds": ["u"], "msgKey": "sampleText", "msgParam": "{\"content\":\"hi\"}"});
    let error = call(
        &client,
        "robot_1_0",
        "BatchSendOTO",
        JsonRequest::new().body(message),
    )
    .await
    .unwrap_err();
    assert_eq!(code(&error), "InvalidAuthentication");
    assert!(
        error
            .to_string()
            .contains("the token is a user's, and the operation takes the application's"),
        "{error}"
    );
}

#[tokio::test]
async fn a_permission_that_is_taken_away_is_named_until_it_is_granted() {
    let (mock, client) = mock().await;
    mock.revoke("VideoConference.Conference.Write");
    let error = record(&client).await.unwrap_err();
    let Error::Permission(api) = &error else {
        panic!("{error}")
    };
    assert_eq!(api.required_scopes(), ["VideoConference.Conference.Write"]);
    mock.grant("VideoConference.Conference.Write");
    assert!(record(&client).await.is_ok());
}

#[tokio::test]
async fn a_refresh_token_is_good_for_one_use() {
    let (_mock, client) = mock().await;
    let renew = |how: &str, with: &str, value: &str| {
        let mut body = json!({"clientId": "k", "clientSecret": "s", "grantType": how});
        body.as_object_mut().unwrap().insert(with, value);
        call(
            &client,
            "oauth2_1_0",
            "GetUserToken",
            JsonRequest::new().body(body),
        )
    };
    let first = renew("authorization_code", "code", "the-code")
        .await
        .unwrap();
    let refresh = first["refreshToken"].as_str().unwrap().to_owned();
    let second = renew("refresh_token", "refreshToken", &refresh)
        .await
        .unwrap();
    assert_ne!(second["refreshToken"], *refresh);
    assert_ne!(second["accessToken"], first["accessToken"]);
    assert_eq!(
        code(
            &renew("refresh_token", "refreshToken", &refresh)
                .await
                .unwrap_err()
        ),
        "invalidRefreshToken"
    );
}

#[tokio::test]
async fn asking_again_gives_an_application_the_token_it_has() {
    let (_mock, client) = mock().await;
    let ask = |key: &str| {
        let body = json!({"appKey": key, "appSecret": "s"});
        call(
            &client,
            "oauth2_1_0",
            "GetAccessToken",
            JsonRequest::new().body(body),
        )
    };
    let first = ask("a").await.unwrap();
    assert_eq!(ask("a").await.unwrap()["accessToken"], first["accessToken"]);
    assert_ne!(ask("b").await.unwrap()["accessToken"], first["accessToken"]);
}

#[tokio::test]
async fn another_secret_is_refused_once_the_application_is_set() {
    let (mock, client) = mock().await;
    mock.only_application("mock-key", "another");
    let error = record(&client).await.unwrap_err();
    assert!(
        error.to_string().contains("invalidClientIdOrSecret"),
        "{error}"
    );
    let right = mock
        .configure(Client::builder())
        .app("mock-key", "another")
        .retry(RetryPolicy::none());
    assert!(record(&right.build().unwrap()).await.is_ok());
}
