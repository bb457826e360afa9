//! JSON as pages have it: with comments, trailing commas, quotes of other kinds and words for types.
//!
//! All that can be understood is read, and what was wrong is told. Each value knows where it stands.

use serde_json::Number;

use super::source::At;

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Json {
    pub(super) value: Value,
    pub(super) at: At,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    /// A bare word: the older layout has `String` and `Boolean` in place of values.
    Word(String),
    List(Vec<Json>),
    Object(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) at: At,
    pub(super) json: Json,
}

/// What was read.
pub(super) struct Read {
    pub(super) json: Option<Json>,
    /// What is no JSON, with what was made of it.
    pub(super) slips: Vec<(At, &'static str)>,
    /// The first line that was not read.
    pub(super) end: usize,
}

/// Reads the value at the beginning of numbered lines.
pub(super) fn read<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Read {
    let mut chars = Vec::new();
    let mut last = 0;
    for (number, line) in lines {
        for (at, c) in line.chars().enumerate() {
            chars.push((c, At::new(number, at + 1)));
        }
        chars.push(('\n', At::new(number, line.chars().count() + 1)));
        last = number;
    }
    let mut reader = Reader {
        chars,
        at: 0,
        slips: Vec::new(),
    };
    reader.space();
    let json = reader.value(0);
    let behind = reader.here();
    let end = behind.map_or(last + 1, |at| at.line + 1);
    Read {
        json,
        end,
        slips: reader.slips,
    }
}

/// So many slips tell enough.
const MOST_SLIPS: usize = 50;

/// Deeper than any example goes; what is deeper still is not read.
const DEEPEST: usize = 64;

struct Reader {
    chars: Vec<(char, At)>,
    at: usize,
    slips: Vec<(At, &'static str)>,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).map(|(c, _)| *c)
    }

    fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).map(|(c, _)| *c)
    }

    fn here(&self) -> Option<At> {
        self.chars.get(self.at).map(|(_, at)| *at)
    }

    /// Where a report is to point, even at the end.
    fn place(&self) -> At {
        self.here()
            .or(self.chars.last().map(|(_, at)| *at))
            .unwrap_or(At::line(1))
    }

    fn slip(&mut self, what: &'static str) {
        let at = self.place();
        if self.slips.len() < MOST_SLIPS && !self.slips.contains(&(at, what)) {
            self.slips.push((at, what));
        }
    }

    /// Skips space and comments.
    fn space(&mut self) {
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

    fn value(&mut self, depth: usize) -> Option<Json> {
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
                None => {
                    self.slip("the end is missing");
                    return false;
                }
                Some(c) if c == close || c == wide || (close == ']' && c == '】') => {
                    if comma && !first {
                        self.slip("a comma before the end");
                    }
                    self.at += 1;
                    return false;
                }
                // The end of something further out.
                Some('}' | ']') => {
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

    /// A text in quotes, and those joined to it by `+`.
    fn text(&mut self, open: char) -> String {
        if open != '"' {
            self.slip("quotes of another kind");
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
                    self.slip("texts joined by `+`");
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
                    self.slip("the text has no end; it was ended with its line");
                    return out.trim_end_matches([',', ' ']).to_owned();
                }
                c => out.push(c),
            }
        }
        self.slip("the text has no end");
        out
    }

    /// Whether the next line looks like another entry, so that a text ended with its line.
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
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            '"' | '\\' | '/' | '\'' => out.push(c),
            'u' => match self.code_unit() {
                Some(c) => out.push(c),
                None => {
                    self.slip("a character's number that is none");
                    out.push_str("\\u");
                }
            },
            c => {
                self.slip("an escape that JSON has not");
                out.push('\\');
                out.push(c);
            }
        }
    }

    /// The character behind `\u`, of one or of two units.
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

    fn number(&mut self) -> Value {
        let start = self.at;
        let text = self.bare();
        if let Ok(number) = text.parse::<i64>() {
            return Value::Number(number.into());
        }
        if let Ok(number) = text.parse::<u64>() {
            return Value::Number(number.into());
        }
        let fraction = text.parse::<f64>().ok().and_then(Number::from_f64);
        if let Some(number) = fraction {
            return Value::Number(number);
        }
        let after = std::mem::replace(&mut self.at, start);
        self.slip("this is no number; it was taken for a word");
        self.at = after.max(start + 1);
        Value::Word(text)
    }

    fn word(&mut self) -> Value {
        let start = self.at;
        let text = self.bare();
        self.at = self.at.max(start + 1);
        match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            "True" | "TRUE" | "False" | "FALSE" | "None" | "undefined" => {
                let after = std::mem::replace(&mut self.at, start);
                self.slip("JSON writes this word otherwise");
                self.at = after;
                match text.as_str() {
                    "True" | "TRUE" => Value::Bool(true),
                    "False" | "FALSE" => Value::Bool(false),
                    _ => Value::Null,
                }
            }
            _ => Value::Word(text),
        }
    }

    /// Letters and digits up to what ends a value.
    fn bare(&mut self) -> String {
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

/// What ends a text that begins with this sign.
fn closing(open: char) -> Option<char> {
    match open {
        '"' | '\'' => Some(open),
        '“' | '”' => Some('”'),
        '‘' => Some('’'),
        '＂' => Some('＂'),
        _ => None,
    }
}

impl Value {
    /// The value as JSON; words become texts.
    pub(super) fn plain(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => number.clone().into(),
            Self::Text(text) | Self::Word(text) => text.clone().into(),
            Self::List(items) => items.iter().map(|item| item.value.plain()).collect(),
            Self::Object(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.json.value.plain()))
                .collect(),
        }
    }

    /// Whether a word stands anywhere in it.
    pub(super) fn has_words(&self) -> bool {
        match self {
            Self::Word(_) => true,
            Self::List(items) => items.iter().any(|item| item.value.has_words()),
            Self::Object(entries) => entries.iter().any(|entry| entry.json.value.has_words()),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(text: &str) -> (serde_json::Value, usize) {
        let read = read(
            text.split('\n')
                .enumerate()
                .map(|(at, line)| (at + 1, line)),
        );
        let json = read
            .json
            .map_or(serde_json::Value::Null, |json| json.value.plain());
        (json, read.slips.len())
    }

    #[test]
    fn json_is_read_as_it_is() {
        let text = r#"{ "a": [1, -2.5, "x\n\u4e2d\ud83d\ude00"], "b": { "c": null, "d": true } }"#;
        let (json, count) = slips(text);
        assert_eq!(
            json,
            serde_json::from_str::<serde_json::Value>(text).unwrap()
        );
        assert_eq!(count, 0);
    }

    #[test]
    fn slips_are_told_and_understood() {
        let cases = [
            (r#"{ "a": 1, }"#, r#"{"a":1}"#),
            ("{ 'a': 'x' }", r#"{"a":"x"}"#),
            ("{ /* c */ \"a\": 1 // d\n}", r#"{"a":1}"#),
            (r#"{ "a": 1 "b": 2 }"#, r#"{"a":1,"b":2}"#),
            (r#"{ "a": { { "b": 1 } } }"#, r#"{"a":{"b":1}}"#),
            ("{ \"a\": \"x\" +\n \"y\" }", r#"{"a":"xy"}"#),
            (r#"{ "a"： “x”， b: 1 }"#, r#"{"a":"x","b":1}"#),
            (r#"{ "a": [1, ...] }"#, r#"{"a":[1]}"#),
            (r#"{ "a": [1"#, r#"{"a":[1]}"#),
            ("{ \"a\": \"x,\n \"b\": 1 }", r#"{"a":"x","b":1}"#),
            (r#"{ "a": True, "a": 2 }"#, r#"{"a":true}"#),
            (
                r#"{ "a": [{ "b": 1 }, "c": 2 }"#,
                r#"{"a":[{"b":1},"c",2]}"#,
            ),
        ];
        for (text, expected) in cases {
            let (json, count) = slips(text);
            assert_eq!(json.to_string(), expected, "{text}");
            assert!(count > 0, "{text}");
        }
    }

    #[test]
    fn words_stand_for_types() {
        let text = r#"{ "a": "String", "b": Boolean, "c": Map<String, Any> }"#;
        let read = read([(1, text)].into_iter());
        let json = read.json.unwrap();
        assert!(json.value.has_words() && read.slips.is_empty());
        let Value::Object(entries) = json.value else {
            panic!()
        };
        assert_eq!(
            entries[2].json.value,
            Value::Word("Map<String, Any>".to_owned())
        );
        assert_eq!(entries[1].json.at, At::new(1, 23));
    }

    #[test]
    fn reading_ends_with_the_value() {
        let lines = ["{", "}", "// This is code", "class X {"];
        let read = read(lines.iter().enumerate().map(|(at, line)| (at + 1, *line)));
        assert_eq!(read.json.unwrap().value, Value::Object(Vec::new()));
        assert_eq!(read.end, 3);
    }

    #[test]
    fn nothing_makes_it_hang_or_overflow() {
        for text in [
            "[".repeat(100_000),
            "{\"a\":".repeat(50_000),
            "{ ) ) , ; \" ' \\".to_owned(),
        ] {
            let _ = slips(&text);
        }
    }
}
