//! Frames, as the platform sends them.

use std::sync::atomic::{AtomicU64, Ordering};

use dingtalk_api::model::{Json, JsonObject};

/// A frame to deliver on a Stream connection. Each delivery of it has an id of its own.
///
/// ```
/// use dingtalk_api::json;
/// use dingtalk_mock::StreamFrame;
///
/// let joined = StreamFrame::event("user_add_org", json!({"userId": ["user1"]}));
/// let clicked = StreamFrame::card_action(json!({"outTrackId": "card1", "userId": "user1"}));
/// # let _ = (joined, clicked);
/// ```
#[derive(Debug, Clone)]
pub struct StreamFrame {
    kind: &'static str,
    headers: JsonObject,
    data: Json,
}

/// Numbers the deliveries and events of all mocks of a program.
fn number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

impl StreamFrame {
    /// A callback of any topic.
    pub fn callback(topic: &str, data: Json) -> Self {
        Self::new("CALLBACK", topic, data)
    }

    /// A message to a robot. [`bot_message`](crate::MockDingTalk::bot_message) makes its data.
    pub fn bot_message(data: Json) -> Self {
        Self::callback("/v1.0/im/bot/messages/get", data)
    }

    /// A user's action on a card.
    pub fn card_action(data: Json) -> Self {
        Self::callback("/v1.0/card/instances/callback", data)
    }

    /// An event of this type, in the organization `mock-corp`.
    pub fn event(event_type: &str, data: Json) -> Self {
        let mut event = Self::new("EVENT", "*", data);
        for (name, value) in [
            ("eventType", event_type),
            ("eventId", &format!("event-{}", number())),
            ("eventCorpId", "mock-corp"),
            ("eventBornTime", "1700000000000"),
        ] {
            event.headers.insert(name, value);
        }
        event
    }

    /// A frame that concerns the connection: `ping`, which the client answers with the same data, or `disconnect`.
    pub fn system(topic: &str, data: Json) -> Self {
        Self::new("SYSTEM", topic, data)
    }

    fn new(kind: &'static str, topic: &str, data: Json) -> Self {
        let mut headers = JsonObject::new();
        headers.insert("topic", topic);
        Self {
            kind,
            headers,
            data,
        }
    }

    /// A delivery: its id and its text.
    pub(super) fn delivery(&self) -> (String, String) {
        let id = format!("delivery-{}", number());
        let mut headers = self.headers.clone();
        headers.insert("messageId", &*id);
        headers.insert("contentType", "application/json");
        headers.insert("time", "1700000000000");
        let mut frame = JsonObject::new();
        frame.insert("specVersion", "1.0");
        frame.insert("type", self.kind);
        frame.insert("headers", headers);
        frame.insert("data", self.data.to_string());
        (id, Json::from(frame).to_string())
    }
}
