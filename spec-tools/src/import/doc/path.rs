//! Paths: with values in braces, as addresses have them, and with values filled in.

use percent_encoding::percent_decode_str;

use crate::spec::names_in;

/// An address as a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) host: Option<String>,
    pub(super) path: String,
    /// The names in the query, if the address has one.
    pub(super) query: Vec<String>,
    /// What had to be corrected.
    pub(super) slips: Vec<&'static str>,
}

/// Reads `https://host/v1.0/a/{b}`.
pub(super) fn address(text: &str) -> Address {
    let mut slips = Vec::new();
    let text = text.trim();
    let whole = text.split_whitespace().collect::<String>();
    if whole.len() < text.len() {
        slips.push("it contains spaces");
    }
    let rest = whole
        .strip_prefix("https://")
        .or(whole.strip_prefix("http://"));
    let (host, target) = match rest {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", whole.as_str()),
    };
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let names = query
        .split('&')
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name));
    let query = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let mut out = String::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        out.push('/');
        out.push_str(&self::segment(segment, &mut slips));
    }
    if path.ends_with('/') && path.len() > 1 {
        slips.push("it ends with a slash");
    }
    Address {
        host: rest.map(|_| host.to_ascii_lowercase()),
        path: out,
        query,
        slips,
    }
}

/// A part of a path; values may be marked in other ways than by braces.
fn segment(segment: &str, slips: &mut Vec<&'static str>) -> String {
    let segment = decoded(segment);
    let inside = |open, close| segment.strip_prefix(open)?.strip_suffix(close);
    let Some(name) = inside("${", "}").or_else(|| inside("<", ">")) else {
        return segment;
    };
    slips.push("a path parameter is not in braces");
    format!("{{{}}}", name.trim())
}

/// With `%20` and the like decoded, as far as that gives text.
fn decoded(text: &str) -> String {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map_or_else(|_| text.to_owned(), String::from)
}

/// Whether a path begins with a version.
pub(super) fn has_version(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let version = first
        .strip_prefix('v')
        .and_then(|version| version.split_once('.'));
    version.is_some_and(|(major, minor)| number(major) && number(minor))
}

/// The values of a template in a path, if it is of its form. Names are in the template's order.
pub(super) fn values(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let names: Vec<&str> = template.trim_matches('/').split('/').collect();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    if names.len() != parts.len() {
        return None;
    }
    let mut values = Vec::new();
    for (name, part) in names.iter().zip(&parts) {
        match name
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) => values.push((name.to_owned(), decoded(part))),
            None if name == part => {}
            None => return None,
        }
    }
    Some(values)
}

/// A path without the names of its parameters, to compare two descriptions of it.
pub(super) fn form(path: &str) -> String {
    let unnamed = |path: String, name| path.replacen(&format!("{{{name}}}"), "{}", 1);
    names_in(path).fold(path.to_owned(), unnamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let cases = [
            ("https://api.dingtalk.com/v1.0/a/{b}", "/v1.0/a/{b}", 0),
            ("/v1.0/a/b ", "/v1.0/a/b", 0),
            (
                "https://api.dingtalk.com/v1.0/a/${b}/<c>/",
                "/v1.0/a/{b}/{c}",
                3,
            ),
            ("https://api.dingtalk.com/a b?x=1&y={y}", "/ab", 1),
        ];
        for (text, path, slips) in cases {
            let address = address(text);
            assert_eq!(address.path, path);
            assert_eq!(address.slips.len(), slips, "{text}");
        }
        assert_eq!(address("https://h/a?x=1&y={y}").query, ["x", "y"]);
    }

    #[test]
    fn values_are_taken_out_of_a_path() {
        let found = values("/v1.0/a/{b}/c/{d}", "/v1.0/a/x%2Fy/c/z").unwrap();
        assert_eq!(found[0], ("b".to_owned(), "x/y".to_owned()));
        assert_eq!(values("/v1.0/a/{b}", "/v1.0/b/x"), None);
        assert_eq!(form("/v1.0/a/{b}/c/{d}"), "/v1.0/a/{}/c/{}");
    }

    #[test]
    fn versions_are_known() {
        assert!(has_version("/v1.0/a") && has_version("/v2.0"));
        assert!(!has_version("/a/v1.0") && !has_version("/v1/a"));
    }
}
