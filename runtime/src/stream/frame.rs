//! The messages on a Stream connection: frames come in, and each is acknowledged once.

use serde::Serialize;
use tokio::sync::mpsc::UnboundedSender;

use crate::event::{integer, text, unwrapped};
use crate::model::{Json, JsonObject};

/// What a frame is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Event,
    Callback,
    /// Concerns the connection itself.
    System,
}

impl Kind {
    /// Its name in subscriptions.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Event => "EVENT",
            Self::Callback => "CALLBACK",
            Self::System => "SYSTEM",
        }
    }
}

/// A frame as it came. Anything may be absent.
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) topic: String,
    /// Identifies the delivery: a message that is delivered again has another id.
    pub(super) message_id: Option<String>,
    pub(super) headers: JsonObject,
    /// A string that holds JSON, or the JSON itself.
    pub(super) data: Json,
}

impl Frame {
    /// Reads a frame; `None` if the text is not a frame.
    pub(super) fn parse(text_of_frame: &str) -> Option<Self> {
        let Ok(Json::Object(mut frame)) = text_of_frame.parse() else {
            return None;
        };
        let name = frame.remove("type")?;
        let mut kinds = [Kind::Event, Kind::Callback, Kind::System].into_iter();
        let kind = kinds.find(|kind| name == kind.name())?;
        let headers = frame.remove("headers").or_else(|| frame.remove("header"));
        let Some(Json::Object(headers)) = headers else {
            return None;
        };
        Some(Self {
            kind,
            topic: text(&headers, "topic").unwrap_or_default(),
            message_id: text(&headers, "messageId"),
            data: frame.remove("data").unwrap_or_default(),
            headers,
        })
    }

    /// The ids by which later deliveries of this frame are recognized: the delivery's id, and the message's or event's,
    /// which stays the same. Parses the data if it is a string.
    pub(super) fn ids(&mut self) -> Vec<String> {
        self.data = unwrapped(std::mem::take(&mut self.data));
        let lasting = match self.kind {
            Kind::Event => text(&self.headers, "eventId"),
            _ => self.data.as_object().and_then(|data| text(data, "msgId")),
        };
        self.message_id.iter().cloned().chain(lasting).collect()
    }

    /// What acknowledges the frame, through `acks`.
    pub(super) fn receipt(&self, acks: &UnboundedSender<String>) -> Receipt {
        Receipt {
            kind: self.kind,
            message_id: self.message_id.clone(),
            acks: acks.clone(),
        }
    }

    /// When the message was written or the event happened, in milliseconds since 1970.
    pub(super) fn born(&self) -> Option<i64> {
        match self.kind {
            Kind::Event => integer(&self.headers, "eventBornTime"),
            _ => integer(self.data.as_object()?, "createAt"),
        }
    }
}

/// What a frame is acknowledged with.
pub(super) enum Ack {
    /// It has been taken. The text is JSON: a callback's answer, `null` if there is none.
    Taken(String),
    /// It was not handled; the server should deliver it again.
    Again,
    /// Nobody here handles the topic.
    Unknown,
    /// A ping, answered with its own data.
    Pong(String),
}

#[derive(Serialize)]
struct Wire<'a> {
    code: u16,
    headers: Headers<'a>,
    message: &'a str,
    data: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Headers<'a> {
    content_type: &'a str,
    message_id: &'a str,
}

/// Acknowledges one frame, once, on the connection that it came on.
pub(super) struct Receipt {
    kind: Kind,
    message_id: Option<String>,
    acks: UnboundedSender<String>,
}

impl Receipt {
    /// Sends it, unless the connection is gone or the frame has no id to acknowledge.
    pub(super) fn send(self, ack: Ack) {
        if let Some(message_id) = self.message_id
            && let Some(text) = ack.text(self.kind, &message_id)
        {
            let _ = self.acks.send(text);
        }
    }
}

impl Ack {
    fn text(self, kind: Kind, message_id: &str) -> Option<String> {
        let event = kind == Kind::Event;
        let (code, message, data) = match self {
            Self::Taken(_) if event => (200, "OK", r#"{"status":"SUCCESS","message":"OK"}"#.into()),
            Self::Taken(answer) => (200, "OK", format!(r#"{{"response":{answer}}}"#)),
            // For events the server reads only the status.
            Self::Again if event => (200, "OK", r#"{"status":"LATER","message":"again"}"#.into()),
            Self::Again => (500, "not handled", String::new()),
            Self::Unknown => (404, "no handler", String::new()),
            Self::Pong(data) => (200, "OK", data),
        };
        let wire = Wire {
            code,
            headers: Headers {
                content_type: "application/json",
                message_id,
            },
            message,
            data: &data,
        };
        serde_json::to_string(&wire).ok()
    }
}

/// Whether the server asks for another connection instead of this one. Such a frame must not be answered.
pub(super) fn is_disconnect(frame: &Frame) -> bool {
    frame.kind == Kind::System && frame.topic == "disconnect"
}

/// The answer to any other frame about the connection.
pub(super) fn system_ack(frame: &Frame) -> Ack {
    if frame.topic != "ping" {
        return Ack::Unknown;
    }
    Ack::Pong(match &frame.data {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        data => data.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::unbounded_channel;

    use super::{Ack, Frame, Kind, is_disconnect, system_ack};
    use crate::model::Json;

    #[test]
    fn frames_are_read_in_all_known_shapes() {
        for text in [
            r#"{"specVersion":"1.0","type":"CALLBACK","time":1,"headers":{"topic":"/t","messageId":"m","time":"1"},"data":"{\"msgId\":\"b\",\"createAt\":7}"}"#,
            r#"{"type":"CALLBACK","header":{"topic":"/t","messageId":"m","time":1},"data":{"msgId":"b","createAt":"7"}}"#,
        ] {
            let mut frame = Frame::parse(text).unwrap();
            assert_eq!((frame.kind, &*frame.topic), (Kind::Callback, "/t"));
            assert_eq!(frame.ids(), ["m", "b"]);
            assert_eq!(frame.born(), Some(7));
            assert_eq!(frame.data["msgId"], "b");
        }
        let event = r#"{"type":"EVENT","headers":{"topic":"*","messageId":"m","eventId":"e","eventBornTime":"9"}}"#;
        let mut frame = Frame::parse(event).unwrap();
        assert_eq!(
            (frame.ids(), frame.born()),
            (vec!["m".into(), "e".into()], Some(9))
        );
    }

    #[test]
    fn a_text_that_is_not_a_frame_is_none() {
        for text in [
            "",
            "{",
            "null",
            "[]",
            "{}",
            r#"{"type":"CALLBACK"}"#,
            r#"{"type":7,"headers":{}}"#,
            r#"{"type":"OTHER","headers":{}}"#,
            r#"{"type":"EVENT","headers":[]}"#,
        ] {
            assert!(Frame::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_ack_names_the_frame_and_says_what_became_of_it() {
        let frame = |kind: &str, topic: &str| {
            let text = format!(
                r#"{{"type":"{kind}","headers":{{"topic":"{topic}","messageId":"m"}},"data":"{{\"opaque\":\"o\"}}"}}"#
            );
            Frame::parse(&text).unwrap()
        };
        let parts = |ack: Ack, frame: &Frame| {
            let (acks, mut sent) = unbounded_channel();
            frame.receipt(&acks).send(ack);
            let json: Json = sent.try_recv().unwrap().parse().unwrap();
            assert!(sent.try_recv().is_err(), "one acknowledgment per frame");
            assert_eq!(json["headers"]["messageId"], "m");
            assert_eq!(json["headers"]["contentType"], "application/json");
            (
                json["code"].as_u64().unwrap(),
                json["data"].as_str().unwrap().to_owned(),
            )
        };
        let (event, call) = (frame("EVENT", "*"), frame("CALLBACK", "/t"));
        assert_eq!(
            parts(Ack::Taken("null".into()), &call),
            (200, r#"{"response":null}"#.into())
        );
        assert_eq!(
            parts(Ack::Taken(r#"{"a":1}"#.into()), &call),
            (200, r#"{"response":{"a":1}}"#.into())
        );
        assert_eq!(
            parts(Ack::Taken("null".into()), &event).1,
            r#"{"status":"SUCCESS","message":"OK"}"#
        );
        assert_eq!(
            parts(Ack::Again, &event).1,
            r#"{"status":"LATER","message":"again"}"#
        );
        assert_eq!(parts(Ack::Again, &call).0, 500);
        assert_eq!(parts(Ack::Unknown, &call).0, 404);
        let ping = frame("SYSTEM", "ping");
        assert_eq!(
            parts(system_ack(&ping), &ping),
            (200, r#"{"opaque":"o"}"#.into())
        );
        assert!(is_disconnect(&frame("SYSTEM", "disconnect")) && !is_disconnect(&ping));
    }
}
