//! Paths: with values in braces, as addresses have them, and with values filled in.

use super::http::unescape;

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
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (host, target) = rest.split_at(end);
            (Some(host.to_ascii_lowercase()), target)
        }
        None => (None, whole.as_str()),
    };
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
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
        host,
        path: out,
        query,
        slips,
    }
}

/// A part of a path; values may be marked in other ways than by braces.
fn segment(segment: &str, slips: &mut Vec<&'static str>) -> String {
    let segment = unescape(segment);
    let inside = |open: &str, close: &str| {
        let inner = segment
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        inner.map(|inner| format!("{{{}}}", inner.trim()))
    };
    let other = inside("${", "}").or_else(|| inside("<", ">")).or_else(|| {
        let name = segment.strip_prefix(':')?;
        let plain =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        plain.then(|| format!("{{{name}}}"))
    });
    match other {
        Some(segment) => {
            slips.push("a path parameter is not in braces");
            segment
        }
        None => segment,
    }
}

/// Whether a path begins with a version.
pub(super) fn has_version(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first.strip_prefix('v').is_some_and(|version| {
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        version
            .split_once('.')
            .is_some_and(|(a, b)| number(a) && number(b))
    })
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
            Some(name) => values.push((name.to_owned(), unescape(part))),
            None if name == part => {}
            None => return None,
        }
    }
    Some(values)
}

/// A path without its parameters' names, to compare two descriptions of it.
pub(super) fn form(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The names of a path's values, in their order.
pub(super) fn names(template: &str) -> Vec<&str> {
    let parts = template.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
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
                "https://api.dingtalk.com/v1.0/a/${b}/<c>/:d/",
                "/v1.0/a/{b}/{c}/{d}",
                4,
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
        assert_eq!(form("/v1.0/a/{b}/c"), form("/v1.0/a/{x}/c"));
    }

    #[test]
    fn versions_are_known() {
        assert!(has_version("/v1.0/a") && has_version("/v2.0"));
        assert!(!has_version("/a/v1.0") && !has_version("/v1/a"));
    }
}
