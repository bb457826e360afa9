//! Whatever is done to a good spec: the generator does not panic, and says of each mistake where
//! in which file it is.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use common::damage::damage;
use common::{check_entries, good};
use dingtalk_codegen::sources::Entries;
use proptest::prelude::*;
use proptest::sample::Index;

/// Also where a message says what would be right with a name of the file in it. Most of these characters are refused
/// by themselves; what joins letters is not.
#[test]
fn no_character_that_a_terminal_may_not_see_is_printed() {
    let mut files = good();
    let (path, text) = files
        .iter()
        .find(|(_, text)| text.contains("{roomId}"))
        .map(|(path, text)| {
            (
                path.clone(),
                text.replacen("{roomId}", "{room\u{200d}Id}", 1),
            )
        })
        .expect("a path with a parameter");
    files.insert(path, text);
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())));
    let report = check_entries(entries.collect()).expect_err("an unknown parameter");
    let lines = report.lines().join("\n");
    assert!(lines.contains("\\u{200d}Id"), "{lines}");
    assert!(!lines.contains('\u{200d}') && !report.to_string().contains('\u{200d}'));
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
        prop_assert!(printed.lines().last().is_some_and(|line| line.contains("error")));
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
}
