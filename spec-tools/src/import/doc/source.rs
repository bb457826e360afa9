use std::fmt;
use std::sync::Arc;

use super::finding::Finding;
use crate::diagnostic::{self, Span};

/// A page's text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The page's name in reports, such as the file's path.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
}

/// A page that is not text.
#[derive(Debug)]
pub struct Unreadable {
    source: Source,
    finding: Finding,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.finding.shown(&self.source).fmt(f)
    }
}

impl std::error::Error for Unreadable {}

impl Source {
    /// A page. Its bytes must be UTF-8.
    ///
    /// # Errors
    /// If they are not, with the place.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, Box<Unreadable>> {
        // Editors on Windows begin a file with a mark that is no part of the text.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let name = name.to_owned();
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                // Visible damage, in place of characters that no spec may hold; places stay as they are.
                let text = text.replace(is_refused, "\u{fffd}").into();
                return Ok(Self { name, text });
            }
            Err(error) => error,
        };
        let (good, rest) = bytes
            .split_at_checked(error.valid_up_to())
            .unwrap_or_default();
        let good = String::from_utf8_lossy(good);
        let line = diagnostic::lines(&good).count();
        let column = diagnostic::lines(&good).last().unwrap_or_default();
        let column = column.chars().count() + 1;
        let byte = rest.first().copied().unwrap_or_default();
        Err(Box::new(Unreadable {
            source: Self {
                name,
                text: String::from_utf8_lossy(bytes).into(),
            },
            finding: Finding::refused(
                Some(At::new(line, column)),
                format!("this is not UTF-8: the byte 0x{byte:02x}"),
                "save the page as UTF-8",
            ),
        }))
    }

    /// The lines, as positions count them.
    pub(super) fn lines(&self) -> Vec<&str> {
        diagnostic::lines(&self.text).collect()
    }
}

/// Whether a spec may not hold a character of a page.
fn is_refused(c: char) -> bool {
    diagnostic::is_invisible(c) && !matches!(c, '\n' | '\r' | '\t' | '\u{200c}' | '\u{200d}')
}

/// A position in a page: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct At {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl At {
    pub(super) fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }

    /// The beginning of a line.
    pub(super) fn line(line: usize) -> Self {
        Self { line, column: 1 }
    }

    pub(super) fn span(self) -> Span {
        Span::point(self.line, self.column)
    }
}
