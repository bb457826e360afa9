//! Finds everything in a file that does not fit the format, where serde stops at the first.
//!
//! The file's JSON Schema is walked along a tree that knows positions. serde alone decides whether
//! a file is good; this says why it is not.

mod walk;

use crate::diagnostic::{Diagnostic, Place, Span, lines, shown};
use crate::marked::{self, Broken, Document, Kind, Node};
use crate::schema::File;

/// What is wrong with a file that serde refuses with `error`, by `serde` at `at`.
pub(crate) fn mistakes(
    kind: File,
    file: &str,
    text: &str,
    error: &str,
    at: Option<Span>,
) -> Vec<Diagnostic> {
    let document = match marked::parse(text) {
        Ok(document) => document,
        Err(broken) => return vec![no_yaml(file, text, &broken)],
    };
    let mut mistakes = references(file, &document);
    if let Some(root) = &document.root {
        duplicates(file, root, &mut mistakes);
        walk::walk(kind, file, root, &mut mistakes);
    } else {
        let message = format!(
            "the file is empty, but should describe {}",
            kind.describes()
        );
        mistakes.push(Diagnostic::new(
            Place::span(file, Span::point(1, 1)),
            message,
        ));
    }
    if mistakes.is_empty() {
        // The parser's message repeats the position, which is printed anyway.
        let end = error.rfind(" at line ").unwrap_or(error.len());
        let message = format!(
            "the file does not fit the format: {}",
            error.get(..end).unwrap_or(error)
        );
        let place = Place::span(file, at.unwrap_or_else(|| Span::point(1, 1)));
        mistakes.push(Diagnostic::new(place, message));
    }
    mistakes
}

/// What serde would let pass.
pub(crate) fn refused(kind: File, file: &str, text: &str) -> Vec<Diagnostic> {
    let Ok(document) = marked::parse(text) else {
        return Vec::new();
    };
    let mut mistakes = references(file, &document);
    if let (File::Operation, Some(root)) = (kind, &document.root) {
        optional_path_params(file, root, &mut mistakes);
    }
    mistakes
}

/// The mistake of a file that is not YAML.
pub fn no_yaml(file: &str, text: &str, broken: &Broken) -> Diagnostic {
    let message = format!("this is not YAML: {}", broken.message);
    let diagnostic = Diagnostic::new(Place::span(file, broken.span), message);
    let line = lines(text)
        .nth(broken.span.line.saturating_sub(1))
        .unwrap_or_default();
    let at = line.chars().nth(broken.span.column.saturating_sub(1));
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    if line
        .get(..indent)
        .is_some_and(|indent| indent.contains('\t'))
    {
        diagnostic.help("indent with spaces; YAML takes no tabs")
    } else if let Some(c @ ('`' | '@' | '%')) = at {
        diagnostic.help(format!("put a text that begins with {c} in quotes"))
    } else if broken.message.starts_with("mapping values") {
        diagnostic
            .help("put a text that has `: ` in it in quotes; or indent the line as its neighbours")
    } else if broken.message.contains("invalid indentation") {
        diagnostic
            .help("indent the line as its neighbours; or a bracket or quote above is not closed")
    } else {
        diagnostic
    }
}

fn references(file: &str, document: &Document) -> Vec<Diagnostic> {
    let refused = document.refused.iter().map(|(span, what)| {
        let help = match *what {
            "a tag" => "put a text that begins with `!` in quotes",
            "a second document" => "give each operation a file of its own",
            _ => "write the value out, or give it a name under `types`; put a text that begins with `&` or `*` in quotes",
        };
        Diagnostic::new(Place::span(file, *span), format!("{what} of YAML is not used in spec files")).help(help)
    });
    refused.collect()
}

/// Finds keys that stand twice in one mapping, wherever it is.
fn duplicates(file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Scalar(..) => {}
            Kind::List(items) => open.extend(items),
            Kind::Map(pairs) => {
                let mut seen = std::collections::BTreeMap::new();
                for (key, value) in pairs {
                    open.extend([key, value]);
                    let Some(name) = key.text() else { continue };
                    if let Some(first) = seen.get(name) {
                        let message = format!("the key {} stands here twice", shown(name));
                        mistakes.push(
                            Diagnostic::new(Place::span(file, key.span), message)
                                .help("keep one of the two")
                                .also(Place::span(file, *first), "the first"),
                        );
                    } else {
                        seen.insert(name, key.span);
                    }
                }
            }
        }
    }
}

/// The model cannot tell `required: false` from nothing; for a path parameter it is wrong.
fn optional_path_params(file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let get = |node: &Node, name: &str| -> Option<usize> {
        let Kind::Map(pairs) = &node.kind else {
            return None;
        };
        pairs.iter().position(|(key, _)| key.text() == Some(name))
    };
    let value = |node, name| match (&node, get(node, name)) {
        (
            Node {
                kind: Kind::Map(pairs),
                ..
            },
            Some(at),
        ) => pairs.get(at).map(|(_, value)| value),
        _ => None,
    };
    let Some(Node {
        kind: Kind::Map(params),
        ..
    }) = value(root, "path_params")
    else {
        return;
    };
    for (name, param) in params {
        if let Some(required) = value(param, "required").filter(|v| v.text() == Some("false")) {
            let message = format!(
                "the path parameter {} cannot be optional",
                shown(name.text().unwrap_or_default())
            );
            mistakes.push(
                Diagnostic::new(Place::span(file, required.span), message)
                    .help("values in the path are always required: leave `required` out"),
            );
        }
    }
}
