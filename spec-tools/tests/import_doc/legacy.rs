//! Pages of the legacy API, which has an envelope and a token in the query.

use dingtalk_spec::import::doc::{Importer, Options};

use crate::{alone, common, operation, source};

/// Adds the legacy API to the platform of the tests, and says that the service of a file is of it.
pub fn describe(files: &mut common::Files, file: &str) {
    let service = file.split('/').next().unwrap();
    files.insert(
        format!("{service}/_service.yaml"),
        "summary: Trees\napi: oapi\n".to_owned(),
    );
    let api = "  oapi:\n    servers: { global: { url: \"https://oapi.example.io\" }, mainland: { url: \"https://oapi.example.com\" } }\n    \
        token: { query: access_token }\n    \
        envelope: { every_reply: true, code: [errcode], success: [\"0\"], flag: [success], message: [errmsg] }\n";
    let platform = files.get_mut("platform.yaml").unwrap();
    *platform = platform.replace("grants:\n", &format!("{api}grants:\n"));
}

fn page(path: &str, rows: &str, reply: &str) -> String {
    format!(
        "| **基本信息** | |\n| --- | --- |\n| HTTP URL | https://oapi.dingtalk.com{path} |\n| HTTP Method | POST |\n\n\
         ## 响应体\n\n| 名称 | 类型 | 示例值 | 描述 |\n| --- | --- | --- | --- |\n{rows}\n\n\
         ## 响应体示例\n\n```\n{reply}\n```\n"
    )
}

#[test]
fn two_paths_with_one_name_are_refused() {
    let mut importer = Importer::default();
    let mut import = |path| {
        let text = page(path, "| errcode | Number | 0 | |", r#"{ "errcode": 0 }"#);
        importer.page(&source(&text), &Options::default())
    };
    assert_eq!(
        import("/topapi/garden/get").unwrap().file,
        "oapi_garden/get.yaml"
    );
    assert_eq!(
        import("/topapi/garden/get").unwrap().file,
        "oapi_garden/get.yaml"
    );
    let refused = import("/topapi/v2/garden/get").unwrap_err();
    let says = "its path makes the name `Get`, which `/topapi/garden/get` has in `oapi_garden`";
    assert_eq!(refused[0].message, says);
}

#[test]
fn a_new_page_goes_into_the_service_of_the_options() {
    let text = page("/topapi/garden/get", "| errcode | Number | 0 | |", "{}");
    let options = Options {
        service: Some("oapi_trees".to_owned()),
        ..Options::default()
    };
    let imported = Importer::default().page(&source(&text), &options).unwrap();
    assert_eq!(imported.file, "oapi_trees/get.yaml");
}

#[test]
fn what_stands_beside_the_result_is_not_lost() {
    let rows = "| count | Number | 1 | |\n| result | PageVo | | |\n| list | String[] | | |\n| errcode | Number | 0 | |";
    let shown = r#"{ "errcode": 0, "count": 1, "result": { "list": ["a"] } }"#;
    let imported = alone(&source(&page("/topapi/garden/list", rows, shown)));
    let response = operation(&imported).response.unwrap();
    assert!(response.get("count").is_some() && response.get("errcode").is_none());
    let result = response.get("result").unwrap();
    assert!(result.object.as_ref().unwrap().get("list").is_some());
}

#[test]
fn the_success_flag_next_to_the_result_belongs_to_the_envelope() {
    let flag = "| success | Boolean | true | |";
    let rows = format!(
        "| result | PageVo | | |\n| list | String[] | | |\n{flag}\n| errcode | Number | 0 | |"
    );
    let shown = r#"{ "errcode": 0, "result": { "list": ["a"] }, "success": true }"#;
    let imported = alone(&source(&page("/topapi/garden/list", &rows, shown)));
    let described = operation(&imported);
    assert_eq!(described.response_field.as_deref(), Some("result"));
    let response = described.response.unwrap();
    assert!(response.get("list").is_some() && response.get("success").is_none());

    // A flag inside the result is a field like any other.
    let shown = r#"{ "errcode": 0, "result": { "list": ["a"], "success": true } }"#;
    let imported = alone(&source(&page("/topapi/garden/list", &rows, shown)));
    assert!(
        operation(&imported)
            .response
            .unwrap()
            .get("success")
            .is_some()
    );
}

/// A page of a robot's message, which lists what the client sends itself.
const ROBOT: &str = "\
| **基本信息** | |
| --- | --- |
| HTTP URL | https://oapi.dingtalk.com/robot/call?access_token=x&timestamp=1&sign=y |
| HTTP Method | POST |

## 查询参数

| 名称 | 类型 | 是否必填 | 示例值 | 描述 |
| --- | --- | --- | --- | --- |
| access_token | String | 是 | BFEC9F | 机器人的凭证 |
| timestamp | String | 是 | 1577262236757 | 时间戳 |
| sign | String | 是 | abc | 签名 |

## 请求体

| 名称 | 类型 | 是否必填 | 示例值 | 描述 |
| --- | --- | --- | --- | --- |
| content | String | 是 | oak | 消息，不超过20000字节 |

## 请求体示例

```
POST /robot/call?access_token=BFEC9F&timestamp=1577262236757&sign=abc HTTP/1.1
Host: oapi.dingtalk.com

{ \"content\": \"oak\" }
```
";

#[test]
fn what_a_webhook_and_a_signature_send_is_not_added_to_a_reviewed_operation() {
    let reviewed = "\
# yaml-language-server: $schema=../schema.json
operation: Call
summary: Sends a message by a robot
method: POST
path: /robot/call
token: none
webhook: access_token
signature: robot
max_bytes: 20000

body:
  content: { type: string, required: true, doc: The message }

example:
  request: { body: { content: oak } }
";
    let mut files = common::good();
    files.insert("oapi_robot/call.yaml".to_owned(), reviewed.to_owned());
    describe(&mut files, "oapi_robot/call.yaml");
    let platform = files.get_mut("platform.yaml").unwrap();
    let signature = "    signatures: { robot: { signer: webhook, text: \"{timestamp}\", query: { timestamp: timestamp, sign: signature } } }\n";
    *platform = platform.replace("grants:\n", &format!("{signature}grants:\n"));
    let folder = crate::folder("webhook", &files);
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&source(ROBOT), &Options::default()).unwrap();
    assert_eq!(imported.text, reviewed, "{:?}", imported.added);
    assert!(!imported.changed);
    let told: Vec<_> = imported
        .findings
        .iter()
        .map(|finding| &finding.message)
        .collect();
    let about = ["access_token", "timestamp", "sign", "token"];
    assert!(
        !told
            .iter()
            .any(|text| about.iter().any(|name| text.contains(name))),
        "{told:?}"
    );

    // Of an operation that the spec does not have, they are fields to decide about.
    let new = alone(&source(ROBOT));
    assert!(operation(&new).query.get("sign").is_some(), "{}", new.text);
}

#[test]
fn a_result_that_is_a_list_is_the_reply() {
    let rows = "| result | TreeVo[] | | |\n| name | String | oak | |\n| errcode | Number | 0 | |";
    let shown = r#"{ "errcode": 0, "result": { "name": "oak" } }"#;
    let imported = alone(&source(&page("/topapi/garden/list", rows, shown)));
    let operation = operation(&imported);
    assert_eq!(operation.undecided, None);
    assert!(operation.response.is_none() && operation.response_type.is_some());
}

#[test]
fn a_reply_of_nothing_but_the_envelope_has_no_fields() {
    let rows =
        "| errcode | Number | 0 | |\n| errmsg | String | ok | |\n| request\\_id | String | x | |";
    let shown = r#"{ "errcode": 0, "errmsg": "ok", "request_id": "x" }"#;
    let imported = alone(&source(&page("/topapi/garden/delete", rows, shown)));
    let operation = operation(&imported);
    assert_eq!(operation.undecided, None);
    assert!(operation.response.is_none(), "{}", imported.text);
}
