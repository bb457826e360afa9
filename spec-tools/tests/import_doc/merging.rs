//! A page brings what it knows more, and what the spec says stays.

use dingtalk_spec::import::doc::{Importer, Kind, Options};

use crate::{common, folder, page, shown, source, spec};

/// As the official SDK's import leaves it: no enums, no errors, nothing required.
const SET_WATER: &str = "\
# yaml-language-server: $schema=../schema.json
operation: SetWater
# A person wrote this.
summary: Sets how much water a garden gets
method: PUT
path: /v1.0/garden/gardens/{id}/water

path_params:
  id: { type: string, doc: Which garden }

query:
  fast: { type: string }

headers:
  x-client-token: { type: string, idempotency_key: true }

body:
  amount: { type: integer }
  places:
    map:
      object:
        x: { type: integer }
        labels: { map: string }
      rust_type: Spot
  plan:
    object:
      hours: { list: integer }
      minutes: { list: integer }

response:
  result: { type: boolean }
";

fn garden(test: &str) -> std::path::PathBuf {
    let mut files = common::good();
    files.insert("garden_1_0/set_water.yaml".to_owned(), SET_WATER.to_owned());
    folder(test, &files)
}

#[test]
fn what_the_page_knows_more_is_added_and_what_differs_is_told() {
    let folder = garden("added");
    let page = page("older.md");
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    let added = imported.added.join("\n");
    let text = format!("{}\n{added}\n\n{}", imported.text, shown(&imported, &page));
    insta::assert_snapshot!(text);
}

#[test]
fn the_same_page_twice_changes_nothing() {
    for name in [
        "markdown.md",
        "older.md",
        "types.md",
        "odd.md",
        "english.txt",
        "start_cloud_record.txt",
    ] {
        let folder = garden(&format!("twice_{name}"));
        let page = page(name);
        let mut into = Importer::open(&folder).expect("a spec");
        let first = into.page(&page, &Options::default()).expect("an operation");
        assert!(first.changed, "{name}");
        let again = into.page(&page, &Options::default()).expect("an operation");
        assert_eq!(again.text, first.text, "{name}");
        assert!(!again.changed && !again.new, "{name}");
        // And from the file, in another run.
        std::fs::create_dir_all(folder.join(&first.file).parent().expect("a folder"))
            .expect("a folder");
        std::fs::write(folder.join(&first.file), &first.text).expect("a file");
        let mut into = Importer::open(&folder).expect("a spec");
        let later = into.page(&page, &Options::default()).expect("an operation");
        assert_eq!(later.text, first.text, "{name}");
        assert!(!later.changed, "{name}: {:?}", later.added);
    }
}

#[test]
fn what_a_person_decided_is_not_asked_again() {
    let folder = folder("decided", &common::good());
    let page = page("types.md");
    let mut into = Importer::open(&folder).expect("a spec");
    let first = into.page(&page, &Options::default()).expect("an operation");
    let undecided = |kind: Kind| kind == Kind::Undecided;
    assert!(first.findings.iter().any(|finding| undecided(finding.kind)));
    // A person answers all questions by leaving everything as it is, but for one type.
    let decided: Vec<&str> = first
        .text
        .lines()
        .filter(|line| !line.trim_start().starts_with("undecided: "))
        .collect();
    let decided = decided.join("\n") + "\n";
    let mut decided = decided.replace(
        "size: { type: string, undecided:",
        "size: { type: integer, undecided:",
    );
    while let Some(at) = decided.find(", undecided: ") {
        let rest = &decided[at..];
        let end = rest.find(" }").expect("an end");
        decided.replace_range(at..at + end, "");
    }
    std::fs::create_dir_all(folder.join("garden_2_0")).expect("a folder");
    std::fs::write(folder.join(&first.file), &decided).expect("a file");
    let mut into = Importer::open(&folder).expect("a spec");
    let again = into.page(&page, &Options::default()).expect("an operation");
    assert!(!again.text.contains("undecided"), "{}", again.text);
    assert_eq!(again.text, decided);
    assert!(
        again
            .findings
            .iter()
            .all(|finding| !undecided(finding.kind))
    );
    assert!(spec(&folder).services.contains_key("garden_2_0"));
}

#[test]
fn the_spec_says_where_fields_belong_that_no_example_shows() {
    let text = "\
| **基本信息** | |
| --- | --- |
| HTTP URL | /v1.0/garden/gardens/{id}/water |
| HTTP Method | PUT |

### 请求体

| 名称 | 类型 | 是否必填 | 描述 |
| --- | --- | --- | --- |
| plan | Object | 是 | When. |
| hours | Array of Integer | 是 | At what hours. |
| Minutes | Array of Integer | 否 | At what minutes. |
| amount | String | 是 | How much. |
";
    let folder = garden("belong");
    let page = source(text);
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    assert!(
        imported
            .text
            .contains("      hours: { list: integer, required: true }"),
        "{}",
        imported.text
    );
    assert!(!imported.text.contains("Minutes"), "{}", imported.text);
    assert!(!imported.text.contains("undecided"), "{}", imported.text);
    let told = shown(&imported, &page);
    assert!(
        told.contains("the page writes `Minutes`, the spec `minutes`"),
        "{told}"
    );
    assert!(
        told.contains("`body.amount` is `integer` in the spec, `string` on the page"),
        "{told}"
    );
}

#[test]
fn another_service_than_that_of_the_spec_is_refused() {
    let folder = garden("service");
    let options = Options {
        service: Some("other_1_0".to_owned()),
        ..Options::default()
    };
    let mut into = Importer::open(&folder).expect("a spec");
    let findings = into
        .page(&page("older.md"), &options)
        .expect_err("a reason");
    assert_eq!(
        findings[0].message,
        "the spec already has this operation, in `garden_1_0`"
    );
}

#[test]
fn the_title_of_the_page_in_chinese_is_added_once_and_never_replaced() {
    let folder = garden("title");
    let titled = |from: &str, to: &str| source(&page("older.md").text.replace(from, to));
    let english = page("older.md");
    let front = titled("title: \"Water a garden\"", "title: \"设置浇水量\"");
    let heading = titled("Gives water", "# 设置浇水量\n\nGives water");
    let unseen = titled("title: \"Water a garden\"", "title: \"设置\u{7f}浇水量\"");
    for (page, title) in [
        (&english, None),
        (&unseen, None),
        (&front, Some("设置浇水量")),
        (&heading, Some("设置浇水量")),
    ] {
        let mut into = Importer::open(&folder).expect("a spec");
        let imported = into.page(page, &Options::default()).expect("an operation");
        let line = title.map(|title| format!("operation: SetWater\ntitle: {title}\n"));
        assert_eq!(imported.text.contains("\ntitle: "), title.is_some());
        assert!(
            line.is_none_or(|line| imported.text.contains(&line)),
            "{}",
            imported.text
        );
        let other = titled("title: \"Water a garden\"", "title: \"浇水\"");
        let again = into
            .page(&other, &Options::default())
            .expect("an operation");
        let kept = title.unwrap_or("浇水");
        assert!(
            again.text.contains(&format!("\ntitle: {kept}\n")),
            "{}",
            again.text
        );
    }
}
