//! A stand-in for the platform without a network, so that tests can run under tokio's paused clock.

use std::sync::{Arc, Mutex};

use dingtalk_api::events_callbacks::BotMessage;
use dingtalk_api::model::Json;
use dingtalk_api::{Client, Received, json};
use dingtalk_runtime::{
    BoxFuture, Bytes, FromCallback as _, HttpRequest, Limits, Transport, TransportError, http,
};
use tokio::time::Instant;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Sent {
    pub at: Instant,
    /// Method, path and query.
    pub call: String,
    pub body: Json,
}

type Script = dyn Fn(&Sent) -> (u16, Json) + Send + Sync;

/// Answers each call as a script says, or as the platform does if all goes well.
#[derive(Clone)]
pub struct StandIn {
    script: Arc<Script>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl StandIn {
    /// A stand-in that answers as the platform does, except where the script returns an answer.
    pub fn new(script: impl Fn(&Sent) -> Option<(u16, Json)> + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(move |sent| script(sent).unwrap_or_else(|| usual(sent))),
            sent: Arc::default(),
        }
    }

    pub fn client(&self) -> Client {
        Client::builder()
            .server("mainland")
            .token("the-token")
            .transport(self.clone())
            .build()
            .unwrap()
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The requests of one call.
    pub fn of(&self, call: &str) -> Vec<Sent> {
        let sent = self.sent().into_iter();
        sent.filter(|sent| sent.call == call).collect()
    }

    /// Which calls were made.
    pub fn calls(&self) -> Vec<String> {
        self.sent().into_iter().map(|sent| sent.call).collect()
    }
}

/// What the platform answers if all goes well.
fn usual(sent: &Sent) -> (u16, Json) {
    let body = match sent.call.as_str() {
        SESSION => json!({"errcode": 0, "errmsg": "ok"}),
        CREATE => json!({
            "success": true,
            "result": {"outTrackId": sent.body["outTrackId"], "deliverResults": [{"success": true}]}
        }),
        UPDATE => json!({"success": true, "result": true}),
        _ => json!({"processQueryKey": "q"}),
    };
    (200, body)
}

impl Transport for StandIn {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let query = request.url.query().map(|query| format!("?{query}"));
        let body = request.body.as_ref().and_then(|body| body.as_bytes());
        let sent = Sent {
            at: Instant::now(),
            call: format!(
                "{} {}{}",
                request.method,
                request.url.path(),
                query.unwrap_or_default()
            ),
            body: std::str::from_utf8(body.map_or(&[][..], |body| body))
                .unwrap()
                .parse()
                .unwrap_or_default(),
        };
        self.sent.lock().unwrap().push(sent.clone());
        let (status, body) = (self.script)(&sent);
        let reply = http::Response::builder().status(status);
        let reply = reply.body(Bytes::from(body.to_string())).unwrap();
        Box::pin(std::future::ready(Ok(reply)))
    }
}

/// The call that creates and delivers a card, and the one that updates its text.
pub const CREATE: &str = "POST /v1.0/card/instances/createAndDeliver";
pub const UPDATE: &str = "PUT /v1.0/card/streaming";

/// The session webhook of the messages below, as it is called.
pub const SESSION: &str = "POST /robot/sendBySession?session=s1";

/// A text message in a group chat, with a webhook that has not expired.
pub fn in_group() -> Json {
    json!({
        "msgId": "msg1", "msgtype": "text", "text": {"content": " hello "}, "conversationType": "2",
        "conversationId": "cid//a+b==", "senderId": "$:LWCP_v1:$xx", "senderStaffId": "user1", "robotCode": "robot1",
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=s1",
        "sessionWebhookExpiredTime": 4_102_444_800_000_i64
    })
}

/// The same message in a one-to-one chat.
pub fn one_to_one() -> Json {
    with(in_group(), &json!({"conversationType": "1"}))
}

/// A message with other values. Null removes one.
pub fn with(mut message: Json, changes: &Json) -> Json {
    let fields = message.as_object_mut().unwrap();
    for (key, value) in changes.as_object().unwrap().iter() {
        fields.insert(key, value.clone());
    }
    message
}

/// Reads a message.
pub fn message(data: Json) -> BotMessage {
    Received::<BotMessage>::from_callback(data).data
}
