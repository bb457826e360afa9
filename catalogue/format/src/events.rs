//! What the platform sends by itself.

use serde::{Deserialize, Serialize};

use crate::details::AppType;
use crate::types::{Field, TypeDef};

/// A group of events, as the list at the beginning of a file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventGroup<'a> {
    /// Its name, for example `events_contact`.
    pub name: &'a str,
    /// Its name in Chinese, if the spec says.
    pub title: Option<&'a str>,
    /// What its events are about, if the spec says.
    pub summary: Option<&'a str>,
    pub(crate) size: u32,
}

impl<'a> EventGroup<'a> {
    /// A group of a file that is to be [made](crate::write()), which sets the size of its block.
    pub fn new(name: &'a str, title: Option<&'a str>, summary: Option<&'a str>) -> Self {
        Self {
            name,
            title,
            summary,
            size: 0,
        }
    }
}

/// An event, or a callback: that has a topic of its own, and may have an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event<'a> {
    /// Its type on the wire, for example `user_add_org`, or a callback's topic.
    pub wire: &'a str,
    /// Whether it is a callback.
    pub is_callback: bool,
    /// The name of its module in Rust.
    pub rust_name: &'a str,
    /// The name in Rust of the type of its data.
    pub type_name: &'a str,
    /// Its name in Chinese, if the spec says.
    pub title: Option<&'a str>,
    /// What happened, in a line.
    pub summary: &'a str,
    /// More on it: when it is sent, what must be done before.
    pub doc: Option<&'a str>,
    /// The address of its documentation.
    pub source: Option<&'a str>,
    /// The kinds of applications that may subscribe to it; empty if not documented.
    pub app_types: Vec<AppType>,
    /// The permission that the application needs.
    pub permission: Option<&'a str>,
    /// The ways it is delivered; empty if not documented.
    pub delivery: Vec<Delivery>,
    /// The fields of its data.
    #[serde(borrow)]
    pub data: Vec<Field<'a>>,
    /// The answer to a callback: its name in Rust, and its fields.
    #[serde(borrow)]
    pub response: Option<(&'a str, Vec<Field<'a>>)>,
    /// The types inside both, to which [`Base::Own`](crate::Base::Own) refers.
    #[serde(borrow)]
    pub types: Vec<TypeDef<'a>>,
    /// An example of its data, as JSON text.
    pub example: Option<&'a str>,
}

/// A way in which an event is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// Over the Stream connection.
    Stream,
    /// By an HTTP request to the application.
    Http,
    /// By an HTTP request that carries the data of several events, to third-party applications.
    SyncHttp,
}

impl Delivery {
    /// The delivery in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stream => "Stream",
            Self::Http => "HTTP",
            Self::SyncHttp => "SyncHTTP",
        }
    }
}
