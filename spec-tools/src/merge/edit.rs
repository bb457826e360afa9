//! What is done to a file, and what is said of it.

use super::{Finding, Kind, Merger, join, key};
use crate::diagnostic::Step;
use crate::document::{Document, List, Map, Node, Scalar};

impl Merger<'_> {
    /// The file that is compared.
    pub(super) fn current(&self) -> &Document {
        match self.service {
            Some(service) if self.in_service => service,
            _ => self.document,
        }
    }

    /// Whether the file has a value at a path.
    pub(super) fn says(&self, path: &[Step]) -> bool {
        self.current().find(path).is_some()
    }

    /// The position of a key in a mapping.
    pub(super) fn position(&self, path: &[Step], name: &str) -> Option<usize> {
        match self.current().find(path) {
            Some(Node::Map(map)) => map.position(name),
            _ => None,
        }
    }

    /// The mapping at a path, to be changed; the whole file if the path is empty.
    pub(super) fn map(&mut self, path: &[Step]) -> Option<&mut Map> {
        if self.in_service {
            return None;
        }
        if path.is_empty() {
            return Some(self.document.root_mut());
        }
        let node = self.document.find_mut(path)?;
        // `body:` with nothing behind it is an empty mapping.
        if matches!(node, Node::Scalar(scalar) if scalar.is_null()) {
            *node = Node::Map(Map::default());
        }
        match node {
            Node::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Puts a key into a mapping, behind the others.
    pub(super) fn put(&mut self, path: &[Step], name: &str, value: impl Into<Node>) {
        if let Some(map) = self.map(path)
            && map.get(name).is_none()
        {
            map.push(Scalar::text(name), value);
        }
    }

    /// Puts a key into a mapping and says so. The layout decides where it goes.
    pub(super) fn add(&mut self, path: &[Step], name: &str, value: impl Into<Node>) {
        let end = self.map(path).map_or(0, |map| map.entries.len());
        self.add_at(path, end, Scalar::text(name), value);
    }

    /// Puts a key at its place into a mapping and says so. It is there already if what uses a type
    /// by name was compared before, at another place.
    pub(super) fn add_at(
        &mut self,
        path: &[Step],
        at: usize,
        name: Scalar,
        value: impl Into<Node>,
    ) {
        let value = value.into();
        let place = join(path, key(&name.text));
        let shown = value.one_line();
        if self.says(&place) {
            return;
        }
        if self.in_service {
            self.find(
                Kind::Disagrees,
                path,
                None,
                Some(format!("{}: {shown}", name.text)),
            );
        } else if let Some(map) = self.map(path) {
            map.insert(at, name, value);
            self.find(Kind::Added, &place, None, Some(shown));
        }
    }

    /// Puts an item at its place into a list and says so.
    pub(super) fn add_item(&mut self, path: &[Step], at: usize, value: impl Into<Node>) {
        let value = value.into();
        let [Step::Key(name)] = path else { return };
        if !self.says(path) {
            self.put(&[], name, Node::List(List::default()));
        }
        let Some(Node::List(list)) = self.document.find_mut(path) else {
            return;
        };
        let shown = value.one_line();
        list.insert(at, value);
        // What was found behind it has moved.
        for finding in &mut self.findings {
            if let (true, Some(Step::Index(index))) = (
                finding.path.starts_with(path),
                finding.path.get_mut(path.len()),
            ) && *index >= at
            {
                *index += 1;
            }
        }
        self.find(Kind::Added, &join(path, Step::Index(at)), None, Some(shown));
    }

    /// Replaces a value and says so.
    pub(super) fn replace(&mut self, path: &[Step], value: Scalar) {
        let shown = value.inline(false);
        if self.in_service {
            self.find(Kind::Disagrees, path, None, Some(shown));
        } else if let Some(node) = self.document.find_mut(path) {
            *node = Node::Scalar(value);
            self.find(Kind::Added, path, None, Some(shown));
        }
    }

    pub(super) fn disagree(
        &mut self,
        path: &[Step],
        own: impl Into<String>,
        fact: impl Into<String>,
    ) {
        self.find(Kind::Disagrees, path, Some(own.into()), Some(fact.into()));
    }

    pub(super) fn only_in_file(&mut self, path: &[Step]) {
        let own = self.current().find(path).map(Node::one_line);
        self.find(Kind::OnlyInFile, path, own, None);
    }

    pub(super) fn find(
        &mut self,
        kind: Kind,
        path: &[Step],
        own: Option<String>,
        fact: Option<String>,
    ) {
        self.findings.push(Finding {
            kind,
            file: self.current().file().to_owned(),
            path: path.to_vec(),
            used_at: self.used_at(path),
            own,
            fact,
            at: None,
        });
    }

    /// A path into a type as one from the operation on, through the place where the type was come upon last.
    fn used_at(&self, path: &[Step]) -> Vec<Step> {
        let mut path = path.to_vec();
        // A type is used by what was compared before it.
        for (of_type, place) in self.uses.iter().rev() {
            if let Some(rest) = path.strip_prefix(of_type.as_slice()) {
                path = [place.as_slice(), rest].concat();
            }
        }
        path
    }
}
