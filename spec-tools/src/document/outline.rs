//! Where the keys and items of a text begin and end.

use crate::spanned::{Content, Node};

/// A line and a column, from 1.
pub(super) type Position = (usize, usize);

/// A key with its value, or an item.
pub(super) struct Slot {
    pub(super) start: Position,
    pub(super) end: Position,
    pub(super) column: usize,
    pub(super) parent: usize,
}

/// A mapping or a list.
pub(super) struct Collection {
    pub(super) parent: Option<usize>,
    pub(super) column: usize,
    pub(super) brackets: Option<(Position, Position)>,
}

/// Where everything begins and ends.
pub(super) struct Outline<'a> {
    pub(super) lines: &'a [&'a str],
    pub(super) slots: Vec<Slot>,
    pub(super) collections: Vec<Collection>,
    /// Where scalars begin and end.
    pub(super) scalars: Vec<(Position, Position)>,
}

impl<'a> Outline<'a> {
    /// The outline of a text with the content `root`.
    pub(super) fn new(lines: &'a [&'a str], root: Option<&Node>) -> Self {
        let mut outline = Self {
            lines,
            slots: Vec::new(),
            collections: Vec::new(),
            scalars: Vec::new(),
        };
        if let Some(root) = root {
            outline.node(root, None);
        }
        outline
    }

    /// Takes in a node; gives its end.
    fn node(&mut self, node: &Node, parent: Option<usize>) -> Position {
        let start = (node.span.line, node.span.column);
        let end = (node.span.end_line, node.span.end_column);
        let id = self.collections.len();
        let brackets = node.flow.then_some((start, end));
        let mut last = start;
        match &node.content {
            Content::Scalar(..) => {
                let end = self.content_end(start, end);
                if start < end {
                    self.scalars.push((start, end));
                }
                return end;
            }
            Content::List(items) => {
                let column = items.first().map_or(start.1, |item| self.dash(item));
                self.collections.push(Collection {
                    parent,
                    column,
                    brackets,
                });
                for item in items {
                    let column = self.dash(item);
                    last = self.slot((item.span.line, item.span.column), column, id, item);
                }
            }
            Content::Map(pairs) => {
                let column = pairs.first().map_or(start.1, |(key, _)| key.span.column);
                self.collections.push(Collection {
                    parent,
                    column,
                    brackets,
                });
                for (key, value) in pairs {
                    let start = (key.span.line, key.span.column);
                    let key_end = (key.span.end_line, key.span.end_column);
                    self.scalars.push((start, key_end));
                    last = self.slot(start, start.1, id, value).max(key_end);
                    if let Some(slot) = self.slots.iter_mut().rfind(|slot| slot.start == start) {
                        slot.end = last;
                    }
                }
            }
        }
        if node.flow { end } else { last }
    }

    fn slot(&mut self, start: Position, column: usize, parent: usize, value: &Node) -> Position {
        let id = self.slots.len();
        self.slots.push(Slot {
            start,
            end: start,
            column,
            parent,
        });
        let end = self.node(value, Some(parent));
        if let Some(slot) = self.slots.get_mut(id) {
            slot.end = end;
        }
        end
    }

    /// The column of the dash before an item.
    fn dash(&self, item: &Node) -> usize {
        let line = self.line(item.span.line);
        let before = line.chars().take(item.span.column.saturating_sub(1));
        let found = (1..).zip(before).filter(|(_, c)| *c == '-').last();
        found.map_or(item.span.column, |(column, _)| column)
    }

    fn line(&self, number: usize) -> &str {
        let index = number.checked_sub(1);
        index
            .and_then(|index| self.lines.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// The end of a scalar without the empty lines that a block has behind it.
    fn content_end(&self, start: Position, end: Position) -> Position {
        let (mut line, mut column) = end;
        while line > start.0
            && self
                .line(line)
                .chars()
                .take(column - 1)
                .all(char::is_whitespace)
        {
            line -= 1;
            column = self.line(line).chars().count() + 1;
        }
        (line, column)
    }

    /// Whether a slot is somewhere in a collection.
    pub(super) fn holds(&self, collection: usize, slot: &Slot) -> bool {
        let mut inside = Some(slot.parent);
        while let Some(id) = inside {
            if id == collection {
                return true;
            }
            inside = self
                .collections
                .get(id)
                .and_then(|collection| collection.parent);
        }
        false
    }
}
