//! The JSON Schemas of the kinds of files.
//!
//! Editors use them for completion and checks, and `validate` to report errors. A test derives them from the model and
//! compares; they are checked in, so that users of the generator need not derive them.

#[cfg(test)]
mod tests;

use crate::sources::{EVENTS, GLOSSARY, GROUP, PLATFORM, SERVICE};

/// A kind of spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// An operation.
    Operation,
    /// `_service.yaml`
    Service,
    /// An event.
    Event,
    /// `_group.yaml`
    EventGroup,
    /// `platform.yaml`
    Platform,
    /// `glossary.yaml`
    Glossary,
}

impl File {
    /// All kinds, with the names of their schemas in `spec/`.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Operation, "schema.json"),
        (Self::Service, "service.schema.json"),
        (Self::Event, "event.schema.json"),
        (Self::EventGroup, "event_group.schema.json"),
        (Self::Platform, "platform.schema.json"),
        (Self::Glossary, "glossary.schema.json"),
    ];

    /// The kind of a file by its path.
    pub fn of(path: &str) -> Self {
        let mut parts = path.rsplit('/');
        match (parts.next(), parts.nth(1)) {
            (Some(PLATFORM), _) => Self::Platform,
            (Some(GLOSSARY), _) => Self::Glossary,
            (Some(SERVICE), _) => Self::Service,
            (Some(GROUP), _) => Self::EventGroup,
            (_, Some(EVENTS)) => Self::Event,
            _ => Self::Operation,
        }
    }

    /// The schema's text.
    pub fn schema(self) -> &'static str {
        match self {
            Self::Operation => include_str!("../schema/schema.json"),
            Self::Service => include_str!("../schema/service.schema.json"),
            Self::Event => include_str!("../schema/event.schema.json"),
            Self::EventGroup => include_str!("../schema/event_group.schema.json"),
            Self::Platform => include_str!("../schema/platform.schema.json"),
            Self::Glossary => include_str!("../schema/glossary.schema.json"),
        }
    }

    /// What a file of this kind describes.
    pub(crate) fn describes(self) -> &'static str {
        match self {
            Self::Operation => "an operation",
            Self::Service => "a service",
            Self::Event => "an event",
            Self::EventGroup => "a group of events",
            Self::Platform => "the platform",
            Self::Glossary => "a glossary",
        }
    }
}
