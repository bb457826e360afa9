//! A reply to a message that is a card.

use super::frames::MOST;
use super::{Card, CardError, CardTemplate};
use crate::answer::{BotReply, ReplyError};

/// The maximum number of characters in the title of a reply that is no card.
const TITLE: usize = 30;

impl BotReply {
    /// Replies with a card, which shows at once that an answer is being made.
    ///
    /// If no card can be delivered, the reply goes out as Markdown when it is complete.
    ///
    /// ```
    /// use dingtalk_helpers::{BotReply, CardTemplate, ReplyError};
    ///
    /// async fn answer(reply: BotReply, words: &[&str]) -> Result<(), ReplyError> {
    ///     let template = CardTemplate::new("8aebdfb9-xxxx.schema");
    ///     let mut card = reply.card(&template).await;
    ///     for word in words {
    ///         card.push(word);
    ///     }
    ///     card.finish().await
    /// }
    /// ```
    pub async fn card(&self, template: &CardTemplate) -> CardReply {
        let delivered = match (&self.robot_code, &self.chat) {
            (Some(robot), Some(chat)) => Card::deliver(&self.client, template, chat, robot).await,
            _ => Err(CardError::NoAddress),
        };
        let state = delivered.map_or_else(
            |error| {
                tracing::warn!(%error, "no card was delivered; the reply will go out as Markdown");
                State::Text(String::new(), error)
            },
            State::Card,
        );
        let reply = self.clone();
        CardReply { reply, state }
    }
}

/// A reply that fills a card, or that is collected and sent as Markdown if there is no card.
#[derive(Debug)]
#[must_use = "a card that is dropped is shown as failed"]
pub struct CardReply {
    reply: BotReply,
    state: State,
}

enum State {
    Card(Card),
    /// There is no card, and why.
    Text(String, CardError),
}

/// The text may be confidential.
impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Card(card) => card.fmt(f),
            Self::Text(_, error) => f.debug_tuple("Text").field(error).finish(),
        }
    }
}

impl CardReply {
    /// Why there is no card; `None` if there is one.
    pub fn error(&self) -> Option<&CardError> {
        match &self.state {
            State::Card(_) => None,
            State::Text(_, error) => Some(error),
        }
    }

    /// The card, if there is one.
    pub fn as_card(&self) -> Option<&Card> {
        match &self.state {
            State::Card(card) => Some(card),
            State::Text(..) => None,
        }
    }

    /// Appends to the text.
    pub fn push(&mut self, text: &str) {
        match &mut self.state {
            State::Card(card) => card.push(text),
            State::Text(collected, _) => collected.push_str(text),
        }
    }

    /// Completes the reply. What a card cannot show goes out as Markdown: all of it if the last update fails, the rest
    /// if the text is too long for a card.
    ///
    /// # Errors
    /// If the Markdown cannot be sent either.
    pub async fn finish(self) -> Result<(), ReplyError> {
        let text = match self.state {
            State::Text(text, _) => text,
            State::Card(card) => {
                let text = card.text();
                match card.finish().await {
                    Ok(()) => return Ok(()),
                    Err(CardError::TooLong { .. }) => text.chars().skip(MOST).collect(),
                    Err(error) => {
                        tracing::warn!(%error, "a card was not completed; its text goes out as Markdown");
                        text
                    }
                }
            }
        };
        if text.trim().is_empty() {
            return Ok(());
        }
        self.reply.markdown(title(&text), text).await
    }

    /// Replies that the answer failed, with a reason for the user.
    ///
    /// # Errors
    /// If the reason cannot be shown on the card nor sent as a message.
    pub async fn fail(self, reason: impl Into<String>) -> Result<(), ReplyError> {
        let reason = reason.into();
        if let State::Card(card) = self.state {
            match card.fail(&*reason).await {
                Ok(()) => return Ok(()),
                Err(error) => tracing::warn!(%error, "a card was not shown as failed"),
            }
        }
        self.reply.text(reason).await
    }
}

/// The beginning of the first line, without the marks of a heading.
fn title(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    line.trim_start_matches(['#', ' '])
        .chars()
        .take(TITLE)
        .collect()
}
