use std::collections::HashMap;

use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::Path;
use crate::spec::{Api, CLIENT_HEADERS, Operation};

/// Checks an operation's link and the names of its headers and query fields.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    api: Option<&Api>,
    mistakes: &mut Mistakes,
) {
    if let Some(source) = &op.source {
        url(&path.key("source"), source, false, mistakes);
    }
    let token = api.map(|api| &api.token);
    let header = token.and_then(|token| token.header.as_deref());
    let field = token.and_then(|token| token.query.as_deref());
    if let Some(name) = field.filter(|name| op.query.get(name).is_some()) {
        let message = "the client sends the token itself";
        mistakes.push(
            Diagnostic::new(path.key("query").key(name).at_key(), message)
                .help("remove it; for an operation without a token, write `token: none`"),
        );
    }
    let headers = path.key("headers");
    let mut known: HashMap<String, &str> = HashMap::new();
    for (name, _) in op.headers.iter() {
        let path = headers.key(name);
        let lower = name.to_ascii_lowercase();
        let token = header.is_some_and(|header| header.eq_ignore_ascii_case(name));
        if let Some(diagnostic) = header_name(&path, name, true) {
            mistakes.push(diagnostic);
        } else if token {
            let message = "the client sends the token's header itself";
            mistakes.push(
                Diagnostic::new(path.at_key(), message)
                    .help("remove it; for an operation without a token, write `token: none`"),
            );
        } else if CLIENT_HEADERS.contains(&lower.as_str()) {
            let message = format!("the client sets the header {} itself", quoted(name));
            mistakes.push(Diagnostic::new(path.at_key(), message).help("remove it"));
        } else if let Some(first) = known.get(&lower) {
            let message = format!("{} and {} are the same header", quoted(first), quoted(name));
            mistakes.push(
                Diagnostic::new(path.at_key(), message)
                    .help("header names ignore case: keep one")
                    .also(headers.key(first).at_key(), "first here"),
            );
        }
        known.entry(lower).or_insert(name);
    }
}

/// What is wrong with the name of a header.
pub(super) fn header_name(path: &Path<'_>, name: &str, key: bool) -> Option<Diagnostic> {
    let good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !name.is_empty() && name.chars().all(good) {
        return None;
    }
    let message = format!("{} is not a valid header name", quoted(name));
    let place = if key { path.at_key() } else { path.at_value() };
    Some(Diagnostic::new(place, message).help("use letters, digits and `-`"))
}

/// Checks an https address. That of a server is scheme, host and port and no more.
pub(super) fn url(path: &Path<'_>, text: &str, server: bool, mistakes: &mut Mistakes) {
    let mut report = |message: String, help: &str| {
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    };
    let bad = format!("{} is not a URL", quoted(text));
    let Some(rest) = text.strip_prefix("https://") else {
        let message = if text.starts_with("http://") {
            format!("{} does not use https", quoted(text))
        } else {
            bad
        };
        return report(message, "start with `https://` and the host");
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let (name, port) = host
        .split_once(':')
        .map_or((host, None), |(name, port)| (name, Some(port)));
    let label = |label: &str| {
        let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !label.is_empty()
            && label.bytes().all(good)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if !name.split('.').all(label) {
        return report(
            bad,
            "write a host such as `api.dingtalk.com` after `https://`",
        );
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return report(bad, "a port is at most 65535");
    }
    if server && tail == "/" {
        return report(
            format!("{} ends in `/`", quoted(text)),
            "remove the `/`: paths start with one",
        );
    }
    if server && !tail.is_empty() {
        let message = format!("{} has more than a scheme and a host", quoted(text));
        return report(message, "put the rest into the paths of the operations");
    }
    if tail.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c)) {
        report(bad, "a URL cannot contain spaces, quotes or brackets");
    }
}
