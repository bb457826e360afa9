//! Whatever is done to a good spec: the generator does not panic, and says of each mistake where
//! in which file it is.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use common::{check_entries, good};
use dingtalk_codegen::document::Document;
use dingtalk_codegen::schema::File;
use dingtalk_codegen::sources::Entries;
use dingtalk_codegen::spec::{Operation, Platform, ServiceFile};
use proptest::prelude::*;
use proptest::sample::Index;

/// Something done to a file's text.
#[derive(Debug, Clone)]
enum Damage {
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
    fn apply(&self, bytes: &mut Vec<u8>) {
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

fn damage() -> impl Strategy<Value = Damage> {
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

/// Also where a message says what would be right with a name of the file in it.
#[test]
fn no_character_that_a_terminal_may_not_see_is_printed() {
    let mut files = good();
    let (path, text) = files
        .iter()
        .find(|(_, text)| text.contains("{roomId}"))
        .map(|(path, text)| {
            (
                path.clone(),
                text.replacen("{roomId}", "{room\u{202e}Id}", 1),
            )
        })
        .expect("a path with a parameter");
    files.insert(path, text);
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())));
    let report = check_entries(entries.collect()).expect_err("an unknown parameter");
    let lines = report.lines().join("\n");
    assert!(lines.contains("\\u{202e}Id"), "{lines}");
    assert!(!lines.contains('\u{202e}') && !report.to_string().contains('\u{202e}'));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_panic(
        file in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut entries: Entries =
            good().into_iter().map(|(path, text)| (path, Ok(text.into_bytes()))).collect();
        let path = file.get(&entries.keys().cloned().collect::<Vec<_>>()).clone();
        let Some(Ok(bytes)) = entries.get_mut(&path) else { return Ok(()) };
        for damage in &damages {
            damage.apply(bytes);
        }
        let texts = entries.clone();
        let Err(report) = check_entries(entries) else { return Ok(()) };
        let printed = report.to_string();
        prop_assert!(printed.lines().last().is_some_and(|line| line.contains("mistake")));
        let disturbing = ['\u{1b}', '\u{202e}', '\u{0}'];
        prop_assert!(!printed.contains(disturbing));
        prop_assert!(!report.lines().concat().contains(disturbing));
        let located = report.located();
        prop_assert!(!located.is_empty());
        for (diagnostic, span) in located {
            let Some(Ok(bytes)) = texts.get(&diagnostic.place.file) else { continue };
            let text = String::from_utf8_lossy(bytes);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let span = span.expect("a mistake in a file has a position");
            // A lone carriage return ends a line of YAML.
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let line = text.split('\n').nth(span.line - 1);
            prop_assert!(line.is_some(), "line {} of {}", span.line, diagnostic.place.file);
            let width = line.map_or(0, |line| line.chars().count());
            prop_assert!(span.column <= width + 2, "{span:?} behind {width} in {diagnostic:?}");
        }
    }

    /// What can be read of a damaged file is formatted without being changed, and only once.
    #[test]
    fn no_damage_makes_formatting_change_what_a_file_says(
        file in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let files: Vec<(String, String)> = good().into_iter().collect();
        let (path, text) = file.get(&files);
        let mut bytes = text.clone().into_bytes();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        match path.rsplit('/').next() {
            Some("platform.yaml") => formatting::<Platform>(File::Platform, text),
            Some("_service.yaml") => formatting::<ServiceFile>(File::Service, text),
            _ => formatting::<Operation>(File::Operation, text),
        }
    }
}

fn formatting<T: serde::de::DeserializeOwned + PartialEq>(kind: File, text: &str) {
    let Ok(document) = Document::read(kind, "file.yaml", text) else {
        return;
    };
    let once = document.to_string();
    let read = |text| serde_yaml::from_str::<T>(text).ok();
    assert!(read(text) == read(&once), "{text}\nbecame\n{once}");
    let again = Document::read(kind, "file.yaml", &once).expect("what is printed is read");
    assert_eq!(again.to_string(), once, "from\n{text}");
}
