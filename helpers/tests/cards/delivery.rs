use dingtalk_api::{Error, json};
use dingtalk_helpers::{Card, CardError};

use super::support::{CREATE, StandIn};
use super::{refusing, template, usual};

#[tokio::test(start_paused = true)]
async fn a_card_goes_to_a_group_or_to_a_user_with_the_models_of_that_space() {
    let stand_in = usual();
    let client = stand_in.client();
    let template = template().variable("answer").value("title", "Weather");
    let group = Card::in_group(&client, &template, "cid//a+b==", "robot1")
        .await
        .unwrap();
    let user = Card::to_user(&client, &template, "user1", "robot1")
        .await
        .unwrap();
    let sent = stand_in.of(CREATE);
    let common = json!({
        "cardTemplateId": "the-template", "callbackType": "STREAM",
        "cardData": {"cardParamMap": {"answer": "", "title": "Weather"}}
    });
    let to_group = json!({
        "outTrackId": group.id(), "openSpaceId": "dtv1.card//IM_GROUP.cid//a+b==",
        "imGroupOpenSpaceModel": {"supportForward": true}, "imGroupOpenDeliverModel": {"robotCode": "robot1"}
    });
    let to_user = json!({
        "outTrackId": user.id(), "openSpaceId": "dtv1.card//IM_ROBOT.user1",
        "imRobotOpenSpaceModel": {"supportForward": true},
        "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": "robot1"}
    });
    for (sent, own) in sent.iter().zip([to_group, to_user]) {
        assert_eq!(sent.body, super::support::with(common.clone(), &own));
    }
    assert_ne!(group.id(), user.id());
}

#[tokio::test(start_paused = true)]
async fn a_card_of_an_unpublished_template_is_one_call_and_one_error() {
    let stand_in = refusing(CREATE, 400, "param.templateUnpublished");
    let failed = Card::in_group(&stand_in.client(), &template(), "c", "r")
        .await
        .unwrap_err();
    let text = failed.to_string();
    assert_eq!(
        text.matches("param.templateUnpublished").count(),
        1,
        "{text}"
    );
    let CardError::Call(error) = failed else {
        panic!("{failed}")
    };
    assert!(matches!(*error, Error::Api(_)) && !error.is_retryable());
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    assert_eq!(stand_in.calls(), [CREATE]);
}

#[tokio::test(start_paused = true)]
async fn a_card_that_is_created_but_not_delivered_is_an_error() {
    let stand_in = StandIn::new(|_| {
        let result = json!({"spaceId": "s1", "success": false, "errorMsg": "no such space"});
        Some((
            200,
            json!({"success": true, "result": {"deliverResults": [result]}}),
        ))
    });
    let failed = Card::to_user(&stand_in.client(), &template(), "u", "r")
        .await
        .unwrap_err();
    assert!(matches!(failed, CardError::NotDelivered(_)), "{failed:?}");
    assert!(failed.to_string().contains("no such space"), "{failed}");
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    assert_eq!(stand_in.calls(), [CREATE]);
}
