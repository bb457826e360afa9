//! The `OpenAPI` document: what it says of each construct, and that it says all that the spec does.
#![allow(clippy::expect_used, clippy::panic, reason = "tests may")]

#[path = "../../../codegen/tests/common/mod.rs"]
mod common;
mod document;
mod facts;
mod form;

use std::fs;
use std::path::{Path, PathBuf};

use common::Files;
use document::Document;

/// A path of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn golden() -> Files {
    common::read(&project("tests/golden/spec"))
}

/// The spec of the platform, without the other files in its folder.
fn platform() -> Files {
    let mut files = common::read(&project("spec"));
    files.retain(|path, _| Path::new(path).extension().is_some_and(|end| end == "yaml"));
    files
}

#[test]
fn the_golden_document_is_what_the_golden_spec_gives() {
    let made = document::text(&golden(), &[]);
    let kept = fs::read_to_string(project("tests/golden/openapi.json")).unwrap_or_default();
    assert!(
        made == kept,
        "review what has changed after `cargo run -p dingtalk-spec -- openapi --spec \
         tests/golden/spec --out tests/golden/openapi.json`"
    );
}

#[test]
fn each_document_is_well_formed_and_says_all_that_its_spec_says() {
    for files in [golden(), common::good(), platform()] {
        for api in document::apis(&files) {
            let document = Document::of_api(&files, &api);
            form::check(&document);
            facts::compare_api(&files, &api, &document);
        }
    }
}

#[test]
fn paths_that_differ_in_names_alone_are_one_path() {
    let mut files = common::good();
    let operation = |name: &str, method: &str, path: &str, params: &str| {
        format!(
            "operation: {name}\nsummary: Has a path like another's\nmethod: {method}\npath: {path}\n\
             path_params: {params}\nexample: {{ request: {{ path: {{ first: a, second: b }} }} }}\n"
        )
    };
    let params = "{ first: { type: string }, second: { type: string } }";
    for (stem, name, method, path) in [
        ("one", "One", "PUT", "/v1.0/clash/{first}/to/{second}"),
        ("other", "Other", "GET", "/v1.0/clash/{second}/to/{first}"),
    ] {
        let text = operation(name, method, path, params);
        files.insert(format!("demo_1_0/{stem}.yaml"), text);
    }
    let document = Document::of(&files);
    form::check(&document);
    facts::compare(&files, &document);
    let (path, _, other) = document.operation("demo_1_0", "Other");
    assert_eq!(path, "/v1.0/clash/{first}/to/{second}");
    let names = |key: &str| -> Vec<_> {
        let parameters = other["parameters"].as_array().expect("parameters");
        parameters
            .iter()
            .map(|parameter| parameter[key].clone())
            .collect()
    };
    assert_eq!(names("name"), ["first", "second"]);
    assert_eq!(names("x-dingtalk-name"), ["second", "first"]);
    assert_eq!(names("example"), ["b", "a"]);
}

#[test]
fn types_whose_names_differ_in_marks_alone_keep_apart() {
    let mut files = common::good();
    let operation = |name: &str, field: &str| {
        format!(
            "operation: {name}\nsummary: Has a type inside\nmethod: POST\npath: /v1.0/{name}\n\
             response: {{ {field}: {{ object: {{ id: {{ type: string }} }} }} }}\n"
        )
    };
    files.insert(
        "demo_1_0/get_user.yaml".to_owned(),
        operation("GetUser", "listItem"),
    );
    files.insert(
        "demo_1_0/get_user_list.yaml".to_owned(),
        operation("GetUserList", "item"),
    );
    let document = Document::of(&files);
    form::check(&document);
    facts::compare(&files, &document);
    let names = document.schemas().filter(|name| name.contains("tem"));
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["demo_1_0.GetUser.ListItem", "demo_1_0.GetUserList.Item_2"]
    );
}

#[test]
fn an_error_with_the_status_of_success_is_listed_with_the_reply() {
    let mut files = common::good();
    let text = "operation: Failing\nsummary: Fails with 200\nmethod: POST\npath: /v1.0/failing\n\
                errors: [{ status: 200, code: hidden, message: no, class: transient }]\n";
    files.insert("demo_1_0/failing.yaml".to_owned(), text.to_owned());
    let document = Document::of(&files);
    facts::compare(&files, &document);
    let (_, _, operation) = document.operation("demo_1_0", "Failing");
    let reply = &operation["responses"]["200"];
    assert_eq!(reply["x-dingtalk-errors"][0]["class"], "transient");
    let description = reply["description"].as_str().expect("a text");
    assert!(description.contains("- `hidden` (`no`)"), "{description}");
}

#[test]
fn a_document_of_some_services_is_the_part_of_the_whole() {
    let files = golden();
    let (whole, part) = (
        Document::of(&files),
        Document::parse(&document::text(&files, &["pages_1_0", "tokens_1_0"])),
    );
    form::check(&part);
    let of_the_part = |service: &str| ["pages_1_0", "tokens_1_0"].contains(&service);
    let mut count = 0;
    for (path, method, operation) in whole.operations() {
        if of_the_part(operation["tags"][0].as_str().unwrap_or_default()) {
            assert_eq!(&part.root["paths"][path][method], operation);
            count += 1;
        }
    }
    assert_eq!(count, part.operations().count());
    let names = whole.schemas().filter(|name| {
        let service = name.split_once('.').map(|(service, _)| service);
        service.is_none_or(of_the_part)
    });
    assert_eq!(
        names.collect::<Vec<_>>(),
        part.schemas().collect::<Vec<_>>()
    );
}

#[test]
fn the_document_of_a_group_of_events_has_its_webhooks_alone() {
    let document = Document::parse(&document::text(&golden(), &["events_things"]));
    form::check(&document);
    assert_eq!(document.operations().count(), 0);
    let webhooks = document.root["webhooks"].as_object().expect("webhooks");
    let names: Vec<_> = webhooks.keys().collect();
    assert_eq!(
        names,
        ["events_things_thing_add", "events_things_thing_remove"]
    );
    let mut schemas = document.schemas().filter(|name| *name != "Error");
    assert!(schemas.all(|name| name.starts_with("events_things.")));
}

#[test]
fn the_document_of_another_api_has_its_services_its_token_and_its_envelope() {
    let document = Document::of_api(&golden(), "oapi");
    form::check(&document);
    assert!(
        document
            .operations()
            .all(|(_, _, operation)| operation["tags"][0] == "old_people")
    );
    assert_eq!(
        document.root["servers"][0]["url"],
        "https://old.example.com"
    );
    let token = &document.root["components"]["securitySchemes"]["accessToken"];
    assert_eq!(
        (&token["in"], &token["name"]),
        (&"query".into(), &"access_token".into())
    );

    let (_, _, get) = document.operation("old_people", "GetUser");
    let reply = &get["responses"]["200"]["content"]["application/json"]["schema"]["allOf"];
    let envelope = reply[0]["$ref"].as_str().expect("a reference");
    assert!(
        reply[1]["properties"]["result"]["$ref"].is_string(),
        "{reply}"
    );
    let name = envelope.rsplit('/').next().expect("a name");
    let envelope = &document.root["components"]["schemas"][name];
    assert_eq!(envelope["required"], serde_json::json!(["errcode"]));
    assert!(envelope["properties"]["sub_msg"].is_object(), "{envelope}");

    let (_, _, send) = document.operation("old_people", "SendNotice");
    let form = &send["requestBody"]["content"]["application/x-www-form-urlencoded"];
    assert!(form["schema"].is_object(), "{send}");
}

#[test]
fn an_upload_is_a_multipart_form_with_binary_fields_and_their_limits() {
    let document = Document::of_api(&golden(), "oapi");
    let (_, _, upload) = document.operation("old_people", "UploadPhoto");
    let content = &upload["requestBody"]["content"];
    assert_eq!(content.as_object().map(serde_json::Map::len), Some(1));
    let form = &content["multipart/form-data"]["schema"]["$ref"];
    let name = form.as_str().and_then(|path| path.rsplit('/').next());
    let schema = &document.root["components"]["schemas"][name.expect("a reference")];
    assert_eq!(
        schema["properties"]["thumbnail"],
        serde_json::json!({
            "type": "string",
            "format": "binary",
            "description": "A small one",
            "x-dingtalk-max-bytes": 100,
            "x-dingtalk-extensions": ["png"],
        })
    );
    assert_eq!(
        schema["properties"]["media"]["x-dingtalk-limits-by"],
        serde_json::json!({ "type": {
            "image": { "max_bytes": 1000, "extensions": ["jpg", "png"] },
            "voice": { "max_bytes": 20 },
        } })
    );
}

#[test]
fn a_list_in_a_body_that_commas_join_is_a_string() {
    let files = golden();
    let document = Document::of_api(&files, "oapi");
    let (_, _, upload) = document.operation("old_people", "UploadPhoto");
    let form = &upload["requestBody"]["content"]["multipart/form-data"];
    assert_eq!(
        document.resolve(&form["schema"])["properties"]["tags"],
        serde_json::json!({
            "type": "string",
            "description": "Words\n\nThe items, joined by commas.",
            "x-dingtalk-encoding": "comma",
            "x-dingtalk-schema": { "type": "array", "items": { "type": "string" } },
        })
    );
    assert_eq!(form["example"]["tags"], "a,b");

    let mut files = common::good();
    let text = "operation: Notify\nsummary: Notifies departments\nmethod: POST\npath: /v1.0/notices\n\
                body: { ids: { list: integer, encoding: comma, max_items: 3 } }\n\
                example: { request: { body: { ids: [1, 2] } } }\n";
    files.insert("demo_1_0/notify.yaml".to_owned(), text.to_owned());
    let document = Document::of(&files);
    form::check(&document);
    let (_, _, notify) = document.operation("demo_1_0", "Notify");
    let json = &notify["requestBody"]["content"]["application/json"];
    assert_eq!(json["example"]["ids"], "1,2");
    let ids = &document.resolve(&json["schema"])["properties"]["ids"];
    assert_eq!(
        (ids.get("maxItems"), &ids["x-dingtalk-schema"]["maxItems"]),
        (None, &3.into())
    );
}

#[test]
fn an_unknown_service_gets_a_proposal() {
    let spec = common::check(&golden()).expect("a good spec");
    let error = dingtalk_spec::openapi::document(&spec, None, &["page_1_0"]).expect_err("unknown");
    assert_eq!(
        error.to_string(),
        "the spec has no service `page_1_0`: did you mean `pages_1_0`?"
    );
    let error = dingtalk_spec::openapi::document(&spec, None, &["old_people"]);
    assert_eq!(
        error.expect_err("of another API").to_string(),
        "the service `old_people` belongs to the API `oapi`: add `--api oapi`"
    );
}
