//! Operations as data.

use dingtalk_runtime::generated::{FieldType, Location};
use dingtalk_runtime::generated::{Service, find};
use serde_json::{Value, json, to_value};

use crate::constructs_1_0::{self, errors, get_values, nested, put_list};
use crate::pages_1_0::{self, list_by_number, search_by_cursor};

static SERVICES: &[Service] = &[
    Service {
        name: "constructs_1_0",
        summary: "Constructs",
        operations: Some(constructs_1_0::operations()),
    },
    Service {
        name: "pages_1_0",
        summary: "",
        operations: Some(pages_1_0::operations()),
    },
    Service {
        name: "tokens_1_0",
        summary: "",
        operations: None,
    },
];

#[test]
fn an_operation_is_found_by_its_name() {
    let found = find(SERVICES, "constructs_1_0", "PutList").unwrap();
    assert_eq!(found.to_string(), "constructs_1_0.PutList");
}

#[test]
fn a_service_is_found_whatever_its_case_and_underscores() {
    let found = find(SERVICES, "Construct_s_1_0", "PutList").unwrap();
    assert_eq!(found.to_string(), "constructs_1_0.PutList");
}

#[test]
fn what_may_have_been_meant_is_said() {
    for (service, action, said) in [
        (
            "construct_1_0",
            "PutList",
            "there is no service `construct_1_0`; did you mean `constructs_1_0`?",
        ),
        (
            "else_9_9",
            "PutList",
            "there is no service `else_9_9`; `PutList` is in `constructs_1_0`",
        ),
        ("else_9_9", "Nothing", "there is no service `else_9_9`"),
        (
            "constructs_1_0",
            "put_list",
            "`constructs_1_0` has no operation `put_list`; did you mean `PutList`?",
        ),
        (
            "constructs_1_0",
            "SearchByCursor",
            "`constructs_1_0` has no operation `SearchByCursor`; `SearchByCursor` is in \
             `pages_1_0`",
        ),
        (
            "tokens_1_0",
            "GetToken",
            "the service `tokens_1_0` is not compiled in: enable the feature of this name",
        ),
    ] {
        let unknown = find(SERVICES, service, action).unwrap_err();
        assert_eq!(unknown.to_string(), said);
        assert_eq!(unknown.is_not_compiled(), service == "tokens_1_0");
    }
}

#[test]
fn fields_have_a_place_and_a_type() {
    let fields = get_values::operation().fields();
    let found: Vec<_> = fields
        .iter()
        .take(3)
        .map(|(info, kind)| (info.name(), info.location(), info.is_required(), *kind))
        .collect();
    assert!(
        matches!(
            found.as_slice(),
            [
                ("name", Location::Path, true, FieldType::String),
                ("number", Location::Path, true, FieldType::Integer),
                ("text", Location::Query, true, FieldType::String),
            ]
        ),
        "{found:?}"
    );
}

#[test]
fn an_operation_is_described_in_the_words_of_the_spec() {
    assert_eq!(
        to_value(get_values::operation()).unwrap(),
        json!({
            "service": "constructs_1_0",
            "action": "GetValues",
            "summary": "A query with a field of each kind",
            "method": "GET",
            "path": "/v1.0/constructs/{name}/values/{number}",
            "app_types": ["internal", "delegated", "third_party", "third_party_personal"],
            "permission": "Constructs.Value.Read",
            "token": true,
            "token_kinds": ["application", "user"],
            "idempotent": true,
            "path_params": [
                {"name": "name", "type": "string", "required": true},
                {"name": "number", "type": "integer", "required": true},
            ],
            "query": [
                {"name": "text", "type": "string", "required": true, "max_length": 20, "max_bytes": 60},
                {"name": "whole", "type": "integer", "min": -3, "max": 100},
                {"name": "real", "type": "number", "max": 0.5},
                {"name": "flag", "type": "boolean"},
                {"name": "kind", "enum": ["one", "two"]},
                {"name": "list", "list": {"type": "string"}},
                {"name": "joined", "list": {"type": "string"}, "encoding": "comma", "max_items": 2},
                {"name": "numbered", "list": {"type": "integer"}, "encoding": "indexed"},
                {"name": "rows", "list": {"type": "Row"}, "encoding": "indexed"},
            ],
            "response": [{"name": "done", "type": "boolean"}],
            "types": {"Row": [
                {"name": "id", "type": "string"},
                {"name": "size", "type": "integer"},
            ]},
        })
    );
    let list = to_value(put_list::operation()).unwrap();
    assert_eq!(
        list["body_type"],
        json!({"name": "body", "list": {"type": "Item"}, "required": true, "max_items": 3})
    );
    assert_eq!(list["response_type"], json!({"type": "boolean"}));
    assert_eq!(
        to_value(errors::operation()).unwrap()["errors"][3],
        json!({"status": 429, "code": "too_fast", "class": "throttled"})
    );
}

#[test]
fn objects_that_hold_themselves_are_described_once() {
    let described = to_value(nested::operation()).unwrap();
    assert_eq!(
        described["types"]["Node"],
        json!([
            {"name": "name", "type": "string", "max_length": 10},
            {"name": "parent", "type": "Node"},
            {"name": "children", "list": {"type": "Node"}},
            {"name": "other", "type": "Leaf"},
        ])
    );
    let names = described["types"].as_object().unwrap().keys();
    assert_eq!(
        names.collect::<Vec<_>>(),
        [
            "Address", "Depth", "Leaf", "Node", "Person", "Settings", "Step"
        ]
    );
    assert_eq!(
        described["body"][0],
        json!({"name": "owner", "type": "Person", "required": true})
    );
}

#[test]
fn pages_are_described_as_in_the_spec() {
    assert_eq!(
        to_value(list_by_number::operation()).unwrap()["paging"],
        json!({
            "page": "pageNumber", "first": 1, "size": "pageSize", "items": "result.list",
            "total": "result.pageInfo.total",
        })
    );
    let by_token = to_value(search_by_cursor::operation()).unwrap();
    assert_eq!(by_token["paging"]["token"], "cursor");
    assert_eq!(by_token["paging"]["page"], Value::Null);
}

#[test]
fn types_are_shown_in_words() {
    let described = get_values::operation().describe();
    let shown: Vec<_> = described
        .query
        .iter()
        .skip(4)
        .map(|field| field.field_type.to_string())
        .collect();
    assert_eq!(
        shown,
        [
            "\"one\" | \"two\"",
            "list of string",
            "list of string",
            "list of integer",
            "list of Row",
        ]
    );
}
