//! Stream connections of a mock.

use std::time::Duration;

use dingtalk_api::json;
use dingtalk_api::model::Json;

use super::{StreamAck, StreamConnection, StreamFrame};
use crate::MockDingTalk;
use crate::control::read;
use crate::error::MockError;
use crate::platform::Platform;

/// How long a frame of the control endpoint may wait for a client that takes it.
const PATIENCE: Duration = Duration::from_secs(5);

impl MockDingTalk {
    /// Waits until a client opens a Stream connection, and hands it to the test, for frames out of order, garbage or
    /// silence. [`push`](Self::push) does not use it then.
    pub async fn accept_stream(&self) -> StreamConnection {
        self.platform.streams.accept().await
    }

    /// Delivers a frame, as the platform does, on a connection that a client has opened or opens later, and returns the
    /// acknowledgement. If the connection ends, the frame is delivered on the next one.
    ///
    /// ```
    /// use dingtalk_api::{Event, json};
    /// use dingtalk_mock::{MockDingTalk, StreamFrame};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mock = MockDingTalk::start().await?;
    /// let stream = mock.client()?.stream().on_event(async |event: Event| {
    ///     println!("{:?}", event.event_type());
    /// });
    /// tokio::spawn(stream.run());
    ///
    /// let joined = StreamFrame::event("user_add_org", json!({"userId": ["user1"]}));
    /// let ack = mock.push(&joined).await;
    /// assert_eq!(ack.data["status"], "SUCCESS");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn push(&self, frame: &StreamFrame) -> StreamAck {
        self.platform.streams.push(frame).await
    }

    /// The data of a text message to a robot in a group chat, with a session webhook at this mock.
    pub fn bot_message(&self, text: &str) -> Json {
        let number = self.platform.next_request_id();
        json!({
            "msgId": format!("message-{number}"), "msgtype": "text", "text": {"content": format!(" {text} ")},
            "createAt": 1_700_000_000_000_i64, "conversationType": "2", "conversationId": "cid1==",
            "conversationTitle": "a group", "senderId": "$:LWCP_v1:$user1", "senderStaffId": "user1",
            "senderNick": "a user", "senderCorpId": "mock-corp", "chatbotCorpId": "mock-corp",
            "chatbotUserId": "$:LWCP_v1:$robot", "robotCode": "mock-robot", "isInAtList": true,
            "sessionWebhook": format!("{}/robot/sendBySession?session={number}", self.url()),
            "sessionWebhookExpiredTime": 4_102_444_800_000_i64
        })
    }
}

/// Delivers the frame that a request to the control endpoint describes, and gives its acknowledgement.
pub(crate) async fn push(platform: &Platform, body: &[u8]) -> Result<Json, MockError> {
    let body = read(body)?;
    let data = body["data"].clone();
    let frame = match (body["event"].as_str(), body["topic"].as_str()) {
        (Some(event), None) => StreamFrame::event(event, data),
        (None, Some(topic)) => StreamFrame::callback(topic, data),
        _ => {
            let message = "expected `event` with a type of events, or `topic` with one of callbacks, and `data`";
            return Err(MockError::new(message));
        }
    };
    let ack = tokio::time::timeout(PATIENCE, platform.streams.push(&frame)).await;
    let ack = ack.map_err(|_| {
        MockError::new(format!(
            "no client acknowledged the frame in {} seconds",
            PATIENCE.as_secs()
        ))
    })?;
    Ok(json!({"code": ack.code, "data": ack.data}))
}
