//! AI cards: they are delivered at once, and fill while an answer is made.

mod error;
mod frames;
mod reply;
mod request;

use std::collections::BTreeMap;
use std::fmt;

use dingtalk_api::{Client, Error};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::error::CardError;
use self::frames::{Draft, End, Frames, MOST};
pub use self::reply::CardReply;
use crate::answer::Chat;

/// The template of an AI card, which you make on the platform's card page.
///
/// ```
/// use dingtalk_helpers::CardTemplate;
///
/// let template = CardTemplate::new("8aebdfb9-xxxx.schema").value("title", "Weather");
/// ```
#[derive(Debug, Clone)]
pub struct CardTemplate {
    id: String,
    variable: String,
    values: BTreeMap<String, String>,
}

impl CardTemplate {
    /// The template with this ID. Its streamed text is the variable `content`.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            variable: "content".to_owned(),
            values: BTreeMap::new(),
        }
    }

    /// The name of the variable that holds the streamed text. It must be bound to a Markdown component for which
    /// streaming is on.
    pub fn variable(mut self, name: impl Into<String>) -> Self {
        self.variable = name.into();
        self
    }

    /// The value of another variable.
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }
}

/// A card that was delivered and whose text still grows.
///
/// [`push`](Self::push) only notes the text. A task of the tokio runtime sends it, with the whole text in each update:
/// the first half a second after the delivery, each further one at least 800 ms after the one before. So many small
/// pieces become few updates, and none is left unsent. A failed update is made up for by the next.
///
/// End a card with [`finish`](Self::finish) or [`fail`](Self::fail). One that is dropped, as when a handler panics, is
/// shown as failed.
///
/// ```
/// use dingtalk_api::Client;
/// use dingtalk_helpers::{Card, CardError, CardTemplate};
///
/// async fn count(client: &Client, conversation_id: &str) -> Result<(), CardError> {
///     let template = CardTemplate::new("8aebdfb9-xxxx.schema");
///     let card = Card::in_group(client, &template, conversation_id, "robot code").await?;
///     for number in 1..=100 {
///         card.push(&format!("{number}\n"));
///     }
///     card.finish().await
/// }
/// ```
#[must_use = "a card that is dropped is shown as failed"]
pub struct Card {
    id: String,
    draft: watch::Sender<Draft>,
    task: JoinHandle<Result<(), CardError>>,
}

impl Card {
    /// Creates a card and delivers it to a group chat, as a message of the robot with this code.
    ///
    /// # Errors
    /// If the card is not created, or not delivered. Then there is no card, and nothing more is sent.
    pub async fn in_group(
        client: &Client,
        template: &CardTemplate,
        open_conversation_id: impl Into<String>,
        robot_code: impl Into<String>,
    ) -> Result<Self, CardError> {
        let chat = Chat::Group(open_conversation_id.into());
        Self::deliver(client, template, &chat, &robot_code.into()).await
    }

    /// Creates a card and delivers it to a user's chat with the robot that has this code.
    ///
    /// # Errors
    /// Those of [`in_group`](Self::in_group).
    pub async fn to_user(
        client: &Client,
        template: &CardTemplate,
        user_id: impl Into<String>,
        robot_code: impl Into<String>,
    ) -> Result<Self, CardError> {
        let chat = Chat::User(user_id.into());
        Self::deliver(client, template, &chat, &robot_code.into()).await
    }

    async fn deliver(
        client: &Client,
        template: &CardTemplate,
        chat: &Chat,
        robot_code: &str,
    ) -> Result<Self, CardError> {
        let id = unique();
        let request = request::create_and_deliver(&id, template, chat, robot_code);
        let created = client.card_1_0().create_and_deliver(request).await;
        let created = created.map_err(Error::from)?;
        if let Some(failed) = created.failed().first() {
            return Err(CardError::NotDelivered(failed.to_string()));
        }
        let draft = watch::Sender::default();
        let frames = Frames::new(client.clone(), id.clone(), template.variable.clone());
        let task = tokio::spawn(frames.run(draft.subscribe()));
        Ok(Self { id, draft, task })
    }

    /// The `outTrackId` by which calls and card actions name the card.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Appends to the text.
    pub fn push(&self, text: &str) {
        self.draft.send_modify(|draft| draft.text.push_str(text));
    }

    /// Replaces the text.
    pub fn replace(&self, text: impl Into<String>) {
        self.draft.send_modify(|draft| draft.text = text.into());
    }

    /// Shows the whole text and that it is complete.
    ///
    /// # Errors
    /// If an update failed for good, or the text has more than 20,000 characters: the card then shows the first 20,000.
    pub async fn finish(self) -> Result<(), CardError> {
        let characters = self.draft.borrow().text.chars().count();
        self.end(End::Finished).await?;
        if characters > MOST {
            let limit = MOST;
            return Err(CardError::TooLong { characters, limit });
        }
        Ok(())
    }

    /// Shows that the answer failed, with this reason instead of the text. If the reason is empty, the text stays.
    ///
    /// # Errors
    /// If an update failed for good.
    pub async fn fail(self, reason: impl Into<String>) -> Result<(), CardError> {
        let reason = reason.into();
        if !reason.is_empty() {
            self.replace(reason);
        }
        self.end(End::Failed).await
    }

    async fn end(self, end: End) -> Result<(), CardError> {
        self.draft.send_modify(|draft| draft.end = Some(end));
        self.task.await.unwrap_or(Err(CardError::Stopped))
    }

    fn text(&self) -> String {
        self.draft.borrow().text.clone()
    }
}

/// The text may be confidential.
impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Card")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// An ID that no other card and no other update has.
fn unique() -> String {
    format!("{:032x}", fastrand::u128(..))
}
