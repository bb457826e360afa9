//! The JSON Schemas of the three kinds of files.
//!
//! Editors use them for completion and checks, and `validate` to report errors. A test derives them from the model and
//! compares; they are checked in, so that users of the generator need not derive them.

#[cfg(test)]
mod tests;

/// A kind of spec file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum File {
    /// An operation.
    Operation,
    /// `_service.yaml`
    Service,
    /// `platform.yaml`
    Platform,
}

impl File {
    /// All kinds, with the names of their schemas in `spec/`.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Operation, "schema.json"),
        (Self::Service, "service.schema.json"),
        (Self::Platform, "platform.schema.json"),
    ];

    /// The schema's text.
    pub fn schema(self) -> &'static str {
        match self {
            Self::Operation => include_str!("../schema/schema.json"),
            Self::Service => include_str!("../schema/service.schema.json"),
            Self::Platform => include_str!("../schema/platform.schema.json"),
        }
    }

    /// What a file of this kind describes.
    pub(crate) fn describes(self) -> &'static str {
        match self {
            Self::Operation => "an operation",
            Self::Service => "a service",
            Self::Platform => "the platform",
        }
    }
}
