//! The updates of a card: few enough for the platform, and often enough for the eye.

use std::time::Duration;

use dingtalk_api::card_1_0::streaming_update::StreamingUpdateRequest;
use dingtalk_api::{Client, Error};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::{CardError, unique};

/// The wait between the delivery and the first update: the user's program is still fetching the card.
const FIRST: Duration = Duration::from_millis(500);

/// The time between updates of a card. The platform does not take two at once.
const INTERVAL: Duration = Duration::from_millis(800);

/// How long a text waits for more after a pause, so that an update does not show a single word.
const GATHER: Duration = Duration::from_millis(300);

/// The pause after an update that was refused because there were too many.
const THROTTLED: Duration = Duration::from_secs(2);

/// The maximum number of characters in a card.
pub(super) const MOST: usize = 20_000;

/// What a card should show.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) end: Option<End>,
}

/// How a card ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Finished,
    Failed,
}

pub(super) struct Frames {
    client: Client,
    id: String,
    variable: String,
    /// What the card shows.
    shown: String,
}

impl Frames {
    pub(super) fn new(client: Client, id: String, variable: String) -> Self {
        Self {
            client,
            id,
            variable,
            shown: String::new(),
        }
    }

    /// Shows the newest draft again and again until it has ended, or an update fails for good.
    pub(super) async fn run(mut self, mut draft: watch::Receiver<Draft>) -> Result<(), CardError> {
        let mut next = Instant::now() + FIRST;
        loop {
            let dropped = draft.changed().await.is_err();
            sleep_until(next.max(Instant::now() + GATHER)).await;
            let Draft { text, end } = draft.borrow_and_update().clone();
            let end = end.or(dropped.then_some(End::Failed));
            let shown = self.show(&text, end).await;
            next = Instant::now() + INTERVAL;
            match shown {
                Err(error) if end.is_none() && error.is_retryable() => {
                    tracing::warn!(card = %self.id, %error, "a card was not updated; the next update will show it all");
                    if matches!(error, Error::Throttled(_)) {
                        next = Instant::now() + THROTTLED;
                    }
                }
                Err(error) => return Err(error.into()),
                Ok(()) if end.is_some() => return Ok(()),
                Ok(()) => {}
            }
        }
    }

    /// Shows a text, unless the card shows it already.
    async fn show(&mut self, text: &str, end: Option<End>) -> Result<(), Error> {
        let text = match text.char_indices().nth(MOST) {
            Some((end, _)) => &text[..end],
            None => text,
        };
        // A card whose text ends in line breaks flickers.
        let text = if end.is_none() {
            text.trim_end_matches('\n')
        } else {
            text
        };
        if end.is_none() && (text.is_empty() || text == self.shown) {
            return Ok(());
        }
        // The platform takes no empty text.
        let content = if text.is_empty() { " " } else { text };
        let request = StreamingUpdateRequest::new(content, unique(), &self.variable, &self.id)
            .is_full(true)
            .is_finalize(end == Some(End::Finished))
            .is_error(end == Some(End::Failed));
        self.client.card_1_0().streaming_update(request).await?;
        content.clone_into(&mut self.shown);
        Ok(())
    }
}
