//! Pages and items of operations whose spec says how to go through them.
//!
//! The operations are generated from `tests/golden/spec/pages_1_0`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[cfg(feature = "blocking")]
mod blocking;
mod by_name;
mod by_number;
mod by_offset;
mod by_token;
mod failures;
mod lost;
mod streams;
#[path = "../support/mod.rs"]
mod support;

#[path = "../../../tests/golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, mpsc};
use std::time::Duration;

use dingtalk_runtime::{
    Client, Error, Items, JsonRequest, OperationError, PagedCall, Pages, TransportErrorKind,
};
use futures_core::Stream;
use pages_1_0::list_by_number::{ListByNumberError, ListByNumberRequest};
use pages_1_0::list_by_offset::{ListByOffsetError, ListByOffsetRequest, ListByOffsetResponse};
use pages_1_0::list_by_token::{ListByTokenError, ListByTokenRequest, ListByTokenResponse};
use pages_1_0::list_inside::{ListInsideError, ListInsideRequest, ListInsideResponse, OptionType};
use pages_1_0::list_plainly::ListPlainlyRequest;
use pages_1_0::search_by_cursor::SearchByCursorRequest;
use pages_1_0::skip_rows::SkipRowsRequest;
use pages_1_0::types::{Found, Row};
use pages_1_0::{Pages1_0, list_by_token, list_inside, search_by_cursor};
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

fn by_number(
    client: &Client,
    request: ListByNumberRequest,
) -> PagedCall<Found, ListByNumberError, Row> {
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
    R: dingtalk_runtime::generated::Element,
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
    R: dingtalk_runtime::generated::Element,
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
