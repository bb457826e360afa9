//! Short, printable parts of what a server sent.

/// How many bytes of a body an error keeps as text.
const LONGEST: usize = 512;

/// How much of a body is looked at to make an excerpt. More than is kept, because masking a secret
/// that the cut went through would not find it.
pub(crate) const LOOKED_AT: usize = 4 * LONGEST;

/// The beginning of a body as text, with invalid UTF-8 replaced. Of a binary body, only its length.
pub(crate) fn beginning(body: &[u8]) -> String {
    let looked_at = body.get(..LOOKED_AT).unwrap_or(body);
    if looked_at.iter().any(|byte| is_binary(*byte)) {
        return format!("{} bytes that are not text", body.len());
    }
    String::from_utf8_lossy(looked_at).into_owned()
}

/// Whether no text of any encoding that JSON or a page comes in has the byte. Escape begins colors and some Asian
/// text.
fn is_binary(byte: u8) -> bool {
    const ESCAPE: u8 = 0x1b;
    byte.is_ascii_control() && !byte.is_ascii_whitespace() && byte != ESCAPE
}

/// Makes a text short enough to keep, on one line, cut between characters.
pub(crate) fn shorten(text: &str) -> String {
    let mut short = String::with_capacity(text.len().min(LONGEST));
    let mut space = false;
    for character in text.trim().chars() {
        if character.is_whitespace() || character.is_control() {
            space = true;
            continue;
        }
        if short.len() + character.len_utf8() > LONGEST {
            short.push('…');
            break;
        }
        if std::mem::take(&mut space) {
            short.push(' ');
        }
        short.push(character);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, beginning, shorten};

    #[test]
    fn a_text_is_cut_between_characters() {
        let short = shorten(&"é中".repeat(LONGEST));
        assert!(short.ends_with('…') && short.len() <= LONGEST + '…'.len_utf8());
    }

    #[test]
    fn lines_and_control_characters_become_spaces() {
        assert_eq!(shorten(" <html>\r\n\t<b>\u{0}x</b> "), "<html> <b> x</b>");
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        assert_eq!(beginning(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn a_body_that_is_no_text_is_not_shown() {
        assert_eq!(beginning(b"\x89PNG\r\n\x1a\n"), "8 bytes that are not text");
    }
}
