//! A value beyond its documented limit is not sent, whether it comes typed or as JSON.

use dingtalk_runtime::generated::Model;
use dingtalk_runtime::model::Json;
use dingtalk_runtime::operation::Operation;
use dingtalk_runtime::{ApiError, Call, Error, JsonRequest};
use serde_json::json;

use crate::constructs_1_0::get_values::{self, GetValuesRequest};
use crate::constructs_1_0::nested::{self, NestedRequest, Node, Settings};
use crate::constructs_1_0::put_list::{self, Item, PutListRequest};
use crate::constructs_1_0::types::Person;
use crate::support::Server;
use crate::support::platform;

type Mistakes = Vec<(String, String)>;

/// What is wrong with a typed request and with the same one as JSON, whose places begin with where each field goes.
async fn both(operation: &'static Operation, typed: &dyn Model, json: JsonRequest) -> Mistakes {
    let server = Server::always(200, json!({"done": true}));
    let client = platform::client(&server);
    let path = vec!["1".to_owned(); operation.path().matches('{').count()];
    let call = Call::<Json, ApiError>::new(&client, operation, path, Some(typed));
    let of_typed = mistakes(call.send().await);
    let of_json = mistakes(client.call_json(operation, json).await);
    let places = of_json.iter().map(|(place, reason)| {
        let named = place.strip_prefix("query.").or(place.strip_prefix("body."));
        let place = named.unwrap_or(place);
        (place.to_owned(), reason.clone())
    });
    assert_eq!(of_typed, places.collect::<Mistakes>());
    assert!(
        of_typed.is_empty() != server.requests().is_empty(),
        "{of_typed:?}"
    );
    of_json
}

fn mistakes(outcome: Result<Json, Error<ApiError>>) -> Mistakes {
    match outcome {
        Err(Error::InvalidArgument(invalid)) => {
            let mistakes = invalid.mistakes();
            mistakes
                .map(|(place, reason)| (place.to_owned(), reason.to_owned()))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn values(text: &str, whole: i64, real: f64, joined: usize) -> (GetValuesRequest, JsonRequest) {
    let joined = vec!["j".to_owned(); joined];
    let json = JsonRequest::new().path("name", "n").path("number", 1);
    let json = json
        .query("text", text)
        .query("whole", whole)
        .query("real", real);
    let json = json.query("joined", json!(joined));
    let typed = GetValuesRequest::new(text)
        .whole(whole)
        .real(real)
        .joined(joined);
    (typed, json)
}

#[tokio::test]
async fn values_at_their_limits_are_sent() {
    for (text, whole, real) in [
        ("钉".repeat(20), -3, 0.5),
        ("𝄞".repeat(15), 100, f64::MIN),
        (String::new(), 0, 0.0),
    ] {
        let (typed, json) = values(&text, whole, real, 2);
        assert_eq!(both(get_values::operation(), &typed, json).await, []);
    }
}

#[tokio::test]
async fn each_kind_of_limit_is_said_with_what_was_given() {
    let (typed, json) = values(&"x".repeat(21), -4, 0.51, 3);
    let found = both(get_values::operation(), &typed, json).await;
    let lines: Vec<_> = found
        .iter()
        .map(|(place, reason)| format!("{place} {reason}"))
        .collect();
    assert_eq!(
        lines,
        [
            "query.text must have at most 20 characters, found 21",
            "query.whole must be at least -3, found -4",
            "query.real must be at most 0.5, found 0.51",
            "query.joined must have at most 2 items, found 3",
        ]
    );
    // Sixteen characters of four bytes.
    let (typed, json) = values(&"𝄞".repeat(16), i64::MAX, 0.0, 0);
    let found = both(get_values::operation(), &typed, json).await;
    let reasons: Vec<_> = found.iter().map(|(_, reason)| reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "must have at most 60 bytes, found 64",
            "must be at most 100, found 9223372036854775807",
        ]
    );
}

#[tokio::test]
async fn limits_hold_at_every_depth_and_inside_json_text() {
    let node = |name: &str| Node::new().name(name);
    let tree = node("root").children(vec![node("leaf"), node("much too long")]);
    let settings = Settings::new().color("purple");
    let typed = NestedRequest::new(Person::new().id("u"))
        .tree(tree)
        .settings(settings);
    let json = |settings: serde_json::Value| {
        JsonRequest::new().body(json!({
            "owner": {"id": "u"},
            "tree": {"name": "root", "children": [{"name": "leaf"}, {"name": "much too long"}]},
            "settings": settings,
        }))
    };
    let expected = [
        (
            "body.tree.children[1].name",
            "must have at most 10 characters, found 13",
        ),
        (
            "body.settings.color",
            "must have at most 5 characters, found 6",
        ),
    ];
    let expected = expected.map(|(place, reason)| (place.to_owned(), reason.to_owned()));
    for settings in [json!({"color": "purple"}), json!(r#"{"color":"purple"}"#)] {
        assert_eq!(
            both(nested::operation(), &typed, json(settings)).await,
            expected
        );
    }
}

#[tokio::test]
async fn a_bare_body_and_its_items_have_limits() {
    let items = vec![Item::new("a").tags(vec!["t".to_owned(); 3]); 4];
    let body = json!(vec![json!({"id": "a", "tags": ["t", "t", "t"]}); 4]);
    let found = both(
        put_list::operation(),
        &PutListRequest::new(items),
        JsonRequest::new().body(body),
    )
    .await;
    let (place, reason) = found.first().unwrap();
    assert_eq!(
        (place.as_str(), reason.as_str()),
        ("body", "must have at most 3 items, found 4")
    );
    let tags = found
        .iter()
        .filter(|(place, _)| place.rsplit('.').next() == Some("tags"));
    assert_eq!(tags.count(), 4);
}

#[tokio::test]
async fn an_unchecked_request_leaves_limits_to_the_server() {
    let server = Server::always(200, json!({"done": true}));
    let (_, json) = values(&"x".repeat(21), -4, 0.51, 3);
    let sent = platform::client(&server).call_json(get_values::operation(), json.unchecked());
    sent.await.unwrap();
    assert_eq!(server.requests().len(), 1);
}
