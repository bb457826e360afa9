//! Schema validation: finds every error in a file, where serde stops at the first.
//!
//! It walks the file's JSON Schema along a tree with positions. serde alone decides whether a file is valid; this
//! explains why it is not.

mod rule;
mod schema;

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Place, Span, lines, quoted};
use crate::scan;
use crate::schema::File;
use crate::spanned::{self, Content, Document, Node, Scalar, SyntaxError};

/// The errors of a file that serde refuses with `error` at `at`. If it is YAML, its content is wrong.
pub(crate) fn mistakes(
    kind: File,
    file: &str,
    text: &str,
    error: &str,
    at: Option<Span>,
    is_yaml: bool,
) -> Vec<Diagnostic> {
    let document = match spanned::parse(text) {
        Ok(document) => document,
        Err(error) => return vec![not_yaml(file, text, &error)],
    };
    let mut mistakes = refused_yaml(file, &document);
    if let Some(root) = &document.root {
        duplicates(file, root, &mut mistakes);
        schema::check(kind, file, root, &mut mistakes);
    } else {
        let message = format!("the file is empty; it must describe {}", kind.describes());
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
            let message = format!("the file does not match the format: {error}");
            Diagnostic::new(Place::span(file, span), message)
        } else {
            // One parser takes what the other does not.
            let message = error.to_owned();
            let too_deep = false;
            not_yaml(
                file,
                text,
                &SyntaxError {
                    span,
                    message,
                    too_deep,
                },
            )
        });
    }
    mistakes
}

/// What serde would accept, or would be slow to refuse.
pub(crate) fn refused(kind: File, file: &str, text: &str) -> Vec<Diagnostic> {
    let document = match spanned::parse(text) {
        Ok(document) => document,
        Err(error) if error.too_deep => return vec![not_yaml(file, text, &error)],
        Err(_) => return Vec::new(),
    };
    let mut mistakes = refused_yaml(file, &document);
    if let (File::Operation, Some(root)) = (kind, &document.root) {
        optional_path_params(file, root, &mut mistakes);
    }
    mistakes
}

/// The report of text that is not YAML.
pub fn not_yaml(file: &str, text: &str, error: &SyntaxError) -> Diagnostic {
    if error.too_deep {
        return Diagnostic::new(Place::span(file, error.span), &error.message)
            .help("declare the inner part as a type under `types` and use its name");
    }
    let all: Vec<&str> = lines(text).collect();
    if let Some(tab) = indenting_tab(&all, error.span.line) {
        return Diagnostic::new(
            Place::span(file, tab),
            "invalid YAML: a tab indents the line",
        )
        .help("indent with spaces");
    }
    let line = all
        .get(error.span.line.saturating_sub(1))
        .copied()
        .unwrap_or_default();
    let at = line.chars().nth(error.span.column.saturating_sub(1));
    let message = error.message.as_str();
    let said = |words: &str| message.contains(words);
    let help = if let Some(c @ ('`' | '@' | '%')) = at {
        &format!("quote text that starts with {c}")
    } else if said("directive") || said("document") {
        "write no directives and one document per file; quote text that starts with %"
    } else if said("mapping values") || said("illegal placement of ':'") {
        "quote text that contains `: `, or indent the line like its neighbors"
    } else if said("escape") || said("hexadecimal") {
        "double a backslash inside double quotes, or use single quotes"
    } else if said("trailing content") {
        "end the line after the closing quote; double a quote inside single quotes"
    } else if said("quoted scalar") {
        "close the quote; double a quote inside single quotes, and write `\\\"` inside double quotes"
    } else if said("invalid indentation") {
        "indent the line like its neighbors; or close the bracket or quote above"
    } else if said("misplaced bracket") {
        "remove the bracket, or quote the text"
    } else if said("flow") || said("plain scalar") {
        "put a comma between entries and close each bracket; quote text with brackets or commas"
    } else if said("block") || said("indentation") || said("simple key") || said("expect") {
        "write `key: value`, with a space after the colon, and indent the line like its neighbors"
    } else if said("anchor") || said("tag") || said("handle") {
        "quote text that starts with `&`, `*` or `!`"
    } else {
        "quote text with special characters"
    };
    // What should have been a key ends with its line, and is missed at the next.
    let keyless = said("simple key expect").then(|| filled_before(&all, error.span.line));
    let number = keyless.flatten().unwrap_or(error.span.line);
    let span = if number == error.span.line {
        error.span
    } else {
        let line = all.get(number - 1).copied().unwrap_or_default();
        Span::point(number, line.chars().take_while(|c| *c == ' ').count() + 1)
    };
    let message = format!("invalid YAML: {message}");
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

/// YAML that specs do not use.
fn refused_yaml(file: &str, document: &Document) -> Vec<Diagnostic> {
    let mut mistakes = references(file, document);
    let mut open: Vec<&Node> = document.root.iter().collect();
    while let Some(node) = open.pop() {
        match &node.content {
            Content::Scalar(text, _) => {
                let escaped = text.chars().find(|c| scan::is_refused(*c));
                mistakes.extend(escaped.map(|c| scan::refused(file, node.span, c)));
            }
            Content::List(items) => open.extend(items),
            Content::Map(pairs) => {
                for (key, value) in pairs {
                    open.extend([key, value]);
                    if key.is_merge() {
                        let place = Place::span(file, key.span);
                        mistakes.push(Diagnostic::new(place, "merge keys are not allowed in spec files").help(
                            "write the keys out, or declare a type under `types`; quote a key named `<<`",
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

/// Numbers beyond 64 bits. Outside of examples the schema limits numbers.
fn long_numbers(file: &str, example: &Node, mistakes: &mut Vec<Diagnostic>) {
    let range = i128::from(i64::MIN)..=i128::from(u64::MAX);
    let mut open = vec![example];
    while let Some(node) = open.pop() {
        match &node.content {
            Content::List(items) => open.extend(items),
            Content::Map(pairs) => open.extend(pairs.iter().map(|(_, value)| value)),
            Content::Scalar(text, _) => {
                let Some(Scalar::Integer(number)) = node.scalar() else {
                    continue;
                };
                if !number.is_some_and(|number| range.contains(&number)) {
                    let message = format!("{} does not fit into 64 bits", quoted(text));
                    let place = Place::span(file, node.span);
                    mistakes
                        .push(Diagnostic::new(place, message).help("quote it if it is a string"));
                }
            }
        }
    }
}

fn references(file: &str, document: &Document) -> Vec<Diagnostic> {
    let refused = document.refused.iter().map(|(span, what)| {
        let help = match *what {
            "a tag" => "quote text that starts with `!`",
            "a second document" => "give each operation its own file",
            _ => "write the value out, or declare a type under `types`; quote text that starts with `&` or `*`",
        };
        Diagnostic::new(Place::span(file, *span), format!("{what} is not allowed in spec files")).help(help)
    });
    refused.collect()
}

/// Finds duplicate keys in any mapping.
fn duplicates(file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &node.content {
            Content::Scalar(..) => {}
            Content::List(items) => open.extend(items),
            Content::Map(pairs) => {
                open.extend(pairs.iter().flat_map(|(key, value)| [key, value]));
                if is_small_and_distinct(pairs) {
                    continue;
                }
                let mut seen: HashMap<&str, Span> = HashMap::with_capacity(pairs.len());
                for (key, _) in pairs {
                    let Some(name) = key.text() else { continue };
                    if let Some(first) = seen.get(name) {
                        let message = format!(
                            "duplicate key {} (first at line {})",
                            quoted(name),
                            first.line
                        );
                        mistakes.push(
                            Diagnostic::new(Place::span(file, key.span), message)
                                .help("keep one")
                                .also(Place::span(file, *first), "first here"),
                        );
                    } else {
                        seen.insert(name, key.span);
                    }
                }
            }
        }
    }
}

/// Most mappings are so small that comparing all keys is the fastest.
fn is_small_and_distinct(pairs: &[(Node, Node)]) -> bool {
    let later = |at: usize, name| pairs.iter().skip(at + 1).any(|(key, _)| key.text() == name);
    pairs.len() < 8
        && !pairs
            .iter()
            .enumerate()
            .any(|(at, (key, _))| key.text().is_some() && later(at, key.text()))
}

/// The value of a key.
fn value<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Content::Map(pairs) = &node.content else {
        return None;
    };
    let pair = pairs.iter().find(|(key, _)| key.text() == Some(name));
    pair.map(|(_, value)| value)
}

/// In the model `required: false` is the same as an absent key; on a path parameter it is an error.
fn optional_path_params(file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let Some(Node {
        content: Content::Map(params),
        ..
    }) = value(root, "path_params")
    else {
        return;
    };
    for (name, param) in params {
        if let Some(required) = value(param, "required").filter(|v| v.text() == Some("false")) {
            let message = format!(
                "the path parameter {} cannot be optional",
                quoted(name.text().unwrap_or_default())
            );
            mistakes.push(
                Diagnostic::new(Place::span(file, required.span), message)
                    .help("values in the path are always required: remove `required`"),
            );
        }
    }
}
