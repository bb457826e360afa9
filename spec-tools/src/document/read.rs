//! From text to tree.

use super::agreement::disagreement;
use super::comments::{self, Comments};
use super::{Document, Entry, Item, Line, List, Map, Node, Notes, Scalar};
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::schema::File;
use crate::spanned::{self, Content};
use crate::spec::{Event, EventGroupFile, Glossary, Operation, Platform, ServiceFile};
use crate::validate;

pub(super) fn read(kind: File, file: &str, text: &str) -> Result<Document, Vec<Diagnostic>> {
    match kind {
        File::Operation => load::read::<Operation>(kind, file, text).map(drop)?,
        File::Service => load::read::<ServiceFile>(kind, file, text).map(drop)?,
        File::Event => load::read::<Event>(kind, file, text).map(drop)?,
        File::EventGroup => load::read::<EventGroupFile>(kind, file, text).map(drop)?,
        File::Platform => load::read::<Platform>(kind, file, text).map(drop)?,
        File::Glossary => load::read::<Glossary>(kind, file, text).map(drop)?,
    }
    let document =
        spanned::parse(text).map_err(|broken| vec![validate::not_yaml(file, text, &broken)])?;
    let node = document.root.as_ref();
    if let Some(mistake) = node.and_then(|node| disagreement(file, text, node)) {
        return Err(vec![mistake]);
    }
    let mut reader = Reader {
        comments: comments::find(text, node),
        slots: 0,
        collections: 0,
    };
    let mut notes = Notes::default();
    let mut root = match node.map(|node| reader.node(node, &mut notes)) {
        Some(Node::Map(map)) => map,
        _ => Map::default(),
    };
    root.tail.splice(0..0, notes.before);
    root.tail.append(&mut reader.comments.rest);
    tidy_end(&mut root.tail);
    let head = take_head(&mut root);
    Ok(Document {
        kind,
        file: file.to_owned(),
        head,
        root,
    })
}

/// The lines at the top that describe the file: the one for editors, and what is apart from the
/// first key.
fn take_head(root: &mut Map) -> Vec<Line> {
    let Some(first) = root.entries.first_mut() else {
        return std::mem::take(&mut root.tail);
    };
    let lines = &mut first.notes.before;
    let is_modeline =
        |line: &Line| matches!(line, Line::Comment(text) if text.contains("yaml-language-server"));
    let modeline = lines.iter().position(is_modeline);
    let apart = lines.iter().rposition(|line| *line == Line::Blank);
    let end = modeline.max(apart).map_or(0, |at| at + 1);
    let mut head: Vec<Line> = lines.drain(..end).collect();
    if head
        .iter()
        .rfind(|line| **line != Line::Blank)
        .is_none_or(is_modeline)
    {
        while head.last() == Some(&Line::Blank) {
            head.pop();
        }
    }
    if head.first() == Some(&Line::Blank) {
        head.remove(0);
    }
    head
}

/// Puts a tree together. Keys, items and collections come in the order in which their comments were
/// found.
struct Reader {
    comments: Comments,
    slots: usize,
    collections: usize,
}

impl Reader {
    /// `notes` are those of the key or item that holds the node.
    fn node(&mut self, node: &spanned::Node, notes: &mut Notes) -> Node {
        match &node.content {
            Content::Scalar(..) => Node::Scalar(scalar(node)),
            Content::List(items) => {
                let tail = self.tail();
                let items = items.iter().map(|item| {
                    let mut notes = self.notes(node.flow);
                    let value = self.node(item, &mut notes);
                    Item { notes, value }
                });
                let mut list = List {
                    items: items.collect(),
                    tail,
                };
                if list.items.is_empty() {
                    notes.before.append(&mut list.tail);
                }
                Node::List(list)
            }
            Content::Map(pairs) => {
                let tail = self.tail();
                let entries = pairs.iter().map(|(key, value)| {
                    let mut notes = self.notes(node.flow);
                    let value = self.node(value, &mut notes);
                    Entry {
                        notes,
                        key: scalar(key),
                        value,
                    }
                });
                let mut map = Map {
                    entries: entries.collect(),
                    tail,
                };
                if map.entries.is_empty() {
                    notes.before.append(&mut map.tail);
                }
                Node::Map(map)
            }
        }
    }

    fn notes(&mut self, flow: bool) -> Notes {
        let mut notes = self
            .comments
            .notes
            .get_mut(self.slots)
            .map(std::mem::take)
            .unwrap_or_default();
        self.slots += 1;
        if flow {
            notes.before.retain(|line| *line != Line::Blank);
        }
        tidy(&mut notes.before);
        notes
    }

    fn tail(&mut self) -> Vec<Line> {
        let tail = self
            .comments
            .tails
            .get_mut(self.collections)
            .map(std::mem::take);
        self.collections += 1;
        let mut tail = tail.unwrap_or_default();
        tidy_end(&mut tail);
        tail
    }
}

/// Leaves one of several empty lines.
fn tidy(lines: &mut Vec<Line>) {
    lines.dedup_by(|a, b| *a == Line::Blank && *b == Line::Blank);
}

/// The same for lines with nothing below them.
fn tidy_end(lines: &mut Vec<Line>) {
    tidy(lines);
    if lines.last() == Some(&Line::Blank) {
        lines.pop();
    }
}

fn scalar(node: &spanned::Node) -> Scalar {
    let text = node.text().unwrap_or_default().to_owned();
    let bare = node
        .scalar()
        .is_some_and(|scalar| scalar != spanned::Scalar::Text);
    Scalar { text, bare }
}
