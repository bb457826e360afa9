use std::sync::Arc;

use super::Finding;
use super::finding::Kind;
use crate::diagnostic::{self, Span};

/// A page's text.
#[derive(Debug, Clone)]
pub struct Source {
    /// The page's name in reports, such as the file's path.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A page. Its bytes must be UTF-8.
    ///
    /// # Errors
    /// If they are not, with a report that shows the place.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, String> {
        // Editors on Windows begin a file with a mark that is not part of the text.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let name = name.to_owned();
        let Err(error) = std::str::from_utf8(bytes) else {
            // Visible damage, in place of characters that no spec may hold; places stay as they are.
            let text = String::from_utf8_lossy(bytes)
                .replace(is_refused, "\u{fffd}")
                .into();
            return Ok(Self { name, text });
        };
        let (good, rest) = bytes.split_at(error.valid_up_to());
        let good = String::from_utf8_lossy(good);
        let last = diagnostic::lines(&good).last().unwrap_or_default();
        let at = At::new(diagnostic::lines(&good).count(), last.chars().count() + 1);
        let message = format!("this is not UTF-8: the byte 0x{:02x}", rest[0]);
        let text = String::from_utf8_lossy(bytes).into();
        let finding = Finding::new(Kind::Refused, Some(at), message, "save the page as UTF-8");
        Err(finding.shown(&Self { name, text }).to_string())
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

impl Default for At {
    /// The beginning of the page.
    fn default() -> Self {
        Self::line(1)
    }
}

impl At {
    pub(super) fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }

    /// The beginning of a line.
    pub(super) fn line(line: usize) -> Self {
        Self { line, column: 1 }
    }

    /// The position of a line's first character.
    pub(super) fn begin(line: usize, text: &str) -> Self {
        let space = text.chars().take_while(|c| c.is_whitespace());
        Self::new(line, space.count() + 1)
    }

    /// The position behind a text that begins here.
    pub(super) fn behind(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            Some((before, last)) => {
                let lines = before.matches('\n').count() + 1;
                Self::new(self.line + lines, last.chars().count() + 1)
            }
            None => Self::new(self.line, self.column + text.chars().count()),
        }
    }

    pub(super) fn span(self) -> Span {
        Span::point(self.line, self.column)
    }
}
