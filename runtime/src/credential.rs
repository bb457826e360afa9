//! What every credential must be, whichever way it is given: keys, secrets, tokens, tickets and codes.

use crate::build_error::BuildError;

pub(crate) const KEY: &str = "the application's key";
pub(crate) const SECRET: &str = "the application's secret";
pub(crate) const CORP_ID: &str = "the organization's id";

/// What is wrong with a credential, as words that follow its name. They never show the value.
pub(crate) fn fault(value: &str) -> Option<&'static str> {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        Some("is empty")
    } else if trimmed.len() < value.len() {
        Some("begins or ends with white space or a line break: trim it")
    } else if value.chars().any(char::is_control) {
        Some("contains a line break or another control character")
    } else if value.chars().any(is_invisible) {
        Some("contains an invisible character, as copied text often does: type it by hand")
    } else {
        None
    }
}

/// What is wrong with a credential that travels in a header.
pub(crate) fn token_fault(value: &str) -> Option<&'static str> {
    let foreign = || !value.is_ascii();
    fault(value).or_else(|| foreign().then_some("contains a character that is not ASCII"))
}

/// Refuses the first credential that has a fault. `argument` is the method that takes them; each has a name and a
/// value.
pub(crate) fn check<const N: usize>(
    argument: &'static str,
    credentials: [(&str, &str); N],
) -> Result<(), BuildError> {
    for (name, value) in credentials {
        if let Some(fault) = fault(value) {
            return Err(BuildError::new(argument, format!("{name} {fault}")));
        }
    }
    Ok(())
}

/// Byte order marks, characters without width, and marks of direction: pages and editors put them next to what is
/// copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
