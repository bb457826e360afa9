//! Spanned YAML: a tree with the position of each node.
//!
//! The parser behind the model drops positions. This one keeps them, and only runs when an error needs a place. It is the only file that knows `saphyr_parser`.

mod find;

use std::cell::RefCell;
use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Mark};

use crate::diagnostic::Span;
use crate::lines::{self, Line};
use crate::scan::DEPTH;

/// A YAML document.
#[derive(Debug)]
pub struct Document {
    /// What the document holds, if anything.
    pub root: Option<Node>,
    /// YAML that spec files do not use, with what it is.
    pub refused: Vec<(Span, &'static str)>,
    /// The positions of a mapping's keys, for each mapping that was searched: a report asks for many places.
    keys: RefCell<HashMap<usize, HashMap<String, usize>>>,
}

/// A scalar, a list or a mapping, with its position.
#[derive(Debug)]
pub struct Node {
    /// No two lists and mappings of a document have the same.
    id: usize,
    /// From its first character to its last.
    pub span: Span,
    /// True for a list or a mapping in brackets.
    pub flow: bool,
    /// What it is.
    pub content: Content,
}

/// What a node is.
#[derive(Debug)]
pub enum Content {
    /// A text, with true if it is unquoted and so may be a number.
    Scalar(String, bool),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<(Node, Node)>),
}

/// What a scalar is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number, if it fits.
    Integer(Option<i128>),
    /// A number with a fraction or an exponent.
    Float,
    /// Anything else.
    Text,
}

/// Text that is not YAML.
#[derive(Debug)]
pub struct SyntaxError {
    pub span: Span,
    pub message: String,
    /// True if it may be YAML, but is nested deeper than is read.
    pub too_deep: bool,
}

/// Parses the first document of a text.
pub fn parse(text: &str) -> Result<Document, SyntaxError> {
    let lines = lines::of(text);
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, mark) = event.map_err(|error| {
            let at = error.marker();
            // It reads ahead, and has a limit of its own on what it keeps in mind then.
            let too_deep = error.info() == "recursion limit exceeded";
            SyntaxError {
                span: Span::point(at.line().max(1), at.col() + 1),
                message: if too_deep {
                    nested_too_deep()
                } else {
                    error.info().to_owned()
                },
                too_deep,
            }
        })?;
        let mut span = span(mark);
        if let Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) = event {
            // The parser counts the comment behind it to it.
            (span.end_line, span.end_column) = closing_quote(&lines, span);
        }
        if let Event::DocumentStart(_) = event {
            builder.documents += 1;
            if builder.documents > 1 {
                builder.refused.push((
                    Span {
                        end_line: span.line,
                        ..span
                    },
                    "a second document",
                ));
                break;
            }
        } else if let Some(full) = builder.event(event, span) {
            builder.done(full);
        }
        if builder.open.len() > DEPTH {
            return Err(SyntaxError {
                span,
                message: nested_too_deep(),
                too_deep: true,
            });
        }
    }
    Ok(Document {
        root: builder.root,
        refused: builder.refused,
        keys: RefCell::default(),
    })
}

fn nested_too_deep() -> String {
    format!("mappings and lists are nested more than {DEPTH} deep")
}

fn span(mark: Mark) -> Span {
    Span {
        line: mark.start.line().max(1),
        column: mark.start.col() + 1,
        end_line: mark.end.line().max(1),
        end_column: mark.end.col() + 1,
    }
}

/// The place after the closing quote of the text that starts at a span.
fn closing_quote(lines: &[Line<'_>], span: Span) -> (usize, usize) {
    let mut quote = None;
    let mut escaped = false;
    for line in span.line..=span.end_line {
        let skip = if line == span.line {
            span.column - 1
        } else {
            0
        };
        let text = lines.get(line - 1).map_or("", |line| line.from(skip));
        let mut chars = (skip + 1..).zip(text.chars()).peekable();
        while let Some((column, c)) = chars.next() {
            let Some(quote) = quote else {
                quote = Some(c);
                continue;
            };
            if escaped {
                escaped = false;
            } else if quote == '"' && c == '\\' {
                escaped = true;
            } else if c == quote {
                // Two single ones mean one.
                let doubled = quote == '\'' && chars.next_if(|(_, next)| *next == quote).is_some();
                if !doubled {
                    return (line, column + 1);
                }
            }
        }
        // A backslash at a line's end gives no character.
        escaped = false;
    }
    (span.end_line, span.end_column)
}

/// Puts a tree together from events, without recursion.
#[derive(Default)]
struct Builder {
    documents: usize,
    root: Option<Node>,
    open: Vec<Open>,
    closed: usize,
    refused: Vec<(Span, &'static str)>,
}

struct Open {
    span: Span,
    mapping: bool,
    items: Vec<Node>,
}

impl Builder {
    /// Takes in an event; gives the node that it finishes.
    fn event(&mut self, event: Event<'_>, span: Span) -> Option<Node> {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.refuse(span, anchor, tag.is_some());
                let plain = style == ScalarStyle::Plain;
                Some(Node {
                    id: 0,
                    span,
                    flow: false,
                    content: Content::Scalar(value.into_owned(), plain),
                })
            }
            Event::Alias(_) => {
                self.refused.push((span, "an alias"));
                Some(Node {
                    id: 0,
                    span,
                    flow: false,
                    content: Content::Scalar(String::new(), true),
                })
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(span, anchor, tag.is_some());
                self.open.push(Open {
                    span,
                    mapping: false,
                    items: Vec::new(),
                });
                None
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(span, anchor, tag.is_some());
                self.open.push(Open {
                    span,
                    mapping: true,
                    items: Vec::new(),
                });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let open = self.open.pop()?;
                // Only a bracket has a width. The parser counts the blanks behind the closing one to it.
                let flow = (open.span.line, open.span.column)
                    != (open.span.end_line, open.span.end_column);
                let (end_line, end_column) = if flow {
                    (span.line, span.column + 1)
                } else {
                    (span.end_line, span.end_column)
                };
                let span = Span {
                    end_line,
                    end_column,
                    ..open.span
                };
                let content = if open.mapping {
                    let mut items = open.items.into_iter();
                    let pairs = std::iter::from_fn(|| Some((items.next()?, items.next()?)));
                    Content::Map(pairs.collect())
                } else {
                    Content::List(open.items)
                };
                self.closed += 1;
                let id = self.closed;
                Some(Node {
                    id,
                    span,
                    flow,
                    content,
                })
            }
            _ => None,
        }
    }

    fn done(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.items.push(node),
            None => self.root = Some(node),
        }
    }

    fn refuse(&mut self, span: Span, anchor: usize, tag: bool) {
        if anchor != 0 {
            self.refused.push((span, "an anchor"));
        }
        if tag {
            self.refused.push((span, "a tag"));
        }
    }
}

impl Node {
    /// The scalar's text.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether a key is a merge key, which includes the keys of another mapping.
    pub(crate) fn is_merge(&self) -> bool {
        matches!(&self.content, Content::Scalar(text, true) if text == "<<")
    }

    /// What a scalar is taken for; `None` for lists and mappings.
    pub fn scalar(&self) -> Option<Scalar> {
        match &self.content {
            Content::Scalar(text, true) => Some(plain(text)),
            Content::Scalar(_, false) => Some(Scalar::Text),
            _ => None,
        }
    }
}

/// What a text without quotes is taken for.
pub fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => return Scalar::Boolean,
        ".inf" | "-.inf" | "+.inf" | ".nan" | ".Inf" | ".NaN" => return Scalar::Float,
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let radix = |prefix, radix| {
        let rest: Option<&str> = digits.strip_prefix(prefix);
        rest.filter(|rest| rest.chars().all(|c| c.is_digit(radix)) && !rest.is_empty())
            .map(|rest| Scalar::Integer(i128::from_str_radix(rest, radix).ok()))
    };
    if let Some(number) = radix("0x", 16)
        .or_else(|| radix("0o", 8))
        .or_else(|| radix("0b", 2))
    {
        return number;
    }
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if all_digits && (digits == "0" || !digits.starts_with('0')) {
        return Scalar::Integer(text.strip_prefix('+').unwrap_or(text).parse().ok());
    }
    let numeric = digits
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'));
    if numeric
        && digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && !all_digits
        && text.parse::<f64>().is_ok()
    {
        return Scalar::Float;
    }
    Scalar::Text
}
