//! Strings, numbers and words.

use serde_json::Number;

use super::Value;
use super::reader::Reader;

impl Reader {
    /// A string in quotes, with the strings joined to it by `+`.
    pub(super) fn text(&mut self, open: char) -> String {
        if open != '"' {
            self.slip("wrong quotation marks");
        }
        let mut out = self.one_text(open);
        loop {
            let before = self.at;
            self.space();
            if self.peek() != Some('+') {
                self.at = before;
                return out;
            }
            self.at += 1;
            self.space();
            match self.peek() {
                Some(c) if closing(c).is_some() => {
                    self.slip("strings joined by `+`");
                    out.push_str(&self.one_text(c));
                }
                _ => {
                    self.at = before;
                    return out;
                }
            }
        }
    }

    fn one_text(&mut self, open: char) -> String {
        let close = closing(open).unwrap_or(open);
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' => self.escape(&mut out),
                c if c == close || (open == '“' && c == '"') => return out,
                '\n' if self.lost_end() => {
                    self.at -= 1;
                    self.slip("an unterminated string; ended it with its line");
                    return out.trim_end_matches([',', ' ']).to_owned();
                }
                c => out.push(c),
            }
        }
        self.slip("an unterminated string");
        out
    }

    /// Whether the next line looks like another entry, so the string must have ended with its line.
    fn lost_end(&self) -> bool {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let mut rest = rest
            .iter()
            .map(|(c, _)| *c)
            .skip_while(|c| c.is_whitespace());
        matches!(rest.next(), None | Some('"' | '}' | ']'))
    }

    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.peek() else { return };
        self.at += 1;
        let c = match c {
            'n' => '\n',
            't' => '\t',
            'r' | 'b' | 'f' => return,
            '"' | '\\' | '/' | '\'' => c,
            'u' => {
                let Some(c) = self.code_unit() else {
                    self.slip("an invalid `\\u` escape");
                    return out.push_str("\\u");
                };
                c
            }
            c => {
                self.slip("an unknown escape");
                return out.extend(['\\', c]);
            }
        };
        // A spec holds no control characters but these two.
        if !c.is_control() || matches!(c, '\n' | '\t') {
            out.push(c);
        }
    }

    /// The character after `\u`, which takes one or two code units.
    fn code_unit(&mut self) -> Option<char> {
        let unit = |reader: &Self, by: usize| -> Option<u32> {
            let digits: Option<String> = (0..4).map(|at| reader.ahead(by + at)).collect();
            u32::from_str_radix(&digits?, 16).ok()
        };
        let first = unit(self, 0)?;
        if let Some(c) = char::from_u32(first) {
            self.at += 4;
            return Some(c);
        }
        if self.ahead(4) != Some('\\') || self.ahead(5) != Some('u') {
            return None;
        }
        let second = unit(self, 6)?;
        let both = char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?])
            .next()?
            .ok()?;
        self.at += 10;
        Some(both)
    }

    pub(super) fn number(&mut self) -> Value {
        let start = self.at;
        let text = self.bare();
        let integer = text.parse::<i64>().map(Number::from);
        let integer = integer
            .or_else(|_| text.parse::<u64>().map(Number::from))
            .ok();
        let fraction = || text.parse::<f64>().ok().and_then(Number::from_f64);
        if let Some(number) = integer.or_else(fraction) {
            return Value::Number(number);
        }
        self.slip_at(start, "not a number; read as a word");
        self.at = self.at.max(start + 1);
        Value::Word(text)
    }

    pub(super) fn word(&mut self) -> Value {
        let start = self.at;
        let text = self.bare();
        self.at = self.at.max(start + 1);
        match text.as_str() {
            "true" => return Value::Bool(true),
            "false" => return Value::Bool(false),
            "null" => return Value::Null,
            "True" | "TRUE" | "False" | "FALSE" | "None" | "undefined" => {}
            _ => return Value::Word(text),
        }
        self.slip_at(start, "a misspelled literal");
        match text.as_str() {
            "True" | "TRUE" => Value::Bool(true),
            "False" | "FALSE" => Value::Bool(false),
            _ => Value::Null,
        }
    }

    /// Everything up to the character that ends a value.
    pub(super) fn bare(&mut self) -> String {
        let mut out = String::new();
        let mut angle = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '<' => angle += 1,
                '>' => angle = angle.saturating_sub(1),
                ',' | ':' | '}' | ']' | '{' | '[' | '\n' | '"' | '，' | '：' if angle == 0 => {
                    break;
                }
                '\n' => break,
                c if c.is_whitespace() && angle == 0 => break,
                _ => {}
            }
            out.push(c);
            self.at += 1;
        }
        out
    }
}

/// The closing quote for an opening one.
pub(super) fn closing(open: char) -> Option<char> {
    match open {
        '"' | '\'' => Some(open),
        '“' | '”' => Some('”'),
        '‘' => Some('’'),
        '＂' => Some('＂'),
        _ => None,
    }
}
