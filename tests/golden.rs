//! A small spec with each construct of the format, and what the generator makes of it.
//!
//! The Rust in `tests/golden/generated` is reviewed like code written by hand. It is compiled into
//! this test, and what it sends is looked at on a real socket.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

#[path = "golden/generated/src/constructs_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod constructs_1_0;
#[path = "golden/generated/src/names_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod names_1_0;
#[path = "golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;

use std::path::Path;

use constructs_1_0::types::{Address, Person, Role};
use constructs_1_0::{
    Constructs1_0, delete_with_body, enums, errors, get_values, get_with_body, nested,
    post_query_and_body, put_free, put_list,
};
use dingtalk_api::model::Json;
use dingtalk_api::{Call, Client, Error, OperationError, RetryPolicy};
use names_1_0::{Names1_0, odd_fields};
use pages_1_0::{Pages1_0, list_by_token, search_by_cursor};
use serde_json::{Value, from_value, json, to_value};
use support::{Answer, Recorded, StandIn, project};

#[test]
fn the_golden_crate_is_what_the_golden_spec_gives() {
    let folder = project("tests/golden");
    let mut differences =
        dingtalk_codegen::differences(&folder.join("spec"), &folder.join("generated")).unwrap();
    // The manifest is not checked in here: the crate is compiled as a part of this test.
    differences.retain(|difference| difference.path != Path::new("Cargo.toml"));
    assert!(
        differences.is_empty(),
        "review what has changed after `cargo run -p dingtalk-spec -- generate --spec \
         tests/golden/spec --out tests/golden/generated`:\n{differences:#?}"
    );
}

/// Sends a call and gives the request that came over the wire.
async fn sent<R, E, P>(make: impl FnOnce(&Client) -> Call<R, E, P>) -> Recorded
where
    Call<R, E, P>: IntoFuture,
{
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        .build()
        .unwrap();
    // Some of these replies do not fit `{}`; the request is what counts here.
    let _ = make(&client).await;
    let mut requests = stand_in.take_requests();
    assert_eq!(requests.len(), 1, "one request is sent");
    requests.remove(0)
}

fn query(request: &Recorded) -> Vec<(&str, &str)> {
    request
        .query
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn a_query_carries_each_kind_of_value_and_list() {
    let values = get_values::GetValuesRequest::new("x y&z")
        .whole(-3)
        .real(0.5)
        .flag(false)
        .kind(get_values::Kind::Two)
        .list(vec!["a".to_owned(), "b".to_owned()])
        .joined(vec!["c".to_owned(), "d".to_owned()])
        .numbered(vec![7, 8])
        .rows(vec![
            get_values::Row::new().id("r").size(1),
            get_values::Row::new().id("s"),
        ]);
    let request = sent(|client| Constructs1_0::new(client).get_values("a/b", 7, values)).await;
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/v1.0/constructs/a%2Fb/values/7")
    );
    let mut pairs = query(&request);
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            ("flag", "false"),
            ("joined", "c,d"),
            ("kind", "two"),
            ("list", r#"["a","b"]"#),
            ("numbered.1", "7"),
            ("numbered.2", "8"),
            ("real", "0.5"),
            ("rows.1.id", "r"),
            ("rows.1.size", "1"),
            ("rows.2.id", "s"),
            ("text", "x y&z"),
            ("whole", "-3"),
        ]
    );
    assert_eq!(request.json(), None);
}

#[tokio::test]
async fn query_headers_and_body_go_together() {
    let values = post_query_and_body::PostQueryAndBodyRequest::new("key-1", "T").dry_run(true);
    let request = sent(|client| Constructs1_0::new(client).post_query_and_body(values)).await;
    assert_eq!(query(&request), [("dryRun", "true")]);
    assert_eq!(request.header("x-client-token"), Some("key-1"));
    assert_eq!(request.header("servicegroup"), None);
    assert_eq!(
        request.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(request.header("x-acs-dingtalk-access-token"), Some("t"));
    assert_eq!(request.json(), Some(json!({ "title": "T" })));
}

#[tokio::test]
async fn get_and_delete_may_carry_a_body() {
    let ids = vec!["a".to_owned()];
    let values = get_with_body::GetWithBodyRequest::new().ids(ids.clone());
    let request = sent(|client| Constructs1_0::new(client).get_with_body(values)).await;
    assert_eq!(
        (request.method.as_str(), request.json()),
        ("GET", Some(json!({ "ids": ["a"] })))
    );
    let values = delete_with_body::DeleteWithBodyRequest::new(ids);
    let request = sent(|client| Constructs1_0::new(client).delete_with_body(values)).await;
    assert_eq!(
        (request.method.as_str(), request.json()),
        ("DELETE", Some(json!({ "ids": ["a"] })))
    );
}

#[tokio::test]
async fn a_body_may_be_a_list_an_empty_object_or_nothing() {
    let items = vec![
        put_list::Item::new("a").tags(vec!["x".to_owned()]),
        put_list::Item::new("b"),
    ];
    let values = put_list::PutListRequest::new(items);
    let request = sent(|client| Constructs1_0::new(client).put_list(values)).await;
    assert_eq!(
        request.json(),
        Some(json!([{ "id": "a", "tags": ["x"] }, { "id": "b" }]))
    );

    let values = constructs_1_0::patch_nothing::PatchNothingRequest::new();
    let request = sent(|client| Constructs1_0::new(client).patch_nothing(values)).await;
    assert_eq!(
        (request.method.as_str(), request.json()),
        ("PATCH", Some(json!({})))
    );

    let request = sent(|client| Constructs1_0::new(client).call_open()).await;
    assert_eq!(
        (request.json(), request.header("content-type")),
        (None, None)
    );
    assert_eq!(
        request.header("x-acs-dingtalk-access-token"),
        None,
        "it takes no token"
    );
}

/// What happens page by page is shown in `runtime/tests/paging`, with the same operations.
#[tokio::test]
async fn a_required_field_of_free_json_takes_whatever_becomes_json() {
    for (value, body) in [
        (json!({ "a": [1, null] }), r#"{"anything":{"a":[1,null]}}"#),
        (json!("text"), r#"{"anything":"text"}"#),
    ] {
        let request = put_free::PutFreeRequest::new(value);
        let request = sent(|client| Constructs1_0::new(client).put_free(request)).await;
        assert_eq!(request.body, body.as_bytes());
    }
}

#[tokio::test]
async fn an_operation_with_pages_is_sent_as_any_other() {
    let values = list_by_token::ListByTokenRequest::new().max_results(5);
    let request = sent(|client| Pages1_0::new(client).list_by_token("f", values)).await;
    assert_eq!(
        (request.path.as_str(), query(&request)),
        ("/v1.0/pages/f/byToken", vec![("maxResults", "5")])
    );
    let values = search_by_cursor::SearchByCursorRequest::new(vec!["w".to_owned()]).cursor(3);
    let request = sent(|client| Pages1_0::new(client).search_by_cursor(values)).await;
    assert_eq!(request.json(), Some(json!({ "words": ["w"], "cursor": 3 })));
}

#[tokio::test]
async fn nested_and_recursive_models_arrive_as_they_were_built() {
    let owner = Person::new()
        .id("u")
        .role(Role::Host)
        .address(Address::new().city("C"));
    let leaf = nested::Leaf::new().node(nested::Node::new().name("deep"));
    let values = nested::NestedRequest::new(owner)
        .tree(
            nested::Node::new()
                .name("root")
                .parent(nested::Node::new().name("up"))
                .other(leaf),
        )
        .grid(vec![vec![1, 2], vec![], vec![i64::MAX]])
        .groups([("a".to_owned(), vec!["x".to_owned()])].into())
        .steps(vec![vec![nested::Step::new(1.5)]])
        .free(json!({ "any": [null] }))
        .settings(
            nested::Settings::new()
                .color("red")
                .depth(nested::Depth::new().level(2)),
        );
    let copy = values.clone();
    assert_eq!(copy, values);
    let request = sent(|client| Constructs1_0::new(client).nested(values)).await;
    let mut body = request.json().unwrap();
    let settings = body.as_object_mut().unwrap().remove("settings").unwrap();
    let settings: Value = serde_json::from_str(settings.as_str().unwrap()).unwrap();
    assert_eq!(settings, json!({ "color": "red", "depth": { "level": 2 } }));
    assert_eq!(
        body,
        json!({
            "owner": { "id": "u", "role": "host", "address": { "city": "C" } },
            "tree": {
                "name": "root",
                "parent": { "name": "up" },
                "other": { "node": { "name": "deep" } },
            },
            "grid": [[1, 2], [], [i64::MAX]],
            "groups": { "a": ["x"] },
            "steps": [[{ "at": 1.5 }]],
            "free": { "any": [null] },
        })
    );
    let read: nested::NestedRequest = from_value(to_value(&copy).unwrap()).unwrap();
    assert_eq!(read, copy);
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    let known = [
        ("", enums::Odd::Empty),
        ("1080p", enums::Odd::Value1080p),
        ("true", enums::Odd::True),
        ("Unknown", enums::Odd::UnknownValue),
        ("self", enums::Odd::SelfValue),
        ("a-b.c", enums::Odd::ABC),
        ("名称", enums::Odd::名称),
        ("a", enums::Odd::SmallA),
        ("A", enums::Odd::A),
    ];
    for (wire, value) in known {
        assert_eq!(enums::Odd::from(wire), value);
        assert_eq!(value.as_str(), wire);
    }
    let other = enums::Odd::from("later");
    assert!(matches!(other, enums::Odd::Unknown(_)));
    assert_eq!(to_value(&other).unwrap(), json!("later"));

    assert_eq!(enums::Level::from(-1), enums::Level::Minus1);
    assert_eq!(enums::Level::Off.value(), 0);
    assert_eq!(enums::Level::from(9).value(), 9);
    let reply: enums::EnumsResponse = from_value(json!({ "level": 2 })).unwrap();
    assert_eq!(reply.level, Some(enums::ReplyLevel::Value2));
}

#[tokio::test]
async fn names_that_rust_would_not_take_arrive_unchanged() {
    let values = odd_fields::OddFieldsRequest::new("d")
        .self_("s")
        .self2("s2")
        .new_("n")
        .clone_("c")
        .r#async("as")
        .r#gen("g")
        .field_2fa(true)
        .a_b("dot")
        .a_dash_b("dash")
        .名称("name")
        .field_empty("e")
        .u2b("plus")
        .option(odd_fields::OptionType::new().vec("v"))
        .string(odd_fields::StringType::None);
    let request = sent(|client| Names1_0::new(client).odd_fields("t", values)).await;
    assert_eq!(
        request.json(),
        Some(json!({
            "self": "s", "Self2": "s2", "new": "n", "default": "d", "clone": "c", "async": "as", "gen": "g",
            "2fa": true, "a.b": "dot", "a-b": "dash", "名称": "name", "": "e", "+": "plus",
            "option": { "vec": "v" }, "string": "none",
        }))
    );
    assert_eq!(
        sent(|client| Names1_0::new(client).r#move()).await.path,
        "/v1.0/names/move"
    );
    assert_eq!(
        sent(|client| Names1_0::new(client).r#gen()).await.path,
        "/v1.0/names/gen"
    );
    let values = [
        (odd_fields::StringType::男, "男"),
        (odd_fields::StringType::女, "女"),
        (odd_fields::StringType::Plus1, "+1"),
        (odd_fields::StringType::Minus1, "-1"),
        (odd_fields::StringType::GreaterOrEqual, ">="),
    ];
    for (value, wire) in values {
        assert_eq!(to_value(&value).unwrap(), wire);
    }
    assert_eq!(
        sent(|client| Names1_0::new(client).new_()).await.path,
        "/v1.0/names/new"
    );
}

#[test]
fn rows_with_one_code_share_a_variant_unless_they_are_named() {
    let variants: Vec<_> = errors::operation()
        .error_rows()
        .map(|row| (row.status, row.code, row.variant))
        .collect();
    assert_eq!(
        variants,
        [
            (400, "invalid.value", 0),
            (500, "invalid.value", 0),
            (400, "invalid.value", 1),
            (429, "too_fast", 2),
            (403, "other", 3),
            (404, "10001", 4),
        ]
    );
}

#[tokio::test]
async fn a_reply_that_says_it_failed_is_an_error_where_the_spec_says_so() {
    let stand_in = StandIn::start(support::Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        .build()
        .unwrap();
    let call = |body: &str| {
        let answer = Answer::Raw(200, "application/json", body.as_bytes().to_vec());
        stand_in.answer_next("constructs_1_0", "DeleteFlagged", answer);
        Constructs1_0::new(&client).delete_flagged().send()
    };
    let error = call(r#"{"success":false,"code":"full","message":"no room"}"#)
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.code(), error.message()),
        (Some(200), Some("full"), "no room")
    );
    let error = call(r#"{"success":false}"#).await.unwrap_err();
    assert!(error.to_string().contains("`success: false`"), "{error}");
    let body = r#"{"success":true,"parts":[{"id":"a","success":true},{"success":false,"subErrCode":"c","errorMsg":"m"}]}"#;
    let reply = call(body).await.unwrap();
    let failed: Vec<_> = reply.failed().iter().map(ToString::to_string).collect();
    assert_eq!(failed, ["parts[1] failed: code c: m"]);
    let reply = call(r#"{"success":true,"result":"false"}"#).await.unwrap();
    assert_eq!(
        (reply.success, reply.result.as_deref()),
        (Some(true), Some("false"))
    );
}

#[tokio::test]
async fn a_row_of_the_error_table_is_a_variant_with_its_detail() {
    use errors::ErrorsError;
    let stand_in = StandIn::start(support::Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        // One of the rows is throttling.
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let mut seen = Vec::new();
    for row in 0..errors::operation().errors.len() {
        stand_in.answer_next("constructs_1_0", "Errors", Answer::ErrorRow(row));
        let error = match Constructs1_0::new(&client).errors().await.unwrap_err() {
            Error::Api(error) => error,
            other => panic!("{other}"),
        };
        let name = match &error {
            ErrorsError::InvalidValue(_) => "InvalidValue",
            ErrorsError::TooLong(_) => "TooLong",
            ErrorsError::TooFast(_) => "TooFast",
            ErrorsError::OtherCode(_) => "OtherCode",
            ErrorsError::Code10001(_) => "Code10001",
            _ => "Other",
        };
        seen.push((error.api().status(), name));
    }
    assert_eq!(
        seen,
        [
            (400, "InvalidValue"),
            (500, "InvalidValue"),
            (400, "TooLong"),
            (429, "TooFast"),
            (403, "OtherCode"),
            (404, "Code10001"),
        ]
    );
}

/// What a user writes about the errors of an operation: it compiles before the first code is documented and after.
macro_rules! users_program {
    ($program:ident, $operation:ident, $($error:ident)::+) => {
        mod $program {
            use crate::$($error)::+ as TheError;

            use crate::{Call, Client, Constructs1_0, Error, OperationError};

            pub(super) async fn run(client: &Client) -> Result<(), Error> {
                let call: Call<_, TheError> = super::$operation(Constructs1_0::new(client));
                let outcome: Result<_, Error<TheError>> = call.send().await;
                match &outcome {
                    Ok(_) => {}
                    Err(Error::Api(TheError::Other(error))) => assert_eq!(error.code(), "odd"),
                    Err(error) => panic!("{error} {error:?}"),
                }
                if let Err(Error::Api(error)) = &outcome {
                    let copy: Box<dyn std::error::Error + Send + Sync> = error.clone().into();
                    assert_eq!(copy.to_string(), error.api().to_string());
                }
                Ok(outcome.map(drop)?)
            }
        }
    };
}

fn errors(service: Constructs1_0<'_>) -> Call<(), errors::ErrorsError> {
    service.errors()
}

fn call_open(service: Constructs1_0<'_>) -> Call<Json, constructs_1_0::call_open::CallOpenError> {
    service.call_open()
}

users_program!(documented, errors, constructs_1_0::errors::ErrorsError);
users_program!(
    undocumented,
    call_open,
    constructs_1_0::call_open::CallOpenError
);

#[tokio::test]
async fn a_program_on_an_operations_errors_is_the_same_before_its_first_documented_code_and_after()
{
    let stand_in = StandIn::start(support::Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let odd = || Answer::Raw(400, "application/json", br#"{"code":"odd"}"#.to_vec());
    stand_in.answer_next("constructs_1_0", "Errors", odd());
    stand_in.answer_next("constructs_1_0", "CallOpen", odd());
    for outcome in [
        documented::run(&client).await,
        undocumented::run(&client).await,
    ] {
        assert_eq!(outcome.unwrap_err().code(), Some("odd"));
    }
}

/// Each operation's error is a type of its own, also without documented codes: were two the same, so would be their impls.
#[allow(dead_code)]
trait Named {}
impl Named for get_values::GetValuesError {}
impl Named for put_list::PutListError {}
impl Named for nested::NestedError {}

#[test]
fn generator_and_runtime_agree_on_the_headers_that_the_client_sets() {
    assert_eq!(
        dingtalk_codegen::spec::CLIENT_HEADERS,
        dingtalk_api::generated::CLIENT_HEADERS
    );
}
