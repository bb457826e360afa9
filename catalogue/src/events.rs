//! What the platform sends by itself: groups of events.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use dingtalk_api::generated::describe_objects;
use dingtalk_api::operation::{AppType, FieldDescription};
use dingtalk_catalogue_format as format;
use dingtalk_catalogue_format::Error;
use serde::Serialize;

use crate::callable;

/// A group of events.
pub struct EventGroup {
    name: &'static str,
    title: &'static str,
    summary: &'static str,
    bytes: &'static [u8],
    events: OnceLock<Result<Vec<format::Event<'static>>, Error>>,
}

impl EventGroup {
    pub(crate) fn new((group, bytes): (format::EventGroup<'static>, &'static [u8])) -> Self {
        Self {
            name: group.name,
            title: group.title.unwrap_or_default(),
            summary: group.summary.unwrap_or_default(),
            bytes,
            events: OnceLock::new(),
        }
    }

    /// Its name, for example `events_contact`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its name in Chinese; empty if that is not documented.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// What its events are about; empty if that is not documented.
    pub fn summary(&self) -> &'static str {
        self.summary
    }

    /// Its events and callbacks.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn events(&self) -> Result<impl ExactSizeIterator<Item = Event<'_>>, Error> {
        let events = self.events.get_or_init(|| format::read_events(self.bytes));
        let events = events.as_ref().map_err(|error| *error)?.iter();
        Ok(events.map(|details| Event {
            group: self,
            details,
        }))
    }
}

/// The name alone.
impl fmt::Debug for EventGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An event, or a callback.
#[derive(Clone, Copy)]
pub struct Event<'c> {
    group: &'c EventGroup,
    details: &'c format::Event<'static>,
}

impl<'c> Event<'c> {
    /// Its group.
    pub fn group(&self) -> &'c EventGroup {
        self.group
    }

    /// Its type on the wire, for example `user_add_org`, or a callback's topic.
    pub fn wire(&self) -> &'static str {
        self.details.wire
    }

    /// Whether it is a callback, which has a topic of its own and may have an answer.
    pub fn is_callback(&self) -> bool {
        self.details.is_callback
    }

    /// The name of its module in Rust, for example `user_add_org`, or `bot_message` of a callback.
    pub fn rust_name(&self) -> &'static str {
        self.details.rust_name
    }

    /// Its name in Chinese, for example `通讯录用户增加`; empty if that is not documented.
    pub fn title(&self) -> &'static str {
        self.details.title.unwrap_or_default()
    }

    /// What happened, in a line.
    pub fn summary(&self) -> &'static str {
        self.details.summary
    }

    /// All that is known of it, as the file has it.
    pub fn details(&self) -> &'c format::Event<'static> {
        self.details
    }

    /// All that is known of it, for programs that show or store it.
    ///
    /// What it is made of is kept until the program ends.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn describe(&self) -> Result<EventDescription, Error> {
        let of = self.details;
        let (fields, types) = describe_objects(&callable::event(of)?);
        let mut fields = fields.into_iter();
        let example = of.example.map(str::parse).transpose();
        let kinds = of.app_types.iter().copied();
        Ok(EventDescription {
            group: self.group.name,
            event: (!of.is_callback).then_some(of.wire),
            topic: of.is_callback.then_some(of.wire),
            title: self.title(),
            summary: of.summary,
            doc: of.doc,
            source: of.source,
            app_types: kinds.map(callable::app_type).collect(),
            permission: of.permission,
            delivery: of.delivery.iter().map(|way| way.as_str()).collect(),
            rust_type: of.type_name,
            data: fields.next().unwrap_or_default(),
            response: fields.next(),
            types,
            example: example.map_err(|_| Error::DAMAGED)?,
        })
    }
}

/// Its type or topic.
impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.details.wire)
    }
}

/// Its type or topic.
impl fmt::Debug for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// All that is known about an event, in the words of the spec.
///
/// Each object is described once, under its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EventDescription {
    /// The group's name.
    pub group: &'static str,
    /// The event's type on the wire; `None` for a callback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<&'static str>,
    /// A callback's topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<&'static str>,
    /// Its name in Chinese; empty if that is not documented.
    pub title: &'static str,
    /// What happened, in a line.
    pub summary: &'static str,
    /// More on it: when it is sent, what must be done before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<&'static str>,
    /// The address of its documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    /// The kinds of applications that may subscribe to it; empty if not documented.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub app_types: Vec<AppType>,
    /// The permission that the application needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<&'static str>,
    /// The ways it is delivered: `Stream`, `HTTP`, `SyncHTTP`; empty if not documented.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub delivery: Vec<&'static str>,
    /// The name in Rust of the type of its data.
    pub rust_type: &'static str,
    /// The fields of its data.
    pub data: Vec<FieldDescription>,
    /// The fields of the answer to a callback.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Vec<FieldDescription>>,
    /// The fields of the objects inside both, by the objects' names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, Vec<FieldDescription>>,
    /// An example of its data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<dingtalk_api::model::Json>,
}
