//! Handlers that get the reply with the message.

use std::future::Future;

use dingtalk_api::events_callbacks::BotMessage;
use dingtalk_api::{Answer, Client, Received, StreamBuilder, StreamTypes};

use super::BotReply;

/// Handlers of messages to a robot that also get what replies to them.
pub trait OnMessage {
    /// Like [`on_bot_message`](StreamBuilder::on_bot_message), with the reply to the message. If the handler returns an
    /// error, the stream logs and counts it.
    ///
    /// ```no_run
    /// use dingtalk_api::{Client, StreamError};
    /// use dingtalk_helpers::OnMessage as _;
    ///
    /// # async fn example(client: &Client) -> Result<(), StreamError> {
    /// let stream = client.stream().on_message(async |message, reply| {
    ///     let name = message.data.sender_nick.unwrap_or_default();
    ///     reply.markdown("Hello", format!("Hello **{name}**")).await
    /// });
    /// stream.run().await
    /// # }
    /// ```
    fn on_message<F, T>(self, handler: F) -> Self
    where
        F: Fn(Received<BotMessage>, BotReply) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<()>> + Send + 'static;
}

impl OnMessage for StreamBuilder<StreamTypes> {
    fn on_message<F, T>(self, handler: F) -> Self
    where
        F: Fn(Received<BotMessage>, BotReply) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<()>> + Send + 'static,
    {
        let client: Client = self.client();
        self.on_bot_message(move |message: Received<BotMessage>| {
            let reply = BotReply::new(&client, &message.data);
            handler(message, reply)
        })
    }
}
