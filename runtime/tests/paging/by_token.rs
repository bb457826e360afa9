//! Pages that are found by tokens.

use super::*;

#[tokio::test]
async fn each_page_is_asked_for_by_the_token_of_the_one_before() {
    let server = server(vec![
        page(&["a", "b"], "x y&z=1/中"),
        page(&["c"], "2"),
        page(&["d"], ""),
    ]);
    let client = platform::client(&server);
    let request = ListByTokenRequest::new().name("n n").max_results(2);
    let items = by_token(&client, request).items();
    assert_eq!(ids(items).await, ["a", "b", "c", "d"]);
    assert_eq!(
        targets(&server),
        [
            "/v1.0/pages/f/byToken?name=n%20n&maxResults=2",
            "/v1.0/pages/f/byToken?name=n%20n&maxResults=2&nextToken=x%20y%26z%3D1%2F%E4%B8%AD",
            "/v1.0/pages/f/byToken?name=n%20n&maxResults=2&nextToken=2",
        ]
    );
}

#[tokio::test]
async fn whole_pages_can_be_had_too() {
    let server = server(vec![page(&["a"], "2"), page(&["b", "c"], "")]);
    let client = platform::client(&server);
    let mut pages = by_token(&client, ListByTokenRequest::new()).pages();
    let first = pages.next().await.unwrap().unwrap();
    assert_eq!(first.next_token.as_deref(), Some("2"));
    assert_eq!(pages.resume_token(), Some("2"));
    let second = pages.next().await.unwrap().unwrap();
    assert_eq!(second.list.unwrap().len(), 2);
    assert!(pages.next().await.is_none());
    assert_eq!(pages.resume_token(), None);
}

#[tokio::test]
async fn one_page_can_be_sent_for_as_with_any_call() {
    let server = server(vec![page(&["a"], "2"), page(&["b"], "3")]);
    let client = platform::client(&server);
    let call = || by_token(&client, ListByTokenRequest::new());
    assert_eq!(call().send().await.unwrap().next_token.unwrap(), "2");
    assert_eq!(call().await.unwrap().next_token.unwrap(), "3");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_options_of_the_call_go_for_each_page() {
    let server = server(vec![page(&["a"], "2"), page(&["b"], "")]);
    let client = platform::client(&server);
    let items = by_token(&client, ListByTokenRequest::new())
        .token("another-token")
        .header("x-mine", "h")
        .items();
    assert_eq!(ids(items).await, ["a", "b"]);
    for request in server.requests() {
        let token = request.header(platform::TOKEN_HEADER);
        assert_eq!(token, Some("another-token"));
        assert_eq!(request.header("x-mine"), Some("h"));
    }
}

#[tokio::test]
async fn a_reply_that_says_there_is_no_more_is_the_last_even_with_a_token() {
    let mut last = page(&["b"], "3");
    last["hasMore"] = json!(false);
    let mut first = page(&["a"], "2");
    first["hasMore"] = json!(true);
    let server = server(vec![first, last]);
    let client = platform::client(&server);
    let items = by_token(&client, ListByTokenRequest::new()).items();
    assert_eq!(ids(items).await, ["a", "b"]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_that_is_absent_null_empty_or_zero_is_the_end() {
    for token in [
        None,
        Some(json!(null)),
        Some(json!("")),
        Some(json!("0")),
        Some(json!(0)),
    ] {
        let mut last = json!({"list": rows(&["b"])});
        if let Some(token) = &token {
            last["nextToken"] = token.clone();
        }
        let server = server(vec![page(&["a"], "2"), last]);
        let client = platform::client(&server);
        let items = by_token(&client, ListByTokenRequest::new()).items();
        assert_eq!(ids(items).await, ["a", "b"], "{token:?}");
        assert_eq!(server.requests().len(), 2, "{token:?}");
    }
}

#[tokio::test]
async fn a_page_without_items_is_not_the_end_while_there_is_a_token() {
    let mut empty = page(&[], "2");
    empty["hasMore"] = json!(true);
    let server = server(vec![empty, json!({"nextToken": "3"}), page(&["a"], "")]);
    let client = platform::client(&server);
    let items = by_token(&client, ListByTokenRequest::new()).items();
    assert_eq!(ids(items).await, ["a"]);
}

#[tokio::test]
async fn an_integer_token_in_the_body_stays_an_integer() {
    let page =
        |name: &str, next: i64| json!({"result": {"events": [{"name": name}], "next": next}});
    let server = server(vec![page("a", i64::MAX), page("b", 7), page("c", 0)]);
    let client = platform::client(&server);
    let request = SearchByCursorRequest::new(vec!["w\"".to_owned()]).dry_run(true);
    let items = Pages1_0::new(&client).search_by_cursor(request).items();
    let (events, error) = all(items).await;
    assert!(error.is_none(), "{error:?}");
    let names: Vec<_> = events
        .into_iter()
        .map(|event| event.name.unwrap())
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
    let bodies: Vec<_> = server.requests().iter().map(Request::json).collect();
    assert_eq!(
        bodies,
        [
            json!({"words": ["w\""]}),
            json!({"words": ["w\""], "cursor": i64::MAX}),
            json!({"words": ["w\""], "cursor": 7}),
        ]
    );
    assert!(
        targets(&server)
            .iter()
            .all(|target| target == "/v1.0/pages/search?dryRun=true")
    );
}
