//! The canonical layout: braces where they fit on a line, blocks elsewhere.

use std::fmt;

use super::{Document, Item, Line, Map, Node, Notes, Role, Scalar, scalar};

/// How many columns a line has.
const WIDTH: usize = 120;

/// The fewest columns a folded text is given, however deep it is.
const NARROWEST: usize = 40;

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut printer = Printer::default();
        printer.lines(0, &self.head);
        printer.map(0, &self.root, Role::of(self.kind));
        f.write_str(&printer.out)
    }
}

#[derive(Default)]
struct Printer {
    out: String,
}

impl Printer {
    fn map(&mut self, indent: usize, map: &Map, role: Role) {
        let mut entries: Vec<_> = map.entries.iter().collect();
        entries.sort_by_key(|entry| role.rank(&entry.key.text));
        for (index, entry) in entries.into_iter().enumerate() {
            let apart = role.apart(&entry.key.text);
            self.before(indent, &entry.notes, index == 0, apart);
            let key = entry.key.inline(false);
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.out.push_str(&key);
            self.out.push(':');
            let column = indent + scalar::width(&key) + 1;
            let inner = role.inner(&entry.key.text);
            self.value(
                indent,
                column,
                &entry.value,
                inner,
                entry.notes.after.as_deref(),
            );
        }
        self.lines(indent, &map.tail);
    }

    fn items(&mut self, indent: usize, items: &[Item], role: Role) {
        let role = role.inner("");
        for (index, item) in items.iter().enumerate() {
            self.before(indent, &item.notes, index == 0, None);
            let after = item.notes.after.as_deref();
            let short =
                flow(&item.value, role).filter(|text| indent + 2 + scalar::width(text) <= WIDTH);
            if item.value.is_empty() || short.is_some() {
                self.out.extend(std::iter::repeat_n(' ', indent));
                self.out.push('-');
                self.value(indent, indent + 1, &item.value, role, after);
                continue;
            }
            if let Some(comment) = after {
                self.comment(indent, comment);
            }
            // The first key follows the dash, and its comment precedes it.
            let mut value = item.value.clone();
            let said = take_first_lines(&mut value, role);
            self.lines(indent, &said);
            let start = self.out.len();
            self.children(indent + 2, &value, role);
            self.out.replace_range(start + indent..=start + indent, "-");
        }
    }

    /// What follows a colon or a dash, to the line's end and below.
    fn value(
        &mut self,
        indent: usize,
        column: usize,
        value: &Node,
        role: Role,
        after: Option<&str>,
    ) {
        let room = WIDTH.saturating_sub(column + 1);
        if let Node::Scalar(scalar) = value {
            self.scalar(indent, room, scalar, role, after);
            return;
        }
        let fits = |text: &String| value.is_empty() || scalar::width(text) <= room;
        if let Some(text) = flow(value, role).filter(fits) {
            self.out.push(' ');
            self.out.push_str(&text);
            self.end(after);
        } else {
            self.end(after);
            self.children(indent + 2, value, role);
        }
    }

    fn scalar(
        &mut self,
        indent: usize,
        room: usize,
        value: &Scalar,
        role: Role,
        after: Option<&str>,
    ) {
        if value.is_null() && (role == Role::Json || value.text.is_empty()) {
            if let Some(text) = nothing(value, role) {
                self.out.push(' ');
                self.out.push_str(text);
            }
            self.end(after);
            return;
        }
        self.out.push(' ');
        let width = WIDTH.saturating_sub(indent + 2).max(NARROWEST);
        let Some((sign, lines)) = value.block(room, width) else {
            self.out.push_str(&value.inline(false));
            self.end(after);
            return;
        };
        self.out.push_str(sign);
        self.end(after);
        for line in lines {
            if !line.is_empty() {
                self.out.extend(std::iter::repeat_n(' ', indent + 2));
                self.out.push_str(&line);
            }
            self.out.push('\n');
        }
    }

    fn children(&mut self, indent: usize, value: &Node, role: Role) {
        match value {
            Node::Map(map) => self.map(indent, map, role),
            Node::List(list) => {
                self.items(indent, &list.items, role);
                self.lines(indent, &list.tail);
            }
            Node::Scalar(_) => {}
        }
    }

    /// The lines before a key or an item. `apart` says whether an empty one comes first.
    fn before(&mut self, indent: usize, notes: &Notes, first: bool, apart: Option<bool>) {
        let lines = match notes.before.split_first() {
            Some((Line::Blank, rest)) if first || apart.is_some() => rest,
            _ => &notes.before,
        };
        if apart == Some(true) && !first {
            self.out.push('\n');
        }
        self.lines(indent, lines);
    }

    fn lines(&mut self, indent: usize, lines: &[Line]) {
        for line in lines {
            match line {
                Line::Blank => self.out.push('\n'),
                Line::Comment(text) => self.comment(indent, text),
            }
        }
    }

    fn comment(&mut self, indent: usize, text: &str) {
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// The end of a line.
    fn end(&mut self, after: Option<&str>) {
        if let Some(comment) = after {
            self.out.push(' ');
            self.out.push_str(comment);
        }
        self.out.push('\n');
    }
}

/// Takes away the lines that precede the first key or item of a value.
fn take_first_lines(value: &mut Node, role: Role) -> Vec<Line> {
    let (notes, inner, role) = match value {
        Node::Scalar(_) => return Vec::new(),
        Node::List(list) => match list.items.first_mut() {
            Some(item) => (&mut item.notes, &mut item.value, role.inner("")),
            None => return Vec::new(),
        },
        Node::Map(map) => {
            let first = map
                .entries
                .iter_mut()
                .min_by_key(|entry| role.rank(&entry.key.text));
            match first {
                Some(entry) => return std::mem::take(&mut entry.notes.before),
                None => return Vec::new(),
            }
        }
    };
    let mut lines = std::mem::take(&mut notes.before);
    lines.extend(take_first_lines(inner, role));
    lines
}

/// What is written for a value that nobody wrote; none where a text is asked for, since `null` would be one.
fn nothing(value: &Scalar, role: Role) -> Option<&'static str> {
    match role {
        Role::Json => Some("null"),
        Role::Fields | Role::Types | Role::Values if value.text.is_empty() => Some("{}"),
        _ => None,
    }
}

/// A value on one line, if it fits on one.
fn flow(value: &Node, role: Role) -> Option<String> {
    match value {
        Node::Scalar(scalar) if scalar.is_null() => nothing(scalar, role).map(str::to_owned),
        Node::Scalar(scalar) if scalar.block(WIDTH, WIDTH).is_some() => None,
        Node::Scalar(scalar) => Some(scalar.inline(true)),
        Node::List(list) if list.items.is_empty() && list.tail.is_empty() => Some("[]".to_owned()),
        Node::Map(map) if map.entries.is_empty() && map.tail.is_empty() => Some("{}".to_owned()),
        _ if role.is_block() => None,
        Node::List(list) => {
            if !list.tail.is_empty() {
                return None;
            }
            let items = list.items.iter().map(|item| {
                let text = flow(&item.value, role.inner(""))?;
                item.notes.is_silent().then_some(text)
            });
            Some(format!(
                "[{}]",
                items.collect::<Option<Vec<_>>>()?.join(", ")
            ))
        }
        Node::Map(map) => {
            if !map.tail.is_empty() {
                return None;
            }
            let mut entries: Vec<_> = map.entries.iter().collect();
            entries.sort_by_key(|entry| role.rank(&entry.key.text));
            let entries = entries.into_iter().map(|entry| {
                let value = flow(&entry.value, role.inner(&entry.key.text))?;
                let text = format!("{}: {value}", entry.key.inline(true));
                entry.notes.is_silent().then_some(text)
            });
            let text = entries.collect::<Option<Vec<_>>>()?.join(", ");
            Some(format!("{{ {text} }}"))
        }
    }
}

impl Node {
    /// True if there are no lines below it that it could be spread over.
    fn is_empty(&self) -> bool {
        match self {
            Self::Scalar(_) => true,
            Self::List(list) => list.items.is_empty(),
            Self::Map(map) => map.entries.is_empty(),
        }
    }

    /// A value on one line whatever its length, as a message shows it.
    pub(crate) fn one_line(&self) -> String {
        match self {
            Self::Scalar(scalar) if scalar.is_null() => "nothing".to_owned(),
            Self::Scalar(scalar) => scalar.inline(false),
            Self::List(list) => {
                let items = list.items.iter().map(|item| item.value.one_line());
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Self::Map(map) if map.entries.is_empty() => "{}".to_owned(),
            Self::Map(map) => {
                let entries = map.entries.iter().map(|entry| {
                    let value = entry.value.one_line();
                    format!("{}: {value}", entry.key.inline(true))
                });
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Notes {
    /// True if nobody wrote a comment.
    fn is_silent(&self) -> bool {
        self.after.is_none()
            && !self
                .before
                .iter()
                .any(|line| matches!(line, Line::Comment(_)))
    }
}
