//! What is sent.

use proptest::prelude::*;
use serde_json::json;

use crate::support::platform::{self, Error, Rows, Seat, StartRequest};
use crate::support::{Answer, Server};

fn ok() -> Server {
    Server::always(200, json!({"code": "200"}))
}

#[tokio::test]
async fn fields_go_where_the_table_says() {
    let server = ok();
    let request = StartRequest {
        mode: Some("speech".into()),
        verbose: Some(false),
        size: Some(-5),
        names: Some(vec!["a&b".into(), "é".into()]),
        ids: Some(vec!["x".into(), "y".into()]),
        seats: Some(vec![
            Seat {
                row: Some(1),
                label: None,
            },
            Seat {
                row: Some(2),
                label: Some("l".into()),
            },
        ]),
        key: Some("k-1".into()),
        layout: Some(Seat {
            row: Some(3),
            label: None,
        }),
        ..platform::request()
    };
    platform::start_with(&platform::client(&server), "r", &request)
        .send()
        .await
        .unwrap();
    let sent = server.request();
    assert_eq!(sent.method, "POST");
    let (path, query) = sent.target.split_once('?').unwrap();
    assert_eq!(path, "/v1.0/rooms/r/start");
    let mut pairs: Vec<_> = query.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "ids=x%2Cy",
            "names=%5B%22a%26b%22%2C%22%C3%A9%22%5D",
            "seats.1.row=1",
            "seats.2.label=l",
            "seats.2.row=2",
            "size=-5",
            "verbose=false",
        ]
    );
    assert_eq!(sent.header("x-client-token"), Some("k-1"));
    assert_eq!(
        sent.header("x-acs-dingtalk-access-token"),
        Some("the-token")
    );
    assert_eq!(
        sent.header("content-type"),
        Some("application/json; charset=utf-8")
    );
    assert_eq!(
        sent.json(),
        json!({"unionId": "u", "mode": "speech", "layout": "{\"row\":3}"})
    );
}

#[tokio::test]
async fn unset_fields_are_not_sent() {
    let server = ok();
    platform::start(&platform::client(&server))
        .send()
        .await
        .unwrap();
    let sent = server.request();
    assert_eq!(sent.target, "/v1.0/rooms/r/start");
    assert_eq!(sent.body, br#"{"unionId":"u"}"#);
    assert_eq!(sent.header("x-client-token"), None);
}

#[tokio::test]
async fn without_a_body_there_is_no_content_type() {
    let server = ok();
    platform::find(&platform::client(&server), &platform::request())
        .send()
        .await
        .unwrap();
    let sent = server.request();
    assert_eq!(sent.method, "GET");
    assert_eq!(
        (sent.header("content-type"), sent.header("content-length")),
        (None, None)
    );
}

#[tokio::test]
async fn an_operation_that_replies_nothing_takes_an_empty_body() {
    let server = Server::start(|_, _| Answer::new(204, &[], ""));
    platform::remove(&platform::client(&server))
        .send()
        .await
        .unwrap();
    assert_eq!(server.request().method, "DELETE");
}

#[tokio::test]
async fn a_body_may_be_a_list_and_a_reply_a_bare_value() {
    let server = Server::always(200, json!(true));
    let rows = Rows {
        rows: vec![Seat {
            row: Some(1),
            label: None,
        }],
    };
    assert!(
        platform::replace(&platform::client(&server), &rows)
            .send()
            .await
            .unwrap()
    );
    assert_eq!(server.request().json(), json!([{"row": 1}]));
}

#[tokio::test]
async fn path_values_that_name_another_path_are_not_sent() {
    let server = ok();
    let client = platform::client(&server);
    for value in ["", ".", ".."] {
        let refused = platform::start_with(&client, value, &platform::request())
            .send()
            .await;
        let Err(Error::InvalidArgument(invalid)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(invalid.argument(), "roomId");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_field_with_a_line_break_is_no_header() {
    let server = ok();
    let request = StartRequest {
        key: Some("a\r\nb: c".into()),
        ..platform::request()
    };
    let refused = platform::start_with(&platform::client(&server), "r", &request)
        .send()
        .await
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("`x-client-token` contains a line break"),
        "{refused}"
    );
    assert!(server.requests().is_empty());
}

#[test]
fn any_path_value_arrives_as_the_same_string() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = ok();
    let client = platform::client(&server);
    let config = ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..Default::default()
    };
    proptest!(config, |(value in "\\PC{1,12}|[./%#?&\\\\ +:@=$-]{3,9}|.{1,9}")| {
        prop_assume!(value != "." && value != "..");
        runtime.block_on(platform::start_with(&client, &value, &platform::request()).send()).unwrap();
        let requests = server.requests();
        let target = &requests.last().unwrap().target;
        let segments: Vec<&str> = target.split('/').collect();
        prop_assert_eq!(segments.len(), 5);
        prop_assert_eq!(percent_encoding::percent_decode_str(segments[3]).decode_utf8().unwrap(), value);
    });
}
