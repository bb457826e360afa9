//! Pages that would be lost in silence, or come without end.

use super::*;

/// A page of `ListInside`.
fn inside(ids: &[&str], rest: &Value) -> Value {
    let mut page = json!({"permissions": rows(ids)});
    for (key, value) in rest.as_object().unwrap() {
        page[key] = value.clone();
    }
    page
}

fn list_inside(client: &Client) -> PagedCall<ListInsideResponse, ListInsideError, Row> {
    Pages1_0::new(client).list_inside(ListInsideRequest::new())
}

#[tokio::test]
async fn more_pages_without_a_token_are_an_error_after_the_items() {
    for token in [
        None,
        Some(json!(null)),
        Some(json!("")),
        Some(json!("0")),
        Some(json!(0)),
    ] {
        let mut last = json!({"list": rows(&["b"]), "hasMore": true});
        if let Some(token) = &token {
            last["nextToken"] = token.clone();
        }
        let server = server(vec![page(&["a"], "2"), last]);
        let client = platform::client(&server);
        let mut items = by_token(&client, ListByTokenRequest::new()).items();
        assert!(items.next().await.unwrap().is_ok());
        assert!(items.next().await.unwrap().is_ok());
        let error = items.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{token:?}: {error:?}");
        let text = error.to_string();
        assert!(
            text.contains("`hasMore` is true, but `nextToken` has no token"),
            "{text}"
        );
        assert!(items.next().await.is_none());
        assert_eq!(items.resume_token(), Some("2"), "{token:?}");
        assert_eq!(server.requests().len(), 2, "{token:?}");
    }
}

#[tokio::test]
async fn more_pages_without_a_token_are_an_error_where_the_spec_does_not_say_what_tells_of_more() {
    for (name, rest) in [
        (
            "hasMore",
            json!({"result": {"events": [{"name": "a"}]}, "hasMore": true}),
        ),
        (
            "hasMore",
            json!({"result": {"events": [{"name": "a"}], "hasMore": true}}),
        ),
        (
            "has_more",
            json!({"result": {"events": [{"name": "a"}], "has_more": true}}),
        ),
    ] {
        let server = server(vec![rest.clone(), rest]);
        let client = platform::client(&server);
        let call = Pages1_0::new(&client)
            .search_by_cursor(SearchByCursorRequest::new(vec!["w".to_owned()]));
        let (found, error) = all(call.items()).await;
        assert_eq!(found.len(), 1);
        let text = error.unwrap().to_string();
        assert!(
            text.contains(&format!("`{name}` is true, but there is no token")),
            "{text}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn fewer_items_than_the_total_beside_a_token_are_an_error() {
    let script = || {
        vec![
            inside(&["a", "b"], &json!({"totalCount": 110, "nextToken": "50"})),
            inside(&["c"], &json!({"totalCount": 110})),
        ]
    };
    let server = server([script(), script()].concat());
    let client = platform::client(&server);
    let (rows, error) = all(list_inside(&client).items()).await;
    assert_eq!(rows.len(), 3);
    let text = error.unwrap().to_string();
    assert!(
        text.contains("`totalCount` is 110, but the pages end after 3 items"),
        "{text}"
    );
    let call = client.call_json(list_inside::operation(), JsonRequest::new());
    let (items, error) = all(call.items()).await;
    assert_eq!((items.len(), error.unwrap().to_string()), (3, text));
}

#[tokio::test]
async fn all_items_of_a_total_come_by_a_token_inside_an_object_of_the_body() {
    let ids: Vec<_> = (0..110).map(|id| id.to_string()).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let more = |next: &str| json!({"totalCount": 110, "hasMore": true, "nextToken": next});
    let script = || {
        vec![
            inside(&ids[..50], &more("50")),
            inside(&ids[50..100], &more("100")),
            inside(&ids[100..], &json!({"totalCount": 110, "hasMore": false})),
        ]
    };
    let server = server([script(), script()].concat());
    let client = platform::client(&server);
    let option = OptionType::new()
        .words(vec!["w".to_owned()])
        .max_results(50);
    let request = ListInsideRequest::new().option(option);
    let call = Pages1_0::new(&client).list_inside(request);
    assert_eq!(super::ids(call.items()).await, ids);
    let call = client.call_json(list_inside::operation(), JsonRequest::new());
    assert_eq!(all(call.items()).await.0.len(), 110);
    let bodies: Vec<_> = server.requests().iter().map(Request::json).collect();
    let first = json!({"words": ["w"], "maxResults": 50});
    let with =
        |token: &str| json!({"option": {"words": ["w"], "maxResults": 50, "nextToken": token}});
    assert_eq!(
        bodies[..3],
        [json!({ "option": first }), with("50"), with("100")]
    );
    let alone = |token: &str| json!({"option": {"nextToken": token}});
    assert_eq!(bodies[4..], [alone("50"), alone("100")]);
}

#[tokio::test]
async fn a_total_is_no_error_where_the_reply_says_that_there_is_no_more_or_a_token_was_given() {
    let no_more = json!({"totalCount": 9, "hasMore": false});
    let server = server(vec![
        inside(&["a"], &no_more),
        inside(&["b"], &json!({"totalCount": 9})),
    ]);
    let client = platform::client(&server);
    assert_eq!(ids(list_inside(&client).items()).await, ["a"]);
    assert_eq!(ids(list_inside(&client).resume("8").items()).await, ["b"]);
}

#[tokio::test]
async fn a_page_that_repeats_under_a_new_token_is_an_error_and_not_given_twice() {
    let server = Server::start(|number, _| {
        let mut page = page(&["a", "b"], &format!("t{number}"));
        page["requestId"] = json!(number);
        Answer::json(200, &page)
    });
    let client = platform::client(&server);
    let mut items = by_token(&client, ListByTokenRequest::new()).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let error = items.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.contains("the page repeats the one before it"),
        "{text}"
    );
    assert!(items.next().await.is_none());
    assert_eq!(items.resume_token(), Some("t0"));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn pages_that_differ_in_a_field_that_no_model_knows_are_not_the_same() {
    let row =
        |place: u32, next: &str| json!({"list": [{"id": "a", "place": place}], "nextToken": next});
    let server = server(vec![row(1, "2"), row(2, "")]);
    let client = platform::client(&server);
    let items = by_token(&client, ListByTokenRequest::new()).items();
    assert_eq!(ids(items).await, ["a", "a"]);
}

#[tokio::test]
async fn a_limit_of_pages_is_an_error_that_says_where_to_go_on() {
    let server = server(vec![page(&["a"], "2"), page(&["b"], "3"), page(&["c"], "")]);
    let client = platform::client(&server);
    let call = || by_token(&client, ListByTokenRequest::new());
    let mut items = call().max_pages(2).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    let Some(Err(Error::PageLimit(limit))) = items.next().await else {
        panic!("two pages are the most")
    };
    assert_eq!(limit.resume_token(), "3");
    assert_eq!(
        limit.to_string(),
        "pages_1_0.ListByToken: more pages follow than `max_pages` allows: resume with `3`"
    );
    assert!(items.next().await.is_none());
    assert_eq!(items.resume_token(), Some("3"));
    assert_eq!(server.requests().len(), 2);
    let rest = call().resume(limit.resume_token()).max_pages(1).items();
    assert_eq!(ids(rest).await, ["c"], "the last page is within the limit");
}

#[tokio::test]
async fn a_limit_of_no_page_at_all_is_not_sent() {
    let server = server(vec![]);
    let client = platform::client(&server);
    let call = by_token(&client, ListByTokenRequest::new()).max_pages(0);
    let (_, error) = all(call.items()).await;
    assert!(
        matches!(error, Some(Error::InvalidArgument(_))),
        "{error:?}"
    );
    assert!(server.requests().is_empty());
}

#[cfg(feature = "blocking")]
#[test]
fn iterators_lose_no_page_either() {
    let last = json!({"list": rows(&["b"]), "hasMore": true});
    let server = server(vec![page(&["a"], "2"), last, page(&["a"], "2")]);
    let client = platform::client(&server);
    let call = || by_token(&client, ListByTokenRequest::new());
    let items: Vec<_> = call().items_blocking().collect();
    assert_eq!(items.len(), 3);
    assert!(matches!(items[2], Err(Error::Decode(_))), "{items:?}");
    let items: Vec<_> = call().max_pages(1).items_blocking().collect();
    assert_eq!(items.len(), 2);
    assert!(matches!(items[1], Err(Error::PageLimit(_))), "{items:?}");
}

#[tokio::test]
async fn a_call_by_name_says_whether_a_reply_leaves_more() {
    let server = server(vec![]);
    let client = platform::client(&server);
    let more = |reply: Value| {
        let request = JsonRequest::new().path("folder", "f");
        let call = client.call_json(list_by_token::operation(), request);
        call.has_more(&reply.into())
    };
    assert!(more(page(&["a"], "2")));
    assert!(more(json!({"list": rows(&["a"]), "hasMore": true})));
    assert!(!more(page(&["a"], "")));
    assert!(!more(
        json!({"list": rows(&["a"]), "nextToken": "2", "hasMore": false})
    ));
    assert!(server.requests().is_empty());
}
