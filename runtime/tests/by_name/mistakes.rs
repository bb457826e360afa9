//! What a typed request could not hold is not sent, and said with its place.

use dingtalk_runtime::operation::Operation;
use dingtalk_runtime::{Error, JsonRequest};
use serde_json::json;

use crate::constructs_1_0::{enums, get_values, nested, put_list};
use crate::support::Server;
use crate::support::platform::{self, FIND, START};

/// The mistakes of a request, a line each.
async fn mistakes(operation: &'static Operation, request: JsonRequest) -> Vec<String> {
    let server = Server::always(200, json!({}));
    let refused = platform::client(&server)
        .call_json(operation, request)
        .await;
    let Err(Error::InvalidArgument(invalid)) = refused else {
        panic!("{refused:?}")
    };
    assert!(server.requests().is_empty(), "nothing is sent");
    let mistakes = invalid.mistakes();
    let lines: Vec<_> = mistakes
        .map(|(argument, reason)| format!("{argument} {reason}"))
        .collect();
    let (first, _) = invalid.mistakes().next().unwrap();
    assert_eq!(invalid.argument(), first);
    for (argument, _) in invalid.mistakes() {
        assert!(invalid.to_string().contains(argument), "{invalid}");
    }
    lines
}

#[tokio::test]
async fn values_of_other_types() {
    let request = JsonRequest::new()
        .path("name", 1)
        .path("number", "7")
        .query("text", json!(["t"]))
        .query("whole", 1.5)
        .query("real", "0.5")
        .query("flag", "true")
        .query("kind", 1)
        .query("list", "[]")
        .query("numbered", json!([1, "2", u64::MAX]))
        .query("rows", json!([{"id": 1}, {"size": true}, null]));
    assert_eq!(
        mistakes(get_values::operation(), request).await,
        [
            "path.name must be a string, found the number 1",
            "path.number must be an integer of 64 bits, found the string \"7\"",
            "query.text must be a string, found a list",
            "query.whole must be an integer of 64 bits, found the number 1.5",
            "query.real must be a number, found the string \"0.5\"",
            "query.flag must be `true` or `false`, found the string \"true\"",
            "query.kind must be a string, found the number 1",
            "query.list must be a list, found the string \"[]\"",
            "query.numbered[1] must be an integer of 64 bits, found the string \"2\"",
            "query.numbered[2] must be an integer of 64 bits, found the number \
             18446744073709551615",
            "query.rows[0].id must be a string, found the number 1",
            "query.rows[1].size must be an integer of 64 bits, found `true`",
            "query.rows[2] must be an object, found null",
        ]
    );
}

#[tokio::test]
async fn what_is_missing_or_wrong_inside() {
    let body = json!({
        "owner": {"role": "host", "address": {"town": "T"}},
        "tree": {"name": "a", "children": [{"name": "b"}, {"children": [{"name": 1}]}]},
        "groups": {"g": ["x", 1]},
        "steps": [[{"at": 1}, {"at": "1"}, {}, {"at": null}], {}],
        "settings": {"depth": {"levle": 1}},
    });
    assert_eq!(
        mistakes(nested::operation(), JsonRequest::new().body(body)).await,
        [
            "body.owner.address.town is not a field here: expected `city`",
            "body.tree.children[1].children[0].name must be a string, found the number 1",
            "body.groups.g[1] must be a string, found the number 1",
            "body.steps[0][1].at must be a number, found the string \"1\"",
            "body.steps[0][2].at is required",
            "body.steps[0][3].at is required",
            "body.steps[1] must be a list, found an object",
            "body.settings.depth.levle is not a field here; did you mean `level`?",
        ]
    );
    let body = json!({"owner": {"id": "u"}, "settings": "{color: red}"});
    let [mistake] = mistakes(nested::operation(), JsonRequest::new().body(body))
        .await
        .try_into()
        .unwrap();
    let said = "body.settings must be JSON text: key must be a string";
    assert!(mistake.starts_with(said), "{mistake}");
    let body = json!([{"tags": ["x"]}, 1]);
    assert_eq!(
        mistakes(put_list::operation(), JsonRequest::new().body(body)).await,
        [
            "body[0].id is required",
            "body[1] must be an object, found the number 1",
        ]
    );
    assert_eq!(
        mistakes(put_list::operation(), JsonRequest::new()).await,
        ["body is required"]
    );
}

#[tokio::test]
async fn names_that_the_operation_does_not_have() {
    let good = || {
        JsonRequest::new()
            .path("roomId", "r")
            .body(json!({"unionId": "u"}))
    };
    for (request, said) in [
        (
            good().path("room", "r"),
            vec!["path.room is not a field in the path: expected `roomId`"],
        ),
        (
            good().query("unionId", "r").header("a", 1),
            vec![
                "query.unionId belongs in the body",
                "headers.a is not a field in the headers: expected `x-client-token`",
            ],
        ),
        (
            good().body(json!({"union_id": "u", "moode": 1})),
            vec![
                "body.unionId is required",
                "body.moode is not a field in the body; did you mean `mode`?",
                "body.union_id is not a field in the body; did you mean `unionId`?",
            ],
        ),
        (
            good().body(json!([])),
            vec!["body must be an object, found a list"],
        ),
        (
            JsonRequest::new(),
            vec!["path.roomId is required", "body.unionId is required"],
        ),
    ] {
        assert_eq!(mistakes(&START, request).await, said);
    }
    assert_eq!(
        mistakes(&FIND, good().unchecked()).await,
        ["body is not accepted: the operation has no body"]
    );
}

#[tokio::test]
async fn values_of_enums_that_are_not_known_are_none_of_it() {
    let server = Server::always(200, json!({}));
    let body = json!({"level": 99, "odd": "new", "days": ["wed"], "byDay": {"mon": 7}});
    let call =
        platform::client(&server).call_json(enums::operation(), JsonRequest::new().body(body));
    call.await.unwrap();
    let body = json!({"level": "1", "odd": 1, "days": [true], "byDay": {"mon": "1"}});
    assert_eq!(
        mistakes(enums::operation(), JsonRequest::new().body(body))
            .await
            .len(),
        4
    );
}

#[tokio::test]
async fn no_mistake_shows_a_secret() {
    let request = JsonRequest::new()
        .path("roomId", "r")
        .body(json!({"unionId": "u".repeat(100), "mode": [], "password": {"a": "p-secret-1"}}));
    let said = mistakes(&START, request).await;
    assert_eq!(
        said,
        [
            "body.mode must be a string, found a list",
            "body.password must be a string, found an object",
        ]
    );
    let request = JsonRequest::new().path("roomId", "r").body("p-secret-1");
    assert_eq!(
        mistakes(&START, request).await,
        ["body must be an object, found a string"]
    );
}
