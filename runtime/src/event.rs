//! Events and callbacks from the platform, before they are decoded into generated types.

pub(crate) mod received;

use std::fmt;

use serde::Serialize;

use crate::model::{Json, JsonObject, same_key};

pub use self::received::{Callback, Received};

/// What surrounds an event's data, however it was delivered. The platform may leave out any field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventHeader {
    /// The event's type, such as `user_add_org`.
    pub event_type: Option<String>,
    /// The organization in which it happened.
    pub corp_id: Option<String>,
    /// Identifies the event. An event that is delivered again has the same id.
    pub event_id: Option<String>,
    /// When it happened, in milliseconds since 1970.
    pub time: Option<i64>,
    /// The unified id of the application that it was delivered to.
    pub unified_app_id: Option<String>,
    /// The id of what the event is about, such as a user who left. Only HTTP deliveries have it, and some have the id
    /// nowhere else.
    pub biz_id: Option<String>,
}

/// An event as it came: its header, and its data as free JSON.
///
/// `Debug` shows only the header: the data may hold secrets, such as a suite ticket.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{RawEvent, json};
///
/// let pushed = json!({"EventType": "user_add_org", "CorpId": "ding1", "userId": ["u1"]});
/// let events = RawEvent::from_http(pushed);
/// assert_eq!(events[0].header.event_type.as_deref(), Some("user_add_org"));
/// assert_eq!(events[0].data["userId"][0], "u1");
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct RawEvent {
    /// What surrounds the data.
    pub header: EventHeader,
    /// The data. In HTTP deliveries the header's fields are next to the data's, so this holds both.
    pub data: Json,
}

impl RawEvent {
    /// An event with this header and data.
    pub fn new(header: EventHeader, data: Json) -> Self {
        Self { header, data }
    }

    /// The event in a frame of a Stream connection. Its data is JSON, or a string that holds JSON.
    pub fn from_stream(headers: &JsonObject, data: Json) -> Self {
        let data = unwrapped(data);
        let mut header = EventHeader::of(headers);
        // In the documentation's examples the header is around the data, and some servers send it that way.
        if let Some(object) = data.as_object()
            && let Some(inner @ Json::Object(_)) = object.get("data")
            && find(object, "eventType").is_some()
        {
            header.complete(EventHeader::of(object));
            return Self::new(header, inner.clone());
        }
        Self::new(header, data)
    }

    /// The events in the decrypted body of an HTTP callback: one, or all that the body lists in `bizData`.
    pub fn from_http(body: Json) -> Vec<Self> {
        let Some(object) = body.as_object() else {
            return vec![Self::new(EventHeader::default(), body)];
        };
        let header = EventHeader::of(object);
        let is_batch = header
            .event_type
            .as_ref()
            .is_some_and(|name| name.starts_with("SYNC_HTTP_PUSH"));
        match find(object, "bizData") {
            Some(Json::Array(rows)) if is_batch => rows.iter().map(Self::from_row).collect(),
            _ => vec![Self::new(header, body)],
        }
    }

    /// The event in a row of `bizData`.
    fn from_row(row: &Json) -> Self {
        let Some(columns) = row.as_object() else {
            return Self::new(EventHeader::default(), row.clone());
        };
        let data = unwrapped(find(columns, "biz_data").cloned().unwrap_or_default());
        let mut header = EventHeader {
            corp_id: text(columns, "corp_id"),
            biz_id: text(columns, "biz_id"),
            ..EventHeader::default()
        };
        if let Some(object) = data.as_object() {
            header.event_type = text(object, "syncAction");
            header.complete(EventHeader::of(object));
        }
        header.time = header.time.or_else(|| integer(columns, "gmt_modified"));
        Self::new(header, data)
    }
}

/// The data may hold secrets.
impl fmt::Debug for RawEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEvent")
            .field("header", &self.header)
            .finish_non_exhaustive()
    }
}

impl EventHeader {
    /// Reads the header's fields from an object, in any spelling. In an HTTP delivery, a field of the data may have the
    /// same name in another spelling, so the header's own spelling wins.
    fn of(object: &JsonObject) -> Self {
        let times = ["eventBornTime", "EventTime", "TimeStamp"];
        Self {
            event_type: text(object, "EventType"),
            corp_id: text(object, "eventCorpId").or_else(|| text(object, "CorpId")),
            event_id: text(object, "eventId"),
            time: times.into_iter().find_map(|name| integer(object, name)),
            unified_app_id: text(object, "eventUnifiedAppId"),
            biz_id: text(object, "BizId"),
        }
    }

    /// Takes the fields that it lacks from another header.
    fn complete(&mut self, other: Self) {
        self.event_type = self.event_type.take().or(other.event_type);
        self.corp_id = self.corp_id.take().or(other.corp_id);
        self.event_id = self.event_id.take().or(other.event_id);
        self.time = self.time.or(other.time);
        self.unified_app_id = self.unified_app_id.take().or(other.unified_app_id);
        self.biz_id = self.biz_id.take().or(other.biz_id);
    }
}

/// An event type that a handler takes. Generated types implement it, and so does [`RawEvent`], the event as it came.
pub trait FromEvent: Sized + Send + 'static {
    /// Converts an event. One that is unknown or not as documented is kept, not refused.
    fn from_event(raw: RawEvent) -> Self;
}

impl FromEvent for RawEvent {
    fn from_event(raw: RawEvent) -> Self {
        raw
    }
}

/// A callback that a handler takes, such as a message to a robot. [`Received`] implements it for generated types;
/// implement it for a type of your own to handle a topic that has none.
pub trait FromCallback: Sized + Send + 'static {
    /// The topic, such as `/v1.0/im/bot/messages/get`.
    const TOPIC: &'static str;

    /// The handler's answer. `()` if the platform expects only the acknowledgment.
    type Response: Serialize + Send + 'static;

    /// Converts a callback's data. Data that is not as documented is kept, not refused.
    fn from_callback(data: Json) -> Self;
}

/// The generated types that a Stream connection hands to its handlers.
pub trait StreamPlatform: 'static {
    /// Every event.
    type Event: FromEvent;
    /// A message to a robot.
    type BotMessage: FromCallback;
    /// A user's action on a card.
    type CardAction: FromCallback;
}

/// Parses a string that holds JSON. Any other value stays as it is.
pub(crate) fn unwrapped(data: Json) -> Json {
    let parsed = match &data {
        Json::String(text) => text.parse().ok(),
        _ => None,
    };
    parsed.unwrap_or(data)
}

/// The value whose key is this name, or else one whose key differs only in case and `_`. Null counts as no value.
fn find<'a>(object: &'a JsonObject, name: &str) -> Option<&'a Json> {
    let exact = object.get(name).filter(|value| !value.is_null());
    exact.or_else(|| {
        let mut entries = object.iter();
        let (_, value) = entries.find(|(key, value)| same_key(key, name) && !value.is_null())?;
        Some(value)
    })
}

/// A text, or a number as text.
pub(crate) fn text(object: &JsonObject, name: &str) -> Option<String> {
    match find(object, name)? {
        Json::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        number @ Json::Number(_) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, or the text of one.
pub(crate) fn integer(object: &JsonObject, name: &str) -> Option<i64> {
    match find(object, name)? {
        Json::String(text) => text.trim().parse().ok(),
        value => value.as_i64(),
    }
}

#[cfg(test)]
mod tests {
    use super::{EventHeader, RawEvent};
    use crate::json;
    use crate::model::Json;

    fn header() -> EventHeader {
        EventHeader {
            event_type: Some("user_add_org".into()),
            corp_id: Some("ding1".into()),
            event_id: Some("e1".into()),
            time: Some(1_663_143_335_567),
            ..EventHeader::default()
        }
    }

    fn stream(headers: Json, data: impl Into<Json>) -> RawEvent {
        let Json::Object(headers) = headers else {
            unreachable!("headers are an object")
        };
        RawEvent::from_stream(&headers, data.into())
    }

    #[test]
    fn a_stream_frame_has_the_header_in_its_headers() {
        let headers = json!({
            "topic": "*", "messageId": "m1", "time": "1", "eventType": "user_add_org", "eventCorpId": "ding1",
            "eventId": "e1", "eventBornTime": "1663143335567", "eventUnifiedAppId": "a1"
        });
        let expected = EventHeader {
            unified_app_id: Some("a1".into()),
            ..header()
        };
        for data in [json!({"userId": ["u1"]}), r#"{"userId":["u1"]}"#.into()] {
            let event = stream(headers.clone(), data);
            assert_eq!(
                event,
                RawEvent::new(expected.clone(), json!({"userId": ["u1"]}))
            );
        }
    }

    #[test]
    fn a_header_around_the_data_is_taken_off() {
        let data = json!({
            "eventType": "user_add_org", "eventCorpId": "ding1", "eventId": "e1", "eventBornTime": 1_663_143_335_567_i64,
            "data": {"userId": ["u1"]}
        });
        let event = stream(json!({}), data);
        assert_eq!(event, RawEvent::new(header(), json!({"userId": ["u1"]})));
    }

    #[test]
    fn data_that_is_not_json_is_kept() {
        for data in ["", "{", "plain"] {
            assert_eq!(stream(json!({}), data).data, data);
        }
    }

    #[test]
    fn an_http_callback_has_the_header_next_to_the_data() {
        let spellings = [
            json!({"EventType": "user_add_org", "EventTime": 1_663_143_335_567_i64, "CorpId": "ding1", "eventId": "e1", "userId": ["u1"]}),
            json!({"EventType": "user_add_org", "TimeStamp": "1663143335567", "CorpId": "ding1", "eventId": "e1", "userId": ["u1"]}),
            json!({"event_type": "user_add_org", "event_time": "1663143335567", "corpid": "ding1", "eventId": "e1", "userId": ["u1"]}),
        ];
        for body in spellings {
            let events = RawEvent::from_http(body.clone());
            assert_eq!(events, [RawEvent::new(header(), body)]);
        }
    }

    #[test]
    fn data_that_has_a_name_of_the_header_in_another_spelling_is_not_the_header() {
        for body in [
            r#"{"eventType":"data","corpId":"data","EventType":"user_add_org","CorpId":"ding1","EventTime":7,"eventTime":8}"#,
            r#"{"eventTime":8,"EventTime":7,"EventType":"user_add_org","eventType":"data","CorpId":"ding1","corpId":"data"}"#,
        ] {
            let body: Json = body.parse().unwrap();
            let header = EventHeader {
                event_id: None,
                time: Some(7),
                ..header()
            };
            assert_eq!(
                RawEvent::from_http(body.clone()),
                [RawEvent::new(header, body)]
            );
        }
    }

    #[test]
    fn a_batch_of_a_third_party_application_is_several_events() {
        let events = RawEvent::from_http(json!({
            "EventType": "SYNC_HTTP_PUSH_MEDIUM",
            "bizData": [
                {
                    "gmt_modified": 1_608_639_751_000_i64, "biz_type": 13, "biz_id": "u1", "corp_id": "ding1",
                    "biz_data": r#"{"syncAction":"user_leave_org"}"#
                },
                {
                    "biz_type": 14, "biz_id": 4338, "corp_id": "ding1",
                    "biz_data": {"syncAction": "org_dept_create", "eventId": "e2", "event_time": 5, "name": "n"}
                },
                7
            ]
        }));
        let [left, created, odd] = &*events else {
            panic!("three events: {events:?}")
        };
        assert_eq!(left.header.event_type.as_deref(), Some("user_leave_org"));
        assert_eq!(left.header.biz_id.as_deref(), Some("u1"));
        assert_eq!(left.header.time, Some(1_608_639_751_000));
        assert_eq!(
            created.header.event_type.as_deref(),
            Some("org_dept_create")
        );
        assert_eq!(created.header.event_id.as_deref(), Some("e2"));
        assert_eq!(created.header.biz_id.as_deref(), Some("4338"));
        assert_eq!(created.header.time, Some(5));
        assert_eq!(created.data["name"], "n");
        assert_eq!(odd.data, 7);
    }

    #[test]
    fn a_body_of_another_shape_is_kept() {
        for body in [json!([1]), json!("x"), Json::Null] {
            assert_eq!(
                RawEvent::from_http(body.clone()),
                [RawEvent::new(EventHeader::default(), body)]
            );
        }
    }
}
