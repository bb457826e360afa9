//! JSON as pages have it: with comments, trailing commas, quotes of other kinds and words for types.
//!
//! Reads everything it can and reports the rest. Each value knows its position.

use super::At;
mod reader;
mod scalar;

use serde_json::Number;

use reader::Reader;

/// What is wrong with JSON that is cut off.
pub(super) const CUT: &str = "the end is missing";

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
    /// What is not JSON, and what was made of it.
    pub(super) slips: Vec<(At, &'static str)>,
    /// The first line that was not read.
    pub(super) end: usize,
    /// What is behind the value on its last line.
    pub(super) behind: Option<At>,
}

/// Reads the value at the beginning of numbered lines.
pub(super) fn read<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Read {
    let mut chars = Vec::new();
    let mut last = 0;
    for (number, line) in lines {
        let line = line.chars().chain(['\n']);
        chars.extend(line.zip((1..).map(|column| At::new(number, column))));
        last = number;
    }
    let mut reader = Reader {
        chars,
        at: 0,
        slips: Vec::new(),
    };
    reader.space();
    let json = reader.value(0);
    let end = reader.here().map_or(last, |at| at.line) + 1;
    let rest = reader.chars.iter().skip(reader.at);
    let mut rest = rest.take_while(|(c, _)| *c != '\n');
    let behind = rest.find(|(c, _)| !c.is_whitespace() && !matches!(c, ',' | ';'));
    Read {
        json,
        end,
        behind: behind.map(|(_, at)| *at),
        slips: reader.slips,
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
            Self::Object(entries) => {
                let entries = entries.iter();
                entries
                    .map(|entry| (entry.key.clone(), entry.json.value.plain()))
                    .collect()
            }
        }
    }

    /// The entries, if it is an object.
    pub(super) fn entries(&self) -> Option<&[Entry]> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// Keeps the entries of an object whose keys are good.
    pub(super) fn retain(&mut self, is_good: impl Fn(&str) -> bool) {
        if let Self::Object(entries) = self {
            entries.retain(|entry| is_good(&entry.key));
        }
    }

    /// Whether there is a word anywhere in it.
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
    fn control_characters_are_left_out_since_a_spec_holds_none() {
        let (json, count) = slips(r#"["a\r\nb\tc\u001b"]"#);
        assert_eq!(json.to_string(), r#"["a\nb\tc"]"#);
        assert_eq!(count, 0);
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
