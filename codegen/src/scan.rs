//! What is found in a text before a parser reads it, since parsers tell of it late, elsewhere or never.

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

/// About how deep the mappings and lists of a text are nested. Seldom less than they are, and often more: who must
/// know asks a parser.
pub(crate) fn depth(text: &str) -> usize {
    let mut deepest = 0;
    let mut brackets = 0_usize;
    let mut quote = None;
    for line in text.lines() {
        // A column may begin a list and a mapping.
        let block = 2 * (line.len() - line.trim_start_matches([' ', '-', '?']).len());
        deepest = deepest.max(brackets + block);
        // A word begins behind one of these; brackets and quotes inside of a word are part of it.
        let mut before = b' ';
        let mut bytes = line.bytes();
        while let Some(byte) = bytes.next() {
            match quote {
                Some(b'"') if byte == b'\\' => drop(bytes.next()),
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None => match byte {
                    b'#' if before == b' ' => break,
                    b'"' | b'\'' if begins_word(before) => quote = Some(byte),
                    b'[' | b'{' if begins_word(before) => brackets += 1,
                    b']' | b'}' => brackets = brackets.saturating_sub(1),
                    _ => {}
                },
            }
            deepest = deepest.max(brackets + block);
            before = byte;
        }
    }
    deepest
}

fn begins_word(before: u8) -> bool {
    matches!(
        before,
        b' ' | b'\t' | b'[' | b'{' | b',' | b':' | b'-' | b'?'
    )
}
