//! Each layout with what comes of it, to be reviewed as a whole.

use dingtalk_spec::import::doc::{Importer, Options};

use crate::{alone, operation, page, shown, source};

/// What a page becomes and what is told of it.
macro_rules! goldens {
    ($($test:ident: $file:literal;)*) => {
        $(#[test]
        fn $test() {
            let page = page($file);
            let imported = alone(&page);
            operation(&imported);
            let text = format!("{}: {}\n\n{}", imported.file, imported.text, shown(&imported, &page));
            insta::assert_snapshot!(stringify!($test), text);
        })*
    };
}

goldens! {
    markdown_with_contradictions: "markdown.md";
    the_older_layout: "older.md";
    types_of_all_kinds: "types.md";
    a_browser_copy_in_english_with_tabs: "english.txt";
    a_page_of_the_legacy_api: "legacy.md";
    what_pages_have_that_they_should_not: "odd.md";
    a_browser_copy_with_bars: "start_cloud_record.txt";
}

#[test]
fn what_is_no_operation_is_refused_with_a_reason() {
    let mut reasons = Vec::new();
    for name in [
        "tutorial.md",
        "event.md",
        "other_api.md",
        "two_operations.md",
        "no_method.md",
    ] {
        let page = page(&format!("refused/{name}"));
        let refused = Importer::default().page(&page, &Options::default());
        let findings = refused.expect_err("a reason");
        reasons.extend(
            findings
                .iter()
                .map(|finding| finding.shown(&page).to_string()),
        );
    }
    let reasons = reasons.join("\n");
    insta::assert_snapshot!(reasons);
}

#[test]
fn descriptions_are_taken_over_only_when_asked_for() {
    let page = page("start_cloud_record.txt");
    let imported = alone(&page);
    assert!(!imported.text.contains("doc:"), "{}", imported.text);
    for word in [
        "begins the recording",
        "all beside each other",
        "it is over",
    ] {
        assert!(!imported.text.contains(word), "{word}");
    }
    let options = Options {
        with_text: true,
        ..Options::default()
    };
    let with_text = Importer::default()
        .page(&page, &options)
        .expect("an operation");
    operation(&with_text);
    for word in [
        "begins the recording",
        "grid: all beside each other",
        "doc: it is over",
    ] {
        assert!(
            with_text.text.contains(word),
            "{word} in {}",
            with_text.text
        );
    }
}

#[test]
fn a_page_without_sample_code_is_placed_by_its_path_and_asked_about() {
    let text = "| **基本信息** | |\n| --- | --- |\n| HTTP URL | /v1.0/oddGarden/trees |\n| HTTP Method | GET |\n";
    let imported = alone(&source(text));
    assert_eq!(imported.file, "odd_garden_1_0/get_trees.yaml");
    let undecided = operation(&imported).undecided.expect("a question");
    assert!(undecided.contains("Is it `odd_garden_1_0`?"), "{undecided}");
    assert!(undecided.contains("Is it `GetTrees`?"), "{undecided}");
    let options = Options {
        service: Some("garden_1_0".to_owned()),
        ..Options::default()
    };
    let imported = Importer::default()
        .page(&source(text), &options)
        .expect("an operation");
    assert_eq!(imported.file, "garden_1_0/get_trees.yaml");
}

#[test]
fn address_and_method_may_stand_in_lines_of_text() {
    let table =
        "## Body参数\n\n| 名称 | 类型 | 是否必填 |\n|---|---|---|\n| name | String | 是 |\n";
    for lines in [
        "**请求方式**：PUT\n\n**请求地址**：https://api.dingtalk.com/v1.0/garden/trees/{id}\n",
        "请求方式：PUT（HTTPS）\n请求地址：`https://api.dingtalk.com/v1.0/garden/trees/{id}`\n",
        "Request method: PUT\nRequest URL: https://api.dingtalk.com/v1.0/garden/trees/{id}\n",
    ] {
        let operation = operation(&alone(&source(&format!("# Tree\n\n{lines}\n{table}"))));
        assert_eq!(operation.method.as_str(), "PUT", "{lines}");
        assert_eq!(operation.path, "/v1.0/garden/trees/{id}");
        assert!(
            operation
                .body
                .expect("a body")
                .get("name")
                .expect("a field")
                .required
        );
    }
}
