//! An error in a spec: where it is, what it is, and how to correct it.

use std::fmt::Write as _;

/// A step from the top of a file to a place in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an element of a list, counted from 0.
    Index(usize),
}

/// A stretch of text. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Span {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Span {
    /// One character.
    pub fn point(line: usize, column: usize) -> Self {
        Self {
            line,
            column,
            end_line: line,
            end_column: column + 1,
        }
    }
}

/// A place within a file.
///
/// Checks work on the model, which has no positions. They name a place by the keys that lead to it; its position in the
/// text is looked up when a report is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The whole file, or a file or folder that should not exist.
    File,
    /// The last key of a path.
    Key(Vec<Step>),
    /// The value that a path leads to.
    Value(Vec<Step>),
    /// A piece of the value that a path leads to.
    Piece(Vec<Step>, String),
    /// A known position.
    Span(Span),
}

/// A place in a spec.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, from the spec's folder on, with `/` between.
    pub file: String,
    /// Where in the file.
    pub at: At,
}

/// An error in a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where it is.
    pub place: Place,
    /// What it is, in one line.
    pub message: String,
    /// How to correct it.
    pub help: Option<String>,
    /// Related places, each with a few words.
    pub also: Vec<(Place, String)>,
}

/// Text may contain names and values of a spec as they are; what is kept is safe to print.
impl Diagnostic {
    /// An error without help.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            message: visible(&message.into()),
            help: None,
            also: Vec::new(),
        }
    }

    /// Says how to correct it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(visible(&help.into()));
        self
    }

    /// Adds a related place.
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, visible(&label.into())));
        self
    }
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            at: At::File,
        }
    }

    /// A known position.
    pub fn span(file: impl Into<String>, span: Span) -> Self {
        Self {
            file: file.into(),
            at: At::Span(span),
        }
    }
}

/// A path as `a.b[0]`.
pub fn dotted(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        // Nothing fails that writes to a string.
        let _ = match step {
            Step::Key(key) if out.is_empty() => write!(out, "{key}"),
            Step::Key(key) => write!(out, ".{key}"),
            Step::Index(index) => write!(out, "[{index}]"),
        };
    }
    out
}

/// The lines of a text, as YAML counts them: a lone carriage return ends one too.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// The most characters of a text that a message shows.
pub const LONGEST: usize = 60;

/// Text from a spec, quoted for a message: in backticks, on one line, shortened.
pub fn quoted(text: &str) -> String {
    let start: String = text.chars().take(LONGEST).collect();
    let more = if start.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", visible(&start))
}

/// Text on one line, with escapes for what must not reach a terminal.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_invisible(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and those that change the direction of text: neither may reach a terminal.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Words as a list: "`a`, `b` or `c`".
pub fn alternatives<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(quoted).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
