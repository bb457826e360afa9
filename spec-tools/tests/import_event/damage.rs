//! Whatever happens to a page on its way: nothing panics, and nothing that is left gets lost in silence.

use dingtalk_spec::import::doc::{Kind, Source};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::{alone, page, source};

const PAGES: [&str; 3] = ["deliveries.md", "several.md", "bare.md"];

/// Something done to a page.
#[derive(Debug, Clone)]
enum Damage {
    CutLine(Index),
    SwapLines(Index, Index),
    RepeatLine(Index),
    Put(Index, Index, &'static str),
    CutLetter(Index, Index),
    Truncate(Index),
}

/// Signs that mean something to a page.
const SIGNS: &[&str] = &[
    "|", "```", "# ", "{", "}", "[", "]", "\"", ",", ":", "：", "\t", "\u{0}",
];

fn damage() -> impl Strategy<Value = Damage> {
    let any = any::<Index>;
    prop_oneof![
        any().prop_map(Damage::CutLine),
        (any(), any()).prop_map(|(one, other)| Damage::SwapLines(one, other)),
        any().prop_map(Damage::RepeatLine),
        (any(), any(), proptest::sample::select(SIGNS))
            .prop_map(|(line, letter, sign)| Damage::Put(line, letter, sign)),
        (any(), any()).prop_map(|(line, letter)| Damage::CutLetter(line, letter)),
        any().prop_map(Damage::Truncate),
    ]
}

fn damaged(text: &str, all: &[Damage]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for damage in all {
        if lines.is_empty() {
            break;
        }
        let count = lines.len();
        match damage {
            Damage::CutLine(line) => drop(lines.remove(line.index(count))),
            Damage::SwapLines(one, other) => lines.swap(one.index(count), other.index(count)),
            Damage::RepeatLine(line) => {
                let line = line.index(count);
                lines.insert(line, lines[line].clone());
            }
            Damage::Put(line, letter, sign) => {
                let line = &mut lines[line.index(count)];
                let at = letter.index(line.chars().count() + 1);
                let at = line.char_indices().nth(at).map_or(line.len(), |(at, _)| at);
                line.insert_str(at, sign);
            }
            Damage::CutLetter(line, letter) => {
                let line = &mut lines[line.index(count)];
                if let Some((at, _)) = line.char_indices().nth(letter.index(line.len() + 1)) {
                    line.remove(at);
                }
            }
            Damage::Truncate(line) => lines.truncate(line.index(count) + 1),
        }
    }
    lines.join("\n")
}

/// The names of data that the pages have, each once as a key on a line of its own.
const NAMES: [&str; 6] = ["treeId", "owner", "isOld", "meters", "place", "birdName"];

/// Names that a page still has as keys, but neither a spec file nor a finding beside them accounts for.
fn lost(source: &Source) -> Vec<&'static str> {
    let (texts, findings) = match alone(source) {
        Ok(all) => (
            all.iter()
                .map(|one| one.text.to_lowercase())
                .collect::<String>(),
            all.into_iter().flat_map(|one| one.findings).collect(),
        ),
        Err(findings) => (String::new(), findings),
    };
    let lines: Vec<&str> = source.text.lines().collect();
    // A finding tells of the lines around it, up to an empty one; one without a place of all.
    let is_told = |line: usize| {
        let is_empty = |text: &&str| text.trim().is_empty();
        let first = lines[..line].iter().rposition(is_empty).unwrap_or(0);
        let last = lines[line..].iter().position(is_empty);
        let last = last.map_or(lines.len(), |last| line + last);
        findings.iter().any(|finding| {
            finding.kind != Kind::Undecided
                && finding
                    .at
                    .is_none_or(|at| (first..=last + 1).contains(&at.line))
        })
    };
    let mut lost = Vec::new();
    for name in NAMES {
        let key = format!("\"{name}\": ");
        let at = lines.iter().position(|line| line.contains(&key));
        // Names that differ in case alone are one field.
        let key = format!("{name}:").to_lowercase();
        if at.is_some_and(|at| !texts.contains(&key) && !is_told(at)) {
            lost.push(name);
        }
    }
    lost
}

proptest! {
    #[test]
    fn nothing_is_lost_in_silence(
        name in proptest::sample::select(&PAGES[..]),
        all in prop::collection::vec(damage(), 1..6),
    ) {
        let text = damaged(&page(name).text, &all);
        prop_assert_eq!(lost(&source(&text)), Vec::<&str>::new(), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ \\n|`{}\\[\\]\":,a-c树#-]{0,200}") {
        let _ = alone(&source(&text));
    }
}

#[test]
fn deep_nesting_is_no_danger() {
    let deep = "{\"a\":".repeat(50_000);
    let text = format!("```\n{{\"eventType\": \"x\", \"data\": {deep}\n```\n");
    let _ = alone(&source(&text));
}
