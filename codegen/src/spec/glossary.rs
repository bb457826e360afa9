use serde::Deserialize;

use super::{ErrorClass, Ordered};

/// `spec/glossary.yaml`: what fields and error codes mean wherever they come up. Optional.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Fields by name. Each field of that name and type without a `doc` gets the text.
    #[serde(default)]
    pub fields: Ordered<String, Terms>,
    /// Error codes. A row without a `doc` or `class` gets it from here.
    #[serde(default)]
    pub errors: Ordered<String, ErrorTerm>,
}

/// What a name means: one entry, or a list with an entry for each type.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Terms {
    /// For fields of one type.
    One(Term),
    /// For fields of several types, an entry each.
    Several(Vec<Term>),
}

/// What fields of one name and type mean. Exactly one of `type` and `list` says the type.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The fields' type; `object` is any object. An enum counts as a string or an integer.
    #[serde(rename = "type")]
    pub type_name: Option<TermType>,
    /// The type of the elements, if the fields are lists.
    pub list: Option<TermType>,
    /// What the fields are: units, limits, where the value comes from. In our own words.
    pub doc: String,
}

/// The types that the glossary distinguishes.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum TermType {
    String,
    Integer,
    Number,
    Boolean,
    Json,
    Object,
    Map,
}

/// What an error code means.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorTerm {
    /// What the error means for a client, if that is clear.
    pub class: Option<ErrorClass>,
    /// What the error means and what to do. In our own words.
    pub doc: Option<String>,
}

impl Terms {
    /// The entries.
    pub fn entries(&self) -> &[Term] {
        match self {
            Self::One(term) => std::slice::from_ref(term),
            Self::Several(terms) => terms,
        }
    }
}
