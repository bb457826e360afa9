//! Error recovery: checks what is sound in an operation's file that does not match the schema.
//!
//! An error in one key must not hide an error in another until the next run. So the top-level keys with errors are
//! removed, the rest is read and checked, and only those findings are kept that the missing keys cannot have caused.

use std::collections::BTreeSet;

use crate::diagnostic::{At, Diagnostic, Step, lines};
use crate::similar::nearest;
use crate::spec::Operation;

/// Keys that every operation has, and their substitutes where they are removed.
const STAND_INS: [(&str, &str); 2] = [("summary", "summary: none"), ("method", "method: POST")];

/// Keys that are checked against each other.
const GROUPS: [&[&str]; 2] = [
    &["method", "path", "path_params"],
    &[
        "path_params",
        "query",
        "headers",
        "body",
        "body_type",
        "response",
        "response_type",
        "types",
        "example",
        "paging",
    ],
];

/// The sound part of a file.
#[derive(Debug)]
pub(crate) struct Recovered {
    pub(crate) operation: Operation,
    /// The top-level keys that were taken out.
    pub(crate) lost: BTreeSet<String>,
}

/// Reads a file without the top-level keys that have errors.
pub(crate) fn recover(
    text: &str,
    mistakes: &[Diagnostic],
    read: impl FnOnce(&str) -> Option<Operation>,
) -> Option<Recovered> {
    let keys = top_level_keys(text);
    let first = *keys.first()?;
    let mut lost = BTreeSet::new();
    for mistake in mistakes {
        let At::Span(span) = mistake.place.at else {
            return None;
        };
        // A missing key is reported at the first key there is. If it is that key itself that is
        // wrong, what is kept cannot be read, and nothing is recovered.
        if (span.line, span.column) == (first.0, 1) {
            continue;
        }
        let above = keys.partition_point(|(line, _)| *line <= span.line);
        let (_, key) = keys.get(above.checked_sub(1)?)?;
        // What a misspelled key was meant to be is missing too.
        if lost.insert((*key).to_owned()) {
            let groups = GROUPS.iter().flat_map(|group| group.iter().copied());
            lost.extend(nearest(key, groups).map(str::to_owned));
        }
    }
    let mut kept = String::with_capacity(text.len());
    let mut current = None;
    let mut next = keys.iter().peekable();
    for (number, line) in (1..).zip(lines(text)) {
        if let Some((_, key)) = next.next_if(|(line, _)| *line == number) {
            current = Some(*key);
        }
        // The lines stay, so that positions stay right.
        if current.is_none_or(|key| !lost.contains(key)) {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    let found: BTreeSet<_> = top_level_keys(&kept)
        .into_iter()
        .map(|(_, key)| key.to_owned())
        .collect();
    for (key, line) in STAND_INS {
        if !found.contains(key) {
            lost.insert(key.to_owned());
            kept.push_str(line);
            kept.push('\n');
        }
    }
    Some(Recovered {
        operation: read(&kept)?,
        lost,
    })
}

/// The keys at the beginning of a line, each with the line's number.
fn top_level_keys(text: &str) -> Vec<(usize, &str)> {
    let key = |line: &'_ str| {
        line.find(':')
            .filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))
    };
    (1..)
        .zip(lines(text))
        .filter_map(|(number, line)| Some((number, line.get(..key(line)?)?)))
        .collect()
}

impl Recovered {
    /// Whether a mistake that was found in the sound part is one of the whole file too.
    pub(crate) fn can_judge(lost: &BTreeSet<String>, mistake: &Diagnostic) -> bool {
        let (At::Key(path) | At::Value(path) | At::Piece(path, _)) = &mistake.place.at else {
            return true;
        };
        let Some(Step::Key(top)) = path.first() else {
            return false;
        };
        let groups = GROUPS.iter().filter(|group| group.contains(&top.as_str()));
        let mut related = groups
            .flat_map(|group| group.iter().copied())
            .chain([top.as_str()]);
        !related.any(|key| lost.contains(key))
    }
}
