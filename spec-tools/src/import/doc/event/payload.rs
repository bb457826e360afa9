//! An event as an example of a delivery shows it.

use super::super::json::{Entry, Json, Value};
use super::super::source::At;
use crate::spec::Delivery;

/// What an example carries.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    /// The event's type, if the example has it.
    pub(super) event: Option<String>,
    pub(super) delivery: Delivery,
    /// The data as an object. In that of `SyncHTTP`, what all events have is among it.
    pub(super) data: Json,
    /// What is next to the data and not a part of the delivery.
    pub(super) strays: Vec<(String, At)>,
    /// Whether a `corpId` in the data is the organization of the event, unless the spec has it as a field.
    pub(super) has_corp: bool,
    pub(super) at: At,
}

/// What HTTP deliveries have next to the data, in their spelling.
const HTTP_HEADER: &[&str] = &[
    "EventType",
    "EventTime",
    "TimeStamp",
    "CorpId",
    "BizId",
    "eventId",
];

/// What Stream deliveries have around the data.
const STREAM_HEADER: &[&str] = &[
    "eventType",
    "eventId",
    "eventCorpId",
    "eventBornTime",
    "eventUnifiedAppId",
    "data",
];

/// What `SyncHTTP` deliveries have around the data.
const ROW_HEADER: &[&str] = &["corp_id", "biz_id", "biz_type", "biz_data", "subscribe_id"];

impl Payload {
    /// Reads an example; `None` if it is not an event.
    pub(super) fn read(json: &Json) -> Option<Self> {
        let entries = json.value.entries()?;
        let row = entry(entries, "biz_data").and_then(|row| row.value.entries());
        let mut around: &[&str] = &[];
        let (name, delivery, data) = if let Some(data) = row {
            around = ROW_HEADER;
            (text(data, "syncAction"), Delivery::SyncHttp, data.to_vec())
        } else if let Some(name) = text(entries, "EventType") {
            let data = without(entries, HTTP_HEADER);
            (Some(name), Delivery::Http, data)
        } else if let Some(name) = text(entries, "syncAction") {
            (Some(name), Delivery::SyncHttp, entries.to_vec())
        } else {
            let name = text(entries, "eventType")?;
            let data = entry(entries, "data")?.value.entries()?;
            around = STREAM_HEADER;
            (Some(name), Delivery::Stream, data.to_vec())
        };
        let is_event = name.as_ref().is_none_or(|name| !is_protocol(name));
        let has_corp = match delivery {
            Delivery::Stream => false,
            Delivery::Http => entry(entries, "CorpId").is_none(),
            Delivery::SyncHttp => true,
        };
        let mut payload = Self::new(json, name, delivery, data, has_corp);
        if !around.is_empty() {
            let strays = without(entries, around).into_iter();
            payload.strays = strays.map(|entry| (entry.key, entry.at)).collect();
        }
        is_event.then_some(payload)
    }

    /// The data of a `SyncHTTP` delivery, shown alone.
    pub(super) fn bare(json: &Json) -> Option<Self> {
        let data = json.value.entries()?.to_vec();
        Some(Self::new(json, None, Delivery::SyncHttp, data, true))
    }

    fn new(
        json: &Json,
        event: Option<String>,
        delivery: Delivery,
        data: Vec<Entry>,
        has_corp: bool,
    ) -> Self {
        Self {
            event,
            delivery,
            data: Json {
                value: Value::Object(data),
                at: json.at,
            },
            strays: Vec::new(),
            has_corp,
            at: json.at,
        }
    }
}

/// Whether a type belongs to the protocol of HTTP deliveries: it checks an address, or wraps events.
fn is_protocol(name: &str) -> bool {
    const CHECKS: [&str; 3] = [
        "check_url",
        "check_create_suite_url",
        "check_update_suite_url",
    ];
    CHECKS.contains(&name) || name.starts_with("SYNC_HTTP_PUSH")
}

fn entry<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Json> {
    let found = entries.iter().find(|entry| entry.key == key);
    found.map(|entry| &entry.json)
}

fn text(entries: &[Entry], key: &str) -> Option<String> {
    match &entry(entries, key)?.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}

fn without(entries: &[Entry], header: &[&str]) -> Vec<Entry> {
    let data = entries.iter();
    let data = data.filter(|entry| !header.contains(&entry.key.as_str()));
    data.cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::json;
    use super::*;

    #[test]
    fn each_delivery_has_the_data_elsewhere() {
        let (data, sync) = (json!({"treeId": 1}), "tree_fall");
        for (text, delivery, data) in [
            (
                r#"{"eventType": "tree_fall", "eventId": "1", "eventCorpId": "d", "data": {"treeId": 1}}"#,
                Delivery::Stream,
                data.clone(),
            ),
            (
                r#"{"EventType": "tree_fall", "EventTime": 1, "CorpId": "d", "BizId": "b", "treeId": 1}"#,
                Delivery::Http,
                data,
            ),
            (
                r#"{"corp_id": "d", "biz_type": 1, "biz_data": {"syncAction": "tree_fall", "treeId": 1}}"#,
                Delivery::SyncHttp,
                json!({"syncAction": sync, "treeId": 1}),
            ),
            (
                r#"{"syncAction": "tree_fall", "eventId": "1", "treeId": 1}"#,
                Delivery::SyncHttp,
                json!({"syncAction": sync, "eventId": "1", "treeId": 1}),
            ),
        ] {
            let json = json::read([(1, text)].into_iter()).json.unwrap();
            let payload = Payload::read(&json).unwrap();
            assert_eq!(payload.event.as_deref(), Some("tree_fall"), "{text}");
            assert_eq!(payload.delivery, delivery, "{text}");
            assert_eq!(payload.data.value.plain(), data, "{text}");
            assert!(payload.strays.is_empty(), "{text}");
        }
    }

    #[test]
    fn what_is_next_to_the_data_is_kept_apart() {
        for text in [
            r#"{"eventType": "tree_fall", "treeId": 1, "data": {}}"#,
            r#"{"treeId": 1, "biz_data": {"syncAction": "tree_fall"}}"#,
        ] {
            let json = json::read([(1, text)].into_iter()).json.unwrap();
            let strays = Payload::read(&json).unwrap().strays;
            assert!(
                matches!(&strays[..], [(name, _)] if name == "treeId"),
                "{text}"
            );
        }
    }

    #[test]
    fn json_without_a_type_is_not_an_event() {
        for text in [
            "{}",
            r#"{"errcode": 0}"#,
            r#"{"EventType": 1}"#,
            r#"{"eventType": "x"}"#,
            r#"{"EventType": "check_url"}"#,
            r#"{"EventType": "SYNC_HTTP_PUSH_HIGH", "bizData": []}"#,
            "[1]",
        ] {
            let json = json::read([(1, text)].into_iter()).json.unwrap();
            assert!(Payload::read(&json).is_none(), "{text}");
        }
    }
}
