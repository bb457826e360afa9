//! What a request of JSON is sent as.

use dingtalk_runtime::JsonRequest;
use serde_json::{Value, json};

use crate::constructs_1_0::{get_values, nested};
use crate::support::platform::{self, FIND, REMOVE, REPLACE, START};
use crate::support::{Answer, Server};

fn ok() -> Server {
    Server::always(200, json!({"code": "200"}))
}

#[tokio::test]
async fn json_goes_the_way_of_a_typed_request() {
    let server = ok();
    let client = platform::client(&server);
    let request = JsonRequest::new()
        .path("roomId", "a/b")
        .query("verbose", true)
        .query("names", json!(["x"]))
        .query("ids", json!(["1", "y"]))
        .query("seats", json!([{"row": 1}, {"label": "l"}]))
        .header("x-client-token", "k")
        .body(json!({"unionId": "u", "layout": {"row": 1}, "mode": null}));
    let reply = client.call_json(&START, request).send().await.unwrap();
    assert_eq!(reply, json!({"code": "200"}));
    let sent = server.request();
    assert_eq!(
        sent.target,
        "/v1.0/rooms/a%2Fb/start?verbose=true&names=%5B%22x%22%5D&ids=1%2Cy&seats.1.row=1\
         &seats.2.label=l"
    );
    assert_eq!(sent.header("x-client-token"), Some("k"));
    assert_eq!(
        sent.json(),
        json!({"unionId": "u", "layout": "{\"row\":1}"})
    );
}

#[tokio::test]
async fn path_values_have_types_too() {
    let server = ok();
    let request = JsonRequest::new()
        .path("name", "n")
        .path("number", -7)
        .query("text", "t");
    let client = platform::client(&server);
    client
        .call_json(get_values::operation(), request)
        .await
        .unwrap();
    assert_eq!(
        server.request().target,
        "/v1.0/constructs/n/values/-7?text=t"
    );
}

#[tokio::test]
async fn a_json_body_may_be_a_list() {
    let server = Server::always(200, json!(false));
    let request = JsonRequest::new()
        .path("roomId", "r")
        .body(json!([{"row": 1}]));
    let reply = platform::client(&server)
        .call_json(&REPLACE, request)
        .send()
        .await
        .unwrap();
    assert_eq!(reply, json!(false));
    assert_eq!(server.request().json(), json!([{"row": 1}]));
}

#[tokio::test]
async fn json_for_an_operation_that_replies_nothing_gives_null() {
    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    let request = JsonRequest::new().path("roomId", "r");
    let reply = platform::client(&server)
        .call_json(&REMOVE, request)
        .send()
        .await
        .unwrap();
    assert_eq!(reply, Value::Null);
}

#[tokio::test]
async fn the_name_of_a_header_may_be_in_capitals() {
    let server = ok();
    let request = JsonRequest::new()
        .path("roomId", "r")
        .header("X-Client-Token", "k");
    platform::client(&server)
        .call_json(&FIND, request.unchecked())
        .await
        .unwrap();
    assert_eq!(server.request().header("x-client-token"), Some("k"));
}

#[tokio::test]
async fn json_in_a_string_is_taken_as_a_value_and_as_text() {
    let server = ok();
    let client = platform::client(&server);
    for settings in [
        json!({"color": "red", "depth": {"level": 2}}),
        json!("{\"color\":\"red\",\"depth\":{\"level\":2}}"),
    ] {
        let body = json!({"owner": {"id": "u"}, "settings": settings});
        client
            .call_json(nested::operation(), JsonRequest::new().body(body))
            .await
            .unwrap();
        assert_eq!(
            server.requests().pop().unwrap().json()["settings"],
            json!("{\"color\":\"red\",\"depth\":{\"level\":2}}")
        );
    }
}

#[tokio::test]
async fn an_unchecked_request_is_sent_as_it_is() {
    let server = ok();
    let client = platform::client(&server);
    let request = || JsonRequest::new().path("roomId", "r").unchecked();
    let call = client.call_json(&START, request().query("size", "many"));
    call.await.unwrap();
    let sent = server.requests().pop().unwrap();
    assert_eq!(sent.json(), json!({}));
    assert!(sent.target.ends_with("?size=many"), "{}", sent.target);
    let body = json!({"tree": {"of": "another kind"}, "steps": 1});
    let call = client.call_json(
        nested::operation(),
        JsonRequest::new().body(body.clone()).unchecked(),
    );
    call.await.unwrap();
    assert_eq!(server.requests().pop().unwrap().json(), body);
}

#[tokio::test]
async fn an_unchecked_request_still_needs_its_path() {
    let server = ok();
    let client = platform::client(&server);
    let call = client.call_json(&START, JsonRequest::new().unchecked());
    let refused = call.await.unwrap_err().to_string();
    assert!(refused.contains("`roomId` is empty"), "{refused}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_masked_request_shows_no_secret() {
    let server = ok();
    let client = platform::client(&server);
    let request = JsonRequest::new()
        .path("roomId", "r")
        .body(json!({"unionId": "u", "password": "p-secret-1"}))
        .masked();
    client.call_json(&START, request).await.unwrap();
    assert_eq!(
        server.request().json(),
        json!({"unionId": "u", "password": "***"})
    );
}
