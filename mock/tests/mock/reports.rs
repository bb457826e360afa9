//! What users of the platform met, on the mock: each name says what is right.

use dingtalk_api::http::Method;
use dingtalk_api::{JsonRequest, json};

use crate::by_name::{call, mock, operation};
use crate::server::raw;

/// DingTalk-Real-AI/dingtalk-channel-sdk-python, SPEC.md §4: "object form returns 400".
#[tokio::test]
async fn message_parameters_as_an_object_are_refused() {
    let (mock, _) = mock().await;
    mock.accept_token("t");
    let send = async |parameters: &str| {
        let body = format!(
            r#"{{"robotCode":"r","userIds":["u1"],"msgKey":"sampleText","msgParam":{parameters}}}"#
        );
        let headers = [("x-acs-dingtalk-access-token", "t")];
        raw(
            &mock,
            Method::POST,
            "/v1.0/robot/oToMessages/batchSend",
            &headers,
            body,
        )
        .await
    };
    let (status, said) = send(r#"{"content":"hi"}"#).await;
    assert!(
        status == 400 && said.contains("`body.msgParam` must be a string of JSON"),
        "{status} {said}"
    );
    assert_eq!(send(r#""{\"content\":\"hi\"}""#).await.0, 200);
}

/// The same document: "400 param.spaceDeliverModelEmpty".
#[tokio::test]
async fn a_model_of_the_wrong_name_is_answered_with_the_right_one() {
    let (mock, _) = mock().await;
    mock.accept_token("t");
    let body = json!({"outTrackId": "o", "openSpaceId": "dtv1.card//IM_ROBOT.u", "imRobotOpenDeliverModels": {}});
    let headers = [("x-acs-dingtalk-access-token", "t")];
    let (status, said) = raw(
        &mock,
        Method::POST,
        "/v1.0/card/instances/deliver",
        &headers,
        body.to_string(),
    )
    .await;
    assert!(
        status == 400 && said.contains("did you mean `imRobotOpenDeliverModel`?"),
        "{status} {said}"
    );
}

/// <https://github.com/dataelement/Clawith/issues/373>: a walk over departments, throttled in a 200.
#[tokio::test(start_paused = true)]
async fn a_walk_over_departments_that_is_throttled_ends_complete() {
    let (mock, client) = mock().await;
    let create = |name: String, parent: i64| {
        let body = json!({"name": name, "parent_id": parent});
        call(
            &client,
            "oapi_department",
            "Create",
            JsonRequest::new().body(body),
        )
    };
    let mut made = vec![1];
    for number in 0..60 {
        // A tree with three below each.
        let parent = made[number / 3];
        let id = create(format!("d{number}"), parent).await.unwrap()["dept_id"]
            .as_i64()
            .unwrap();
        made.push(id);
    }
    let mut seen = vec![1];
    let mut at = 0;
    while let Some(id) = seen.get(at).copied() {
        if at.is_multiple_of(20) {
            mock.on("oapi_department", "ListSubId")
                .unwrap()
                .throttle()
                .times(1);
        }
        let request = JsonRequest::new().body(json!({"dept_id": id}));
        let below = client
            .call_json(operation("oapi_department", "ListSubId"), request)
            .await
            .unwrap();
        seen.extend(
            below["dept_id_list"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(dingtalk_api::model::Json::as_i64),
        );
        at += 1;
    }
    seen.sort_unstable();
    assert_eq!(seen, made);
}
