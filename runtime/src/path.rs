//! Paths: a template and values become what is sent.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters: a value stays one segment, whatever it holds.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Why a path could not be made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadPath {
    pub(crate) parameter: String,
    pub(crate) reason: String,
}

/// Appends the path of the template with the values in the parameters' places; `value` is asked for them by name.
pub(crate) fn fill<'a>(
    out: &mut String,
    template: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), BadPath> {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let bad = |name: &str, reason: &str| BadPath {
            parameter: name.to_owned(),
            reason: reason.to_owned(),
        };
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| bad(after, "its place in the path has no end"))?;
        let value =
            value(name).ok_or_else(|| bad(name, "the path needs it, and no value was given"))?;
        match value {
            "" => return Err(bad(name, "is empty, and would name another path")),
            "." | ".." => {
                let reason = format!("is `{value}`, which a server may take for another path");
                return Err(bad(name, &reason));
            }
            value => push_encoded(out, value),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(())
}

/// Appends a text with all but unreserved characters percent-encoded.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{}", utf8_percent_encode(text, ENCODED));
}

#[cfg(test)]
mod tests {
    use super::{BadPath, fill};

    fn filled(template: &str, names: &[&str], values: &[&str]) -> Result<String, BadPath> {
        let value = |name: &str| {
            let at = names.iter().position(|known| *known == name)?;
            values.get(at).copied()
        };
        let mut out = String::new();
        fill(&mut out, template, value).map(|()| out)
    }

    #[test]
    fn values_are_one_segment() {
        let path = filled("/a/{x}/b/{y}", &["y", "x"], &["a-._~0", "../#?&=+/ é%2e"]);
        assert_eq!(
            path.as_deref(),
            Ok("/a/..%2F%23%3F%26%3D%2B%2F%20%C3%A9%252e/b/a-._~0")
        );
    }

    #[test]
    fn values_that_name_another_path_are_refused() {
        for value in ["", ".", ".."] {
            let refused = filled("/a/{x}/b", &["x"], &[value]);
            assert!(matches!(refused, Err(BadPath { parameter, .. }) if parameter == "x"));
        }
    }

    #[test]
    fn a_missing_value_is_refused() {
        let refused = filled("/a/{x}", &["x"], &[]);
        assert!(matches!(refused, Err(BadPath { parameter, .. }) if parameter == "x"));
    }
}
