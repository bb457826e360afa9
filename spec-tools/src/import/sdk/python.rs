//! Python source as a tree, and shapes to be found in it.
//!
//! The only file that knows the parser. A shape is written as the Python it stands for, with words in capitals for
//! what differs from place to place; any other shape is a construct that the import does not know.

use std::sync::Arc;

use tree_sitter::{Parser, Tree, TreeCursor};

use crate::diagnostic::{Diagnostic, Place, Span};

/// What is wrong with a piece of the package. Boxed, since it is large and rare.
pub(super) type Problem = Box<Diagnostic>;

/// Something wrong in a file of the package.
pub(super) fn problem(file: &str, span: Span, message: impl Into<String>) -> Problem {
    Box::new(Diagnostic::new(Place::span(file, span), message))
}

/// A file of Python source that has been parsed.
pub(super) struct Source {
    /// The file, from the package's folder on.
    pub(super) file: String,
    pub(super) text: Arc<str>,
    tree: Tree,
}

impl Source {
    /// Parses a file. A file that is not Python is reported where it stops being Python.
    pub(super) fn parse(file: String, text: Arc<str>) -> Result<Self, Problem> {
        let failed = |reason: &str| Box::new(Diagnostic::new(Place::file(file.clone()), reason));
        let mut parser = Parser::new();
        let python = tree_sitter_python::LANGUAGE.into();
        if parser.set_language(&python).is_err() {
            return Err(failed("the Python parser failed to load"));
        }
        let Some(tree) = parser.parse(text.as_ref(), None) else {
            return Err(failed("the Python parser gave up"));
        };
        let source = Self { file, text, tree };
        match source.root().first_error() {
            Some(error) => {
                let message = "this is not Python";
                let help = "use the file as it was published; nothing from its folder was imported";
                Err(Box::new(error.problem(message).help(help)))
            }
            None => Ok(source),
        }
    }

    /// The module.
    pub(super) fn root(&self) -> Node<'_> {
        Node {
            raw: self.tree.root_node(),
            source: self,
        }
    }
}

/// A piece of a file: a statement, an expression or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    raw: tree_sitter::Node<'a>,
    source: &'a Source,
}

impl<'a> Node<'a> {
    /// What it is, by the name that the grammar gives it.
    pub(super) fn kind(self) -> &'static str {
        self.raw.kind()
    }

    pub(super) fn text(self) -> &'a str {
        let text: &'a str = &self.source.text;
        text.get(self.raw.byte_range()).unwrap_or_default()
    }

    /// The part that the grammar has a name for.
    pub(super) fn field(self, name: &str) -> Option<Self> {
        self.raw.child_by_field_name(name).map(|raw| self.of(raw))
    }

    /// The parts without punctuation, comments among them.
    pub(super) fn children(self) -> Vec<Self> {
        let mut cursor = self.raw.walk();
        let children = self.raw.named_children(&mut cursor);
        children.map(|raw| self.of(raw)).collect()
    }

    /// The parts without punctuation and comments.
    pub(super) fn parts(self) -> Vec<Self> {
        let mut children = self.children();
        children.retain(|child| child.kind() != "comment");
        children
    }

    /// This and all that is in it.
    pub(super) fn walk(self) -> Walk<'a> {
        Walk {
            cursor: self.raw.walk(),
            source: self.source,
            done: false,
        }
    }

    /// True if it is an `async def`.
    pub(super) fn is_async(self) -> bool {
        self.raw
            .child(0)
            .is_some_and(|first| first.kind() == "async")
    }

    /// What a string without holes holds, if it is one and has nothing to be unescaped.
    pub(super) fn string(self) -> Option<&'a str> {
        if self.kind() != "string" || self.text().starts_with(['f', 'b', 'r', 'u']) {
            return None;
        }
        let parts = self.children();
        match parts.as_slice() {
            [_, _] => Some(""),
            [_, content, _] if content.raw.named_child_count() == 0 => Some(content.text()),
            _ => None,
        }
    }

    pub(super) fn span(self) -> Span {
        let (line, column) = self.place(self.raw.start_byte(), self.raw.start_position());
        let (end_line, end_column) = self.place(self.raw.end_byte(), self.raw.end_position());
        Span {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The parser counts from 0, and columns in bytes.
    fn place(self, byte: usize, at: tree_sitter::Point) -> (usize, usize) {
        let line = byte.saturating_sub(at.column);
        let before = self.source.text.get(line..byte).unwrap_or_default();
        (at.row + 1, before.chars().count() + 1)
    }

    /// Something wrong here.
    pub(super) fn problem(self, message: impl Into<String>) -> Problem {
        problem(&self.source.file, self.span(), message)
    }

    /// The first place at which the parser did not know how to go on.
    fn first_error(self) -> Option<Self> {
        if !self.raw.has_error() {
            return None;
        }
        let broken = |node: &Self| node.raw.is_error() || node.raw.is_missing();
        Some(self.walk().find(broken).unwrap_or(self))
    }

    fn of(self, raw: tree_sitter::Node<'a>) -> Self {
        Self { raw, ..self }
    }
}

/// A way through a tree, parents before children.
pub(super) struct Walk<'a> {
    cursor: TreeCursor<'a>,
    source: &'a Source,
    done: bool,
}

impl<'a> Iterator for Walk<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.done {
            return None;
        }
        let node = Node {
            raw: self.cursor.node(),
            source: self.source,
        };
        if !self.cursor.goto_first_child() {
            while !self.cursor.goto_next_sibling() {
                if !self.cursor.goto_parent() {
                    self.done = true;
                    break;
                }
            }
        }
        Some(node)
    }
}

/// A shape: Python in which words in capitals stand for what may differ.
pub(super) struct Shape {
    source: Source,
}

impl Shape {
    /// A statement, as the package has it.
    pub(super) fn new(python: &str) -> Result<Self, Problem> {
        let source = Source::parse("a shape".to_owned(), python.into())?;
        Ok(Self { source })
    }

    /// Several statements.
    pub(super) fn all(pythons: &[&str]) -> Result<Vec<Self>, Problem> {
        pythons.iter().map(|python| Self::new(python)).collect()
    }

    /// What the words in capitals stand for, if a statement is of this shape.
    pub(super) fn find<'a>(&self, statement: Node<'a>) -> Option<Found<'a>> {
        let mut root = self.source.root().raw.walk();
        let mut found = Found(Vec::new());
        let wanted = self.source.root().raw.named_children(&mut root).next()?;
        self.matches(wanted, statement, &mut found).then_some(found)
    }

    fn matches<'a>(
        &self,
        wanted: tree_sitter::Node<'_>,
        node: Node<'a>,
        found: &mut Found<'a>,
    ) -> bool {
        let wanted_text = self
            .source
            .text
            .get(wanted.byte_range())
            .unwrap_or_default();
        let inner = wanted_text.trim_matches('\'');
        if matches!(wanted.kind(), "identifier" | "string") && is_hole(inner) {
            return (wanted.kind() == "identifier" || node.string().is_some())
                && found.put(inner, node);
        }
        if wanted.kind_id() != node.raw.kind_id() {
            return false;
        }
        if wanted.child_count() == 0 {
            return wanted_text == node.text();
        }
        let telling = |node: &tree_sitter::Node<'_>| !matches!(node.kind(), "comment" | ",");
        let (mut ours, mut theirs) = (wanted.walk(), node.raw.walk());
        let mut ours = wanted.children(&mut ours).filter(telling);
        let mut theirs = node.raw.children(&mut theirs).filter(telling);
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(wanted), Some(raw)) if self.matches(wanted, node.of(raw), found) => {}
                _ => return false,
            }
        }
    }
}

fn is_hole(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// What the words in capitals of a shape stand for.
pub(super) struct Found<'a>(Vec<(String, Node<'a>)>);

impl<'a> Found<'a> {
    /// A word that comes twice stands for the same.
    fn put(&mut self, word: &str, node: Node<'a>) -> bool {
        if let Some((_, known)) = self.0.iter().find(|(known, _)| known == word) {
            return known.text() == node.text();
        }
        self.0.push((word.to_owned(), node));
        true
    }

    /// What a word stands for: the text of a name or an expression, what a string holds.
    pub(super) fn text(&self, word: &str) -> &'a str {
        let node = self.node(word);
        node.map_or("", |node| node.string().unwrap_or_else(|| node.text()))
    }

    /// What a word stands for.
    pub(super) fn node(&self, word: &str) -> Option<Node<'a>> {
        let found = self.0.iter().find(|(known, _)| known == word);
        found.map(|(_, node)| *node)
    }
}
