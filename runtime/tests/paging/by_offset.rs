//! Pages that begin after a number of items.

use super::*;

fn by_offset(
    client: &Client,
    request: ListByOffsetRequest,
) -> PagedCall<ListByOffsetResponse, ListByOffsetError, Row> {
    Pages1_0::new(client).list_by_offset(request)
}

fn page(ids: &[&str], more: &Value) -> Value {
    json!({"rows": rows(ids), "has_more": more})
}

fn offsets(server: &Server) -> Vec<Value> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| request.json()["offset"].clone())
        .collect()
}

#[tokio::test]
async fn the_next_page_begins_a_page_size_later_although_items_are_left_out() {
    let server = server(vec![
        page(&["a", "b"], &json!(true)),
        page(&["c"], &json!(true)),
        page(&[], &json!(true)),
        page(&["d", "e"], &json!(false)),
    ]);
    let client = platform::client(&server);
    let items = by_offset(&client, ListByOffsetRequest::new().size(2)).items();
    assert_eq!(ids(items).await, ["a", "b", "c", "d", "e"]);
    assert_eq!(offsets(&server), [json!(0), json!(2), json!(4), json!(6)]);
}

#[tokio::test]
async fn a_request_without_a_size_is_sent_with_the_maximum() {
    let server = server(vec![
        page(&["a", "b", "c"], &json!(true)),
        page(&["d"], &json!(true)),
        page(&[], &json!(false)),
    ]);
    let client = platform::client(&server);
    let items = by_offset(&client, ListByOffsetRequest::new()).items();
    assert_eq!(ids(items).await, ["a", "b", "c", "d"]);
    let bodies: Vec<_> = server.requests().iter().map(Request::json).collect();
    let sent = |offset: u64| json!({"offset": offset, "size": 3});
    assert_eq!(bodies, [sent(0), sent(3), sent(6)]);
}

#[tokio::test]
async fn without_a_maximum_the_size_must_be_set_and_be_one_item_at_least() {
    let server = server(vec![
        json!({"rows": rows(&["a", "b"])}),
        json!({"rows": []}),
    ]);
    let client = platform::client(&server);
    let skip = |request| Pages1_0::new(&client).skip_rows(request).items();
    for (request, says) in [
        (SkipRowsRequest::new(), "`size` must be set"),
        (
            SkipRowsRequest::new().size(0),
            "`size` must be a number of items, at least 1",
        ),
    ] {
        let (came, error) = all(skip(request)).await;
        let error = error.unwrap();
        assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
        assert!(error.to_string().contains(says), "{error}");
        assert_eq!(came.len(), 0);
    }
    assert!(server.requests().is_empty());
    let found = ids(skip(SkipRowsRequest::new().size(2))).await;
    assert_eq!(found, ["a", "b"]);
    let targets: Vec<_> = server
        .requests()
        .into_iter()
        .map(|sent| sent.target)
        .collect();
    let target = |offset: u64| format!("/v1.0/pages/skipped?size=2&offset={offset}");
    assert_eq!(targets, [target(0), target(2)]);
}

#[tokio::test]
async fn a_server_that_always_promises_more_gets_a_thousand_calls_at_most() {
    let server = Server::always(200, page(&[], &json!(true)));
    let client = platform::client(&server);
    let (_, error) = all(by_offset(&client, ListByOffsetRequest::new().size(2)).items()).await;
    let error = error.unwrap().to_string();
    assert!(
        error.contains("1000 pages in a row without an item"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1000);
}

#[tokio::test]
async fn a_page_that_comes_twice_is_an_error_and_its_items_come_once() {
    let server = Server::always(200, page(&["a", "b"], &json!(true)));
    let client = platform::client(&server);
    let request = ListByOffsetRequest::new().offset(4).size(2);
    let (came, error) = all(by_offset(&client, request).items()).await;
    assert_eq!(came.len(), 2);
    let error = error.unwrap().to_string();
    assert!(
        error.contains("the page from item 6 on repeats the one before it"),
        "{error}"
    );
    assert_eq!(offsets(&server), [json!(4), json!(6)]);
}

#[tokio::test]
async fn without_a_flag_a_page_smaller_than_asked_for_is_the_last() {
    let server = server(vec![
        page(&["a", "b"], &Value::Null),
        page(&["c"], &Value::Null),
    ]);
    let client = platform::client(&server);
    let items = by_offset(&client, ListByOffsetRequest::new().size(2)).items();
    assert_eq!(ids(items).await, ["a", "b", "c"]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_stream_that_failed_goes_on_at_its_offset() {
    let server = server(vec![
        page(&["a"], &json!(true)),
        json!({"rows": 1}),
        page(&["b"], &json!(false)),
    ]);
    let client = platform::client(&server);
    let call = || by_offset(&client, ListByOffsetRequest::new().size(1));
    let mut items = call().items();
    items.next().await.unwrap().unwrap();
    items.next().await.unwrap().unwrap_err();
    let place = items.resume_token().unwrap().to_owned();
    assert_eq!(place, "1");
    assert_eq!(ids(call().resume(place).items()).await, ["b"]);
    let (_, error) = all(call().resume("x").items()).await;
    let error = error.unwrap().to_string();
    assert!(error.contains("must be a number"), "{error}");
}
