use super::collector::Collector;
use super::usage::Users;
use super::{Origin, StructDef, TypeDef, Usage};
use crate::names;
use crate::spec;

/// A group of events, ready to be emitted.
#[derive(Debug)]
pub struct EventGroup<'a> {
    /// The folder's name.
    pub name: &'a str,
    /// The module and the feature.
    pub module: String,
    /// The name of the enum of its events.
    pub enum_name: String,
    /// Its name in Chinese.
    pub title: Option<&'a str>,
    /// What its events are about.
    pub summary: Option<&'a str>,
    /// The events in the order of their files.
    pub events: Vec<Event<'a>>,
}

/// An event, ready to be emitted.
#[derive(Debug)]
pub struct Event<'a> {
    /// What the spec says.
    pub spec: &'a spec::Event,
    /// The name of the module.
    pub module: String,
    /// Its payload. The variant has the same name.
    pub data: StructDef<'a>,
    /// The answer to a callback.
    pub response: Option<StructDef<'a>>,
    /// The types inside both.
    pub types: Vec<TypeDef<'a>>,
}

/// The module and feature of a group: `contact` gives `events_contact`.
pub fn group_module(group: &str) -> String {
    format!("events_{group}")
}

/// The enum of a group's events: `contact` gives `ContactEvent`.
pub fn group_enum(group: &str) -> String {
    format!("{}Event", group_variant(group))
}

/// The variant of a group in the enum of all groups: `contact` gives `Contact`.
pub fn group_variant(group: &str) -> String {
    names::operation_type(group)
}

impl<'a> EventGroup<'a> {
    /// Resolves a group, even an invalid one: `check` compares the names.
    pub fn new(name: &'a str, group: &'a spec::EventGroup) -> Self {
        let users = Users::default();
        Self {
            name,
            module: group_module(name),
            enum_name: group_enum(name),
            title: group.file.title.as_deref(),
            summary: group.file.summary.as_deref(),
            events: group
                .events
                .values()
                .map(|event| Event::new(event, Collector::in_event(&users)))
                .collect(),
        }
    }
}

impl<'a> Event<'a> {
    /// Its payload and, for a callback, its answer. The group's module has their names too.
    pub fn main_types(&self) -> impl Iterator<Item = &StructDef<'a>> {
        std::iter::once(&self.data).chain(&self.response)
    }

    fn new(event: &'a spec::Event, mut collector: Collector<'a, '_>) -> Self {
        let given = event.rust_name.clone();
        let module = given.unwrap_or_else(|| names::method(event.wire()));
        let name = names::type_name(names::file_stem(&module));
        let mut structure = |name, wire, fields, usage| {
            let origin = Origin::top().key(wire);
            StructDef {
                name,
                wire,
                fields: collector.fields(&origin, fields, usage),
                origin,
                doc: None,
                usage,
            }
        };
        let answer = format!("{name}Response");
        let data = structure(name, "data", &event.data, Usage::REPLY);
        let response = event.response.as_ref();
        let response = response.map(|fields| structure(answer, "response", fields, Usage::REQUEST));
        Self {
            spec: event,
            module,
            data,
            response,
            types: collector.types,
        }
    }
}
