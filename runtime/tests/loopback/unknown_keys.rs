//! Keys of a reply that its operation does not document.

use serde_json::json;

use crate::pages_1_0::Pages1_0;
use crate::pages_1_0::list_by_token::ListByTokenRequest;
use crate::support::platform;
use crate::support::{Answer, Server};

#[tokio::test]
async fn keys_that_are_not_documented_can_be_asked_for() {
    let body = json!({"list": [{"id": "a", "mood": 1}, {"mood": 2}], "requestId": "r"});
    let server = Server::always(200, body);
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let reply = call.send_reply().await.unwrap();
    assert_eq!(reply.unknown_keys(), ["list[].mood", "requestId"]);
}

/// With work that grows as the square of the keys, this takes many minutes.
#[tokio::test]
async fn hundreds_of_thousands_of_keys_take_a_moment() {
    let keys: Vec<_> = (0..200_000)
        .map(|key| format!("\"k{key}\":{key}"))
        .collect();
    let body = format!("{{\"list\":[],{}}}", keys.join(","));
    let server =
        Server::start(move |_, _| Answer::new(200, &[("content-type", "application/json")], &body));
    let started = std::time::Instant::now();
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let reply = call.send_reply().await.unwrap();
    assert_eq!(reply.unknown_keys().len(), 200_000);
    assert!(started.elapsed().as_secs() < 30);
}
