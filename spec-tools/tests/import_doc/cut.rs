//! Pages that end in the middle, and pages of events.

use dingtalk_spec::import::doc::{Importer, Kind, Options};

use crate::{page, source};

const PAGES: [&str; 6] = [
    "markdown.md",
    "older.md",
    "types.md",
    "english.txt",
    "odd.md",
    "start_cloud_record.txt",
];

/// What is said of a text as a page.
fn told(text: &str) -> Vec<(Kind, String)> {
    let page = Importer::default().page(&source(text), &Options::default());
    let findings = page.map_or_else(|findings| findings, |imported| imported.findings);
    let told = findings.into_iter();
    told.map(|finding| (finding.kind, finding.message))
        .collect()
}

/// What is said of where a page is cut.
fn cut(text: &str) -> Option<String> {
    let told = told(text).into_iter();
    let mut cuts = told.filter(|(_, message)| message.starts_with("the page is cut: "));
    cuts.next().map(|(_, message)| message)
}

#[test]
fn a_whole_page_is_not_called_cut() {
    for name in PAGES {
        assert_eq!(cut(&page(name).text), None, "{name}");
    }
}

#[test]
fn a_page_cut_in_any_row_of_its_tables_is_called_cut_and_its_last_line_is_named() {
    let page = page("markdown.md");
    let (mut begin, mut in_rows, mut rows) = (0, false, 0);
    for line in page.text.split_inclusive('\n') {
        let row = line.starts_with('|');
        if row && in_rows {
            let half: String = line.chars().take(line.chars().count() / 2).collect();
            let said = cut(&format!("{}{half}", &page.text[..begin]));
            let said = said.unwrap_or_else(|| panic!("{half}"));
            assert!(
                said.ends_with("in the middle of a row of a table"),
                "{said}"
            );
            let start: String = half.trim().chars().take(20).collect();
            assert!(said.contains(&start), "{said}");
            rows += 1;
        }
        in_rows = row && (in_rows || line.contains("---"));
        begin += line.len();
    }
    assert!(rows > 10, "{rows}");
}

#[test]
fn a_page_cut_behind_a_heading_or_in_a_piece_of_json_is_called_cut() {
    let page = page("markdown.md");
    let at = |end: &str| cut(&format!("{}\n\n{end}\n", page.text)).unwrap_or_default();
    for (end, what) in [
        ("## 错误码", "a section"),
        ("| a | b |\n| --- | --- |", "a table"),
        ("```json\n{\n  \"a\": 1,", "a block of code"),
        ("{\n  \"a\": \"}\",\n  \"b\": [", "JSON"),
    ] {
        let last = end.lines().last().expect("a line").trim();
        let wanted = format!("the page is cut: `{last}` is its last line, in the middle of {what}");
        assert_eq!(at(end), wanted);
    }
}

#[test]
fn a_page_that_lacks_its_method_because_it_is_cut_is_called_cut_too() {
    let said = told("# Plants a tree\n\n## 请求方法\n");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].1.starts_with("the page is cut"), "{said:?}");
    assert_eq!(said[1].0, Kind::Refused);
}

#[test]
fn a_page_of_an_event_is_an_event_and_not_an_operation() {
    for text in [
        "# A tree fell\n\n## 事件体\n\n| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n| treeId | String | Which. |\n",
        "# A tree fell\n\nEventType: tree_fell\n",
        "# 树倒了\n\n事件类型\n\ntree_fell\n",
    ] {
        let said = told(text);
        let wanted = "this is an event, not an operation".to_owned();
        assert_eq!(said.last(), Some(&(Kind::Refused, wanted)), "{text}");
    }
}
