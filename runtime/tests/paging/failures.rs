//! Pages that fail or would never end, and going on after them.

use super::*;

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
    assert!(text.contains("the token in `nextToken` repeats"), "{text}");
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
    let of_search = [
        all(search().resume("no number").items()).await.1.unwrap(),
        all(search().header("bad name", "x").items())
            .await
            .1
            .unwrap(),
    ];
    let of_number = [
        all(number().resume("no number").items()).await.1.unwrap(),
        all(number().resume("1.5").items()).await.1.unwrap(),
    ];
    let errors = of_search.into_iter().map(<Error>::from);
    for error in errors.chain(of_number.into_iter().map(Error::from)) {
        assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_page_whose_end_cannot_be_read_is_an_error_and_not_the_last() {
    for (odd, message) in [
        (
            json!({"list": rows(&["a"]), "nextToken": {}}),
            "nextToken: expected a string, found an object",
        ),
        (
            json!({"list": [{"id": "a"}, 1], "nextToken": ""}),
            "list[1]: expected an object, found 1",
        ),
        (
            json!({"list": {"id": "a"}, "nextToken": "2"}),
            "list: expected a list, found an object",
        ),
    ] {
        let server = server(vec![page(&["z"], "1"), odd]);
        let client = platform::client(&server);
        let (rows, error) = all(by_token(&client, ListByTokenRequest::new()).items()).await;
        assert_eq!(rows.len(), 1);
        let error = error.unwrap().to_string();
        assert!(error.contains(message), "{error}");
    }
    let server = server(vec![found(&["a"], &json!({}))]);
    let client = platform::client(&server);
    let (_, error) = all(by_number(&client, ListByNumberRequest::new()).items()).await;
    let error = error.unwrap().to_string();
    assert!(error.contains("result.pageInfo.total: expected"), "{error}");
}

#[tokio::test]
async fn one_odd_field_of_one_item_does_not_end_the_pages() {
    let odd = json!({"list": [{"id": "a"}, {"id": {}}], "nextToken": "2"});
    let server = server(vec![odd, page(&["b"], "")]);
    let client = platform::client(&server);
    let (rows, error) = all(by_token(&client, ListByTokenRequest::new()).items()).await;
    assert!(error.is_none(), "{error:?}");
    let ids: Vec<_> = rows.into_iter().map(|row| row.id).collect();
    assert_eq!(ids, [Some("a".to_owned()), None, Some("b".to_owned())]);
}
