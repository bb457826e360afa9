//! Which documented error a reply is, and what it means.

use crate::operation::{ErrorClass, ErrorRow, Operation, PlatformError};

/// The row of the operation's table that matches a reply best, and what fills each `%s`.
pub(super) fn matching_row<'a>(
    operation: &'static Operation,
    status: u16,
    code: &str,
    message: &'a str,
) -> Option<(&'static ErrorRow, Vec<&'a str>)> {
    let candidates = operation
        .errors
        .iter()
        .filter(|row| row.code == code)
        .map(|row| {
            let details = match_template(row.message, message);
            // Of two templates that match, the longer one.
            let said = details.as_ref().map(|_| row.message.len());
            ((row.status == status, said), row, details)
        });
    // With equal ranks, the first row: `max_by_key` alone would take the last.
    let (_, row, details) =
        candidates.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some((row, details.unwrap_or_default()))
}

/// What an error means: the row says it, or the API's table.
pub(super) fn class(
    common: &[PlatformError],
    row: Option<&ErrorRow>,
    status: u16,
    code: &str,
) -> Option<ErrorClass> {
    let known = || common.iter().filter(|error| error.code == code);
    row.and_then(|row| row.class)
        .or_else(|| {
            known()
                .find(|error| error.status.contains(&status))
                .map(|error| error.class)
        })
        // The statuses are those the code has been seen with, so another one does not change its meaning.
        .or_else(|| known().next().map(|error| error.class))
        .or(match status {
            429 => Some(ErrorClass::Throttled),
            502..=504 => Some(ErrorClass::Transient),
            _ => None,
        })
}

/// Matches a message against a template, and returns what fills each `%s`.
fn match_template<'a>(template: &str, message: &'a str) -> Option<Vec<&'a str>> {
    if template.is_empty() {
        return None;
    }
    let mut pieces = template.trim().split("%s");
    let mut rest = message.trim().strip_prefix(pieces.next()?.trim_start())?;
    let mut details = Vec::new();
    let mut last = None;
    for piece in pieces {
        // All but the last piece take the first place they fit; the last one must end the message.
        if let Some(piece) = last.replace(piece) {
            let (detail, after) = rest.split_once(piece)?;
            details.push(detail.trim());
            rest = after;
        }
    }
    match last {
        Some(piece) => details.push(rest.strip_suffix(piece)?.trim()),
        None if rest.is_empty() => {}
        None => return None,
    }
    Some(details)
}

#[cfg(test)]
mod tests {
    use super::match_template;

    #[test]
    fn templates_match_and_give_their_details() {
        for (template, message, expected) in [
            (
                "the meeting has ended",
                "the meeting has ended",
                Some(vec![]),
            ),
            ("the meeting has ended", "the meeting has ended now", None),
            ("error:%s", "error: no room", Some(vec!["no room"])),
            ("error:%s", "error:", Some(vec![""])),
            ("%s", "anything", Some(vec!["anything"])),
            (
                "%s is not in %s.",
                "a is not in b.c.",
                Some(vec!["a", "b.c"]),
            ),
            ("%s is not in %s.", "a is not in b", None),
            ("%s-%s-%s", "a-b-c-d", Some(vec!["a", "b", "c-d"])),
            ("%s%s", "ab", Some(vec!["", "ab"])),
            ("", "x", None),
            ("a%sa", "a", None),
        ] {
            assert_eq!(
                match_template(template, message),
                expected,
                "{template:?} {message:?}"
            );
        }
    }
}
