//! Pages and items as streams: when they send, wait and are dropped.

use super::*;

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
