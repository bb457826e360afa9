//! The block of a group of events.

use std::collections::BTreeMap;

use dingtalk_catalogue_format as format;
use serde_json::Value as Json;

use super::{Names, app_type, indexes};
use crate::names;
use crate::resolve::{Event, EventGroup};
use crate::spec::Delivery;

/// The block of a group of events.
///
/// # Errors
/// If it is too large for the format.
pub fn block(group: &EventGroup<'_>) -> Result<Vec<u8>, format::Error> {
    let examples: Vec<_> = group
        .events
        .iter()
        .map(|event| event.spec.example.as_ref().map(Json::to_string))
        .collect();
    let events: Vec<_> = group
        .events
        .iter()
        .zip(&examples)
        .map(|(event, example)| described(event, example.as_deref()))
        .collect();
    format::write_events(&events)
}

fn described<'a>(event: &'a Event<'_>, example: Option<&'a str>) -> format::Event<'a> {
    let spec = event.spec;
    let names = Names {
        own: indexes(&event.types),
        shared: BTreeMap::new(),
    };
    let response = event.response.as_ref();
    format::Event {
        wire: spec.wire(),
        is_callback: spec.topic.is_some(),
        rust_name: names::file_stem(&event.module),
        type_name: &event.data.name,
        title: spec.title.as_deref(),
        summary: &spec.summary,
        doc: spec.doc.as_deref(),
        source: spec.source.as_deref(),
        app_types: spec.app_types.iter().copied().map(app_type).collect(),
        permission: spec.permission.as_deref(),
        delivery: spec.delivery.iter().copied().map(delivery).collect(),
        data: names.fields(&event.data.fields),
        response: response.map(|def| (def.name.as_str(), names.fields(&def.fields))),
        types: event.types.iter().map(|def| names.def(def)).collect(),
        example,
    }
}

fn delivery(way: Delivery) -> format::Delivery {
    match way {
        Delivery::Stream => format::Delivery::Stream,
        Delivery::Http => format::Delivery::Http,
        Delivery::SyncHttp => format::Delivery::SyncHttp,
    }
}
