//! What is done to the text of a good file to see what becomes of it.

use proptest::prelude::*;
use proptest::sample::Index;

/// Something done to a file's text.
#[derive(Debug, Clone)]
pub(crate) enum Damage {
    DeleteLine(Index),
    DuplicateLine(Index),
    SwapLines(Index, Index),
    Indent(Index, usize),
    Scalar(Index, String),
    Insert(Index, String),
    Bytes(Index, Vec<u8>),
    Truncate(Index),
}

impl Damage {
    /// Does it.
    pub(crate) fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let count = lines.len();
        match self {
            Self::DeleteLine(at) => {
                lines.remove(at.index(count));
            }
            Self::DuplicateLine(at) => {
                let at = at.index(count);
                lines.insert(at, lines[at].clone());
            }
            Self::SwapLines(a, b) => lines.swap(a.index(count), b.index(count)),
            Self::Indent(at, by) => {
                let line = &mut lines[at.index(count)];
                *line = format!("{}{}", " ".repeat(*by), line.trim_start());
            }
            Self::Scalar(at, value) => {
                let line = &mut lines[at.index(count)];
                if let Some((key, _)) = line.split_once(": ") {
                    *line = format!("{key}: {value}");
                }
            }
            Self::Insert(at, value) => {
                let mut chars: Vec<char> = text.chars().collect();
                let at = at.index(chars.len());
                chars.splice(at..at, value.chars());
                lines = vec![chars.into_iter().collect()];
            }
            Self::Bytes(at, new) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, new.iter().copied());
                return;
            }
            Self::Truncate(at) => {
                bytes.truncate(at.index(bytes.len()));
                return;
            }
        }
        *bytes = lines.join("\n").into_bytes();
    }
}

/// Words that mean something to YAML, to JSON or to the format.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "",
        "~",
        "null",
        "true",
        "yes",
        "5",
        "-1",
        "1e999",
        "0x10",
        "99999999999999999999",
        ".nan",
        "''",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "[]",
        "{}",
        "{ a: 1 }",
        "&a",
        "*a",
        "!t x",
        "|",
        ">-",
        "- ",
        "? ",
        ": ",
        "#",
        "---",
        "...",
        "\t",
        "\u{feff}",
        "\u{202e}",
        "名称",
        "self",
        "type",
        "Person",
        "json",
        "json_string",
        "/v1.0/{a}/{b",
        "<<",
        "{list: {list: {list: {object: {}}}}}",
        "GET",
        "http://x y",
        "\\_",
        "%s",
        "a\u{0}b",
    ];
    prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => ".{0,12}",
    ]
}

/// Any damage.
pub(crate) fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Damage::DeleteLine),
        at().prop_map(Damage::DuplicateLine),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        (at(), 0..12_usize).prop_map(|(at, by)| Damage::Indent(at, by)),
        (at(), word()).prop_map(|(at, word)| Damage::Scalar(at, word)),
        (at(), word()).prop_map(|(at, word)| Damage::Insert(at, word)),
        (at(), prop::collection::vec(any::<u8>(), 1..6))
            .prop_map(|(at, new)| Damage::Bytes(at, new)),
        at().prop_map(Damage::Truncate),
    ]
}
