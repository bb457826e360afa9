use std::collections::HashSet;

use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::similar::did_you_mean;
use crate::spec::Operation;
use crate::spec::template::{Part, parts};
use crate::spec::walk::Path;

/// Checks an operation's path and that its parameters are those of the template. Paths of the first API start with a
/// version.
pub(super) fn check(file: &Path<'_>, op: &Operation, versioned: bool, mistakes: &mut Mistakes) {
    let path = file.key("path");
    let before = mistakes.len();
    form(&path, &op.path, versioned, mistakes);
    let Some(names) = braces(&path, &op.path, mistakes) else {
        return;
    };
    let mut known = HashSet::new();
    for name in &names {
        if !known.insert(*name) {
            let message = format!("duplicate {} in the path", quoted(&format!("{{{name}}}")));
            mistakes.push(
                Diagnostic::new(path.at_value(), message).help("give each value a name of its own"),
            );
        }
    }
    if mistakes.len() > before {
        return;
    }
    let params = file.key("path_params");
    for name in names
        .iter()
        .filter(|name| op.path_params.get(name).is_none())
    {
        let piece = format!("{{{name}}}");
        let message = format!(
            "{} is in the path, but not under `path_params`",
            quoted(name)
        );
        let unused = op.path_params.iter().map(|(name, _)| name.as_str());
        let help = did_you_mean(name, unused.filter(|name| !known.contains(name)));
        let help = help.unwrap_or_else(|| {
            format!("describe it: `path_params: {{ {name}: {{ type: string }} }}`")
        });
        mistakes.push(Diagnostic::new(path.at_piece(&piece), message).help(help));
    }
    for (name, _) in op
        .path_params
        .iter()
        .filter(|(name, _)| !known.contains(name.as_str()))
    {
        let message = format!(
            "{} is under `path_params`, but not in the path",
            quoted(name)
        );
        let missing = names
            .iter()
            .copied()
            .filter(|name| op.path_params.get(name).is_none());
        let help = did_you_mean(name, missing)
            .unwrap_or_else(|| format!("the path is {}", quoted(&op.path)));
        let place = params.key(name).at_key();
        mistakes.push(
            Diagnostic::new(place, message)
                .help(help)
                .also(path.at_value(), "the path"),
        );
    }
}

/// Checks all but the braces.
fn form(path: &Path<'_>, text: &str, versioned: bool, mistakes: &mut Mistakes) {
    let mut report = |piece: &str, message: &str, help: &str| {
        let place = if piece.is_empty() {
            path.at_value()
        } else {
            path.at_piece(piece)
        };
        mistakes.push(Diagnostic::new(place, message).help(help));
    };
    if text.contains("://") {
        let help = "remove scheme and host; the servers are in `platform.yaml`";
        return report("", "a path cannot be a URL", help);
    }
    if text.trim() != text {
        return report(
            "",
            "the path starts or ends with a space",
            "remove the space",
        );
    }
    if !text.starts_with('/') {
        report(
            "",
            "a path starts with `/`",
            "for example `/v1.0/calendar/users/{userId}/events`",
        );
    } else if versioned && !has_version(text) {
        let help = "for example `/v1.0/calendar/users/{userId}/events`";
        report("", "the path does not start with a version", help);
    }
    if text.contains('?') {
        report(
            "?",
            "the path contains a query",
            "describe its values under `query`",
        );
    }
    if text.contains('#') {
        report(
            "#",
            "the path contains a fragment",
            "remove `#` and what follows",
        );
    }
    if text.contains('\\') {
        report(
            "",
            "the path contains a backslash",
            "remove it: `_` needs no backslash",
        );
    }
    if text
        .split('/')
        .any(|segment| segment == "." || segment == "..")
    {
        report(
            "",
            "the path contains `.` or `..` as a segment",
            "write the path without it",
        );
    }
    if text.contains("//") {
        report("//", "the path contains an empty segment", "write one `/`");
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "/{}-._~!$&'()*+,;=:@?#\\".contains(c);
    let outside_braces = parts(text).filter_map(|part| match part {
        Part::Text(text) => Some(text),
        _ => None,
    });
    if let Some(c) = outside_braces.flat_map(str::chars).find(|c| !allowed(*c)) {
        let message = format!("a path cannot contain {}", quoted(&c.to_string()));
        report(&c.to_string(), &message, "remove it");
    }
}

fn has_version(path: &str) -> bool {
    let Some((version, _)) = path
        .strip_prefix("/v")
        .and_then(|rest| rest.split_once('/'))
    else {
        return false;
    };
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    version
        .split_once('.')
        .is_some_and(|(major, minor)| number(major) && number(minor))
}

/// The names in braces, if the braces are as they should be.
fn braces<'a>(path: &Path<'_>, text: &'a str, mistakes: &mut Mistakes) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    for part in parts(text) {
        match part {
            Part::Text(_) => {}
            Part::Name(name) => names.push(name),
            Part::Mistake(message) => {
                let help = "write a value in the path as `{userId}`";
                mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
                return None;
            }
        }
    }
    Some(names)
}
