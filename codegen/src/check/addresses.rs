use super::Mistakes;
use super::place::Path;
use crate::diagnostic::{Diagnostic, shown};
use crate::spec::{CLIENT_HEADERS, Operation, Platform};

/// Checks an operation's link and its headers' names.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    platform: Option<&Platform>,
    mistakes: &mut Mistakes,
) {
    if let Some(source) = &op.source {
        url(&path.key("source"), source, false, mistakes);
    }
    let headers = path.key("headers");
    for (index, (name, _)) in op.headers.iter().enumerate() {
        let path = headers.key(name);
        let lower = name.to_ascii_lowercase();
        let token = platform.is_some_and(|p| p.token_header.eq_ignore_ascii_case(name));
        if let Some(diagnostic) = header_name(&path, name, true) {
            mistakes.push(diagnostic);
        } else if token {
            let message = "the token's header is sent with every operation";
            mistakes.push(
                Diagnostic::new(path.at_key(), message)
                    .help("leave it out; `token: none` is for operations without"),
            );
        } else if CLIENT_HEADERS.contains(&lower.as_str()) {
            let message = format!("the header {} is set by the client", shown(name));
            mistakes.push(Diagnostic::new(path.at_key(), message).help("leave it out"));
        } else if let Some((first, _)) = op
            .headers
            .iter()
            .take(index)
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
        {
            let message = format!("{} and {} are the same header", shown(first), shown(name));
            mistakes.push(
                Diagnostic::new(path.at_key(), message)
                    .help("case does not matter in the names of headers: keep one")
                    .also(headers.key(first).at_key(), "the first"),
            );
        }
    }
}

/// What is wrong with the name of a header.
pub(super) fn header_name(path: &Path<'_>, name: &str, key: bool) -> Option<Diagnostic> {
    let good = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !name.is_empty() && name.chars().all(good) {
        return None;
    }
    let message = format!("{} is no name of a header", shown(name));
    let place = if key { path.at_key() } else { path.at_value() };
    Some(Diagnostic::new(place, message).help("it is made of letters, digits and `-`"))
}

/// Checks an https address. That of a server is scheme, host and port and no more.
pub(super) fn url(path: &Path<'_>, text: &str, server: bool, mistakes: &mut Mistakes) {
    let mut report = |message: String, help: &str| {
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    };
    let bad = format!("{} is no URL", shown(text));
    let Some(rest) = text.strip_prefix("https://") else {
        let message = if text.starts_with("http://") {
            format!("{} is not https", shown(text))
        } else {
            bad
        };
        return report(message, "write `https://`, then the host");
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
            "after `https://` comes a host such as `api.dingtalk.com`",
        );
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return report(bad, "a port is a number up to 65535");
    }
    if server && tail == "/" {
        return report(
            format!("{} ends in `/`", shown(text)),
            "leave the `/` out: paths begin with one",
        );
    }
    if server && !tail.is_empty() {
        let message = format!("{} holds more than scheme and host", shown(text));
        return report(message, "operations say the rest of the path");
    }
    if tail.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c)) {
        report(bad, "a URL holds no spaces, quotes or brackets");
    }
}
