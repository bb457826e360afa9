//! Goes through JSON sign by sign, and over what is none.

use super::scalar::closing;
use super::{Entry, Json, Value};
use crate::import::doc::source::At;

/// So many slips tell enough.
const MOST_SLIPS: usize = 50;

/// Deeper than any example goes; what is deeper still is not read.
const DEEPEST: usize = 64;

pub(super) struct Reader {
    pub(super) chars: Vec<(char, At)>,
    pub(super) at: usize,
    pub(super) slips: Vec<(At, &'static str)>,
}

impl Reader {
    pub(super) fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(c, _)| *c)
    }

    pub(super) fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).map(|(c, _)| *c)
    }

    pub(super) fn here(&self) -> Option<At> {
        self.chars.get(self.at).map(|(_, at)| *at)
    }

    /// Where a report is to point, even at the end.
    fn place(&self) -> At {
        self.here()
            .or(self.chars.last().map(|(_, at)| *at))
            .unwrap_or(At::line(1))
    }

    pub(super) fn slip(&mut self, what: &'static str) {
        let at = self.place();
        if self.slips.len() < MOST_SLIPS && !self.slips.contains(&(at, what)) {
            self.slips.push((at, what));
        }
    }

    /// Skips space and comments.
    pub(super) fn space(&mut self) {
        while let Some(c) = self.peek() {
            let next = self.ahead(1);
            if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}') {
                self.at += 1;
            } else if c == '/' && next == Some('*') {
                self.slip("a comment, which JSON has not; it was passed over");
                self.at += 2;
                while self.peek().is_some()
                    && !(self.peek() == Some('*') && self.ahead(1) == Some('/'))
                {
                    self.at += 1;
                }
                self.at += 2;
            } else if c == '/' && next == Some('/') {
                self.slip("a comment, which JSON has not; it was passed over");
                while self.peek().is_some_and(|c| c != '\n') {
                    self.at += 1;
                }
            } else {
                return;
            }
        }
    }

    pub(super) fn value(&mut self, depth: usize) -> Option<Json> {
        let at = self.here()?;
        if depth > DEEPEST {
            self.slip("this is deeper than can be read");
            return None;
        }
        let value = match self.peek()? {
            '{' | '｛' => self.object(depth),
            '[' | '［' | '【' => self.list(depth),
            c if closing(c).is_some() => Value::Text(self.text(c)),
            c if c == '-' || c == '+' || c.is_ascii_digit() => self.number(),
            c if c.is_alphabetic() || matches!(c, '_' | '<' | '$') => self.word(),
            _ => return None,
        };
        Some(Json { value, at })
    }

    fn object(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            if !self.next_item('}', '｝', entries.is_empty()) {
                return Value::Object(entries);
            }
            let Some(at) = self.here() else {
                return Value::Object(entries);
            };
            match self.peek() {
                // An object where a key should be: its entries are meant.
                Some('{' | '｛') if depth < DEEPEST => {
                    self.slip("an object where a key should be; its entries were taken for the outer one's");
                    if let Value::Object(inner) = self.object(depth + 1) {
                        entries.extend(inner);
                    }
                }
                Some(c) if closing(c).is_some() => {
                    let key = self.text(c);
                    self.entry(key, at, depth, &mut entries);
                }
                Some(c) if c.is_alphanumeric() || matches!(c, '_' | '$') => {
                    self.slip("a key without quotes");
                    let key = self.bare();
                    self.entry(key, at, depth, &mut entries);
                }
                _ => self.skip_one(),
            }
        }
    }

    fn entry(&mut self, key: String, at: At, depth: usize, entries: &mut Vec<Entry>) {
        self.space();
        match self.peek() {
            Some(':') => self.at += 1,
            Some('：' | '=') => {
                self.slip("another sign where a colon should be");
                self.at += 1;
            }
            _ => self.slip("a colon is missing"),
        }
        self.space();
        let json = self.value(depth + 1).unwrap_or_else(|| {
            self.slip("a value is missing");
            Json {
                value: Value::Null,
                at,
            }
        });
        if entries.iter().any(|entry| entry.key == key) {
            self.slips.push((
                at,
                "a key that was there before; the first one's value was kept",
            ));
        } else {
            entries.push(Entry { key, at, json });
        }
    }

    fn list(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            if !self.next_item(']', '］', items.is_empty()) {
                return Value::List(items);
            }
            if self.here().is_none() {
                return Value::List(items);
            }
            if let Some(json) = self.value(depth + 1) {
                items.push(json);
            } else {
                self.skip_one();
            }
        }
    }

    /// Goes to the next item of an object or a list; false if it ends here.
    fn next_item(&mut self, close: char, wide: char, first: bool) -> bool {
        let mut comma = first;
        loop {
            self.space();
            match self.peek() {
                Some(c) if c == close || c == wide || (close == ']' && c == '】') => {
                    if comma && !first {
                        self.slip("a comma before the end");
                    }
                    self.at += 1;
                    return false;
                }
                // The end of the page, or of something further out.
                None | Some('}' | ']') => {
                    self.slip("the end is missing");
                    return false;
                }
                Some(',') if !comma => {
                    comma = true;
                    self.at += 1;
                }
                Some(',' | '，' | '、' | ';') => {
                    self.slip("a comma too many, or of another kind");
                    comma = true;
                    self.at += 1;
                }
                Some('.' | '…') => {
                    self.slip("something was left out here");
                    while matches!(self.peek(), Some('.' | '…')) {
                        self.at += 1;
                    }
                    comma = true;
                }
                Some(_) => {
                    if !comma {
                        self.slip("a comma is missing");
                    }
                    return true;
                }
            }
        }
    }

    fn skip_one(&mut self) {
        self.slip("this is no JSON; it was passed over");
        self.at += 1;
    }
}
