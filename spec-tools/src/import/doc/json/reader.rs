//! Reads JSON character by character, and skips what is not JSON.

use super::scalar::closing;
use super::{CUT, Entry, Json, Value};
use crate::import::doc::At;

/// More slips than this tell nothing new.
const MOST_SLIPS: usize = 50;

/// The last that is told, if there are more.
const MORE: &str = "more is wrong from here on";

/// No example is nested deeper; what is deeper is not read.
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

    pub(super) fn slip(&mut self, what: &'static str) {
        self.slip_at(self.at, what);
    }

    /// A slip at a character, or at the end.
    pub(super) fn slip_at(&mut self, number: usize, what: &'static str) {
        let place = self.chars.get(number).or(self.chars.last());
        let at = place.map(|(_, at)| *at).unwrap_or_default();
        self.slipped(at, what);
    }

    fn slipped(&mut self, at: At, what: &'static str) {
        if self.slips.len() <= MOST_SLIPS && !self.slips.contains(&(at, what)) {
            let is_last = self.slips.len() == MOST_SLIPS;
            self.slips.push((at, if is_last { MORE } else { what }));
        }
    }

    /// Skips space and comments.
    pub(super) fn space(&mut self) {
        while let Some(c) = self.peek() {
            let next = self.ahead(1);
            if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}') {
                self.at += 1;
            } else if c == '/' && matches!(next, Some('*' | '/')) {
                self.slip("a comment, skipped");
                let is_block = next == Some('*');
                self.at += 2;
                while let Some(c) = self.peek() {
                    if is_block && c == '*' && self.ahead(1) == Some('/') {
                        self.at += 2;
                        break;
                    }
                    if !is_block && c == '\n' {
                        break;
                    }
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
            self.slip("nested too deeply");
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
            let Some(at) = self.next_item("}｝", entries.is_empty()) else {
                return Value::Object(entries);
            };
            match self.peek() {
                // An object where a key should be: its entries are meant.
                Some('{' | '｛') if depth < DEEPEST => {
                    self.slip("an object in place of a key; moved its entries out");
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
                self.slip("another character in place of a colon");
                self.at += 1;
            }
            _ => self.slip("a colon is missing"),
        }
        self.space();
        let json = self.value(depth + 1).unwrap_or_else(|| {
            self.slip("a value is missing");
            let value = Value::Null;
            Json { value, at }
        });
        if entries.iter().any(|entry| entry.key == key) {
            self.slipped(at, "a duplicate key; kept the first value");
        } else {
            entries.push(Entry { key, at, json });
        }
    }

    fn list(&mut self, depth: usize) -> Value {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            if self.next_item("]］】", items.is_empty()).is_none() {
                return Value::List(items);
            }
            match self.value(depth + 1) {
                Some(json) => items.push(json),
                None => self.skip_one(),
            }
        }
    }

    /// Moves to the next item of an object or a list and returns its position; `None` at the end.
    fn next_item(&mut self, close: &str, first: bool) -> Option<At> {
        let mut comma = first;
        loop {
            self.space();
            match self.peek() {
                Some(c) if close.contains(c) => {
                    if comma && !first {
                        self.slip("a trailing comma");
                    }
                    self.at += 1;
                    return None;
                }
                // The end of the page, or of something further out.
                None | Some('}' | ']') => {
                    self.slip(CUT);
                    return None;
                }
                Some(',') if !comma => {
                    comma = true;
                    self.at += 1;
                }
                Some(',' | '，' | '、' | ';') => {
                    self.slip("an extra or a wrong comma");
                    comma = true;
                    self.at += 1;
                }
                Some('.' | '…') => {
                    self.slip("something is omitted here");
                    while matches!(self.peek(), Some('.' | '…')) {
                        self.at += 1;
                    }
                    comma = true;
                }
                Some(_) => {
                    if !comma {
                        self.slip("a comma is missing");
                    }
                    return self.here();
                }
            }
        }
    }

    fn skip_one(&mut self) {
        self.slip("not JSON, skipped");
        self.at += 1;
    }
}
