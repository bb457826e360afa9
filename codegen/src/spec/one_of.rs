use serde::Deserialize;

use super::{Encoding, Fields, Ordered};

/// An object of several kinds: a field, its tag, says which kind it is and so what its content is.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneOf {
    /// The name of the field that says which kind it is.
    pub tag: String,
    /// The name of the field that has the content. Without it, the content is in the field that has the tag's value as
    /// its name.
    pub content: Option<String>,
    /// `json_string` if the content is a string that holds JSON.
    pub encoding: Option<Encoding>,
    /// The kinds, by the tag's value.
    pub kinds: Ordered<String, Kind>,
}

/// A kind of a one-of.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// What it is, in a few words.
    pub doc: Option<String>,
    /// The fields of its content.
    pub object: Fields,
    /// The name of its type and variant in Rust, if the one made from the tag's value is poor.
    pub rust_name: Option<String>,
}

impl OneOf {
    /// The name of the field that has the content of a kind.
    pub fn content_of<'a>(&'a self, kind: &'a str) -> &'a str {
        self.content.as_deref().unwrap_or(kind)
    }

    /// The names of all fields that it can have: the tag, and those that have contents.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let contents = self.kinds.iter().map(|(kind, _)| self.content_of(kind));
        // All kinds may have one.
        let contents = contents.take(self.content.as_ref().map_or(usize::MAX, |_| 1));
        std::iter::once(self.tag.as_str()).chain(contents)
    }

    /// Whether the content is a string that holds JSON.
    pub fn is_json_string(&self) -> bool {
        self.encoding == Some(Encoding::JsonString)
    }
}
