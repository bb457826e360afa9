//! What calls make is there for later calls.

use dingtalk_api::http::Method;
use dingtalk_api::model::Json;
use dingtalk_api::{Client, FilePart, JsonRequest, json};

use crate::by_name::{call, code, mock};
use crate::server::raw;

/// The reply to a call with this body, or the code of its error.
async fn sent(client: &Client, operation: &str, body: Json) -> Result<Json, String> {
    let (service, action) = operation.split_once('.').unwrap();
    let reply = call(client, service, action, JsonRequest::new().body(body)).await;
    reply.map_err(|error| code(&error).to_owned())
}

#[tokio::test]
async fn a_user_lives_from_create_to_delete() {
    let (_mock, client) = mock().await;
    for (id, name) in [("u1", "甲"), ("u2", "乙"), ("u3", "丙")] {
        let user = json!({"userid": id, "name": name, "mobile": "1", "dept_id_list": [1, 7]});
        assert_eq!(
            sent(&client, "oapi_user.Create", user).await.unwrap()["userid"],
            id
        );
    }
    let again = json!({"userid": "u1", "name": "甲", "mobile": "1", "dept_id_list": [1]});
    assert_eq!(
        sent(&client, "oapi_user.Create", again).await.unwrap_err(),
        "60102"
    );
    sent(
        &client,
        "oapi_user.Update",
        json!({"userid": "u1", "name": "新"}),
    )
    .await
    .unwrap();
    let user = sent(&client, "oapi_user.Get", json!({"userid": "u1"}))
        .await
        .unwrap();
    assert_eq!(
        (&user["name"], &user["dept_id_list"]),
        (&json!("新"), &json!([1, 7]))
    );
    let first = sent(
        &client,
        "oapi_user.List",
        json!({"dept_id": 7, "cursor": 0, "size": 2}),
    )
    .await
    .unwrap();
    assert_eq!(
        (&first["has_more"], &first["next_cursor"]),
        (&json!(true), &json!(2))
    );
    sent(&client, "oapi_user.Delete", json!({"userid": "u3"}))
        .await
        .unwrap();
    assert_eq!(
        sent(&client, "oapi_user.Get", json!({"userid": "u3"}))
            .await
            .unwrap_err(),
        "33012"
    );
    let ids = sent(&client, "oapi_user.ListId", json!({"dept_id": 7}))
        .await
        .unwrap();
    assert_eq!(ids["userid_list"], json!(["u1", "u2"]));
    let found = sent(
        &client,
        "oapi_user.GetByUnionId",
        json!({"unionid": user["unionid"].clone()}),
    )
    .await
    .unwrap();
    assert_eq!(found["userid"], "u1");
}

#[tokio::test]
async fn departments_form_a_tree_and_a_parent_is_not_deleted() {
    let (mock, client) = mock().await;
    let make = async |name: &str, parent: i64| {
        let made = sent(
            &client,
            "oapi_department.Create",
            json!({"name": name, "parent_id": parent}),
        )
        .await;
        made.map(|made| made["dept_id"].as_i64().unwrap())
    };
    let above = make("above", 1).await.unwrap();
    let below = make("below", above).await.unwrap();
    assert_eq!(make("nowhere", 99).await.unwrap_err(), "60004");
    let list = sent(&client, "oapi_department.ListSub", json!({}))
        .await
        .unwrap();
    assert_eq!(
        (list[0]["name"].clone(), list[1].clone()),
        (json!("above"), Json::Null)
    );
    let ids = sent(
        &client,
        "oapi_department.ListSubId",
        json!({"dept_id": above}),
    )
    .await
    .unwrap();
    assert_eq!(ids["dept_id_list"], json!([below]));
    assert_eq!(
        sent(&client, "oapi_department.Delete", json!({"dept_id": above}))
            .await
            .unwrap_err(),
        "60006"
    );
    sent(&client, "oapi_department.Delete", json!({"dept_id": below}))
        .await
        .unwrap();
    sent(&client, "oapi_department.Delete", json!({"dept_id": above}))
        .await
        .unwrap();
    assert_eq!(
        sent(&client, "oapi_department.Get", json!({"dept_id": above}))
            .await
            .unwrap_err(),
        "60003"
    );
    mock.reset();
    assert!(
        sent(&client, "oapi_department.Get", json!({"dept_id": above}))
            .await
            .is_ok(),
        "an example answers again"
    );
}

#[tokio::test]
async fn a_message_is_recalled_once() {
    let (_mock, client) = mock().await;
    let message = json!({"robotCode": "r", "userIds": ["u"], "msgKey": "sampleText", "msgParam": "{\"content\":\"hi\"}"});
    let reply = sent(&client, "robot_1_0.BatchSendOTO", message)
        .await
        .unwrap();
    assert_eq!(reply["invalidStaffIdList"], json!([]), "nobody is left out");
    let recall = json!({"robotCode": "r", "processQueryKeys": [reply["processQueryKey"].clone()]});
    let done = sent(&client, "robot_1_0.BatchRecallOTO", recall.clone())
        .await
        .unwrap();
    assert_eq!(
        done["successResult"],
        json!([reply["processQueryKey"].clone()])
    );
    let done = sent(&client, "robot_1_0.BatchRecallOTO", recall)
        .await
        .unwrap();
    assert_eq!(done["successResult"], json!([]));
}

#[tokio::test]
async fn a_work_notice_has_a_task() {
    let (_mock, client) = mock().await;
    let msg = json!({"msgtype": "text", "text": {"content": "hi"}});
    let notice = json!({"agent_id": 1, "userid_list": ["u1", "u2"], "msg": msg});
    let task = sent(&client, "oapi_message.CorpConversationAsyncSend", notice)
        .await
        .unwrap();
    let asked = json!({"agent_id": 1, "task_id": task["task_id"].clone()});
    let result = sent(&client, "oapi_message.CorpConversationGetSendResult", asked)
        .await
        .unwrap();
    assert_eq!(
        result["send_result"]["unread_user_id_list"],
        json!(["u1", "u2"])
    );
    let other = json!({"agent_id": 1, "task_id": 99});
    assert_eq!(
        sent(
            &client,
            "oapi_message.CorpConversationGetSendProgress",
            other
        )
        .await
        .unwrap_err(),
        "40035"
    );
}

#[tokio::test]
async fn a_card_that_was_not_created_cannot_be_written() {
    let (_mock, client) = mock().await;
    let card = |id: &str| json!({"outTrackId": id, "cardTemplateId": "t", "cardData": {"cardParamMap": {"a": "b"}}});
    sent(&client, "card_1_0.CreateCard", card("one"))
        .await
        .unwrap();
    let text = |id: &str| json!({"outTrackId": id, "guid": "g", "key": "content", "content": "x", "isFull": true});
    let write = async |id: &str| {
        let request = JsonRequest::new().body(text(id));
        call(&client, "card_1_0", "StreamingUpdate", request)
            .await
            .map_err(|error| code(&error).to_owned())
    };
    write("one").await.unwrap();
    assert_eq!(write("two").await.unwrap_err(), "param.stream.outTrackId");
}

#[tokio::test]
async fn an_approval_runs_until_it_is_terminated() {
    let (_mock, client) = mock().await;
    let form = json!([{"name": "reason", "value": "x"}]);
    let start = json!({"originatorUserId": "u", "processCode": "PROC-1", "deptId": 1, "formComponentValues": form});
    let id = sent(&client, "workflow_1_0.StartProcessInstance", start)
        .await
        .unwrap()["instanceId"]
        .clone();
    let get = async |id: &Json| {
        let request = JsonRequest::new().query("processInstanceId", id.clone());
        call(&client, "workflow_1_0", "GetProcessInstance", request).await
    };
    assert_eq!(get(&id).await.unwrap()["result"]["status"], "RUNNING");
    sent(
        &client,
        "workflow_1_0.TerminateProcessInstance",
        json!({"processInstanceId": id.clone()}),
    )
    .await
    .unwrap();
    assert_eq!(get(&id).await.unwrap()["result"]["status"], "TERMINATED");
    assert!(get(&json!("another")).await.is_err());
}

#[tokio::test]
async fn an_uploaded_file_comes_back_from_a_signed_url_that_takes_no_other_header() {
    let (mock, client) = mock().await;
    let request = JsonRequest::new()
        .body(json!({"type": "file"}))
        .file("media", FilePart::bytes("报告.pdf", &b"%PDF"[..]));
    let media = call(&client, "oapi_media", "Upload", request)
        .await
        .unwrap()["media_id"]
        .clone();
    let asked = json!({"downloadCode": media, "robotCode": "r"});
    let reply = sent(&client, "robot_1_0.RobotMessageFileDownload", asked)
        .await
        .unwrap();
    let url = reply["downloadUrl"].as_str().unwrap();
    let path = url.strip_prefix(&mock.url()).unwrap();
    assert_eq!(
        raw(&mock, Method::GET, path, &[], "").await,
        (200, "%PDF".to_owned())
    );
    for (path, headers) in [
        (path.to_owned(), &[("content-type", "application/json")][..]),
        (path.to_owned(), &[("x-acs-dingtalk-access-token", "t")]),
        (path.replace("%2B", "+"), &[]),
    ] {
        let (status, body) = raw(&mock, Method::GET, &path, headers, "").await;
        assert!(
            status == 403 && body.contains("<Code>SignatureDoesNotMatch</Code>"),
            "{path}: {status} {body}"
        );
    }
}
