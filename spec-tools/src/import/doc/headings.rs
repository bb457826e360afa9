//! Which part of a page a heading begins.

use serde::Deserialize;

use super::label;
use super::words;

/// A part of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Section {
    Request,
    Basics,
    Permission,
    /// The request line, in the older layout with type words for values.
    Method,
    Headers,
    Path,
    Query,
    Body,
    /// Parameters whose heading does not say where they go.
    Parameters,
    Example,
    RequestExample,
    Response,
    ResponseHeaders,
    Reply,
    ReplyExample,
    Errors,
    /// An unknown heading.
    #[default]
    Other,
}

/// The part of a page that a heading begins. Words in brackets behind it say more, or the same again.
pub(super) fn section(heading: &str) -> Section {
    let label = label(heading);
    let whole = words::section(&label);
    let Some((outer, inner)) = whole.is_none().then(|| bracketed(&label)).flatten() else {
        return whole.unwrap_or(Section::Other);
    };
    match (words::section(outer), words::section(inner)) {
        (Some(Section::Parameters | Section::Request), Some(inner)) => inner,
        (outer, _) => outer.unwrap_or(Section::Other),
    }
}

/// `one (other)` as its parts.
fn bracketed(label: &str) -> Option<(&str, &str)> {
    [('（', '）'), ('(', ')')].iter().find_map(|(open, close)| {
        let (outer, inner) = label.strip_suffix(*close)?.split_once(*open)?;
        Some((outer.trim(), inner.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::{Section, section};

    #[test]
    fn words_in_brackets_say_more() {
        assert_eq!(section("### 请求体（application/json）"), Section::Body);
        assert_eq!(section("### 请求参数（Query）"), Section::Query);
        assert_eq!(section("### Parameters (path)"), Section::Path);
        assert_eq!(section("### 树（Body）"), Section::Other);
    }
}
