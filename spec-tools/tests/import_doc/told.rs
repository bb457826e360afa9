//! What a page has beside the facts that can be taken is told: no column, no listed value, no difference is silent.

use dingtalk_spec::import::doc::{Imported, Importer, Options};

use crate::{alone, common, folder, operation, shown, source};

/// A page of a made-up operation, with a table of its body and what stands behind that.
fn planting(body: &str, rest: &str) -> String {
    format!(
        "## 请求\n\n| **基本信息** | |\n| --- | --- |\n| HTTP URL | https://api.dingtalk.com/v1.0/garden/trees |\n\
         | HTTP Method | POST |\n\n### 请求体\n\n{body}\n{rest}\n"
    )
}

fn told(text: &str) -> (Imported, String) {
    let page = source(text);
    let imported = alone(&page);
    operation(&imported);
    let told = shown(&imported, &page);
    (imported, told)
}

#[test]
fn columns_that_are_not_read_are_told() {
    let body = "| 名称 | 类型 | 是否必填 | 描述 | 计量 | |\n| --- | --- | --- | --- | --- | --- |\n\
                | height | Long | 是 | 高 | 米 | 约 |\n| age | Long | 否 | 龄 | 年 | |\n";
    let (imported, told) = told(&planting(body, ""));
    assert!(told.contains("unknown or repeated column `计量`"), "{told}");
    assert!(
        told.contains("a column of this table has no name"),
        "{told}"
    );
    let body = operation(&imported).body.expect("a body");
    assert!(body.get("height").expect("a field").required);
    // Without anything in them there is nothing to tell.
    let empty = "| 名称 | 类型 | 是否必填 | 描述 | 计量 |\n| --- | --- | --- | --- | --- |\n| age | Long | 否 | 龄 | |\n";
    let (_, told) = self::told(&planting(empty, ""));
    assert!(!told.contains("计量"), "{told}");
}

#[test]
fn a_second_column_of_a_kind_is_told() {
    let errors = "### 错误码\n\n| HttpCode | 错误码 | 错误信息 | 错误描述 |\n| --- | --- | --- | --- |\n\
                  | 400 | tree.dead | tree %s is dead | 树死了 |\n";
    let (imported, told) = told(&planting(
        "| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n| age | Long | 龄 |\n",
        errors,
    ));
    assert!(
        told.contains("unknown or repeated column `错误描述`"),
        "{told}"
    );
    let error = &operation(&imported).errors[0];
    assert_eq!(error.message.as_deref(), Some("tree %s is dead"));
}

#[test]
fn values_of_what_has_no_enum_are_told() {
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n\
                | tall | Boolean | 否 | 是否高：   - **0**：否 - **1**：是 |\n\
                | wide | Boolean | 否 | 是否宽，0：否，1：是 |\n\
                | share | Double | 否 | 比例，取值：0.5、1 |\n\
                | extra | Any | 否 | 种类，取值：oak、elm |\n\
                | form | String | 否 | 形状。   | 名 | 含义 | | --- | --- | | round | 圆 | |\n";
    let (imported, told) = told(&planting(body, ""));
    for message in [
        "0, 1 are listed as values of `tall`, whose type is Boolean",
        "0, 1 are listed as values of `wide`, whose type is Boolean",
        "0.5, 1 are listed as values of `share`, whose type is a number",
        "oak, elm are listed as values of `extra`, whose type is Any",
        "the description of `form` contains a table",
    ] {
        assert!(told.contains(message), "{message} in {told}");
    }
    assert!(!imported.text.contains("enum"), "{}", imported.text);
}

#[test]
fn an_example_keeps_its_value_if_one_that_is_listed_is_meant() {
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n\
                | kind | String | 是 | 种类，取值：   - **OAK**：橡 - **ELM**：榆 |\n\
                | shape | String | 是 | 形状，取值：   - **ROUND**：圆 - **FLAT**：平 |\n\
                | soil | String | 否 | 土，取值：   - **SAND**：沙 - **CLAY**：黏 |\n";
    let example = "### 请求示例\n\n```\nPOST /v1.0/garden/trees HTTP/1.1\nHost:api.dingtalk.com\n\
                   x-acs-dingtalk-access-token:xxx\n\n\
                   {\n  \"kind\" : \"xxxx\",\n  \"shape\" : \"flat\",\n  \"soil\" : \"rock\"\n}\n```\n";
    let (imported, told) = told(&planting(body, example));
    assert!(
        told.contains("the example spells `kind`, `shape` differently"),
        "{told}"
    );
    assert!(
        told.contains("the example's value of `soil` is not one the page lists"),
        "{told}"
    );
    assert!(
        imported.text.contains("body: { kind: OAK, shape: FLAT }"),
        "{}",
        imported.text
    );
}

#[test]
fn a_reply_of_which_a_table_says_nothing_is_none() {
    let reply = "## 响应\n\n### 响应体\n\n| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n\n\
                 ### 响应体示例\n\n```\nHTTP/1.1 200 OK\n```\n";
    let body = "| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n| age | Long | 龄 |\n";
    let (imported, _) = told(&planting(body, reply));
    let operation = operation(&imported);
    assert!(
        operation.response.is_none() && operation.response_type.is_none(),
        "{}",
        imported.text
    );
}

#[test]
fn a_difference_in_a_type_that_operations_share_has_its_place_in_the_page() {
    let mut files = common::good();
    let service =
        "summary: A garden\ntypes:\n  Branch:\n    object:\n      leaf: { type: string }\n";
    let planted = "operation: PlantTree\nsummary: Plants a tree\nmethod: POST\npath: /v1.0/garden/trees\n\
                   body:\n  branches: { list: Branch }\n";
    files.insert("garden_1_0/_service.yaml".to_owned(), service.to_owned());
    files.insert("garden_1_0/plant_tree.yaml".to_owned(), planted.to_owned());
    let folder = folder("told_shared", &files);
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| branches | Array | 否 | 枝 |\n\
                | leaf | Long | 否 | 叶 |\n";
    let page = source(&planting(body, ""));
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    let difference = imported
        .findings
        .iter()
        .find(|finding| finding.message.contains("types.Branch"));
    let line = difference.and_then(|finding| finding.at).map(|at| at.line);
    assert_eq!(line, Some(13), "{}", shown(&imported, &page));
}

#[test]
fn a_type_that_contains_itself_has_what_its_inner_ones_show() {
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| branches | Array of Branch | 否 | 枝 |\n";
    let example = "### 请求示例\n\n```\nPOST /v1.0/garden/trees HTTP/1.1\nHost:api.dingtalk.com\n\n\
                   {\"branches\": [{\"name\": \"a\", \"bark\": {\"old\": true}, \"branches\": [\
                   {\"name\": \"b\", \"bark\": {\"color\": \"gray\"}}]}]}\n```\n";
    let (imported, told) = told(&planting(body, example));
    assert!(!told.contains("no table describes"), "{told}");
    let bark = &operation(&imported)
        .types
        .get("Branch")
        .and_then(|def| def.object.as_ref()?.get("bark").cloned());
    let bark = bark
        .as_ref()
        .and_then(|bark| bark.object.as_ref())
        .expect("an object");
    assert!(
        bark.get("old").is_some() && bark.get("color").is_some(),
        "{}",
        imported.text
    );
}

#[test]
fn a_field_that_the_page_has_more_and_the_spec_not_is_told() {
    let mut files = common::good();
    let planted = "operation: PlantTree\nsummary: Plants a tree\nmethod: POST\npath: /v1.0/garden/trees\n\
                   body:\n  age: { type: integer }\n";
    files.insert("garden_1_0/plant_tree.yaml".to_owned(), planted.to_owned());
    let folder = folder("told_more", &files);
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| age | Long | 是 | 龄 |\n| leaf | Long | 否 | 叶 |\n";
    let page = source(&planting(body, ""));
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    let told = shown(&imported, &page);
    assert!(
        told.contains("`body.age` is required on the page but not in the spec"),
        "{told}"
    );
    assert!(
        told.contains("the page has `body.leaf`, the spec does not"),
        "{told}"
    );
}

#[test]
fn values_are_taken_where_the_spec_says_more_of_the_type_than_the_page() {
    let mut files = common::good();
    let planted = "operation: PlantTree\nsummary: Plants a tree\nmethod: POST\npath: /v1.0/garden/trees\n\
                   body:\n  colors: { list: { list: string } }\n  marks: { map: string }\n";
    files.insert("garden_1_0/plant_tree.yaml".to_owned(), planted.to_owned());
    let folder = folder("told_known", &files);
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n\
                | colors | Array of Array | 否 | 颜色，取值：   - **red**：红 - **blue**：蓝 |\n\
                | marks | Map | 否 | 标记，取值：   - **old**：老 - **tall**：高 |\n";
    let page = source(&planting(body, ""));
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    assert!(
        imported.text.contains("red:") && imported.text.contains("blue:"),
        "{}",
        imported.text
    );
    assert!(
        imported.text.contains("marks: { map: string }"),
        "{}",
        imported.text
    );
}

#[test]
fn what_the_spec_says_more_of_a_type_is_told() {
    let mut files = common::good();
    let planted = "operation: PlantTree\nsummary: Plants a tree\nmethod: POST\npath: /v1.0/garden/trees\n\
                   body:\n  bark: { object: { color: { type: string } } }\n  leaf: { type: string }\n  \
                   root: { type: string }\n  nests: { list: { object: { eggs: { type: integer } } } }\n  \
                   extra: { type: json }\n";
    files.insert("garden_1_0/plant_tree.yaml".to_owned(), planted.to_owned());
    let folder = folder("told_types", &files);
    let body = "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| bark | Object | 否 | 皮 |\n\
                | leaf | Object | 否 | 叶 |\n| root | Any | 否 | 根 |\n| nests | Array | 否 | 巢 |\n\
                | extra | Any | 否 | 他 |\n";
    let page = source(&planting(body, ""));
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    let told = shown(&imported, &page);
    for message in [
        "the table does not describe the fields of `bark`",
        "the table says Object for `leaf`",
        "the table says Any for `root`",
        "the table does not describe the fields of one of the elements of the list",
    ] {
        assert!(told.contains(message), "{message} in {told}");
    }
    assert!(!told.contains("`extra`"), "{told}");
}

#[test]
fn a_question_about_a_row_that_stands_there_twice_is_written() {
    let table = "### 请求参数\n\n| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| wet | Boolean | 否 | 湿 |\n";
    let page = planting(
        "| 名称 | 类型 | 是否必填 | 描述 |\n| --- | --- | --- | --- |\n| wet | Boolean | 否 | 湿 |\n",
        table,
    );
    let imported = alone(&source(&page));
    assert!(
        imported.text.contains("Nothing says where `wet` goes."),
        "{}",
        imported.text
    );
    crate::damage::questions(&imported);
}

#[test]
fn a_boolean_whose_values_are_success_and_failure_says_whether_the_call_worked() {
    let reply = "### 返回参数\n\n| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n\
                 | success | Boolean | 调用结果：   - **true**：成功 - **false**：失败 |\n\
                 | updateSuccess | Boolean | 是否有更新：   - **true**：是 - **false**：否 |\n\
                 | planted | Boolean | 结果：   - **true**：成功 - **false**：失败 |\n\
                 | tree | Object | 树 |\n\
                 | └ success | Boolean | 结果：   - **true**：成功 - **false**：失败 |\n";
    let body = "| 名称 | 类型 | 描述 |\n| --- | --- | --- |\n\
                | success | Boolean | 调用结果：   - **true**：成功 - **false**：失败 |\n";
    let (imported, _) = told(&planting(body, reply));
    let flags: Vec<_> = imported
        .text
        .lines()
        .filter(|line| line.contains("success_flag"))
        .collect();
    assert_eq!(
        flags,
        ["  success: { type: boolean, success_flag: true }"],
        "{}",
        imported.text
    );
}
