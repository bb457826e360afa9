//! Replies to messages to a robot.

mod error;
mod message;
#[cfg(feature = "stream")]
mod stream;
mod text;

use dingtalk_api::events_callbacks::BotMessage;
use dingtalk_api::events_callbacks::bot_message::ConversationType;
use dingtalk_api::robot_1_0::batch_send_oto::BatchSendOtoRequest;
use dingtalk_api::robot_1_0::org_group_send::OrgGroupSendRequest;
use dingtalk_api::{Client, Error, SessionWebhook};

pub use self::error::ReplyError;
use self::message::Message;
#[cfg(feature = "stream")]
pub use self::stream::OnMessage;
pub use self::text::text;

/// The code with which the server refuses a session webhook that has expired.
const NO_SESSION: &str = "300001";

/// Replies to one message to a robot, in the chat that it came from.
///
/// A reply goes to the webhook that came with the message. Once that has expired, it goes out as a message of the robot
/// with the operations of `robot_1_0`, so a program can also reply hours later. A call that may have been carried out
/// is not repeated in the other way, because the user would get the reply twice.
///
/// Clones reply to the same message.
///
/// ```
/// use dingtalk_api::Client;
/// use dingtalk_api::events_callbacks::BotMessage;
/// use dingtalk_helpers::{BotReply, ReplyError};
///
/// async fn greet(client: &Client, message: &BotMessage) -> Result<(), ReplyError> {
///     BotReply::new(client, message).text("Hello!").await
/// }
/// ```
#[derive(Debug, Clone)]
pub struct BotReply {
    pub(crate) client: Client,
    webhook: Option<SessionWebhook>,
    pub(crate) robot_code: Option<String>,
    pub(crate) chat: Option<Chat>,
}

/// A chat, as the operations of `robot_1_0` name it.
#[derive(Debug, Clone)]
pub(crate) enum Chat {
    /// The open conversation ID.
    Group(String),
    /// The user's ID.
    User(String),
}

impl BotReply {
    /// Replies to this message.
    pub fn new(client: &Client, message: &BotMessage) -> Self {
        let webhook = message.session_webhook.as_ref().map(|url| {
            let webhook = SessionWebhook::new(url);
            match message.session_webhook_expired_time {
                Some(time) => webhook.expires_at(time),
                None => webhook,
            }
        });
        let chat = match message.conversation_type {
            Some(ConversationType::Group) => message.conversation_id.clone().map(Chat::Group),
            _ => message.sender_staff_id.clone().map(Chat::User),
        };
        Self {
            client: client.clone(),
            webhook,
            robot_code: message.robot_code.clone(),
            chat,
        }
    }

    /// Replies with a text.
    ///
    /// # Errors
    /// If the reply takes more than 15,000 bytes, the message has nothing to reply to, or a call fails.
    pub async fn text(&self, content: impl Into<String>) -> Result<(), ReplyError> {
        let content = content.into();
        self.send(Message::Text { content }).await
    }

    /// Replies with Markdown, of which the platform shows a subset. The title is shown in the list of chats.
    ///
    /// # Errors
    /// Those of [`text`](Self::text).
    pub async fn markdown(
        &self,
        title: impl Into<String>,
        text: impl Into<String>,
    ) -> Result<(), ReplyError> {
        let (title, text) = (title.into(), text.into());
        self.send(Message::Markdown { title, text }).await
    }

    async fn send(&self, message: Message) -> Result<(), ReplyError> {
        message.check()?;
        let Some(webhook) = &self.webhook else {
            return self.send_by_robot(&message, None).await;
        };
        let request = message.for_session();
        let call = self.client.oapi_robot().send_by_session(request);
        match call.webhook(webhook).await.map_err(Error::from) {
            Ok(()) => Ok(()),
            Err(error) if was_not_sent(&error) => self.send_by_robot(&message, Some(error)).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a message of the robot. `refused` is why the webhook could not be used.
    async fn send_by_robot(
        &self,
        message: &Message,
        refused: Option<Error>,
    ) -> Result<(), ReplyError> {
        let (Some(robot), Some(chat)) = (&self.robot_code, &self.chat) else {
            return Err(refused.map_or(ReplyError::NoAddress, ReplyError::from));
        };
        let service = self.client.robot_1_0();
        let (key, param) = message.for_robot();
        match chat {
            Chat::Group(conversation) => {
                let request = OrgGroupSendRequest::new(key, param, conversation, robot);
                service.org_group_send(request).await.map_err(Error::from)?;
            }
            Chat::User(user) => {
                let request = BatchSendOtoRequest::new(key, param, robot, vec![user.clone()]);
                let sent = service.batch_send_oto(request).await;
                let sent = sent.map_err(Error::from)?;
                let lists = [
                    (sent.invalid_staff_id_list, "the user ID is invalid"),
                    (sent.flow_controlled_staff_id_list, "too many messages"),
                    (sent.filtered_staff_id_list, "the user was filtered out"),
                ];
                for (users, reason) in lists {
                    if users.is_some_and(|users| !users.is_empty()) {
                        return Err(ReplyError::NotDelivered(reason.to_owned()));
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether the webhook cannot be used at all, so that the message was surely not sent.
fn was_not_sent(error: &Error) -> bool {
    match error {
        Error::InvalidArgument(failure) => failure.argument() == "webhook",
        error => error.code() == Some(NO_SESSION),
    }
}
