//! Pages that are counted.

use super::*;

#[tokio::test]
async fn numbered_pages_end_when_the_total_is_reached() {
    for total in [json!("3"), json!(3)] {
        let server = server(vec![found(&["a", "b"], &total), found(&["c"], &total)]);
        let client = platform::client(&server);
        let items = by_number(&client, ListByNumberRequest::new()).items();
        assert_eq!(ids(items).await, ["a", "b", "c"]);
        assert_eq!(
            targets(&server),
            [
                "/v1.0/pages/byNumber?pageNumber=1",
                "/v1.0/pages/byNumber?pageNumber=2"
            ]
        );
    }
}

#[tokio::test]
async fn a_page_smaller_than_asked_for_is_not_the_end_before_the_total() {
    let total = json!("4");
    let pages = [&["a", "b"][..], &["c"], &["d"]];
    let server = server(pages.iter().map(|ids| found(ids, &total)).collect());
    let client = platform::client(&server);
    let items = by_number(&client, ListByNumberRequest::new().page_size(100)).items();
    assert_eq!(ids(items).await, ["a", "b", "c", "d"]);
}

#[tokio::test]
async fn without_a_total_a_page_smaller_than_asked_for_is_the_last() {
    let server = server(vec![
        found(&["a", "b"], &Value::Null),
        found(&["c"], &Value::Null),
    ]);
    let client = platform::client(&server);
    let items = by_number(&client, ListByNumberRequest::new().page_size(2)).items();
    assert_eq!(ids(items).await, ["a", "b", "c"]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn without_a_total_and_a_size_an_empty_page_is_the_last() {
    // A total of 0 next to items means nothing.
    for total in [Value::Null, json!("0"), json!("many")] {
        let pages = [&["a", "b"][..], &["c"], &[]];
        let server = server(pages.iter().map(|ids| found(ids, &total)).collect());
        let client = platform::client(&server);
        let items = by_number(&client, ListByNumberRequest::new()).items();
        assert_eq!(ids(items).await, ["a", "b", "c"], "{total}");
        assert_eq!(server.requests().len(), 3, "{total}");
    }
}

#[tokio::test]
async fn an_empty_page_before_the_total_is_an_error() {
    let total = json!(10);
    let server = server(vec![found(&["a"], &total), found(&[], &total)]);
    let client = platform::client(&server);
    let (rows, error) = all(by_number(&client, ListByNumberRequest::new()).items()).await;
    assert_eq!(rows.len(), 1);
    let error = error.unwrap().to_string();
    assert!(
        error.contains("`result.pageInfo.total` is 10, but the pages end after 1 items"),
        "{error}"
    );
}

#[tokio::test]
async fn the_total_is_not_checked_for_pages_that_begin_in_the_middle() {
    let total = json!(100);
    let server = server(vec![found(&["z"], &total), found(&[], &total)]);
    let client = platform::client(&server);
    let call = by_number(&client, ListByNumberRequest::new().page_size(50));
    assert_eq!(ids(call.resume("3").items()).await, ["z"]);
}

#[tokio::test]
async fn numbered_pages_begin_where_the_request_says() {
    // Two pages of two lie before, so that the total is reached with the fifth.
    let total = json!(5);
    let server = server(vec![found(&["e", "f"], &json!(7)), found(&["g"], &total)]);
    let client = platform::client(&server);
    let items = by_number(&client, ListByNumberRequest::new().page_number(3)).items();
    assert_eq!(ids(items).await, ["e", "f", "g"]);
    assert_eq!(
        targets(&server),
        [
            "/v1.0/pages/byNumber?pageNumber=3",
            "/v1.0/pages/byNumber?pageNumber=4"
        ]
    );
}

#[tokio::test]
async fn pages_may_be_counted_from_zero_in_the_body_of_a_reply_that_is_a_list() {
    let server = server(vec![json!(["a", "b"]), json!(["c"]), json!([])]);
    let client = platform::client(&server);
    let items = Pages1_0::new(&client)
        .list_plainly(ListPlainlyRequest::new())
        .items();
    let (texts, error) = all(items).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(texts, ["a", "b", "c"]);
    let bodies: Vec<_> = server.requests().iter().map(Request::json).collect();
    assert_eq!(
        bodies,
        [
            json!({"index": "0"}),
            json!({"index": "1"}),
            json!({"index": "2"})
        ]
    );
}

#[tokio::test]
async fn a_numbered_page_that_comes_again_is_an_error_and_not_given_twice() {
    let same = found(&["a", "b"], &json!(100));
    let server = server(vec![same.clone(), same]);
    let client = platform::client(&server);
    let (rows, error) = all(by_number(&client, ListByNumberRequest::new()).items()).await;
    assert_eq!(rows.len(), 2);
    let error = error.unwrap().to_string();
    assert!(error.contains("page 2 repeats page 1"), "{error}");
}
