//! A group of events: one module per event, and the enum of all events.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::model::{self, Role};
use super::operation::{inner, type_def};
use super::types::{Module, ident};
use super::{EventGroupEntry, docs};
use crate::resolve::{Event, EventGroup};
use crate::spec;

/// The topics for which a Stream connection has handlers: messages to robots, and actions on cards.
pub(super) const STREAM_TOPICS: [&str; 2] =
    ["/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"];

/// `mod.rs` of a group.
pub(super) fn group(group: &EventGroup<'_>) -> TokenStream {
    let about = group.summary.map(docs::sentence).unwrap_or_default();
    let title = docs::title(group.title);
    let doc = inner(&docs::comment([
        format!("Events of the group `{}`. {about}", group.name),
        title.clone(),
    ]));
    let modules: Vec<_> = group
        .events
        .iter()
        .map(|event| ident(&event.module))
        .collect();
    let structs = group.events.iter().map(|event| {
        let names: Vec<_> = event.main_types().map(|def| ident(&def.name)).collect();
        quote!({#(#names),*})
    });
    let events: Vec<_> = group
        .events
        .iter()
        .filter(|event| event.spec.event.is_some())
        .collect();
    let all = (!events.is_empty()).then(|| enumeration(group, &events));
    quote! {
        #doc
        use ::dingtalk_runtime::generated as rt;

        #(pub mod #modules;)*
        #(pub use #modules::#structs;)*

        #all
    }
}

/// The enum of a group's events.
fn enumeration(group: &EventGroup<'_>, events: &[&Event<'_>]) -> TokenStream {
    let name = ident(&group.enum_name);
    let about = group.summary.map(docs::sentence).unwrap_or_default();
    let doc = docs::comment([format!("An event of the group `{}`. {about}", group.name)]);
    let docs = events.iter().map(|event| {
        docs::comment([
            docs::sentence(&event.spec.summary),
            docs::title(event.spec.title.as_deref()),
        ])
    });
    let variants: Vec<_> = events.iter().map(|event| ident(&event.data.name)).collect();
    let wires = events.iter().map(|event| event.spec.wire());
    let places = (0..events.len()).map(Literal::usize_unsuffixed);
    quote! {
        #doc
        #[non_exhaustive]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name {
            #(#docs #variants(Box<rt::Received<#variants>>),)*
            /// An event of a type that is not listed here, as it came.
            Unknown(rt::RawEvent),
        }

        #[doc(hidden)]
        impl rt::EventEnum for #name {
            #[inline]
            fn of(raw: rt::RawEvent) -> Result<Self, rt::RawEvent> {
                match rt::place(&raw, Self::event_types()) {
                    #(Some(#places) => Ok(Self::#variants(rt::received(raw))),)*
                    _ => Err(raw),
                }
            }

            #[inline]
            fn parts(&self) -> rt::EventParts<'_> {
                match self {
                    #(Self::#variants(event) => event.parts(),)*
                    Self::Unknown(raw) => raw.parts(),
                }
            }

            #[inline]
            fn unknown(raw: rt::RawEvent) -> Self {
                Self::Unknown(raw)
            }
        }

        impl #name {
            /// The types of the group's events on the wire.
            #[inline]
            pub const fn event_types() -> &'static [&'static str] {
                &[#(#wires),*]
            }
        }

        rt::event_enum!(#name);
    }
}

/// The file of an event.
pub(super) fn event(event: &Event<'_>) -> TokenStream {
    let spec = event.spec;
    let doc = inner(&docs::comment([
        format!("`{}`: {}", spec.wire(), docs::sentence(&spec.summary)),
        docs::title(spec.title.as_deref()),
    ]));
    let about = describe(spec).join("\n\n");
    let alias = docs::alias(spec.title.as_deref());
    let data = model::generate(&event.data, Module::Operation, Role::Event(&about));
    let response = event
        .response
        .as_ref()
        .map(|def| model::generate(def, Module::Operation, Role::Answer(spec.wire())));
    let callback = spec.topic.as_deref().map(|topic| {
        let name = ident(&event.data.name);
        let answer = event.response.as_ref().map_or(quote!(()), |def| {
            let name = ident(&def.name);
            quote!(#name)
        });
        quote! {
            impl rt::Callback for #name {
                const TOPIC: &'static str = #topic;
                type Response = #answer;
            }
        }
    });
    let types = event
        .types
        .iter()
        .map(|def| type_def(def, Module::Operation, spec.wire()));
    quote! {
        #doc
        use ::dingtalk_runtime::generated as rt;

        #alias
        #data
        #response
        #callback
        #(#types)*
    }
}

fn describe(spec: &spec::Event) -> Vec<String> {
    let mut paragraphs = vec![
        docs::sentence(&spec.summary),
        docs::title(spec.title.as_deref()),
    ];
    paragraphs.extend(spec.doc.as_deref().map(docs::sentence));
    let kind = if spec.topic.is_some() {
        "Topic"
    } else {
        "Type"
    };
    let mut facts = vec![format!("- {kind} on the wire: `{}`", spec.wire())];
    if let Some(permission) = &spec.permission {
        facts.push(format!("- Permission: `{permission}`"));
    }
    if !spec.app_types.is_empty() {
        let kinds: Vec<_> = spec.app_types.iter().map(|kind| kind.words()).collect();
        facts.push(format!("- Applications: {}", kinds.join(", ")));
    }
    if !spec.delivery.is_empty() {
        let ways: Vec<_> = spec.delivery.iter().map(|way| way.words()).collect();
        facts.push(format!("- Delivered by: {}", ways.join(", ")));
    }
    if let Some(source) = &spec.source {
        facts.push(format!("- Documentation: <{source}>"));
    }
    paragraphs.push(facts.join("\n"));
    paragraphs
}

/// `events.rs`: the enum of all groups that are compiled in.
pub(super) fn all(all: &[EventGroupEntry]) -> TokenStream {
    let groups: Vec<_> = all.iter().filter(|group| group.events > 0).collect();
    let features: Vec<_> = groups.iter().map(|group| &group.module).collect();
    let modules: Vec<_> = features.iter().map(|name| ident(name)).collect();
    let enums: Vec<_> = groups.iter().map(|group| ident(&group.enum_name)).collect();
    let variants: Vec<_> = groups.iter().map(|group| ident(group.variant())).collect();
    let about = groups.iter().map(|group| {
        docs::comment([
            group
                .summary
                .as_deref()
                .map(docs::sentence)
                .unwrap_or_default(),
            docs::title(group.title.as_deref()),
        ])
    });
    let stream = stream(all);
    let doc = inner(&docs::comment(["The events of all groups."]));
    quote! {
        #doc
        use ::dingtalk_runtime::generated as rt;

        /// An event of any group whose feature is on.
        ///
        /// Converting a [`RawEvent`](crate::RawEvent) never fails: an event of another group, or of a type that is not
        /// documented, is `Unknown`, and a value that does not have its documented type is left out and listed by
        /// `misfits`.
        #[non_exhaustive]
        #[derive(Debug, Clone, PartialEq)]
        pub enum Event {
            #(
                #about
                #[cfg(feature = #features)]
                #[cfg_attr(docsrs, doc(cfg(feature = #features)))]
                #variants(crate::#modules::#enums),
            )*
            /// An event of a type that is not known here, as it came.
            Unknown(rt::RawEvent),
        }

        #[doc(hidden)]
        impl rt::EventEnum for Event {
            #[inline]
            fn of(raw: rt::RawEvent) -> Result<Self, rt::RawEvent> {
                #(
                    #[cfg(feature = #features)]
                    let raw = match rt::EventEnum::of(raw) {
                        Ok(event) => return Ok(Self::#variants(event)),
                        Err(raw) => raw,
                    };
                )*
                Err(raw)
            }

            #[inline]
            fn parts(&self) -> rt::EventParts<'_> {
                match self {
                    #(
                        #[cfg(feature = #features)]
                        Self::#variants(event) => event.parts(),
                    )*
                    Self::Unknown(raw) => raw.parts(),
                }
            }

            #[inline]
            fn unknown(raw: rt::RawEvent) -> Self {
                Self::Unknown(raw)
            }
        }

        rt::event_enum!(Event);

        #stream
    }
}

/// The group with the callbacks that every Stream connection can hand to a handler, if the spec has them.
pub(super) fn stream_group(groups: &[EventGroupEntry]) -> Option<&EventGroupEntry> {
    groups.iter().find(|group| group.is_for_stream())
}

/// What opens a Stream connection, and the types that it needs.
fn stream(groups: &[EventGroupEntry]) -> Option<TokenStream> {
    stream_group(groups).map(|group| {
        let [message, action] = STREAM_TOPICS.map(|topic| ident(&group.callbacks[topic]));
        let (feature, module) = (&group.module, ident(&group.module));
        quote! {
            /// The types that a Stream connection hands to its handlers.
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            #[derive(Debug, Clone, Copy)]
            pub enum StreamTypes {}

            #[cfg(feature = #feature)]
            impl rt::StreamPlatform for StreamTypes {
                type Event = Event;
                type BotMessage = rt::Received<crate::#module::#message>;
                type CardAction = rt::Received<crate::#module::#action>;
            }

            #[cfg(feature = "stream")]
            impl crate::Client {
                /// A Stream connection: events, messages to robots and actions on cards, without a server of your own.
                ///
                /// ```no_run
                /// # async fn example(client: dingtalk_api::Client) -> Result<(), dingtalk_api::StreamError> {
                /// let stream = client
                ///     .stream()
                ///     .on_event(async |event| println!("{:?}", event.event_type()))
                ///     .on_bot_message(async |message| println!("{:?}", message.data.sender_nick));
                /// stream.run().await
                /// # }
                /// ```
                #[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
                #[inline]
                pub fn stream(&self) -> ::dingtalk_runtime::StreamBuilder<StreamTypes> {
                    self.as_ref().stream()
                }
            }
        }
    })
}
