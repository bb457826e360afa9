//! From resolved services to Rust: one concept, one file, one `generate`.

mod catalogue;
mod client;
pub mod docs;
mod enumeration;
mod error;
mod example;
mod grants;
mod library;
mod manifest;
mod model;
mod operation;
mod own;
mod paging;
mod platform;
mod service;
mod types;

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;

use crate::resolve::Service;
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
    for operation in &service.operations {
        let name = format!("{}.rs", crate::names::file_stem(&operation.method));
        files.insert(PathBuf::from(name), operation::generate(service, operation));
    }
    files
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
    resolved: &BTreeMap<&str, Service<'_>>,
) -> BTreeMap<PathBuf, TokenStream> {
    BTreeMap::from([
        (PathBuf::from("lib.rs"), library::generate(services)),
        (PathBuf::from("client.rs"), client::generate(services)),
        (
            PathBuf::from("platform.rs"),
            platform::generate(platform, resolved),
        ),
    ])
}

pub use catalogue::block as catalogue;
pub use library::services_table;
pub use manifest::generate as manifest;
pub(crate) use own::generate as own;
