//! One line on what an operation or a service is about, made from the words of its name.
//!
//! Facts only: what the package says in sentences is not taken over. A person who knows more writes a better line, which
//! stays.

mod words;

use heck::ToSnakeCase;

use self::words::{ALSO_NOUNS, CAPITALS, LONG, MEANT, VERBS};
use crate::spec::Method;

/// `StartCloudRecord` gives "Starts cloud record", `GroupInfoQuery` "Queries group information".
pub(super) fn of_operation(action: &str, method: Method) -> String {
    let snake = action.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    let how = match words.first() {
        Some(&"batch") => " in a batch",
        Some(&"page") => " page by page",
        Some(&"async") => " without waiting",
        _ => "",
    };
    if !how.is_empty() && words.len() > 1 {
        words.remove(0);
    }
    let done = match verb(&words) {
        Some(verb) => words.remove(verb),
        None if how == " page by page" => "list",
        None if method == Method::Get => "get",
        None if method == Method::Delete => "delete",
        None => "handle",
    };
    let done = MEANT
        .iter()
        .find(|(word, _)| *word == done)
        .map_or(done, |(_, meant)| meant);
    let (first, more) = done.split_once(' ').unwrap_or((done, ""));
    sentence(&[&third_person(first), more, &phrase(&words), how])
}

/// Which of the words says what is done: the first if it is plainly a verb, else the last, else one inside.
fn verb(words: &[&str]) -> Option<usize> {
    let strong = |word: &&str| VERBS.contains(word) || MEANT.iter().any(|(known, _)| known == word);
    let weak = |word: &&str| ALSO_NOUNS.contains(word);
    let last = words.len().checked_sub(1)?;
    let first = words.first().filter(|word| strong(word)).map(|_| 0);
    let end = || {
        words
            .last()
            .filter(|word| VERBS.contains(word))
            .map(|_| last)
    };
    let inside = || words.iter().position(|word| VERBS.contains(word));
    let weakly = || words.first().filter(|word| weak(word)).map(|_| 0);
    let weak_end = || words.last().filter(|word| weak(word)).map(|_| last);
    let listed = || {
        words
            .iter()
            .position(|word| *word == "list" || *word == "del")
    };
    first
        .or_else(end)
        .or_else(weakly)
        .or_else(inside)
        .or_else(weak_end)
        .or_else(listed)
}

/// `app_market_1_0` gives "App market", `wiki_2_0` "Wiki, version 2.0".
pub(super) fn of_service(name: &str) -> String {
    let mut words: Vec<&str> = name.split('_').collect();
    let minor = words.pop().unwrap_or_default();
    let major = words.pop().unwrap_or_default();
    let version = if (major, minor) == ("1", "0") {
        String::new()
    } else {
        format!(", version {major}.{minor}")
    };
    sentence(&[&format!("{}{version}", phrase(&words))])
}

fn phrase(words: &[&str]) -> String {
    let written = |word: &&str| {
        let long = LONG.iter().find(|(short, _)| short == word);
        match long {
            Some((_, long)) => (*long).to_owned(),
            None if CAPITALS.contains(word) => word.to_uppercase(),
            None => (*word).to_owned(),
        }
    };
    words.iter().map(written).collect::<Vec<_>>().join(" ")
}

/// `get` gives `gets`, `query` `queries`, `push` `pushes`.
fn third_person(verb: &str) -> String {
    let before = verb.chars().rev().nth(1);
    if let (Some(stem), Some(false)) = (verb.strip_suffix('y'), before.map(|c| "aeiou".contains(c)))
    {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|end| verb.ends_with(end));
    format!("{verb}{}", if hissing { "es" } else { "s" })
}

/// Words as a sentence.
fn sentence(parts: &[&str]) -> String {
    let parts = parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_sentences() {
        let cases = [
            ("StartCloudRecord", "Starts cloud record"),
            ("GroupInfoQuery", "Queries group information"),
            ("BatchSendOTO", "Sends OTO in a batch"),
            ("PageListNotes", "Lists notes page by page"),
            ("ApplyLeave", "Applies leave"),
            ("DeployApp", "Deploys application"),
            ("Launch", "Launches"),
            ("UserLogin", "Logs in user"),
            ("ProcessTaskUpdate", "Updates process task"),
            ("CampusListRenter", "Lists campus renter"),
            ("PageFeed", "Lists feed page by page"),
            ("HumanThings", "Handles human things"),
            ("IsFriend", "Says whether friend"),
            ("", "Handles"),
        ];
        for (action, summary) in cases {
            assert_eq!(of_operation(action, Method::Post), summary, "{action}");
        }
        assert_eq!(
            of_operation("HumanThings", Method::Get),
            "Gets human things"
        );
        assert_eq!(of_service("app_market_1_0"), "Application market");
        assert_eq!(of_service("wiki_2_0"), "Wiki, version 2.0");
        assert_eq!(of_service("ai_paas_1_0"), "AI PaaS");
        assert_eq!(of_service("ai_global_ec_1_0"), "AI global EC");
    }
}
