//! APIs other than the platform's first: one like the platform's legacy API, whose replies all have a code and the status
//! 200, and which takes the token in the query; and one of a user's own.
//!
//! Platform and operations are generated from `tests/golden/spec`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod addresses;
mod errors;
mod own;
mod replies;
mod requests;
#[path = "../support/mod.rs"]
mod support;
mod throttled;
mod tokens;

#[path = "../../../tests/golden/generated/src/old_people/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod old_people;
#[path = "../../../tests/golden/generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod platform;

use std::time::Duration;

use dingtalk_runtime::generated::{Body, ClientBuilder, Element, ReplyKind, TypeOf};
use dingtalk_runtime::model::Json;
use dingtalk_runtime::operation::{ErrorClass, Operation};
use dingtalk_runtime::{
    Api, Client, Envelope, Error, JsonRequest, PlatformError, RetryPolicy, TokenPlace, json,
};
use old_people::OldPeople;
use old_people::get_user::{GetUserError, GetUserRequest, GetUserResponse};
use old_people::list_names::ListNamesRequest;
use old_people::list_parents::ListParentsRequest;
use old_people::list_users::ListUsersRequest;
use old_people::send_notice::SendNoticeRequest;
use old_people::send_notice_v2::SendNoticeV2Request;
use old_people::{delete_user, get_user, list_names, list_parents, send_notice, send_notice_v2};
use serde_json::Value;
use support::{Answer, Server};

const TOKEN: &str = "SENTINEL+token/=";

fn builder(server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", server.url())
        .retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).token(TOKEN).build().unwrap()
}

/// A server that gives tokens `token-1`, `token-2`, .. at the new API, and answers calls of the old one with what the
/// script says of the token's number.
fn app(script: impl Fn(usize) -> Value + Send + Sync + 'static) -> (Server, Client) {
    let given = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, request| {
        if request.path() == "/v1.0/tokens" {
            let number = given.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            let token = format!("token-{number}");
            return Answer::json(
                200,
                &serde_json::json!({"accessToken": token, "expireIn": 7200}),
            );
        }
        let (_, query) = request.target.split_once('?').unwrap();
        let number = query.strip_prefix("access_token=token-").unwrap();
        Answer::json(200, &script(number.parse().unwrap()))
    });
    let client = builder(&server)
        .base_url(server.url())
        .app("the-key", "the-app-secret");
    let client = client.build().unwrap();
    (server, client)
}

async fn get(client: &Client) -> Result<GetUserResponse, Error<GetUserError>> {
    OldPeople::new(client)
        .get_user(GetUserRequest::new("0123"))
        .send()
        .await
}

/// What a body with the status 200 gives.
async fn answered(body: &str) -> Error<GetUserError> {
    let body = body.to_owned();
    let server = Server::start(move |_, _| Answer::new(200, &[], &body));
    get(&client(&server)).await.unwrap_err()
}

fn found() -> Value {
    serde_json::json!({
        "errcode": 0, "errmsg": "ok", "request_id": "r1",
        "result": {"userid": "0123", "name": "Ann", "dept_id_list": [-1, 5]},
    })
}

#[test]
fn an_operation_says_which_api_it_belongs_to() {
    let described = get_user::operation().describe();
    assert_eq!(described.api, Some("oapi"));
    assert_eq!(described.response_field, Some("result"));
    assert!(send_notice::operation().describe().form);
}
