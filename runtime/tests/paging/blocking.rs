//! Pages and items as iterators.

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
