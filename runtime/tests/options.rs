//! The client's builder, and the options of a call.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::future::IntoFuture;
use std::time::Duration;

use dingtalk_runtime::{
    Bytes, Call, Client, ClientBuilder, FixedToken, HttpRequest, Limits, Transport, TransportError,
    http,
};
use serde_json::json;
use support::platform::{self, Error, StartError, StartReply, builder};
use support::{Answer, Server};

fn refused(builder: ClientBuilder<Client>) -> (String, String) {
    let error = builder.build().unwrap_err();
    (error.argument().to_owned(), error.to_string())
}

#[test]
fn a_bad_argument_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in [
        (
            builder().base_url("api.dingtalk.io"),
            "base_url",
            "has no scheme",
        ),
        (
            builder().base_url("https://a/?x=1"),
            "base_url",
            "has a query",
        ),
        (
            builder().base_url("https://a/#x"),
            "base_url",
            "has a fragment",
        ),
        (
            builder().base_url("https://u:p@a/"),
            "base_url",
            "user name",
        ),
        (
            builder().base_url("http://api.dingtalk.io"),
            "base_url",
            "plain http",
        ),
        (builder().server("moon"), "server", "global, mainland"),
        (
            builder().server("global").base_url("https://a"),
            "base_url",
            "`server`",
        ),
        (builder().app("", "s"), "app", "key is empty"),
        (builder().app("k", " "), "app", "secret is empty"),
        (builder().token(""), "token", "empty"),
        (builder().token("a\nb"), "token", "line break"),
        (
            builder().token("a").app("k", "s"),
            "app",
            "`token` was given too",
        ),
        (
            builder().token("a").token_provider(FixedToken::new("b")),
            "token_provider",
            "`token`",
        ),
        (builder().user_agent("a\r\nb"), "user_agent", "line break"),
        (builder().timeout(Duration::ZERO), "timeout", "zero"),
        (
            builder().connect_timeout(Duration::ZERO),
            "connect_timeout",
            "zero",
        ),
        (
            builder()
                .transport(Canned)
                .connect_timeout(Duration::from_secs(1)),
            "connect_timeout",
            "`transport`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn servers_are_found_by_name() {
    let url = |builder: ClientBuilder<Client>| builder.build().unwrap().base_url().to_owned();
    assert_eq!(url(builder()), "https://api.dingtalk.io");
    assert_eq!(
        url(builder().server("mainland")),
        "https://api.dingtalk.com"
    );
    assert_eq!(
        url(builder().base_url("https://a.example/gw/")),
        "https://a.example/gw"
    );
    assert_eq!(
        url(builder().allow_http().base_url("http://a.example")),
        "http://a.example"
    );
}

#[tokio::test]
async fn options_change_one_call_alone() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    platform::start(&client)
        .token("another")
        .header("X-Extra", "é 1")
        .header("x-client-token", "k")
        .timeout(Duration::from_secs(5))
        .send()
        .await
        .unwrap();
    platform::start(&client).await.unwrap();
    let requests = server.requests();
    let token = "x-acs-dingtalk-access-token";
    assert_eq!(requests[0].header(token), Some("another"));
    assert_eq!(requests[0].header("x-extra"), Some("é 1"));
    assert_eq!(requests[0].header("x-client-token"), Some("k"));
    assert_eq!(requests[1].header(token), Some("the-token"));
    assert_eq!(requests[1].header("x-extra"), None);
    assert!(
        requests[1]
            .header("user-agent")
            .unwrap()
            .starts_with("dingtalk-api-rust/")
    );
    assert_eq!(requests[1].connection, 0, "the connection is used again");
}

#[tokio::test]
async fn a_bad_option_is_an_invalid_argument_and_nothing_is_sent() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let start = || platform::start(&client);
    for (call, argument) in [
        (start().header("a b", "c"), "a b"),
        (start().header("a", "b\r\nc: d"), "a"),
        (
            start().header("X-Acs-Dingtalk-Access-Token", "t"),
            "X-Acs-Dingtalk-Access-Token",
        ),
        (start().header("content-type", "text/plain"), "content-type"),
        (start().header("Host", "a"), "Host"),
        (start().token("a\nb"), "token"),
        (start().token(""), "token"),
        (start().timeout(Duration::ZERO), "timeout"),
        // The first mistake is reported, and later options do not undo it.
        (start().token("").token("good").header("a", "\n"), "token"),
    ] {
        match call.send().await {
            Err(Error::InvalidArgument(invalid)) => assert_eq!(invalid.argument(), argument),
            other => panic!("{other:?}"),
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn without_credentials_nothing_is_sent() {
    let server = Server::always(200, json!({}));
    let client = builder().base_url(server.url()).build().unwrap();
    let refused = platform::start(&client).send().await.unwrap_err();
    assert!(
        refused.to_string().contains("`token` is needed"),
        "{refused}"
    );
    platform::start(&client).token("t").send().await.unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_reply_tells_what_came_with_it() {
    let server = Server::start(|_, _| {
        Answer::new(
            201,
            &[("x-acs-trace-id", "t-1"), ("x-other", "o")],
            r#"{"code": "c"}"#,
        )
    });
    let reply = platform::start(&platform::client(&server))
        .send_reply()
        .await
        .unwrap();
    assert_eq!((reply.status(), reply.request_id()), (201, Some("t-1")));
    assert_eq!(reply.headers()["x-other"], "o");
    assert_eq!(reply.body().code.as_deref(), Some("c"));
}

struct Canned;

impl Transport for Canned {
    fn send(
        &self,
        request: HttpRequest,
        limits: Limits,
    ) -> dingtalk_runtime::BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        assert_eq!(
            request.url.as_str(),
            "https://api.dingtalk.io/v1.0/rooms/r/start"
        );
        assert_eq!(limits.max_body, 16 << 20);
        Box::pin(async { Ok(http::Response::new(Bytes::from_static(br#"{"count": 7}"#))) })
    }
}

#[tokio::test]
async fn a_transport_of_the_users_own_is_used() {
    let client = builder().token("t").transport(Canned).build().unwrap();
    assert_eq!(
        platform::start(&client).send().await.unwrap().count,
        Some(7)
    );
}

#[tokio::test]
async fn a_reqwest_client_of_the_users_own_is_used() {
    let server = Server::always(200, json!({}));
    let http = dingtalk_runtime::reqwest::Client::builder()
        .user_agent("mine")
        .no_proxy();
    let http = platform::reqwest_client(http);
    let client = builder()
        .base_url(server.url())
        .token("t")
        .http_client(http)
        .build()
        .unwrap();
    platform::start(&client).send().await.unwrap();
    assert_eq!(server.request().header("user-agent"), Some("mine"));
}

#[test]
fn calls_clients_and_futures_go_anywhere() {
    fn anywhere<T: Send + 'static>(_: &T) {}
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let client = builder().token("t").build().unwrap();
    shared(&client);
    let call = || platform::start(&client);
    anywhere::<Call<StartReply, StartError>>(&call());
    anywhere(&call().send());
    anywhere(&call().send_reply());
    anywhere(&call().into_future());
}
