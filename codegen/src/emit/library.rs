//! `lib.rs`: the crate's table of contents.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::types::ident;
use super::{EventGroupEntry, ServiceEntry, docs};

/// The file's items.
pub(super) fn generate(services: &[ServiceEntry], groups: &[EventGroupEntry]) -> TokenStream {
    let features: Vec<_> = services.iter().map(|service| &service.name).collect();
    let names: Vec<_> = features.iter().map(|name| ident(name)).collect();
    let summaries = services
        .iter()
        .map(|service| service.summary.as_deref().unwrap_or_default());
    let doc = super::operation::inner(&docs::comment([
        "DingTalk's open platform in Rust: a typed method for each HTTP operation.".to_owned(),
        "Each service is a feature; none is on by default. A [`Client`] has a method for each \
         service, a service one for each operation, and a call is sent with `.send().await`."
            .to_owned(),
        "Build a request with `new`, which takes the required fields, and a method for each other field. Replies have only \
         fields: a test builds one with `default()` and sets them."
            .to_owned(),
        "# Services".to_owned(),
        services_table(services),
        "# Events".to_owned(),
        "Each group of events is a feature too, and a module with a type for each event. `Event` is one of any group."
            .to_owned(),
        events_table(groups),
    ]));
    let group_features: Vec<_> = groups.iter().map(|group| &group.module).collect();
    let group_modules: Vec<_> = group_features.iter().map(|name| ident(name)).collect();
    quote! {
        #doc
        #![forbid(unsafe_code)]
        #![deny(missing_docs)]
        #![cfg_attr(docsrs, feature(doc_cfg))]
        // The rules for hand-written code ask for words and forms that a machine need not find.
        #![allow(clippy::all, clippy::pedantic, clippy::restriction)]
        // Each module has the same imports, whether or not its operation needs them all.
        #![allow(unused_imports)]

        mod client;
        mod events;
        #[doc(hidden)]
        pub mod platform;
        #(
            #[cfg(feature = #features)]
            #[cfg_attr(docsrs, doc(cfg(feature = #features)))]
            pub mod #names;
        )*

        #(
            #[cfg(feature = #group_features)]
            #[cfg_attr(docsrs, doc(cfg(feature = #group_features)))]
            pub mod #group_modules;
        )*

        pub use client::{Client, ClientBuilder};
        pub use events::*;
        #[doc(inline)]
        pub use ::dingtalk_runtime::*;

        /// The description of every operation, of all services, for the crate `dingtalk-catalogue` to open.
        #[cfg(feature = "catalogue")]
        #[doc(hidden)]
        pub static CATALOGUE: &[u8] = include_bytes!("catalogue.bin");

        /// The services of the platform. Those whose feature is off have no operations here.
        #[inline]
        pub const fn services() -> &'static [operation::Service] {
            const { &[#(
                operation::Service {
                    name: #features,
                    summary: #summaries,
                    #[cfg(feature = #features)]
                    operations: Some(#names::operations()),
                    #[cfg(not(feature = #features))]
                    operations: None,
                },
            )*] }
        }

        /// The operations of all services that are compiled in, as data.
        #[inline]
        pub fn operations() -> impl Iterator<Item = &'static operation::Operation> {
            let compiled = services().iter().filter_map(|service| service.operations);
            compiled.flatten().copied()
        }

        /// The operation of this name, for [`Client::call_json`].
        ///
        /// # Errors
        /// If there is none, or the feature of its service is off. The error suggests the nearest name.
        #[inline]
        pub fn find_operation(
            service: &str,
            action: &str,
        ) -> Result<&'static operation::Operation, operation::UnknownOperation> {
            ::dingtalk_runtime::generated::find(services(), service, action)
        }
    }
}

/// The services as a table in Markdown, for readers of English and of Chinese.
pub fn services_table(services: &[ServiceEntry]) -> String {
    let mut table = "| feature | operations | about | 说明 |\n|---|---|---|---|\n".to_owned();
    for service in services {
        let text = |text: &Option<String>| text.as_deref().map(docs::text).unwrap_or_default();
        let (about, title) = (text(&service.summary), text(&service.title));
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| `{}` | {} | {about} | {title} |",
            service.name, service.operations
        );
    }
    table
}

/// The groups of events as a table in Markdown.
fn events_table(groups: &[EventGroupEntry]) -> String {
    let mut table = "| feature | events | about | 说明 |\n|---|---|---|---|\n".to_owned();
    for group in groups {
        let text = |text: &Option<String>| text.as_deref().map(docs::text).unwrap_or_default();
        let (about, title) = (text(&group.summary), text(&group.title));
        let (name, count) = (&group.module, group.events + group.callbacks.len());
        // Writing to a String cannot fail.
        let _ = writeln!(table, "| `{name}` | {count} | {about} | {title} |");
    }
    table
}
