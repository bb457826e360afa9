//! A spec file as a tree with its comments, and the one layout in which it is printed.
//!
//! People and programs write the same files: what a person wrote, in any order and with any comments, is still
//! there after a program has added to it.

mod agreement;
mod comments;
mod deserialize;
pub(crate) mod example;
mod form;
pub(crate) mod model;
mod outline;
mod print;
mod read;
mod scalar;

use crate::diagnostic::{Diagnostic, Step};
use crate::schema::File;
use crate::spec::{Event, Operation, ServiceFile};

pub(crate) use form::Role;
pub(crate) use scalar::Scalar;

/// A valid spec file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    kind: File,
    /// Its path from the spec's folder on.
    file: String,
    /// Comments about the file as a whole, before its first key.
    head: Vec<Line>,
    root: Map,
}

/// A line between two keys or items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// An empty line.
    Blank,
    /// A comment with its `#`.
    Comment(String),
}

/// The comments around a key or an item.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Notes {
    /// The lines before it.
    pub(crate) before: Vec<Line>,
    /// The comment behind it, on its line.
    pub(crate) after: Option<String>,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// A string, a number, a boolean or null.
    Scalar(Scalar),
    /// A list.
    List(List),
    /// A mapping.
    Map(Map),
}

/// A list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct List {
    pub(crate) items: Vec<Item>,
    /// The lines behind the last item.
    pub(crate) tail: Vec<Line>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) notes: Notes,
    pub(crate) value: Node,
}

/// A mapping.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Map {
    pub(crate) entries: Vec<Entry>,
    /// The lines behind the last entry.
    pub(crate) tail: Vec<Line>,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) notes: Notes,
    pub(crate) key: Scalar,
    pub(crate) value: Node,
}

impl Document {
    /// Reads a file. `file` is its path in the spec folder. The errors are those of syntax and schema
    /// that `check` would report.
    pub fn read(kind: File, file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        read::read(kind, file, text)
    }

    /// The file of an operation.
    pub fn operation(operation: &Operation) -> Self {
        Self::made(File::Operation, model::operation(operation))
    }

    /// The file of an event.
    pub fn event(event: &Event) -> Self {
        Self::made(File::Event, model::event(event))
    }

    /// A file that says nothing yet.
    pub(crate) fn empty(kind: File) -> Self {
        Self::made(kind, Map::default())
    }

    /// The file of a service.
    pub fn service(service: &ServiceFile) -> Self {
        Self::made(File::Service, model::service(service))
    }

    fn made(kind: File, root: Map) -> Self {
        let modeline = form::modeline(kind);
        Self {
            kind,
            file: String::new(),
            head: vec![Line::Comment(modeline.to_owned())],
            root,
        }
    }

    /// The same file under another path.
    #[must_use]
    pub fn at(mut self, file: impl Into<String>) -> Self {
        self.file = file.into();
        self
    }

    /// Its path from the spec's folder on.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Which kind of file it is.
    pub fn kind(&self) -> File {
        self.kind
    }

    /// The file's content, as the model.
    pub(crate) fn model<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        self.root.model().ok()
    }

    pub(crate) fn root_mut(&mut self) -> &mut Map {
        &mut self.root
    }

    /// The value that a path leads to.
    pub(crate) fn find(&self, path: &[Step]) -> Option<&Node> {
        let (first, rest) = path.split_first()?;
        let Step::Key(first) = first else { return None };
        let mut node = self.root.get(first)?;
        for step in rest {
            node = match (step, node) {
                (Step::Key(key), Node::Map(map)) => map.get(key)?,
                (Step::Index(index), Node::List(list)) => {
                    list.items.get(*index).map(|item| &item.value)?
                }
                _ => return None,
            };
        }
        Some(node)
    }

    /// The value that a path leads to, to be changed.
    pub(crate) fn find_mut(&mut self, path: &[Step]) -> Option<&mut Node> {
        let (first, rest) = path.split_first()?;
        let Step::Key(first) = first else { return None };
        let mut node = self.root.get_mut(first)?;
        for step in rest {
            node = match (step, node) {
                (Step::Key(key), Node::Map(map)) => map.get_mut(key)?,
                (Step::Index(index), Node::List(list)) => {
                    list.items.get_mut(*index).map(|item| &mut item.value)?
                }
                _ => return None,
            };
        }
        Some(node)
    }
}

impl List {
    /// Adds an item at a place among the others.
    pub(crate) fn insert(&mut self, at: usize, value: Node) {
        let item = Item {
            notes: Notes::default(),
            value,
        };
        self.items.insert(at.min(self.items.len()), item);
    }
}

impl Map {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let found = self.entries.iter().find(|entry| entry.key.text == key);
        found.map(|entry| &entry.value)
    }

    /// Removes a key.
    pub(crate) fn remove(&mut self, key: &str) {
        self.entries.retain(|entry| entry.key.text != key);
    }

    /// The value of a key, to be changed.
    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let found = self.entries.iter_mut().find(|entry| entry.key.text == key);
        found.map(|entry| &mut entry.value)
    }

    /// Where a key is.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key.text == key)
    }

    /// Adds an entry behind the others.
    pub(crate) fn push(&mut self, key: Scalar, value: impl Into<Node>) {
        self.insert(self.entries.len(), key, value);
    }

    /// Adds an entry at a place among the others.
    pub(crate) fn insert(&mut self, at: usize, key: Scalar, value: impl Into<Node>) {
        let entry = Entry {
            notes: Notes::default(),
            key,
            value: value.into(),
        };
        self.entries.insert(at.min(self.entries.len()), entry);
    }
}

impl From<Scalar> for Node {
    fn from(scalar: Scalar) -> Self {
        Self::Scalar(scalar)
    }
}

impl From<Map> for Node {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl FromIterator<Node> for Node {
    fn from_iter<I: IntoIterator<Item = Node>>(items: I) -> Self {
        let items = items.into_iter().map(|value| Item {
            notes: Notes::default(),
            value,
        });
        Self::List(List {
            items: items.collect(),
            tail: Vec::new(),
        })
    }
}
