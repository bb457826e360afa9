//! Where in a document a place is.

use super::{Content, Document, Node};
use crate::diagnostic::{At, Span, Step};
use crate::lines::{self, Line};

impl Document {
    /// Where a place is. If its path leads nowhere, where it stops.
    pub fn find(&self, text: &str, at: &At) -> Option<Span> {
        // Only a piece of a value is searched for in the text.
        let lines = matches!(at, At::Piece(..)).then(|| lines::of(text));
        self.find_in(&lines.unwrap_or_default(), at)
    }

    /// The same, if the lines are at hand.
    pub(crate) fn find_in(&self, lines: &[Line<'_>], at: &At) -> Option<Span> {
        let (At::Key(steps) | At::Value(steps) | At::Piece(steps, _)) = at else {
            return None;
        };
        let mut node = self.root.as_ref()?;
        let mut key: Option<&Node> = None;
        let mut whole = true;
        for step in steps {
            let next = match (step, &node.content) {
                (Step::Key(name), Content::Map(pairs)) => self
                    .pair(node.id, pairs, name)
                    .map(|(key, value)| (Some(key), value)),
                (Step::Index(index), Content::List(items)) => {
                    items.get(*index).map(|item| (None, item))
                }
                _ => None,
            };
            let Some((next_key, next_node)) = next else {
                whole = false;
                break;
            };
            (key, node) = (next_key, next_node);
        }
        match (at, key) {
            (At::Key(_), Some(key)) => Some(key.span),
            (At::Piece(_, piece), _) if whole => {
                piece_of(lines, node.span, piece).or_else(|| Some(value(key, node)))
            }
            _ => Some(value(key, node)),
        }
    }

    /// The first pair of a mapping that has a key.
    fn pair<'a>(
        &self,
        map: usize,
        pairs: &'a [(Node, Node)],
        name: &str,
    ) -> Option<&'a (Node, Node)> {
        if pairs.len() < 16 {
            return pairs.iter().find(|(key, _)| key.text() == Some(name));
        }
        let mut known = self.keys.borrow_mut();
        let keys = known.entry(map).or_insert_with(|| {
            let named = pairs.iter().enumerate().rev();
            let named = named.filter_map(|(at, (key, _))| Some((key.text()?.to_owned(), at)));
            named.collect()
        });
        pairs.get(*keys.get(name)?)
    }
}

/// What to mark for a value: a scalar or a value in brackets itself, otherwise its key or,
/// where there is none, its first line.
fn value(key: Option<&Node>, node: &Node) -> Span {
    let itself = match node.content {
        Content::Scalar(..) => {
            node.span.end_line > node.span.line || node.span.end_column > node.span.column
        }
        _ => node.flow,
    };
    match key {
        Some(key) if !itself => key.span,
        // The end of a mapping without brackets is known to be on a later line.
        _ if !itself => Span {
            end_line: node.span.line + 1,
            ..node.span
        },
        _ => node.span,
    }
}

/// The first stretch of a node's text that reads as `piece`.
fn piece_of(lines: &[Line<'_>], span: Span, piece: &str) -> Option<Span> {
    let first = span.line.saturating_sub(1);
    let count = span.end_line.saturating_sub(span.line) + 1;
    for (line, text) in (span.line..).zip(lines.iter().skip(first).take(count)) {
        let skip = if line == span.line {
            span.column.saturating_sub(1)
        } else {
            0
        };
        let rest = text.from(skip);
        if let Some(found) = rest.find(piece) {
            let column = skip + rest.get(..found)?.chars().count() + 1;
            return Some(Span {
                line,
                column,
                end_line: line,
                end_column: column + piece.chars().count(),
            });
        }
    }
    None
}
