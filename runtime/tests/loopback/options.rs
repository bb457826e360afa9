//! The client's builder, and the options of a call.

use std::future::IntoFuture;
use std::time::Duration;

use dingtalk_runtime::{
    Bytes, Call, Client, ClientBuilder, HttpRequest, Limits, Transport, TransportError, http,
};
use serde_json::json;

use crate::support::platform::{self, Error, StartError, StartReply, builder};
use crate::support::{Answer, Server};

#[tokio::test]
async fn headers_of_the_client_go_with_every_request_and_give_way_to_the_calls() {
    let server = Server::start(|_, request| {
        let token = json!({"accessToken": "a-token", "expireIn": 7200});
        let reply = if request.target.contains("oauth2") {
            token
        } else {
            json!({})
        };
        Answer::json(200, &reply)
    });
    let client = builder()
        .base_url(server.url())
        .app("k", "s")
        .header("X-Gateway", "g")
        .header("x-client-token", "never")
        .build()
        .unwrap();
    let mut request = platform::request();
    request.key = Some("field".into());
    platform::start_with(&client, "r", &request).await.unwrap();
    platform::start(&client)
        .header("x-gateway", "mine")
        .await
        .unwrap();
    let requests = server.requests();
    let sent = |number: usize, name| requests[number].header(name);
    assert_eq!(sent(0, "x-gateway"), Some("g"), "the token's request");
    assert_eq!(sent(1, "x-gateway"), Some("g"));
    assert_eq!(sent(1, "x-client-token"), Some("field"));
    assert_eq!(sent(2, "x-gateway"), Some("mine"));
    assert_eq!(sent(2, "x-client-token"), Some("never"));
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
async fn without_credentials_nothing_is_sent_and_each_way_to_give_them_is_named() {
    let server = Server::always(200, json!({}));
    let client = builder().base_url(server.url()).build().unwrap();
    let refused = platform::start(&client).send().await.unwrap_err();
    assert!(matches!(&refused, Error::InvalidArgument(invalid) if invalid.argument() == "token"));
    // Each way of giving credentials that there is.
    for way in [
        "with `.app(",
        "`.app_in(",
        "`.suite(",
        "`.token(",
        "`.token_provider(",
        "for this call with `.token(",
    ] {
        assert!(refused.to_string().contains(way), "{refused}");
    }
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

pub(crate) struct Canned;

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
