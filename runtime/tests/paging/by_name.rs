//! Pages of calls with values that are known only at run time.

use super::*;

#[tokio::test]
async fn calls_by_name_have_the_same_pages() {
    let server = server(vec![
        json!({"result": {"events": [{"name": "a"}, 1], "next": u64::MAX}}),
        json!({"result": {"next": "5"}}),
        json!({"result": {"events": [null], "next": 0}}),
    ]);
    let client = platform::client(&server);
    let request = JsonRequest::new().body(json!({"words": ["w"]}));
    let items = client
        .call_json(search_by_cursor::operation(), request)
        .items();
    let (items, error) = all(items).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(items, [json!({"name": "a"}), json!(1), json!(null)]);
    let bodies: Vec<_> = server.requests().iter().map(Request::json).collect();
    assert_eq!(
        bodies,
        [
            json!({"words": ["w"]}),
            json!({"words": ["w"], "cursor": u64::MAX}),
            json!({"words": ["w"], "cursor": 5}),
        ]
    );
}

#[tokio::test]
async fn calls_by_name_end_and_fail_as_the_typed_ones() {
    let mut last = page(&["b"], "3");
    last["hasMore"] = json!(false);
    let server = server(vec![
        page(&["a"], "2"),
        last,
        page(&["a"], "2"),
        page(&["b"], "2"),
    ]);
    let client = platform::client(&server);
    let call = || {
        let request = JsonRequest::new().path("folder", "f");
        client.call_json(list_by_token::operation(), request)
    };
    let (items, error) = all(call().items()).await;
    assert_eq!((items.len(), error.is_none()), (2, true));
    let (items, error) = all(call().items()).await;
    assert_eq!((items.len(), error.is_some()), (2, true));
}

#[tokio::test]
async fn an_operation_without_pages_says_so_and_is_not_sent() {
    let server = server(vec![]);
    let client = platform::client(&server);
    let request = || {
        JsonRequest::new()
            .path("roomId", "r")
            .body(json!({"unionId": "u"}))
    };
    let call = client.call_json(&platform::START, request());
    let error = call.pages().next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    assert!(error.to_string().contains("rooms_1_0.StartRoom"), "{error}");
    let error = client
        .call_json(&platform::START, request())
        .resume("x")
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    assert!(server.requests().is_empty());
}
