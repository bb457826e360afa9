//! Checks on the text before parsing, for what parsers report late, elsewhere or never.

use crate::diagnostic::{Diagnostic, Place, Span, is_invisible, lines};

/// How deep mappings and lists may be nested. Parsers need ever more time for what is nested deeper.
pub(crate) const DEPTH: usize = 64;

/// Whether a spec may not hold a character: control characters, and those that nobody sees but that change how the
/// text around them reads. Line breaks and tabs are fine, and so is what joins letters and emoji.
pub(crate) fn is_refused(c: char) -> bool {
    is_invisible(c) && !matches!(c, '\n' | '\t' | '\u{200c}' | '\u{200d}')
}

/// Reports each character of a text that a spec may not hold.
pub(crate) fn characters(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut mistakes = Vec::new();
    for (number, line) in (1..).zip(lines(text)) {
        for (column, c) in (1..).zip(line.chars()) {
            if is_refused(c) {
                mistakes.push(refused(file, Span::point(number, column), c));
            }
        }
    }
    mistakes
}

/// The report of a character that a spec may not hold.
pub(crate) fn refused(file: &str, span: Span, c: char) -> Diagnostic {
    let kind = if c.is_control() {
        "control"
    } else {
        "invisible"
    };
    let message = format!("the {kind} character U+{:04X} is not allowed", u32::from(c));
    Diagnostic::new(Place::span(file, span), message)
        .help("delete it; it may have come with a copied text, and editors may not show it")
}

/// What a text may contain that only a parser can know. The search is rough and rarely finds anything.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Characters other than printable ASCII, line breaks and tabs.
    pub(crate) unusual: bool,
    /// A word that starts like an anchor, an alias or a tag.
    pub(crate) references: bool,
    /// A number that may take more than 64 bits.
    pub(crate) long_number: bool,
    /// Roughly how deep mappings and lists nest. Rarely too small, often too large.
    pub(crate) depth: usize,
}

impl Survey {
    /// Reads a text once, byte by byte: it may be long, and the build of the reader not optimized.
    pub(crate) fn of(text: &str) -> Self {
        let mut survey = Self::default();
        let (mut brackets, mut digits) = (0_usize, 0_usize);
        // A column may begin a list and a mapping.
        let (mut block, mut indented, mut comment) = (0_usize, true, false);
        let mut quote = None;
        let mut escaped = false;
        // A word begins behind some bytes; brackets and quotes inside of a word are part of it.
        let mut before = b' ';
        for &byte in text.as_bytes() {
            if byte.is_ascii_hexdigit() {
                digits += 1;
                if digits >= LONG {
                    survey.long_number = true;
                }
            } else {
                digits = 0;
            }
            if byte == b'\n' {
                (block, indented, comment, before) = (0, true, false, b' ');
                escaped = false;
                continue;
            }
            if indented {
                if matches!(byte, b' ' | b'-' | b'?') {
                    block += 2;
                    survey.depth = survey.depth.max(brackets + block);
                } else {
                    indented = false;
                }
            }
            if !matches!(byte, b' '..=b'~' | b'\t') {
                survey.unusual = true;
            }
            if matches!(byte, b'&' | b'*' | b'!') && begins_word(before) {
                survey.references = true;
            }
            match quote {
                _ if comment => {}
                Some(b'"') if escaped => escaped = false,
                Some(b'"') if byte == b'\\' => escaped = true,
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None => match byte {
                    b'#' if before == b' ' => comment = true,
                    b'"' | b'\'' if begins_word(before) => quote = Some(byte),
                    b'[' | b'{' if begins_word(before) => {
                        brackets += 1;
                        survey.depth = survey.depth.max(brackets + block);
                    }
                    b']' | b'}' => brackets = brackets.saturating_sub(1),
                    _ => {}
                },
            }
            before = byte;
        }
        survey
    }
}

/// A number of fewer digits fits into 64 bits.
const LONG: usize = 19;

fn begins_word(before: u8) -> bool {
    matches!(
        before,
        b' ' | b'\t' | b'[' | b'{' | b',' | b':' | b'-' | b'?'
    )
}
