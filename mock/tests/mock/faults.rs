//! What goes wrong on demand.

use std::time::Duration;

use dingtalk_api::{Client, Error, json};

use crate::by_name::{code, mock, record, user};

#[tokio::test]
async fn a_documented_error_comes_as_each_api_writes_it() {
    let (mock, client) = mock().await;
    mock.on("conference_1_0", "StartCloudRecord")
        .unwrap()
        .error("unauthorized.client")
        .unwrap();
    mock.on("oapi_user", "Get").unwrap().error("60011").unwrap();
    for error in [
        record(&client).await.unwrap_err(),
        user(&client).await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::Permission(_)), "{error}");
    }
}

#[tokio::test]
async fn an_error_that_is_not_documented_is_refused_with_the_one_that_was_meant() {
    let (mock, client) = mock().await;
    let rule = mock
        .on("oauth2_1_0", "GetAccessToken")
        .unwrap()
        .error("invalidClientIdOrSecrets");
    let message = rule.unwrap_err().to_string();
    assert!(
        message.ends_with("did you mean `invalidClientIdOrSecret`?"),
        "{message}"
    );
    let message = mock.on("oapi_user", "Got").unwrap_err().to_string();
    assert!(message.contains("`Get`"), "{message}");
    assert!(record(&client).await.is_ok(), "nothing has changed");
}

#[tokio::test]
async fn throttling_is_known_as_such_in_both_apis_and_rules_are_used_up() {
    let (mock, client) = mock().await;
    mock.on("conference_1_0", "StartCloudRecord")
        .unwrap()
        .throttle()
        .times(1);
    mock.on("conference_1_0", "StartCloudRecord")
        .unwrap()
        .reply(json!({"code": "200", "message": "mine"}))
        .times(1);
    mock.on("oapi_user", "Get").unwrap().throttle();
    assert!(matches!(record(&client).await, Err(Error::Throttled(_))));
    assert_eq!(record(&client).await.unwrap()["message"], "mine");
    assert_ne!(record(&client).await.unwrap()["message"], "mine");
    assert!(matches!(user(&client).await, Err(Error::Throttled(_))));
    mock.clear_rules();
    assert!(user(&client).await.is_ok());
}

#[tokio::test]
async fn what_is_no_reply_of_the_platform_is_an_unexpected_reply() {
    let (mock, client) = mock().await;
    for fault in ["html", "empty"] {
        mock.on("conference_1_0", "StartCloudRecord")
            .unwrap()
            .fault(fault)
            .unwrap()
            .times(1);
        let error = record(&client).await.unwrap_err();
        assert!(
            matches!(error, Error::UnexpectedReply(_)),
            "{fault}: {error}"
        );
    }
    mock.on("conference_1_0", "StartCloudRecord")
        .unwrap()
        .block();
    let error = record(&client).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error}");
}

#[tokio::test]
async fn a_reply_that_is_cut_was_carried_out() {
    let (mock, client) = mock().await;
    mock.on("conference_1_0", "StartCloudRecord").unwrap().cut();
    let error = record(&client).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    assert_eq!(
        mock.requests_of("conference_1_0", "StartCloudRecord")
            .unwrap()[0]
            .status(),
        200
    );
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_late_was_carried_out_and_is_not_asked_for_again() {
    let (mock, client) = mock().await;
    assert!(record(&client).await.is_ok(), "this fetches the token");
    mock.on("conference_1_0", "StartCloudRecord")
        .unwrap()
        .delay(Duration::from_millis(2500));
    let error = record(&client)
        .timeout(Duration::from_secs(2))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("may have been carried out"),
        "{error}"
    );
    assert_eq!(
        mock.requests_of("conference_1_0", "StartCloudRecord")
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn a_header_asks_for_a_fault_of_one_request() {
    let (mock, client) = mock().await;
    let told = |fault: &str| {
        mock.configure(Client::builder())
            .app("k", "s")
            .header("x-mock-fault", fault)
            .build()
            .unwrap()
    };
    // The request for a token has the header too.
    let error = record(&told("error=invalidClientIdOrSecret"))
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("invalidClientIdOrSecret"),
        "{error}"
    );
    let error = record(&told("thunder")).await.unwrap_err();
    assert!(
        error.to_string().contains("`thunder` is not a fault"),
        "{error}"
    );
    assert_eq!(
        record(&client)
            .await
            .map_err(|error| code(&error).to_owned())
            .map(|_| ()),
        Ok(())
    );
}
