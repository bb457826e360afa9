//! Scalars: which texts YAML would misread, and how those are written.

use std::fmt::Write as _;

use crate::diagnostic::is_invisible;
use crate::spanned;

/// A scalar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalar {
    /// Its text.
    pub(crate) text: String,
    /// True if it has no quotes and is not text: a number, a truth value or nothing.
    pub(crate) bare: bool,
}

impl Scalar {
    /// A text, whatever it looks like.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bare: false,
        }
    }

    /// A number or a truth value.
    pub(crate) fn bare(value: impl std::fmt::Display) -> Self {
        Self {
            text: value.to_string(),
            bare: true,
        }
    }

    /// Nothing.
    pub(crate) fn null() -> Self {
        Self::bare("")
    }

    /// True if it is null.
    pub(crate) fn is_null(&self) -> bool {
        self.bare && spanned::plain(&self.text) == spanned::Scalar::Null
    }

    /// As it is written on one line; inside brackets more has to be quoted.
    pub(crate) fn inline(&self, flow: bool) -> String {
        if self.bare {
            return self.text.clone();
        }
        let text = &self.text;
        if !needs_quotes(text, flow) {
            text.clone()
        } else if text.contains(['"', '\\']) && !text.contains('\'') && !text.chars().any(escaped) {
            format!("'{text}'")
        } else {
            quoted(text)
        }
    }

    /// The lines of a block in which it is better written, with the sign that begins the block: a
    /// text of several lines, or one that has no room on a line of `width`.
    pub(crate) fn block(&self, room: usize, width: usize) -> Option<(&'static str, Vec<String>)> {
        let text = &self.text;
        let body = text.strip_suffix('\n').unwrap_or(text);
        let several = text.contains('\n');
        let foreign = |c: char| c != '\n' && escaped(c);
        if self.bare
            || body.is_empty()
            || body.ends_with('\n')
            || body.starts_with(['\n', ' '])
            || text.chars().any(foreign)
            || body.split('\n').any(|line| line.ends_with(' '))
        {
            return None;
        }
        let fits = |line: &str| line.chars().map(char_width).sum::<usize>() <= width;
        let lines = || body.split('\n');
        let foldable = lines().all(|line| !line.starts_with(' '));
        if several && (lines().all(fits) || !foldable) {
            let sign = if body.len() < text.len() { "|" } else { "|-" };
            return Some((sign, lines().map(str::to_owned).collect()));
        }
        if !several && self.inline(false).chars().map(char_width).sum::<usize>() <= room {
            return None;
        }
        let mut folded = Vec::new();
        for (index, line) in lines().enumerate() {
            // An empty line of the block is a line break of the text.
            if index > 0 && !line.is_empty() {
                folded.push(String::new());
            }
            if line.is_empty() {
                folded.push(String::new());
            } else {
                wrap(line, width, &mut folded);
            }
        }
        if !several && folded.len() < 2 {
            return None;
        }
        Some((if body.len() < text.len() { ">" } else { ">-" }, folded))
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    crate::excerpt::width(c)
}

/// Breaks a line at single spaces, since only those come back as they were.
fn wrap(line: &str, width: usize, out: &mut Vec<String>) {
    let mut current = String::new();
    let mut columns = 0;
    for word in words(line) {
        let needed = self::width(word);
        if !current.is_empty() && columns + 1 + needed > width {
            out.push(std::mem::take(&mut current));
            columns = 0;
        }
        if !current.is_empty() {
            current.push(' ');
            columns += 1;
        }
        current.push_str(word);
        columns += needed;
    }
    out.push(current);
}

/// The pieces between single spaces.
fn words(line: &str) -> Vec<&str> {
    let bytes = line.as_bytes();
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len().saturating_sub(1) {
        let single = bytes.get(at) == Some(&b' ')
            && bytes.get(at - 1) != Some(&b' ')
            && bytes.get(at + 1) != Some(&b' ');
        if single {
            words.extend(line.get(start..at));
            start = at + 1;
        }
    }
    words.extend(line.get(start..));
    words
}

/// True for a character that a file holds only as an escape.
fn escaped(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if escaped(c) => {
                // Nothing fails that writes to a string.
                let _ = match u32::from(c) {
                    code @ ..=0xff => write!(out, "\\x{code:02x}"),
                    code @ ..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text would be taken for something else if it stood without quotes.
fn needs_quotes(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return true;
    };
    let second = text.chars().nth(1);
    text.starts_with(' ')
        || text.ends_with([' ', ':'])
        || text.chars().any(escaped)
        || text.contains(": ")
        || text.contains(" #")
        // A parser in use takes it for an item of a list inside brackets.
        || text.ends_with(" -")
        || matches!(
            first,
            ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`'
        )
        || first == '?'
        || (matches!(first, '-' | ':') && second.is_none_or(|c| c == ' '))
        || text.starts_with("---")
        || text.starts_with("...")
        // Older parsers stumble over a colon or a question mark inside brackets.
        || (flow && text.contains([',', '[', ']', '{', '}', ':', '?']))
        || spanned::plain(text) != spanned::Scalar::Text
        || is_word_of_yaml(text)
        || looks_like_number(text)
        || looks_like_date(text)
}

/// Words that some parser takes for truth values or something special.
fn is_word_of_yaml(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    matches!(text, "<<" | "=") || words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Numbers as any version of YAML knows them: `1_000`, `010`, `1e3`, `.5`, `0x1f`, `1:30`.
fn looks_like_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits: String = unsigned.chars().filter(|c| *c != '_').collect();
    let radix = |prefixes: [&str; 2], radix| {
        let rest = prefixes
            .iter()
            .find_map(|prefix| digits.strip_prefix(*prefix));
        rest.is_some_and(|rest| rest.chars().all(|c| c.is_digit(radix)))
    };
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let clock = digits.contains(':')
        && digits
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    numeric && (digits.parse::<f64>().is_ok() || clock)
        || radix(["0x", "0X"], 16)
        || radix(["0o", "0O"], 8)
        || radix(["0b", "0B"], 2)
        || matches!(digits.to_ascii_lowercase().as_str(), ".inf" | ".nan")
}

/// `2024-01-31`, alone or with a time behind it.
fn looks_like_date(text: &str) -> bool {
    let date = text.split(['T', 't', ' ']).next().unwrap_or(text);
    let parts: Vec<&str> = date.split('-').collect();
    let number = |part: &&str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && number(year, 4) && number(month, 2) && number(day, 2))
}
