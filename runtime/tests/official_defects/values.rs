//! What values become on the wire and come back as.

use dingtalk_runtime::JsonRequest;
use serde_json::json;

use crate::support::Server;
use crate::support::platform::{self, Error, Rows, START, StartRequest};

#[tokio::test]
async fn defect_12_unset_lists_are_not_sent() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    platform::start(&client).await.unwrap();
    let sent = server.request();
    assert_eq!(sent.target, "/v1.0/rooms/r/start");
    assert_eq!(sent.json(), json!({"unionId": "u"}));
    // One that is set and empty is sent as what it is.
    let request = StartRequest {
        names: Some(Vec::new()),
        ..platform::request()
    };
    let call = platform::start_with(&client, "r", &request);
    call.await.unwrap();
    assert_eq!(
        server.requests()[1].target,
        "/v1.0/rooms/r/start?names=%5B%5D"
    );
}

#[tokio::test]
async fn defect_13_booleans_are_written_and_read_as_booleans() {
    let server = Server::start(|_, request| {
        let body = match request.method.as_str() {
            "PUT" => json!(false),
            _ => json!({}),
        };
        crate::support::Answer::json(200, &body)
    });
    let client = platform::client(&server);
    for (value, text) in [(true, "?verbose=true"), (false, "?verbose=false")] {
        let request = StartRequest {
            verbose: Some(value),
            ..platform::request()
        };
        let call = platform::find(&client, &request);
        call.await.unwrap();
        let sent = server.requests().pop().unwrap();
        assert!(sent.target.ends_with(text), "{}", sent.target);
    }
    let reply: bool = platform::replace(&client, &Rows { rows: Vec::new() })
        .await
        .unwrap();
    assert!(!reply);
}

#[tokio::test]
async fn defect_15_what_is_required_is_asked_for_before_anything_is_sent() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let no_path = JsonRequest::new().body(json!({"unionId": "u"}));
    let no_field = JsonRequest::new().path("roomId", "r").body(json!({}));
    let empty = platform::start_with(&client, "", &platform::request()).await;
    for (outcome, missing) in [
        (client.call_json(&START, no_path).await.err(), "path.roomId"),
        (
            client.call_json(&START, no_field).await.err(),
            "body.unionId",
        ),
    ] {
        let Some(dingtalk_runtime::Error::InvalidArgument(invalid)) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(invalid.argument(), missing);
    }
    assert!(matches!(empty, Err(Error::InvalidArgument(_))), "{empty:?}");
    assert!(
        server.requests().is_empty(),
        "nothing is sent, and no `/None/`"
    );
}

#[tokio::test]
async fn defect_16_a_long_keeps_its_last_digit() {
    for number in [i64::MAX, i64::MIN, (1 << 53) + 1, -(1 << 53) - 1] {
        for reply in [
            json!({"count": number}),
            json!({"count": number.to_string()}),
        ] {
            let server = Server::always(200, reply.clone());
            let client = platform::client(&server);
            let request = StartRequest {
                size: Some(number),
                ..platform::request()
            };
            let call = platform::start_with(&client, "r", &request);
            assert_eq!(call.await.unwrap().count, Some(number));
            assert!(
                server
                    .request()
                    .target
                    .ends_with(&format!("?size={number}"))
            );
            let untyped = JsonRequest::new()
                .path("roomId", "r")
                .query("size", number)
                .body(json!({"unionId": "u"}));
            let untyped = client.call_json(&START, untyped).await.unwrap();
            assert_eq!(serde_json::to_value(&untyped).unwrap(), reply);
        }
    }
}
