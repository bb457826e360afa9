use serde::Deserialize;

use super::{EnumKey, EnumValue, Fields, OneOf, Operation, Ordered, ScalarOrNamed, Shape};

/// `spec/<service>/_service.yaml`: what the operations of a service share. May be absent.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// The service's name in Chinese, as the documentation has it.
    pub title: Option<String>,
    /// A few words on what the service is about.
    pub summary: Option<String>,
    /// The API that the operations belong to, if that is not the platform's first.
    pub api: Option<String>,
    /// Types that several operations use by name.
    #[serde(default)]
    pub types: Ordered<String, NamedType>,
}

/// A type that is used by name: an object, an enum, or a one-of.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedType {
    /// What it is. In our own words.
    pub doc: Option<String>,
    /// An object with the fields given here.
    #[serde(default, deserialize_with = "super::ordered::some")]
    #[cfg_attr(test, schemars(with = "Fields"))]
    pub object: Option<Fields>,
    /// An object of several kinds, one of whose fields says which kind it is.
    pub one_of: Option<Box<OneOf>>,
    /// `integer` for an enum of integers, or `string`.
    #[serde(rename = "type")]
    pub type_name: Option<ScalarOrNamed>,
    /// An enum with the values given here.
    #[serde(rename = "enum")]
    pub values: Option<Ordered<EnumKey, EnumValue>>,
    /// The type's name in Rust, where the one made from its name will not do.
    pub rust_type: Option<String>,
}

impl NamedType {
    /// What the name means; `None` if the type is nothing or several things, which `check` reports.
    pub fn shape(&self) -> Option<Shape<'_>> {
        if let Some(one_of) = &self.one_of {
            let alone = self.object.is_none() && self.values.is_none() && self.type_name.is_none();
            return alone.then_some(Shape::OneOf(one_of));
        }
        match (&self.object, &self.values, &self.type_name) {
            (Some(fields), None, None) => Some(Shape::Object(fields)),
            (None, Some(values), None | Some(ScalarOrNamed::String)) => {
                Some(Shape::Enum(values, false))
            }
            (None, Some(values), Some(ScalarOrNamed::Integer)) => Some(Shape::Enum(values, true)),
            _ => None,
        }
    }
}

/// A service: a folder in `spec/`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Service {
    /// `_service.yaml`.
    pub file: ServiceFile,
    /// The operations by file name (without `.yaml`), in that order.
    pub operations: std::collections::BTreeMap<String, Operation>,
}
