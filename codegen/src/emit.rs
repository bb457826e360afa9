//! From resolved services to Rust: one concept, one file, one `generate`.

mod catalogue;
mod client;
pub mod docs;
mod enumeration;
mod error;
mod event;
mod example;
mod grants;
mod library;
mod manifest;
mod model;
mod one_of;
mod operation;
mod own;
mod paging;
mod platform;
mod service;
mod types;

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;

use crate::resolve::{EventGroup, Service};
use crate::spec::Platform;

/// Where the modules of a service live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// In the crate `dingtalk-api`, a file each.
    Api,
    /// In a user's own crate, all in one file.
    Own,
}

/// The Rust of a service's folder, by file name.
pub fn service(service: &Service<'_>) -> BTreeMap<PathBuf, TokenStream> {
    let mut files = BTreeMap::new();
    files.insert(
        PathBuf::from("mod.rs"),
        service::generate(service, Home::Api),
    );
    if !service.types.is_empty() {
        files.insert(PathBuf::from("types.rs"), service::shared_types(service));
    }
    let errors = error::Errors::of(service);
    for operation in &service.operations {
        let name = format!("{}.rs", crate::names::file_stem(&operation.method));
        let items = operation::generate(service, operation, &errors);
        files.insert(PathBuf::from(name), items);
    }
    files
}

/// The Rust of a group's folder, by file name.
pub fn event_group(group: &EventGroup<'_>) -> BTreeMap<PathBuf, TokenStream> {
    let mut files = BTreeMap::from([(PathBuf::from("mod.rs"), event::group(group))]);
    files.extend(group.events.iter().map(|event| {
        let name = format!("{}.rs", crate::names::file_stem(&event.module));
        (PathBuf::from(name), event::event(event))
    }));
    files
}

/// What the common files need to know about a group of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventGroupEntry {
    /// Module and feature.
    pub module: String,
    /// The name of the enum of its events.
    pub enum_name: String,
    /// Its name in Chinese.
    pub title: Option<String>,
    /// What its events are about.
    pub summary: Option<String>,
    /// How many events it has.
    pub events: usize,
    /// The types of its callbacks by topic.
    pub callbacks: BTreeMap<String, String>,
}

impl EventGroupEntry {
    /// The name of its variant in the enum of all events.
    pub fn variant(&self) -> &str {
        self.enum_name
            .strip_suffix("Event")
            .unwrap_or(&self.enum_name)
    }

    /// Whether the feature `stream` turns the group on: it has the callbacks for which a Stream connection has handlers.
    pub fn is_for_stream(&self) -> bool {
        let mut topics = event::STREAM_TOPICS.iter();
        topics.all(|topic| self.callbacks.contains_key(*topic))
    }
}

/// What the common files need to know about a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceEntry {
    /// The folder's name: module and feature.
    pub name: String,
    /// The name of the handle's type.
    pub handle: String,
    /// Its name in Chinese.
    pub title: Option<String>,
    /// The API that it belongs to, if that is not the platform's first.
    pub api: Option<String>,
    /// What the service is about.
    pub summary: Option<String>,
    /// How many operations it has.
    pub operations: usize,
}

/// The common files next to the service folders, by path below `src`.
pub fn common(
    platform: &Platform,
    services: &[ServiceEntry],
    groups: &[EventGroupEntry],
    resolved: &BTreeMap<&str, Service<'_>>,
) -> BTreeMap<PathBuf, TokenStream> {
    BTreeMap::from([
        (PathBuf::from("events.rs"), event::all(groups)),
        (PathBuf::from("lib.rs"), library::generate(services, groups)),
        (PathBuf::from("client.rs"), client::generate(services)),
        (
            PathBuf::from("platform.rs"),
            platform::generate(platform, resolved),
        ),
    ])
}

pub use catalogue::{block as catalogue, events as event_catalogue};
pub use library::services_table;
pub use manifest::generate as manifest;
pub(crate) use own::generate as own;
