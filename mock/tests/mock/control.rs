//! The control endpoint.

use dingtalk_api::http::Method;
use dingtalk_api::model::Json;
use dingtalk_api::{Error, json};
use dingtalk_mock::MockDingTalk;

use crate::by_name::{mock, record, user};
use crate::server::raw;

async fn control(mock: &MockDingTalk, method: Method, path: &str, body: &Json) -> (u16, Json) {
    let (status, body) = raw(
        mock,
        method,
        &format!("/_mock/{path}"),
        &[],
        body.to_string(),
    )
    .await;
    (status, body.parse().unwrap())
}

#[tokio::test]
async fn rules_are_added_and_removed_over_http() {
    let (mock, client) = mock().await;
    let rules = json!([
        {"service": "conference_1_0", "action": "StartCloudRecord", "fault": "throttle", "times": 1},
        {"service": "oapi_user", "action": "Get", "reply": {"userid": "u", "name": "Mine"}},
    ]);
    assert_eq!(control(&mock, Method::POST, "rules", &rules).await.0, 200);
    assert!(matches!(record(&client).await, Err(Error::Throttled(_))));
    assert!(record(&client).await.is_ok());
    assert_eq!(user(&client).await.unwrap()["name"], "Mine");
    assert_eq!(
        control(&mock, Method::DELETE, "rules", &Json::Null).await.0,
        200
    );
    assert_eq!(user(&client).await.unwrap()["name"], "张三");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_what_would() {
    let (mock, client) = mock().await;
    for (path, body, said) in [
        (
            "rules",
            json!({"service": "oapi_user", "action": "Got", "fault": "cut"}),
            "`Get`",
        ),
        (
            "rules",
            json!({"service": "oapi_user", "action": "Get", "fault": "cutt"}),
            "`cutt` is not a fault",
        ),
        (
            "rules",
            json!({"service": "oapi_user", "action": "Get"}),
            "needs `fault` or `reply`",
        ),
        (
            "rules",
            json!({"service": "oapi_user", "action": "Get", "time": 1}),
            "`time` is not a key",
        ),
        (
            "clock",
            json!({"forward": 1}),
            "`advance` must be a number of seconds",
        ),
        ("rule", json!({}), "POST or DELETE /_mock/rules"),
    ] {
        let (status, reply) = control(&mock, Method::POST, path, &body).await;
        let message = reply["error"].as_str().unwrap_or_default();
        assert!(
            status == 400 && message.contains(said),
            "{body}: {status} {reply}"
        );
    }
    assert!(user(&client).await.is_ok(), "nothing has changed");
}

#[tokio::test]
async fn requests_clock_tokens_and_permissions_are_reached_over_http() {
    let (mock, client) = mock().await;
    record(&client).await.unwrap();
    let (_, requests) = control(&mock, Method::GET, "requests", &Json::Null).await;
    assert_eq!(requests[1]["path"]["conferenceId"], "c/1");
    assert_eq!(requests[0]["body"]["appSecret"], "***");
    control(&mock, Method::DELETE, "requests", &Json::Null).await;
    assert!(mock.requests().is_empty());

    control(&mock, Method::POST, "clock", &json!({"advance": 7200})).await;
    record(&client).await.unwrap();
    assert_eq!(mock.requests().len(), 3, "refused, a new token, and again");

    let permission = "VideoConference.Conference.Write";
    control(
        &mock,
        Method::POST,
        "permissions",
        &json!({"revoke": permission}),
    )
    .await;
    assert!(matches!(record(&client).await, Err(Error::Permission(_))));
    control(
        &mock,
        Method::POST,
        "permissions",
        &json!({"grant": permission}),
    )
    .await;
    control(&mock, Method::POST, "tokens", &json!({"reject_all": true})).await;
    assert!(record(&client).await.is_ok());
}

#[cfg(feature = "stream")]
#[tokio::test]
async fn an_event_is_pushed_over_http_and_acknowledged() {
    let (mock, client) = mock().await;
    tokio::spawn(
        client
            .stream()
            .on_event(async |_: dingtalk_api::Event| ())
            .run(),
    );
    let event = json!({"event": "user_add_org", "data": {"userId": ["u1"]}});
    let (status, ack) = control(&mock, Method::POST, "push", &event).await;
    assert_eq!(
        (status, &ack["data"]["status"]),
        (200, &json!("SUCCESS")),
        "{ack}"
    );
    let (status, reply) = control(&mock, Method::POST, "push", &json!({"data": {}})).await;
    assert!(
        status == 400 && reply.to_string().contains("expected `event`"),
        "{reply}"
    );
}
