use serde::Deserialize;

use super::{AppType, Fields};

/// One event: a file `spec/events/<group>/<event>.yaml`, which mirrors one documentation page.
///
/// A callback is an event that has a topic of its own, and may have an answer.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The event's type on the wire, for example `user_add_org`. The file is named after it.
    pub event: Option<String>,
    /// A callback has a topic instead of a type, for example `/v1.0/im/bot/messages/get`.
    pub topic: Option<String>,
    /// The module's name in Rust, if the one made from `event` will not do. A callback needs it, and its file has this
    /// name.
    pub rust_name: Option<String>,
    /// The event's name in Chinese, as in the heading of its documentation page.
    pub title: Option<String>,
    /// One line on what happened. In our own words.
    pub summary: String,
    /// More on it: when it is sent, what must be done before. In our own words.
    pub doc: Option<String>,
    /// An open question, because the sources disagree or are silent. `check` fails until a person
    /// answers it.
    pub undecided: Option<String>,
    /// The address of the documentation page.
    pub source: Option<String>,
    /// Which kinds of application may subscribe to it.
    #[serde(default)]
    pub app_types: Vec<AppType>,
    /// The permission that the application needs.
    pub permission: Option<String>,
    /// The ways it is delivered.
    #[serde(default)]
    pub delivery: Vec<Delivery>,
    /// The fields of its payload, without those that all events have: type, organization, ID and time.
    ///
    /// Names are compared without case and `_`, because deliveries spell them differently.
    #[serde(default)]
    pub data: Fields,
    /// The fields of the answer to a callback.
    #[serde(default, deserialize_with = "super::ordered::some")]
    #[cfg_attr(test, schemars(with = "Fields"))]
    pub response: Option<Fields>,
    /// An example of the payload.
    #[serde(default, deserialize_with = "super::json::value")]
    pub example: Option<serde_json::Value>,
}

/// A way in which an event is delivered.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Over the Stream connection.
    Stream,
    /// By an HTTP request to the application.
    Http,
    /// By an HTTP request that carries the data of several events, to third-party applications.
    SyncHttp,
}

impl Delivery {
    /// The delivery as a spec file names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stream => "stream",
            Self::Http => "http",
            Self::SyncHttp => "sync_http",
        }
    }

    /// The delivery in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Stream => "Stream",
            Self::Http => "HTTP",
            Self::SyncHttp => "SyncHTTP",
        }
    }
}

impl Event {
    /// What identifies it on the wire: its type, or a callback's topic. `check` reports an event without either, or with
    /// both.
    pub fn wire(&self) -> &str {
        let given = self.event.as_deref().or(self.topic.as_deref());
        given.unwrap_or_default()
    }

    /// The key that has what identifies it.
    pub fn key(&self) -> &'static str {
        if self.event.is_none() && self.topic.is_some() {
            "topic"
        } else {
            "event"
        }
    }
}

/// `spec/events/<group>/_group.yaml`: what the group's events are about. May be absent.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventGroupFile {
    /// The group's name in Chinese, as the documentation has it.
    pub title: Option<String>,
    /// A few words on what its events are about.
    pub summary: Option<String>,
}

/// A group of events: a folder in `spec/events/`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventGroup {
    /// `_group.yaml`.
    pub file: EventGroupFile,
    /// The events by file name (without `.yaml`), in that order.
    pub events: std::collections::BTreeMap<String, Event>,
}
