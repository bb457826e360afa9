//! Where a parameter goes.

use super::inline::label;

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Headers,
    Path,
    Query,
    Body,
}

impl To {
    /// By a word in a table.
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = label(word);
        let word = word.trim_end_matches("参数").trim_end();
        match word.trim_end_matches("parameter").trim_end() {
            "header" | "headers" | "请求头" | "头" => Some(Self::Headers),
            "path" | "路径" | "url路径" => Some(Self::Path),
            "query" | "查询" | "query string" | "querystring" | "url" => Some(Self::Query),
            "body" | "请求体" | "体" | "json" | "request body" => Some(Self::Body),
            _ => None,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Headers => "headers",
            Self::Path => "path",
            Self::Query => "query",
            Self::Body => "body",
        }
    }
}
