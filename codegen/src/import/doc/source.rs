use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place, Span};

/// A page's text by its lines.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the page is called in reports: the file's path, say.
    pub name: String,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A page. Its bytes must be UTF-8.
    ///
    /// # Errors
    /// If they are not.
    pub fn new(name: &str, bytes: &[u8]) -> Result<Self, Box<Diagnostic>> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self {
                name: name.to_owned(),
                text: text.into(),
            }),
            Err(error) => {
                let (good, rest) = bytes
                    .split_at_checked(error.valid_up_to())
                    .unwrap_or_default();
                let good = String::from_utf8_lossy(good);
                let line = good.matches('\n').count() + 1;
                let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let byte = rest.first().copied().unwrap_or_default();
                let place = Place::span(name, Span::point(line, column));
                let message = format!("this is not UTF-8: the byte 0x{byte:02x}");
                Err(Box::new(
                    Diagnostic::new(place, message).help("save the page as UTF-8"),
                ))
            }
        }
    }

    /// The lines, as positions count them.
    pub(super) fn lines(&self) -> Vec<&str> {
        self.text
            .split('\n')
            .map(|line| line.strip_suffix('\r').unwrap_or(line))
            .collect()
    }
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
