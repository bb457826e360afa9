use std::time::Duration;

use dingtalk_api::json;
use dingtalk_api::model::Json;
use dingtalk_helpers::{BotReply, CardError};
use tokio::time::sleep;

use super::support::{CREATE, SESSION, StandIn, UPDATE, in_group, message, one_to_one, with};
use super::{frame, refusing, template, usual};

fn reply(stand_in: &StandIn, data: Json) -> BotReply {
    BotReply::new(&stand_in.client(), &message(data))
}

fn markdown(title: &str, text: &str) -> Json {
    json!({"msgtype": "markdown", "markdown": {"title": title, "text": text}})
}

#[tokio::test(start_paused = true)]
async fn a_card_goes_to_the_chat_of_the_message() {
    for (data, space) in [
        (in_group(), "dtv1.card//IM_GROUP.cid//a+b=="),
        (one_to_one(), "dtv1.card//IM_ROBOT.user1"),
    ] {
        let stand_in = usual();
        let mut card = reply(&stand_in, data).card(&template()).await;
        assert_eq!(stand_in.of(CREATE)[0].body["openSpaceId"], space);
        card.push("text");
        card.finish().await.unwrap();
        assert_eq!(stand_in.calls(), [CREATE, UPDATE]);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_card_the_reply_goes_out_as_markdown() {
    let stand_in = refusing(CREATE, 400, "param.templateUnpublished");
    let mut card = reply(&stand_in, in_group()).card(&template()).await;
    assert!(matches!(card.error(), Some(CardError::Call(_))) && card.as_card().is_none());
    card.push("# The");
    card.push(" answer\n42");
    sleep(Duration::from_secs(60)).await;
    card.finish().await.unwrap();
    assert_eq!(stand_in.calls(), [CREATE, SESSION]);
    assert_eq!(
        stand_in.sent()[1].body,
        markdown("The answer", "# The answer\n42")
    );
}

#[tokio::test(start_paused = true)]
async fn a_message_that_names_no_chat_is_answered_with_markdown() {
    let stand_in = usual();
    let data = with(one_to_one(), &json!({"senderStaffId": null}));
    let mut card = reply(&stand_in, data).card(&template()).await;
    assert!(matches!(card.error(), Some(CardError::NoAddress)));
    card.push("text");
    card.finish().await.unwrap();
    assert_eq!(stand_in.calls(), [SESSION]);
}

#[tokio::test(start_paused = true)]
async fn a_card_that_cannot_be_completed_is_followed_by_its_text() {
    let stand_in = refusing(UPDATE, 400, "param.stream.outTrackId");
    let mut card = reply(&stand_in, in_group()).card(&template()).await;
    card.push("the answer");
    card.finish().await.unwrap();
    assert_eq!(stand_in.calls(), [CREATE, UPDATE, SESSION]);
    assert_eq!(
        stand_in.sent()[2].body,
        markdown("the answer", "the answer")
    );
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_into_a_card_follows_it() {
    let stand_in = usual();
    let mut card = reply(&stand_in, in_group()).card(&template()).await;
    card.push(&"x".repeat(20_000));
    card.push("the rest");
    card.finish().await.unwrap();
    assert_eq!(stand_in.calls(), [CREATE, UPDATE, SESSION]);
    assert_eq!(stand_in.sent()[2].body, markdown("the rest", "the rest"));
}

#[tokio::test(start_paused = true)]
async fn a_failed_reply_tells_the_user_why_in_either_form() {
    let stand_in = usual();
    let card = reply(&stand_in, in_group()).card(&template()).await;
    card.fail("too busy").await.unwrap();
    let last = frame(stand_in.of(UPDATE).last().unwrap());
    assert_eq!(last, ("too busy".to_owned(), false, true));
    let stand_in = refusing(CREATE, 400, "param.invalid");
    let card = reply(&stand_in, in_group()).card(&template()).await;
    card.fail("too busy").await.unwrap();
    let text = json!({"msgtype": "text", "text": {"content": "too busy"}});
    assert_eq!(stand_in.sent()[1].body, text);
}
