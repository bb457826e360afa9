//! Whatever happens to a page on its way: nothing panics, what comes out is of good form, and no row that is left gets
//! lost in silence.

use std::collections::BTreeSet;

use dingtalk_spec::import::doc::{Finding, Imported, Importer, Kind, Options, Source};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::{alone, page};

/// Something done to a page.
#[derive(Debug, Clone)]
enum Damage {
    CutLine(Index),
    CutLines(Index, usize),
    SwapLines(Index, Index),
    RepeatLine(Index),
    CutCell(Index, Index),
    Put(Index, Index, String),
    Break(Index, Index),
    Join(Index),
    Truncate(Index),
}

/// Signs that mean something to a page.
fn sign() -> impl Strategy<Value = String> {
    let signs = [
        "|",
        "||",
        "\\|",
        "| --- |",
        "```",
        "#",
        "## ",
        "**",
        "`",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "：",
        "\t",
        "是",
        "否",
        "String",
        "Array",
        "Map<String, Any>",
        "Object",
        "取值：",
        " - ",
        "true",
        "1",
        "\u{feff}",
        "\u{202e}",
        "\u{0}",
        "\r",
        "请求体",
        "响应",
        "HTTP/1.1",
        "POST /v1.0/a/b HTTP/1.1",
        "{x}",
        "/",
        "\\_",
        "└ ",
        "a.b",
        "名称",
        "&lt;",
        "…",
        "HTTP URL",
        "<br>",
        "[x](y)",
        "```\n",
    ];
    prop_oneof![4 => prop::sample::select(signs.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Damage::CutLine),
        (at(), 2..8_usize).prop_map(|(at, count)| Damage::CutLines(at, count)),
        (at(), at()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        at().prop_map(Damage::RepeatLine),
        (at(), at()).prop_map(|(line, cell)| Damage::CutCell(line, cell)),
        (at(), at(), sign()).prop_map(|(line, column, sign)| Damage::Put(line, column, sign)),
        (at(), at()).prop_map(|(line, column)| Damage::Break(line, column)),
        at().prop_map(Damage::Join),
        at().prop_map(Damage::Truncate),
    ]
}

impl Damage {
    fn apply(&self, lines: &mut Vec<String>) {
        let count = lines.len();
        if count == 0 {
            return;
        }
        match self {
            Self::CutLine(at) => {
                lines.remove(at.index(count));
            }
            Self::CutLines(at, many) => {
                let at = at.index(count);
                lines.drain(at..(at + many).min(count));
            }
            Self::SwapLines(a, b) => lines.swap(a.index(count), b.index(count)),
            Self::RepeatLine(at) => {
                let at = at.index(count);
                lines.insert(at, lines[at].clone());
            }
            Self::CutCell(at, cell) => {
                let line = &mut lines[at.index(count)];
                let mut cells: Vec<&str> = line.split('|').collect();
                cells.remove(cell.index(cells.len()));
                *line = cells.join("|");
            }
            Self::Put(at, column, sign) => {
                let line = &mut lines[at.index(count)];
                let mut chars: Vec<char> = line.chars().collect();
                let column = column.index(chars.len() + 1);
                chars.splice(column..column, sign.chars());
                *line = chars.into_iter().collect();
            }
            Self::Break(at, column) => {
                let line = &mut lines[at.index(count)];
                let mut chars: Vec<char> = line.chars().collect();
                chars.insert(column.index(chars.len() + 1), '\n');
                *line = chars.into_iter().collect();
            }
            Self::Join(at) => {
                let at = at.index(count);
                if at + 1 < count {
                    let next = lines.remove(at + 1);
                    lines[at].push_str(&next);
                }
            }
            Self::Truncate(at) => lines.truncate(at.index(count)),
        }
    }
}

/// Headers, rows of the table of basics, and rows that become something without a key of their own.
fn is_known(cells: &[String]) -> bool {
    const FIRST: &[&str] = &[
        "http url",
        "http method",
        "权限要求",
        "x-acs-dingtalk-access-token",
        "基本信息",
    ];
    const HEADERS: &[&str] = &[
        "名称",
        "类型",
        "描述",
        "说明",
        "错误码",
        "错误信息",
        "字段",
        "值",
        "Type",
        "Value",
        "Description",
        "HttpCode",
        "Name",
        "Type",
        "Value",
        "Description",
    ];
    let first = cells
        .first()
        .map(|cell| cell.to_lowercase().replace('*', ""));
    first.is_some_and(|first| first.is_empty() || FIRST.contains(&first.trim()))
        || cells
            .iter()
            .any(|cell| cell.contains("支持") || HEADERS.contains(&bare(cell)))
}

/// A cell without signs around its words.
fn bare(cell: &str) -> &str {
    let cell = cell.trim_start_matches("<br>").trim_end_matches("<br>");
    cell.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Holds the rows of a page, found without the importer, against what became of them: the row's first word (of an error
/// its code) stands in the file, or a finding names the row.
pub(crate) fn accounted(page: &Source, imported: &Imported) {
    let told: BTreeSet<usize> = imported
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::LeftOut)
        .flat_map(|finding| finding.rows.iter().copied())
        .collect();
    let words = |finding: &Finding| format!("{} {}", finding.message, finding.help);
    let messages: Vec<String> = imported.findings.iter().map(words).collect();
    let messages = messages.join("\n");
    // A lone carriage return ends a line too.
    let text = page.text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        // A row that breaks over lines is found by its whole name alone.
        let next = lines.get(at + 1).map_or("|", |next| next.trim());
        if !trimmed.ends_with('|') && !next.starts_with('|') {
            continue;
        }
        if !trimmed.starts_with('|')
            || trimmed.chars().all(|c| "|-: ".contains(c))
            || told.contains(&(at + 1))
        {
            continue;
        }
        let cells: Vec<String> = trimmed
            .replace("\\|", "\u{1}")
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().replace(['\\', '`'], "").replace("**", ""))
            .collect();
        // A row named as its type says what the elements are of the list before it.
        let own_type = cells.get(1) == cells.first();
        if is_known(&cells) || own_type || cells[0].chars().all(|c| c == '-') {
            continue;
        }
        let status = cells[0]
            .split('/')
            .next()
            .unwrap_or_default()
            .parse::<u16>()
            .is_ok_and(|status| (100..600).contains(&status));
        let word = if status { cells.get(1) } else { cells.first() };
        let word = word.map(|word| word.trim().to_owned()).unwrap_or_default();
        let last = word.rsplit('.').next().unwrap_or_default().to_owned();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        // A word with signs in it is written in quotes or escapes.
        if !word.chars().all(plain) || word.is_empty() {
            continue;
        }
        let found = [&word, &last]
            .into_iter()
            .any(|word| imported.text.contains(word.as_str()));
        assert!(
            found || messages.contains(&word),
            "line {} of {} is lost: {line}\n{}\n{messages}",
            at + 1,
            page.name,
            imported.text
        );
    }
}

/// What is told to be undecided stands in a new file, and the other way round. Gives how many questions there are.
pub(crate) fn questions(imported: &Imported) -> usize {
    let file: Value = serde_yaml::from_str(&imported.text).expect("YAML");
    let mut written = Vec::new();
    collect(&file, &mut written);
    let told = imported
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::Undecided);
    let told: Vec<&str> = told.map(|finding| finding.message.as_str()).collect();
    for question in &told {
        let found = written.iter().any(|text| text.contains(question));
        assert!(found, "not written: {question}\n{}", imported.text);
    }
    for text in written {
        let mut rest = text.clone();
        for question in &told {
            rest = rest.replace(question, "");
        }
        assert_eq!(rest.trim(), "", "not told: {text}");
    }
    told.len()
}

fn collect(value: &Value, questions: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            let question = entries.get("undecided").and_then(Value::as_str);
            questions.extend(question.map(str::to_owned));
            entries.values().for_each(|value| collect(value, questions));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, questions)),
        _ => {}
    }
}

/// More are tried with `PROPTEST_CASES=5000`.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(120)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_panic_or_lose_a_row(
        name in prop::sample::select(vec!["markdown.md", "older.md", "types.md", "odd.md", "english.txt", "start_cloud_record.txt"]),
        damages in prop::collection::vec(damage(), 1..7),
    ) {
        let whole = page(name);
        let mut lines: Vec<String> = whole.text.split('\n').map(str::to_owned).collect();
        for damage in &damages {
            damage.apply(&mut lines);
        }
        let damaged = Source::new(name, lines.join("\n").as_bytes()).expect("a text");
        let mut into = Importer::default();
        let findings = match into.page(&damaged, &Options::default()) {
            Ok(imported) => {
                accounted(&damaged, &imported);
                questions(&imported);
                let again = into.page(&damaged, &Options::default()).expect("an operation");
                prop_assert!(!again.changed, "{:?}\n{}", again.added, imported.text);
                imported.findings
            }
            Err(findings) => {
                prop_assert!(!findings.is_empty());
                findings
            }
        };
        let text = damaged.text.replace("\r\n", "\n").replace('\r', "\n");
        for finding in &findings {
            let shown = finding.shown(&damaged).to_string();
            prop_assert!(!shown.contains(['\u{202e}', '\u{0}']), "{shown}");
            let Some(at) = finding.at else { continue };
            let line = text.split('\n').nth(at.line - 1);
            prop_assert!(line.is_some(), "line {} of {finding:?}", at.line);
            let width = line.map_or(0, |line| line.chars().count());
            prop_assert!(at.column <= width + 1, "{finding:?} behind {width}");
        }
    }
}

/// The page with one line in place of another, both whole.
fn with_line(name: &str, old: &str, new: &str) -> Source {
    let text = page(name).text.replacen(old, new, 1);
    assert!(text.contains(new), "{old} is not in {name}");
    Source::new(name, text.as_bytes()).expect("a text")
}

#[test]
fn a_bar_too_many_in_a_header_shifts_no_value() {
    let whole = page("markdown.md");
    for (old, new) in [
        ("| HttpCode | 错误码 |", "| HttpCode || 错误码 |"),
        (
            "| 名称 | 类型 | 是否必填 | 示例值 | 描述 |",
            "|| 名称 | 类型 | 是否必填 | 示例值 | 描述 |",
        ),
    ] {
        let damaged = with_line("markdown.md", old, new);
        assert_eq!(alone(&damaged).text, alone(&whole).text);
    }
}

#[test]
fn a_header_of_the_client_s_own_is_left_out_of_any_table_without_a_question() {
    let moved = with_line(
        "older.md",
        "| fast | Boolean | 否 | At once. |",
        "| fast | Boolean | 否 | At once. |\n| Content-Type | String | 否 | JSON. |",
    );
    let imported = alone(&moved);
    assert_eq!(imported.text, alone(&page("older.md")).text);
    assert_eq!(questions(&imported), 0);
}

/// Imports a page twice, which must be the same as once, and gives the file.
#[track_caller]
fn twice(page: &Source) -> String {
    let mut into = Importer::default();
    let mut import = || into.page(page, &Options::default()).expect("an operation");
    let (once, again) = (import(), import());
    assert!(!again.changed, "{:?}\n{}", again.added, once.text);
    accounted(page, &once);
    once.text
}

#[test]
fn a_row_for_the_whole_and_a_field_of_its_name_are_told_apart_once_the_spec_has_the_field() {
    let row = "| body | Object | All of it. |";
    let damaged = with_line("odd.md", row, &format!("{row}\n{row}"));
    let text = twice(&damaged);
    let reply = "response:\n  body:\n    object:\n      UserName: { type: string }\n  tags:";
    assert!(text.contains(reply), "{text}");
}

#[test]
fn the_values_of_a_field_without_a_type_are_read_at_once() {
    for (old, new, wanted) in [
        (
            "| season | String | 否 | autumn |",
            "| season | | 否 | autumn |",
            "  season:\n    enum:\n      spring:\n      autumn:\n",
        ),
        (
            "| side | Integer | 否 | 1 | Which side，0：left，1：right。 |",
            "| side | | 否 | 1 | Which side, 取值：   - **0**：left - **1**：right |",
            "        side:\n          type: integer\n          enum:\n            0:\n            1:\n",
        ),
    ] {
        let text = twice(&with_line("markdown.md", old, new));
        assert!(text.contains(wanted), "{text}");
    }
}
