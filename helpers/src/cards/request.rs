//! The request that creates and delivers a card.

use dingtalk_api::card_1_0::create_and_deliver::{
    CallbackType, CardData, CreateAndDeliverRequest, ImGroupOpenDeliverModel,
    ImGroupOpenSpaceModel, ImRobotOpenDeliverModel, ImRobotOpenSpaceModel,
};

use super::CardTemplate;
use crate::answer::Chat;

pub(super) fn create_and_deliver(
    id: &str,
    template: &CardTemplate,
    chat: &Chat,
    robot_code: &str,
) -> CreateAndDeliverRequest {
    let mut values = template.values.clone();
    values.entry(template.variable.clone()).or_default();
    let data = CardData::new().card_param_map(values.into_iter().collect());
    let space = match chat {
        Chat::Group(conversation) => format!("dtv1.card//IM_GROUP.{conversation}"),
        Chat::User(user) => format!("dtv1.card//IM_ROBOT.{user}"),
    };
    // Clicks on the card arrive at `on_card_action`.
    let request = CreateAndDeliverRequest::new(data, &template.id, space, id)
        .callback_type(CallbackType::Stream);
    match chat {
        Chat::Group(_) => request
            .im_group_open_space_model(ImGroupOpenSpaceModel::new().support_forward(true))
            .im_group_open_deliver_model(ImGroupOpenDeliverModel::new().robot_code(robot_code)),
        Chat::User(_) => request
            .im_robot_open_space_model(ImRobotOpenSpaceModel::new().support_forward(true))
            .im_robot_open_deliver_model(
                ImRobotOpenDeliverModel::new()
                    .space_type("IM_ROBOT")
                    .robot_code(robot_code),
            ),
    }
}
