use dingtalk_api::model::Json;
use dingtalk_api::{Error, json};
use dingtalk_helpers::{BotReply, ReplyError};

use super::support::{SESSION, Sent, StandIn, in_group, message, one_to_one, with};

const GROUP: &str = "POST /v1.0/robot/groupMessages/send";
const USER: &str = "POST /v1.0/robot/oToMessages/batchSend";

/// The message's webhook expired in 2001.
fn expired(data: Json) -> Json {
    with(
        data,
        &json!({"sessionWebhookExpiredTime": 1_000_000_000_000_i64}),
    )
}

fn reply(stand_in: &StandIn, data: Json) -> BotReply {
    BotReply::new(&stand_in.client(), &message(data))
}

fn usual() -> StandIn {
    StandIn::new(|_| None)
}

fn only(stand_in: &StandIn) -> Sent {
    let [sent] = &*stand_in.sent() else {
        panic!("one call: {:?}", stand_in.calls())
    };
    sent.clone()
}

#[tokio::test]
async fn a_reply_goes_to_the_webhook_of_the_message() {
    for data in [in_group(), one_to_one()] {
        let stand_in = usual();
        reply(&stand_in, data).text("hi").await.unwrap();
        let sent = only(&stand_in);
        assert_eq!(sent.call, SESSION);
        assert_eq!(
            sent.body,
            json!({"msgtype": "text", "text": {"content": "hi"}})
        );
    }
    let stand_in = usual();
    let sent = reply(&stand_in, in_group())
        .markdown("title", "**text**")
        .await;
    sent.unwrap();
    let expected =
        json!({"msgtype": "markdown", "markdown": {"title": "title", "text": "**text**"}});
    assert_eq!(only(&stand_in).body, expected);
}

#[tokio::test]
async fn a_reply_goes_out_as_a_message_of_the_robot_when_the_webhook_has_expired_or_is_absent() {
    let absent = json!({"sessionWebhook": null});
    for late in [expired as fn(Json) -> Json, |data| {
        with(data, &json!({"sessionWebhook": null}))
    }] {
        let stand_in = usual();
        reply(&stand_in, late(in_group())).text("hi").await.unwrap();
        let sent = only(&stand_in);
        assert_eq!(sent.call, GROUP);
        let expected = json!({
            "msgKey": "sampleText", "msgParam": r#"{"content":"hi"}"#, "openConversationId": "cid//a+b==",
            "robotCode": "robot1"
        });
        assert_eq!(sent.body, expected);
    }
    let stand_in = usual();
    let late = with(one_to_one(), &absent);
    reply(&stand_in, late).markdown("t", "x").await.unwrap();
    let sent = only(&stand_in);
    assert_eq!(sent.call, USER);
    let param = json!({"title": "t", "text": "x"}).to_string();
    let expected = json!({
        "msgKey": "sampleMarkdown", "msgParam": param, "robotCode": "robot1",
        "userIds": ["user1"]
    });
    assert_eq!(sent.body, expected);
}

#[tokio::test]
async fn a_webhook_that_the_server_no_longer_knows_counts_as_expired() {
    let stand_in = StandIn::new(|sent| {
        let session = sent.call == SESSION;
        session.then(|| (200, json!({"errcode": 300_001, "errmsg": "session 不存在"})))
    });
    reply(&stand_in, in_group()).text("hi").await.unwrap();
    assert_eq!(stand_in.calls(), [SESSION, GROUP]);
}

#[tokio::test]
async fn a_webhook_at_another_host_is_not_called() {
    let stand_in = usual();
    let url = "https://evil.example/robot/sendBySession?session=s1";
    let data = with(in_group(), &json!({"sessionWebhook": url}));
    reply(&stand_in, data).text("hi").await.unwrap();
    assert_eq!(stand_in.calls(), [GROUP]);
}

#[tokio::test]
async fn a_reply_that_is_refused_is_not_sent_in_another_way() {
    let stand_in = StandIn::new(|_| {
        Some((
            200,
            json!({"errcode": 430_102, "errmsg": "含有不合适的文本"}),
        ))
    });
    let refused = reply(&stand_in, in_group()).text("hi").await.unwrap_err();
    assert!(
        refused.to_string().contains("含有不合适的文本"),
        "{refused}"
    );
    assert_eq!(stand_in.calls(), [SESSION]);
}

#[tokio::test]
async fn a_reply_that_may_have_been_sent_is_not_sent_again() {
    let stand_in = StandIn::new(|_| Some((502, json!("bad gateway"))));
    let failed = reply(&stand_in, in_group()).text("hi").await.unwrap_err();
    assert!(matches!(failed, ReplyError::Call(_)), "{failed:?}");
    assert_eq!(stand_in.calls(), [SESSION]);
}

#[tokio::test]
async fn an_error_says_what_the_message_lacks() {
    let stand_in = usual();
    for absent in ["robotCode", "conversationId"] {
        let mut lacking = with(in_group(), &json!({"sessionWebhook": null}));
        lacking.as_object_mut().unwrap().remove(absent);
        let failed = reply(&stand_in, lacking).text("hi").await.unwrap_err();
        assert!(
            matches!(failed, ReplyError::NoAddress),
            "{absent}: {failed:?}"
        );
    }
    // Without another way, the error is the webhook's.
    let lacking = with(expired(in_group()), &json!({"robotCode": null}));
    let failed = reply(&stand_in, lacking).text("hi").await.unwrap_err();
    assert!(failed.to_string().contains("webhook` expired"), "{failed}");
    assert!(stand_in.calls().is_empty());
}

#[tokio::test]
async fn a_message_that_the_platform_takes_but_does_not_deliver_is_an_error() {
    for list in [
        "invalidStaffIdList",
        "flowControlledStaffIdList",
        "filteredStaffIdList",
    ] {
        let stand_in =
            StandIn::new(move |_| Some((200, json!({"processQueryKey": "q", (list): ["user1"]}))));
        let sent = reply(&stand_in, expired(one_to_one())).text("hi").await;
        assert!(
            matches!(sent, Err(ReplyError::NotDelivered(_))),
            "{list}: {sent:?}"
        );
    }
}

#[tokio::test]
async fn a_reply_that_is_too_long_is_not_sent() {
    let stand_in = usual();
    let reply = reply(&stand_in, in_group());
    // A character of three bytes, and 14 bytes of JSON around the text.
    reply.text("字".repeat(4995)).await.unwrap();
    let failed = reply.text("字".repeat(4996)).await.unwrap_err();
    let numbers = match failed {
        ReplyError::TooLong { bytes, limit } => (bytes, limit),
        other => panic!("{other}"),
    };
    assert_eq!(numbers, (15_002, 15_000));
    assert_eq!(stand_in.calls(), [SESSION]);
}

#[tokio::test]
async fn neither_debug_nor_an_error_shows_the_webhook() {
    let stand_in = StandIn::new(|_| Some((500, json!({"errcode": -1, "errmsg": "s1"}))));
    let reply = reply(&stand_in, in_group());
    let failed = reply.text("hi").await.unwrap_err();
    for text in [format!("{reply:?}"), format!("{failed:?}")] {
        assert!(!text.contains("session=s1"), "{text}");
    }
    let ReplyError::Call(call) = failed else {
        panic!("{failed}")
    };
    assert!(matches!(*call, Error::Api(_)), "{call}");
}
