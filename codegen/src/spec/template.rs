//! The one reader of paths with names in braces.

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// What is sent as it is.
    Text(&'a str),
    /// A name in braces, which a value takes the place of.
    Name(&'a str),
    /// Braces that do not fit together; nothing follows.
    Mistake(&'static str),
}

/// The pieces of a path, in their order.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (part, after) = next(rest);
        rest = after;
        Some(part)
    })
}

fn next(rest: &str) -> (Part<'_>, &str) {
    let Some(inner) = rest.strip_prefix('{') else {
        let end = rest.find(['{', '}']).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        return if text.is_empty() {
            (Part::Mistake("the path has a `}` without a `{`"), "")
        } else {
            (Part::Text(text), after)
        };
    };
    let mistake = match inner.split_once('}') {
        Some((name, _)) if name.contains('{') => "the path has an unclosed `{`",
        Some((name, _)) if name.trim().is_empty() => "the path has braces without a name",
        Some((name, _)) if name.trim() != name => {
            "the path has a name that starts or ends with a space"
        }
        Some((name, after)) => return (Part::Name(name), after),
        None => "the path has an unclosed `{`",
    };
    (Part::Mistake(mistake), "")
}

/// The names in braces in a path, in their order.
pub fn names_in(path: &str) -> impl Iterator<Item = &str> {
    parts(path).filter_map(|part| match part {
        Part::Name(name) => Some(name),
        _ => None,
    })
}

/// A path without the names in its braces.
pub(crate) fn path_shape(path: &str) -> String {
    let part = |part| match part {
        Part::Text(text) => text,
        Part::Name(_) => "{}",
        Part::Mistake(_) => "",
    };
    parts(path).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::{Part, parts, path_shape};

    #[test]
    fn a_path_is_its_parts_in_order() {
        let read: Vec<_> = parts("/v1.0/a/{id}x{b}").collect();
        let wanted = [
            Part::Text("/v1.0/a/"),
            Part::Name("id"),
            Part::Text("x"),
            Part::Name("b"),
        ];
        assert_eq!(read, wanted);
        assert_eq!(path_shape("/v1.0/a/{id}x{b}"), "/v1.0/a/{}x{}");
    }

    #[test]
    fn braces_that_do_not_fit_together_end_the_reading() {
        for path in ["/a/}", "/a/{b", "/a/{b{c}}", "/a/{}", "/a/{ b}"] {
            let last = parts(path).last();
            assert!(matches!(last, Some(Part::Mistake(_))), "{path}: {last:?}");
        }
    }
}
