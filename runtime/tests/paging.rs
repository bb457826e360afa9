//! Pages and items of operations whose spec says how to go through them.
//!
//! The operations are generated from `tests/golden/spec/pages_1_0`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

#[path = "../../tests/golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use dingtalk_runtime::{
    ApiError, Client, Error, Items, JsonRequest, OperationError, PagedCall, Pages,
    TransportErrorKind,
};
use futures_core::Stream;
use pages_1_0::list_by_number::ListByNumberRequest;
use pages_1_0::list_by_token::{ListByTokenError, ListByTokenRequest, ListByTokenResponse};
use pages_1_0::list_plainly::ListPlainlyRequest;
use pages_1_0::search_by_cursor::SearchByCursorRequest;
use pages_1_0::types::{Found, Row};
use pages_1_0::{Pages1_0, list_by_token, search_by_cursor};
use serde_json::{Value, json};
use support::{Answer, Request, Server, platform};

/// A server that answers with these pages in their order, whatever is asked for.
fn server(pages: Vec<Value>) -> Server {
    Server::start(move |number, _| match pages.get(number) {
        Some(page) => Answer::json(200, page),
        None => Answer::json(500, &json!({"code": "tooMany", "message": "no such page"})),
    })
}

fn by_token(
    client: &Client,
    request: ListByTokenRequest,
) -> PagedCall<ListByTokenResponse, ListByTokenError, Row> {
    Pages1_0::new(client).list_by_token("f", request)
}

fn by_number(client: &Client, request: ListByNumberRequest) -> PagedCall<Found, ApiError, Row> {
    Pages1_0::new(client).list_by_number(request)
}

/// A page of [`by_token`] with these rows.
fn page(ids: &[&str], next: &str) -> Value {
    json!({"list": rows(ids), "nextToken": next})
}

/// A page of [`by_number`] with these rows.
fn found(ids: &[&str], total: &Value) -> Value {
    json!({"result": {"list": rows(ids), "pageInfo": {"total": total}}})
}

fn rows(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({"id": id})).collect()
}

/// All that comes, and the error that it ends with.
async fn all<R, E, T>(mut items: Items<R, E, T>) -> (Vec<T>, Option<Error<E>>)
where
    R: dingtalk_runtime::model::Element,
    E: OperationError,
{
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing comes after an error");
                return (all, Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "the end is the end");
    assert_eq!(items.resume_token(), None);
    (all, None)
}

/// The ids of all items that come, of pages that end well.
async fn ids<R, E>(items: Items<R, E, Row>) -> Vec<String>
where
    R: dingtalk_runtime::model::Element,
    E: OperationError,
{
    let (rows, error) = all(items).await;
    assert!(error.is_none(), "{error:?}");
    rows.into_iter().map(|row| row.id.unwrap()).collect()
}

fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|request| request.target).collect()
}

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
        let token = request.header(platform::PLATFORM.token_header);
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
    // A total of none beside items says nothing.
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
async fn an_empty_page_is_the_last_also_before_the_total() {
    let total = json!(10);
    let server = server(vec![found(&["a"], &total), found(&[], &total)]);
    let client = platform::client(&server);
    let items = by_number(&client, ListByNumberRequest::new()).items();
    assert_eq!(ids(items).await, ["a"]);
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
async fn a_token_that_comes_again_is_an_error_after_its_page() {
    let server = server(vec![
        page(&["a"], "2"),
        page(&["b"], "3"),
        page(&["c"], "2"),
    ]);
    let client = platform::client(&server);
    let (rows, error) = all(by_token(&client, ListByTokenRequest::new()).items()).await;
    assert_eq!(rows.len(), 3);
    let error = error.unwrap();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(!error.is_retryable());
    let text = error.to_string();
    assert!(
        text.starts_with("pages_1_0.ListByToken: HTTP 200"),
        "{text}"
    );
    assert!(
        text.contains("the token in `nextToken` came before"),
        "{text}"
    );
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn the_token_of_the_request_itself_may_not_come_again_either() {
    let server = server(vec![page(&["a"], "mine")]);
    let client = platform::client(&server);
    let request = ListByTokenRequest::new().next_token("mine").max_results(1);
    let (rows, error) = all(by_token(&client, request).items()).await;
    assert_eq!((rows.len(), error.is_some()), (1, true));
    assert_eq!(
        targets(&server),
        ["/v1.0/pages/f/byToken?nextToken=mine&maxResults=1"]
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
    assert!(error.contains("page 2 is page 1 once more"), "{error}");
}

#[tokio::test]
async fn a_thousand_pages_without_an_item_are_an_error() {
    let server = Server::start(|number, _| {
        Answer::json(
            200,
            &json!({"list": [], "nextToken": (number + 1).to_string()}),
        )
    });
    let client = platform::client(&server);
    let (rows, error) = all(by_token(&client, ListByTokenRequest::new()).items()).await;
    assert!(rows.is_empty());
    let error = error.unwrap().to_string();
    assert!(
        error.contains("1000 pages in a row without an item"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1000);
}

#[tokio::test]
async fn a_page_that_fails_ends_it_and_can_be_gone_on_from() {
    let server = Server::start(|number, _| match number {
        0 => Answer::json(200, &page(&["a"], "2")),
        1 => Answer::json(400, &json!({"code": "noFolder", "message": "no folder f"})),
        2 => Answer::json(200, &page(&["b"], "3")),
        _ => Answer::json(200, &page(&["c"], "")),
    });
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new()).items();
    assert_eq!(
        items.resume_token(),
        None,
        "it begins with the request's own"
    );
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert!(
        matches!(error, Error::Api(ListByTokenError::NoFolder(_))),
        "{error:?}"
    );
    assert!(items.next().await.is_none());
    let token = items.resume_token().unwrap().to_owned();
    let rest = by_token(&client, ListByTokenRequest::new())
        .resume(token)
        .items();
    assert_eq!(ids(rest).await, ["b", "c"]);
    assert!(
        targets(&server)[1..3]
            .iter()
            .all(|target| target.ends_with("nextToken=2"))
    );
}

#[tokio::test]
async fn a_page_that_cannot_be_read_ends_it() {
    let server = server(vec![page(&["a"], "2"), json!({"list": "none"})]);
    let client = platform::client(&server);
    let mut pages = by_token(&client, ListByTokenRequest::new()).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    assert!(pages.next().await.is_none());
    assert_eq!(pages.resume_token(), Some("2"));
}

#[tokio::test]
async fn going_on_loses_no_item_of_a_page_that_was_half_given() {
    let total = json!(4);
    let script = vec![
        found(&["a", "b"], &total),
        found(&["c", "d"], &total),
        found(&["c", "d"], &total),
    ];
    let server = server(script);
    let client = platform::client(&server);
    let mut items = by_number(&client, ListByNumberRequest::new()).items();
    assert_eq!(items.resume_token(), Some("1"));
    items.next().await.unwrap().unwrap();
    assert_eq!(items.resume_token(), Some("1"));
    items.next().await.unwrap().unwrap();
    assert_eq!(items.resume_token(), Some("2"));
    items.next().await.unwrap().unwrap();
    assert_eq!(items.resume_token(), Some("2"));
    let token = items.resume_token().unwrap().to_owned();
    drop(items);
    let rest = by_number(&client, ListByNumberRequest::new())
        .resume(token)
        .items();
    assert_eq!(ids(rest).await, ["c", "d"]);
}

#[tokio::test]
async fn what_cannot_be_sent_is_the_only_thing_that_comes() {
    let server = server(vec![]);
    let client = platform::client(&server);
    let search = || {
        let request = SearchByCursorRequest::new(Vec::new());
        Pages1_0::new(&client).search_by_cursor(request)
    };
    let number = || by_number(&client, ListByNumberRequest::new());
    let errors = [
        all(search().resume("no number").items()).await.1.unwrap(),
        all(search().header("bad name", "x").items())
            .await
            .1
            .unwrap(),
        all(number().resume("no number").items()).await.1.unwrap(),
        all(number().resume("1.5").items()).await.1.unwrap(),
    ];
    for error in errors {
        assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for() {
    let server = server(vec![page(&["a"], "2"), page(&["b"], "")]);
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new()).items();
    assert!(server.requests().is_empty());
    items.next().await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 1);
    drop(items);
    drop(by_token(&client, ListByTokenRequest::new()).pages());
    assert_eq!(server.requests().len(), 1);
}

/// A server whose pages after the first wait until they are let go.
fn slow() -> (Server, mpsc::Sender<()>) {
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::start(move |number, _| {
        if number == 0 {
            return Answer::json(200, &page(&["a"], "2"));
        }
        let _ = wait.lock().unwrap().recv();
        Answer::json(200, &page(&["b"], ""))
    });
    (server, go)
}

#[tokio::test]
async fn a_wait_that_is_broken_off_is_taken_up_again() {
    let (server, go) = slow();
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new()).items();
    items.next().await.unwrap().unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(20), items.next()).await;
    assert!(waited.is_err());
    go.send(()).unwrap();
    assert_eq!(
        items.next().await.unwrap().unwrap().id.as_deref(),
        Some("b")
    );
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_stream_that_is_dropped_while_it_waits_leaves_the_client_well() {
    let (server, go) = slow();
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new()).items();
    items.next().await.unwrap().unwrap();
    let waited = tokio::time::timeout(Duration::from_millis(20), items.next()).await;
    assert!(waited.is_err());
    drop(items);
    drop(go);
    let rest = by_token(&client, ListByTokenRequest::new()).items();
    assert_eq!(ids(rest).await, ["b"]);
}

#[tokio::test]
async fn the_timeout_is_that_of_each_page() {
    let (server, _go) = slow();
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new())
        .timeout(Duration::from_millis(300))
        .items();
    items.next().await.unwrap().unwrap();
    let Some(Err(Error::Transport(failure))) = items.next().await else {
        panic!("a page that never comes")
    };
    assert_eq!(failure.error().kind(), TransportErrorKind::Timeout);
    assert_eq!(items.resume_token(), Some("2"));
}

#[tokio::test]
async fn they_are_streams() {
    async fn collect<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
        let mut all = Vec::new();
        while let Some(item) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            all.push(item);
        }
        all
    }
    fn anywhere<T: Send + 'static>(value: T) -> T {
        value
    }
    let server = server(vec![
        page(&["a", "b"], "2"),
        page(&["c"], ""),
        page(&["a", "b"], "2"),
        page(&["c"], ""),
    ]);
    let client = platform::client(&server);
    let call = || by_token(&client, ListByTokenRequest::new());
    let pages: Pages<_, _> = anywhere(call().pages());
    assert_eq!(collect(pages).await.len(), 2);
    let items: Items<_, _, _> = anywhere(call().items());
    assert_eq!(collect(items).await.len(), 3);
}

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
        .call_json(&search_by_cursor::OPERATION, request)
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
        client.call_json(&list_by_token::OPERATION, request)
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

#[cfg(feature = "blocking")]
mod blocking {
    use super::*;

    #[test]
    fn iterators_go_through_pages_and_items() {
        let script = || [page(&["a", "b"], "2"), page(&["c"], "")];
        let server = server([script(), script()].concat());
        let client = platform::client(&server);
        let call = || by_token(&client, ListByTokenRequest::new());
        let items: Result<Vec<_>, _> = call().items_blocking().collect();
        assert_eq!(items.unwrap().len(), 3);
        let mut pages = call().pages_blocking();
        assert!(pages.next().unwrap().is_ok());
        assert_eq!(pages.resume_token(), Some("2"));
        assert_eq!(pages.by_ref().count(), 1);
        assert!(pages.next().is_none());
    }

    #[test]
    fn an_iterator_ends_with_the_error_of_a_page() {
        let server = server(vec![page(&["a"], "2")]);
        let client = platform::client(&server);
        let mut items = by_token(&client, ListByTokenRequest::new()).items_blocking();
        assert!(items.next().unwrap().is_ok());
        let error = items.next().unwrap().unwrap_err();
        assert_eq!(error.code(), Some("tooMany"));
        assert!(items.next().is_none());
        assert_eq!(items.resume_token(), Some("2"));
    }

    #[tokio::test]
    async fn an_iterator_in_async_code_is_an_error_and_then_the_end() {
        let server = server(vec![page(&["a"], "")]);
        let client = platform::client(&server);
        let mut items = by_token(&client, ListByTokenRequest::new()).items_blocking();
        let Some(Err(Error::Transport(failure))) = items.next() else {
            panic!("a thread of an async runtime")
        };
        assert_eq!(failure.error().kind(), TransportErrorKind::Runtime);
        assert!(items.next().is_none());
        let mut pages = by_token(&client, ListByTokenRequest::new()).pages_blocking();
        assert!(pages.next().unwrap().is_err());
        assert!(pages.next().is_none());
        assert!(server.requests().is_empty());
    }
}
