//! The JSON Schemas of the three kinds of files.
//!
//! Editors use them for completion and checks, and `structure` to find everything in a file that
//! does not fit. They are made from the model by the feature `schema` and kept beside the sources,
//! so that whoever uses the generator need not make them.

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

/// Makes a schema from the model.
#[cfg(feature = "schema")]
pub fn make(file: File) -> Result<String, serde_json::Error> {
    use crate::spec;
    use schemars::generate::SchemaSettings;
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = match file {
        File::Operation => generator.into_root_schema_for::<spec::Operation>(),
        File::Service => generator.into_root_schema_for::<spec::ServiceFile>(),
        File::Platform => generator.into_root_schema_for::<spec::Platform>(),
    };
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}
