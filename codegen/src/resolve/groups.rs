//! Groups the operations of a large service by the nouns of their paths.
//!
//! `/v1.0/calendar/users/{userId}/calendars/{calendarId}/events/{eventId}/attendees` is about calendars, their events, and
//! the attendees of an event. Paths that begin with the same noun form a group, and the next noun divides a large group.
//! Paths rather than names of operations, because paths order their nouns. A new operation gets its group with no change
//! here.

use std::collections::BTreeMap;

use heck::ToSnakeCase as _;

use super::Operation;
use crate::names;

/// Services with fewer operations are not grouped.
const LARGE_SERVICE: usize = 16;

/// Groups with more operations are divided.
const LARGE_GROUP: usize = 15;

/// Groups have at least this many operations.
const SMALL_GROUP: usize = 3;

/// Nouns for the caller. Skipped at the beginning of a path, because the nouns after them say more.
const ACTORS: [&str; 5] = ["user", "me", "organization", "org", "corp"];

/// The words that begin the verb of a path. It and what follows it are not nouns.
const VERBS: [&str; 22] = [
    "add", "batch", "cancel", "check", "create", "delete", "get", "insert", "invite", "list",
    "modify", "query", "remove", "save", "search", "send", "set", "start", "stop", "update",
    "upload", "verify",
];

/// Sets the groups of the operations, such as `Calendars: events`. Some operations have none.
pub(super) fn name(operations: &mut [Operation<'_>]) {
    if operations.len() < LARGE_SERVICE {
        return;
    }
    let paths = operations
        .iter()
        .map(|operation| operation.spec.path.as_str());
    for (place, group) in of(paths) {
        operations[place].group = Some(group);
    }
}

/// The indexes of paths with their groups. Outer groups come before the groups inside them.
fn of<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<(usize, String)> {
    let paths: Vec<_> = paths.map(nouns).enumerate().collect();
    let mut groups = Vec::new();
    divide(&paths.iter().collect::<Vec<_>>(), 0, "", &mut groups);
    groups
}

/// The index of a path, and the words of its nouns.
type Path = (usize, Vec<Vec<String>>);

/// Adds the groups by the nouns at a depth.
fn divide(paths: &[&Path], depth: usize, above: &str, groups: &mut Vec<(usize, String)>) {
    let mut by_noun: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for path in paths {
        if let Some(noun) = path.1.get(depth) {
            by_noun.entry(stem(noun)).or_default().push(path);
        }
    }
    by_noun.retain(|_, paths| paths.len() >= SMALL_GROUP);
    for paths in by_noun.into_values() {
        let noun = usual(paths.iter().map(|path| path.1[depth].join(" ")));
        let name = if above.is_empty() {
            let mut letters = noun.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(letters).collect()
        } else {
            format!("{above}: {noun}")
        };
        for (place, _) in &paths {
            groups.push((*place, name.clone()));
        }
        if paths.len() > LARGE_GROUP {
            divide(&paths, depth + 1, &name, groups);
        }
    }
}

/// The most frequent spelling. On a tie, the first in the alphabet.
fn usual(spellings: impl Iterator<Item = String>) -> String {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for spelling in spellings {
        *uses.entry(spelling).or_default() += 1;
    }
    let most = uses.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(spelling, _)| spelling).unwrap_or_default()
}

/// The nouns of a path, each as its words: the segments between the service and the verb.
fn nouns(path: &str) -> Vec<Vec<String>> {
    let is_version = |part: &str| {
        let number = part.strip_prefix('v').unwrap_or_default();
        part == "topapi" || number.starts_with(|c: char| c.is_ascii_digit())
    };
    let parts = path.split('/').skip(1);
    let mut parts: Vec<_> = parts
        .skip_while(|part| is_version(part))
        .skip(1)
        .filter(|part| !part.contains('{'))
        .map(words)
        .collect();
    let actors = parts
        .iter()
        .take_while(|part| ACTORS.contains(&&*stem(part)));
    let actors = actors.count().min(parts.len().saturating_sub(1));
    parts.drain(..actors);
    let is_verb = |part: &Vec<String>| {
        part.first()
            .is_none_or(|word| VERBS.contains(&word.as_str()))
    };
    let end = parts.iter().position(is_verb).unwrap_or(parts.len());
    parts.truncate(end);
    parts
}

fn words(part: &str) -> Vec<String> {
    part.to_snake_case().split('_').map(str::to_owned).collect()
}

/// The common form of the spellings of a noun, such as `meetingRooms` and `meetingroom`.
fn stem(words: &[String]) -> String {
    names::noun(&words.join("_")).to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{nouns, of};

    #[test]
    fn the_nouns_of_a_path_are_between_the_caller_and_the_verb() {
        let of = |path| {
            let nouns = nouns(path).into_iter();
            nouns.map(|words| words.join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(
            of("/v1.0/calendar/users/{userId}/calendars/{calendarId}/meetingRooms/batchRemove"),
            ["calendars", "meeting rooms"]
        );
        assert_eq!(of("/topapi/v2/attendance/group/get"), ["group"]);
        assert_eq!(of("/v1.0/todo/users"), ["users"]);
        assert_eq!(of("/v1.0/im"), [""; 0]);
    }

    #[test]
    fn a_large_group_is_divided_and_a_noun_of_few_paths_makes_none() {
        let events = (0..10).map(|n| format!("/v1.0/a/calendars/events/part{n}"));
        let rooms = (0..4).map(|n| format!("/v1.0/a/calendars/meetingRoom/part{n}"));
        let more = [
            "/v1.0/a/calendars",
            "/v1.0/a/Calendar/acls",
            "/v1.0/a/tasks/get",
            "/v1.0/a/task/set",
            "/v1.0/a/users/{userId}/tasks",
            "/v1.0/a/notes/one",
            "/v1.0/a/notes/two",
        ];
        let paths: Vec<_> = events.chain(rooms).chain(more.map(str::to_owned)).collect();
        let groups: BTreeMap<_, _> = of(paths.iter().map(String::as_str)).into_iter().collect();
        let mut counts = BTreeMap::new();
        for group in groups.values() {
            *counts.entry(group.as_str()).or_insert(0) += 1;
        }
        let expected = [
            ("Calendars", 2),
            ("Calendars: events", 10),
            ("Calendars: meeting room", 4),
            ("Tasks", 3),
        ];
        assert_eq!(counts, BTreeMap::from(expected));
    }
}
