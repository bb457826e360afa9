//! Robots, work notices and media.

use dingtalk_api::oapi_message::corp_conversation_async_send::CorpConversationAsyncSendRequest;
use dingtalk_api::oapi_message::corp_conversation_get_send_progress::{
    CorpConversationGetSendProgressRequest, Status,
};
use dingtalk_api::oapi_message::corp_conversation_get_send_result::{
    Code, CorpConversationGetSendResultRequest,
};
use dingtalk_api::oapi_message::corp_conversation_recall::CorpConversationRecallRequest;
use dingtalk_api::oapi_robot::send::SendRequest;
use dingtalk_api::oapi_robot::send_by_session::SendBySessionRequest;
use dingtalk_api::{FilePart, RobotWebhook, SessionWebhook};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::Goldens;
use super::oapi_media::OapiMedia;
use super::oapi_media::upload::{MediaType, UploadRequest};

/// A request as programs have it that keep their messages as JSON.
fn request<T: DeserializeOwned>(json: Json) -> T {
    serde_json::from_value(json).unwrap()
}

#[tokio::test]
async fn robots_send_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_robot/"]);
    goldens
        .check("oapi_robot/Send", async |client| {
            let request = request::<SendRequest>(json!({
                "msgtype": "text",
                "text": { "content": "进步" },
                "at": { "atUserIds": ["user001"], "isAtAll": false },
            }));
            let robot = RobotWebhook::new("r1").secret("SECret");
            client.oapi_robot().send(request).webhook(&robot).await
        })
        .await;
    let url = format!("{}/robot/sendBySession?session=s1", goldens.stand_in.url());
    goldens
        .check("oapi_robot/SendBySession", async |client| {
            let request = request::<SendBySessionRequest>(json!({
                "msgtype": "markdown",
                "markdown": { "title": "通知", "text": "# 好" },
            }));
            let webhook = SessionWebhook::new(&*url);
            client
                .oapi_robot()
                .send_by_session(request)
                .webhook(&webhook)
                .await
        })
        .await;
    goldens.done();
}

#[tokio::test]
async fn work_notices_are_sent_followed_and_recalled_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_message/"]);
    let sent = goldens
        .check("oapi_message/CorpConversationAsyncSend", async |client| {
            let request = request::<CorpConversationAsyncSendRequest>(json!({
                "agent_id": 1234,
                "msg": { "msgtype": "text", "text": { "content": "请提交日报。" } },
            }));
            let request = request
                .userid_list(vec!["ann".to_owned(), "0123".to_owned()])
                .dept_id_list(vec![2, -7])
                .to_all_user(false);
            client
                .oapi_message()
                .corp_conversation_async_send(request)
                .await
        })
        .await;
    assert_eq!(sent.task_id, Some(256_271_667_526));

    let name = "oapi_message/CorpConversationGetSendProgress";
    let reply = goldens
        .check(name, async |client| {
            let request = CorpConversationGetSendProgressRequest::new(123, 456);
            let messages = client.oapi_message();
            messages.corp_conversation_get_send_progress(request).await
        })
        .await;
    let progress = reply.progress.unwrap();
    assert_eq!(progress.progress_in_percent, Some(100));
    assert_eq!(progress.status, Some(Status::Finished));

    let name = "oapi_message/CorpConversationGetSendResult";
    let reply = goldens
        .check(name, async |client| {
            let request = CorpConversationGetSendResultRequest::new(123, 456);
            let messages = client.oapi_message();
            messages.corp_conversation_get_send_result(request).await
        })
        .await;
    let result = reply.send_result.unwrap();
    assert_eq!(result.read_user_id_list.unwrap(), ["ann"]);
    assert_eq!(result.invalid_dept_id_list, Some(vec![1, 2]));
    let forbidden = &result.forbidden_list.unwrap()[0];
    assert_eq!(forbidden.code, Some(Code::DailyLimit));
    assert_eq!(forbidden.count, Some(500));

    goldens
        .check("oapi_message/CorpConversationRecall", async |client| {
            let request = CorpConversationRecallRequest::new(1000, 2000);
            client
                .oapi_message()
                .corp_conversation_recall(request)
                .await
        })
        .await;
    goldens.done();
}

#[tokio::test]
async fn media_are_uploaded_as_the_page_says() {
    let mut goldens = Goldens::of(&["oapi_media/"]);
    let media = goldens
        .check("oapi_media/Upload", async |client| {
            let file = FilePart::bytes("图.png", "content");
            let request = UploadRequest::new(MediaType::Image, file);
            OapiMedia::new(client).upload(request).await
        })
        .await;
    assert_eq!(media.media_id.as_deref(), Some("$iAEKAqNwbmcDBgTNAk"));
    assert_eq!(media.created_at, Some(1_605_863_153_573));
    assert_eq!(media.r#type, Some(MediaType::Image));
    goldens.done();
}
