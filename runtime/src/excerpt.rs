//! Short, printable parts of what a server sent.

/// How many bytes of a body an error keeps as text.
const LONGEST: usize = 512;

/// How much of a body is looked at to make an excerpt. More than is kept, because masking a secret
/// that the cut went through would not find it.
pub(crate) const LOOKED_AT: usize = 4 * LONGEST;

/// The beginning of a body as text: bytes that are no UTF-8 are replaced.
pub(crate) fn beginning(body: &[u8]) -> String {
    String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned()
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
}
