//! Finds everything in a file that does not fit the format, where serde stops at the first.
//!
//! The file's JSON Schema is walked along a tree that knows positions. serde alone decides whether
//! a file is good; this says why it is not.

mod walk;

use crate::diagnostic::{Diagnostic, Place, Span, lines, shown};
use crate::marked::{self, Broken, Document, Kind, Node, Scalar};
use crate::scan;
use crate::schema::File;

/// What is wrong with a file that serde refuses with `error` at `at`. If it is YAML, it is what it says that is wrong.
pub(crate) fn mistakes(
    kind: File,
    file: &str,
    text: &str,
    error: &str,
    at: Option<Span>,
    is_yaml: bool,
) -> Vec<Diagnostic> {
    let document = match marked::parse(text) {
        Ok(document) => document,
        Err(broken) => return vec![no_yaml(file, text, &broken)],
    };
    let mut mistakes = refused_yaml(file, &document);
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
        let end = error.find(" at line ").unwrap_or(error.len());
        let error = error.get(..end).unwrap_or(error);
        let span = at.unwrap_or_else(|| Span::point(1, 1));
        mistakes.push(if is_yaml {
            let message = format!("the file does not fit the format: {error}");
            Diagnostic::new(Place::span(file, span), message)
        } else {
            // One parser takes what the other does not.
            let message = error.to_owned();
            let too_deep = false;
            no_yaml(
                file,
                text,
                &Broken {
                    span,
                    message,
                    too_deep,
                },
            )
        });
    }
    mistakes
}

/// What serde would let pass, or would take long to refuse.
pub(crate) fn refused(kind: File, file: &str, text: &str) -> Vec<Diagnostic> {
    let document = match marked::parse(text) {
        Ok(document) => document,
        Err(broken) if broken.too_deep => return vec![no_yaml(file, text, &broken)],
        Err(_) => return Vec::new(),
    };
    let mut mistakes = refused_yaml(file, &document);
    if let (File::Operation, Some(root)) = (kind, &document.root) {
        optional_path_params(file, root, &mut mistakes);
    }
    mistakes
}

/// The report of a text that is no YAML.
pub fn no_yaml(file: &str, text: &str, broken: &Broken) -> Diagnostic {
    if broken.too_deep {
        return Diagnostic::new(Place::span(file, broken.span), &broken.message)
            .help("declare what is inside as a type under `types`, and use its name");
    }
    let all: Vec<&str> = lines(text).collect();
    if let Some(tab) = indenting_tab(&all, broken.span.line) {
        return Diagnostic::new(
            Place::span(file, tab),
            "this is not YAML: a tab indents the line",
        )
        .help("indent with spaces");
    }
    let line = all
        .get(broken.span.line.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let at = line.chars().nth(broken.span.column.saturating_sub(1));
    let message = broken.message.as_str();
    let said = |words: &str| message.contains(words);
    let help = if let Some(c @ ('`' | '@' | '%')) = at {
        &format!("put a text that begins with {c} in quotes")
    } else if said("directive") || said("document") {
        "write no directives, and one document in a file; put a text that begins with % in quotes"
    } else if said("mapping values") || said("illegal placement of ':'") {
        "put a text that has `: ` in it in quotes; or indent the line as its neighbours"
    } else if said("escape") || said("hexadecimal") {
        "write a backslash in double quotes twice, or put the text in single quotes"
    } else if said("trailing content") {
        "end the line behind the closing quote; write a quote in single quotes twice"
    } else if said("quoted scalar") {
        "close the quote; write a quote in single quotes twice, and in double quotes as `\\\"`"
    } else if said("invalid indentation") {
        "indent the line as its neighbours; or a bracket or quote above is not closed"
    } else if said("misplaced bracket") {
        "remove the bracket, or put the text in quotes"
    } else if said("flow") || said("plain scalar") {
        "put a comma between entries and close each bracket; put a text with brackets or commas in quotes"
    } else if said("block") || said("indentation") || said("simple key") || said("expect") {
        "write `key: value`, with a space behind the colon, and indent the line as its neighbours"
    } else if said("anchor") || said("tag") || said("handle") {
        "put a text that begins with `&`, `*` or `!` in quotes"
    } else {
        "put a text with special characters in quotes"
    };
    // What should have been a key ends with its line, and is missed at the next.
    let keyless = said("simple key expect").then(|| filled_before(&all, broken.span.line));
    let number = keyless.flatten().unwrap_or(broken.span.line);
    let span = if number == broken.span.line {
        broken.span
    } else {
        let line = all.get(number - 1).copied().unwrap_or_default();
        Span::point(number, line.chars().take_while(|c| *c == ' ').count() + 1)
    };
    let message = format!("this is not YAML: {message}");
    Diagnostic::new(Place::span(file, span), message).help(help)
}

/// The first tab that indents the line where a parser gave up, or the line with text before or behind it: parsers
/// tell of a tab where the text ends in which they last believed.
fn indenting_tab(lines: &[&str], at: usize) -> Option<Span> {
    let tab = |number: usize| {
        let line = lines.get(number.checked_sub(1)?)?;
        let text = line.trim_start_matches([' ', '\t']);
        let tab = line
            .find('\t')
            .filter(|tab| *tab < line.len() - text.len())?;
        (!text.is_empty() && !text.starts_with('#')).then(|| Span::point(number, tab + 1))
    };
    let behind = (at + 1..=lines.len()).find(|number| is_filled(lines, *number));
    let near = [filled_before(lines, at), Some(at), behind];
    near.into_iter().flatten().find_map(tab)
}

/// The number of the last line with text before one.
fn filled_before(lines: &[&str], at: usize) -> Option<usize> {
    (1..at).rev().find(|number| is_filled(lines, *number))
}

fn is_filled(lines: &[&str], number: usize) -> bool {
    let line = number.checked_sub(1).and_then(|index| lines.get(index));
    line.is_some_and(|line| !line.trim().is_empty())
}

/// What is YAML, but nothing for a spec.
fn refused_yaml(file: &str, document: &Document) -> Vec<Diagnostic> {
    let mut mistakes = references(file, document);
    let mut open: Vec<&Node> = document.root.iter().collect();
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::Scalar(text, _) => {
                let escaped = text.chars().find(|c| scan::is_refused(*c));
                mistakes.extend(escaped.map(|c| scan::refused(file, node.span, c)));
            }
            Kind::List(items) => open.extend(items),
            Kind::Map(pairs) => {
                for (key, value) in pairs {
                    open.extend([key, value]);
                    if key.is_merge() {
                        let place = Place::span(file, key.span);
                        mistakes.push(Diagnostic::new(place, "merge keys of YAML are not used in spec files").help(
                            "write the keys out, or give them a name under `types`; put a name `<<` in quotes",
                        ));
                    }
                }
            }
        }
    }
    if let Some(example) = document
        .root
        .as_ref()
        .and_then(|root| value(root, "example"))
    {
        long_numbers(file, example, &mut mistakes);
    }
    mistakes
}

/// Numbers that no JSON reader of 64 bits keeps. Elsewhere than in examples the schema says what fits.
fn long_numbers(file: &str, example: &Node, mistakes: &mut Vec<Diagnostic>) {
    let range = i128::from(i64::MIN)..=i128::from(u64::MAX);
    let mut open = vec![example];
    while let Some(node) = open.pop() {
        match &node.kind {
            Kind::List(items) => open.extend(items),
            Kind::Map(pairs) => open.extend(pairs.iter().map(|(_, value)| value)),
            Kind::Scalar(text, _) => {
                let Some(Scalar::Integer(number)) = node.scalar() else {
                    continue;
                };
                if !number.is_some_and(|number| range.contains(&number)) {
                    let message = format!("{} does not fit into 64 bits", shown(text));
                    let place = Place::span(file, node.span);
                    mistakes.push(
                        Diagnostic::new(place, message).help("put it in quotes, if it is a text"),
                    );
                }
            }
        }
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
                        let message = format!("duplicate key {}", shown(name));
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

/// The value of a key.
fn value<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Kind::Map(pairs) = &node.kind else {
        return None;
    };
    let pair = pairs.iter().find(|(key, _)| key.text() == Some(name));
    pair.map(|(_, value)| value)
}

/// The model cannot tell `required: false` from nothing; for a path parameter it is wrong.
fn optional_path_params(file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
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
