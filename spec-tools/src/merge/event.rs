//! Facts about an event, put into its file.

use std::sync::LazyLock;

use super::{Finding, Merger, key, locate_in};
use crate::document::{Document, Scalar, example};
use crate::spec::{AppType, Delivery, Event, NamedType, Ordered};

/// Events have no types by name.
static NO_TYPES: LazyLock<Ordered<String, NamedType>> = LazyLock::new(Ordered::default);

/// Puts facts about an event into its file.
pub fn event(document: &mut Document, facts: &Event) -> Vec<Finding> {
    let Some(reviewed) = document.model::<Event>() else {
        return Vec::new();
    };
    let mut merger = Merger::new(document, &NO_TYPES, &NO_TYPES);
    merger.event(&reviewed, facts);
    let mut findings = merger.findings;
    locate_in(&mut findings, document);
    findings
}

impl<'a> Merger<'a> {
    fn event(&mut self, own: &'a Event, facts: &'a Event) {
        self.text("event", own.event.as_deref(), facts.event.as_deref());
        if let (None, Some(title)) = (&own.title, &facts.title) {
            self.add(&[], "title", Scalar::text(title));
        }
        self.text("source", own.source.as_deref(), facts.source.as_deref());
        let ways = |event: &Event| -> Vec<_> {
            let ways = event.delivery.iter().copied();
            ways.map(Delivery::as_str).collect()
        };
        self.words("delivery", &ways(own), &ways(facts));
        let kinds = |event: &Event| -> Vec<_> {
            let kinds = event.app_types.iter().copied();
            kinds.map(AppType::as_str).collect()
        };
        self.words("app_types", &kinds(own), &kinds(facts));
        if !facts.data.is_empty() {
            self.begin("data");
        }
        self.fields(&[key("data")], &own.data, &facts.data, true);
        if let (None, Some(fact)) = (&own.example, &facts.example) {
            self.add(&[], "example", example::value(fact, &facts.data));
        }
    }
}
