//! The client's builder, and the options of a call.

use std::future::IntoFuture;
use std::time::Duration;

use dingtalk_runtime::{
    Bytes, Call, Client, ClientBuilder, FixedToken, HttpRequest, Limits, RateLimit, RetryBudget,
    RetryPolicy, Transport, TransportError, http,
};
use serde_json::json;

use crate::support::platform::{self, Error, StartError, StartReply, builder};
use crate::support::tls::Authority;
use crate::support::{Answer, Server};

fn refused(builder: ClientBuilder<Client>) -> (String, String) {
    let error = builder.build().unwrap_err();
    (error.argument().to_owned(), error.to_string())
}

#[test]
fn a_bad_argument_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
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
        (
            builder().base_url("https://api.dingtalk.com/v1.0/"),
            "base_url",
            "write `https://api.dingtalk.com`",
        ),
        (
            builder().token("a").app("k", "s"),
            "app",
            "`token` is set too",
        ),
        (
            builder()
                .token("a")
                .token_provider(FixedToken::new("b").unwrap()),
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
fn a_bad_number_or_header_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
        (
            builder().attempt_timeout(Duration::ZERO),
            "attempt_timeout",
            "zero",
        ),
        (
            builder().retry(RetryPolicy::new().max_attempts(0)),
            "retry",
            "max_attempts(0)",
        ),
        (
            builder().retry_budget(RetryBudget::new().per_second(-1.0)),
            "retry_budget",
            "negative",
        ),
        (
            builder().retry_budget(RetryBudget::new().per_success(f64::NAN)),
            "retry_budget",
            "not finite",
        ),
        (
            builder().limit(RateLimit::new().per_operation(0, Duration::from_secs(1))),
            "limit",
            "0 calls",
        ),
        (
            builder().limit(RateLimit::new().overall(1, Duration::ZERO)),
            "limit",
            "window of zero",
        ),
        (
            builder().header("a b", "c"),
            "header",
            "`a b` is not a valid header name",
        ),
        (builder().header("a", "b\r\nc: d"), "header", "line break"),
        (
            builder().header("X-Acs-Dingtalk-Access-Token", "t"),
            "header",
            "carries the token",
        ),
        (builder().header("Host", "a"), "header", "set by the client"),
        (
            builder().header("User-Agent", "a"),
            "header",
            "`user_agent`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn a_bad_proxy_or_certificate_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
        (builder().proxy("proxy:8080"), "proxy", "no scheme"),
        (builder().proxy(""), "proxy", "no scheme"),
        (builder().proxy("http://"), "proxy", "not a URL"),
        (builder().proxy("http://a:99999"), "proxy", "not a URL"),
        (builder().proxy("ftp://a"), "proxy", "not http or https"),
        (builder().proxy("http://a/b?c"), "proxy", "has a path"),
        (
            builder().add_root_certificate("nonsense"),
            "add_root_certificate",
            "no certificate in PEM",
        ),
        (
            builder().add_root_certificate(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            ),
            "add_root_certificate",
            "not a certificate of an authority",
        ),
        (builder().identity(""), "identity", "no certificate in PEM"),
        (
            builder().identity(Authority::new().pem),
            "identity",
            "no private key",
        ),
        (
            builder().identity(Authority::new().pem + key(&Authority::new().issue("a"))),
            "identity",
            "cannot be used",
        ),
        (
            builder().transport(Canned).proxy("http://a"),
            "proxy",
            "`transport`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

/// The private key alone of a text that holds a certificate too.
fn key(pem: &str) -> &str {
    &pem[pem.find("-----BEGIN PRIVATE").unwrap()..]
}

#[test]
fn secrets_of_the_options_are_not_shown() {
    let identity = Authority::new().issue("client");
    let key = key(&identity).lines().nth(1).unwrap().to_owned();
    let builder = builder()
        .proxy("http://user:pr0xy-pass@proxy.example:1")
        .header("x-gateway", "gateway-s3cret")
        .identity(identity);
    let shown = format!("{builder:?}") + &format!("{:?}", builder.build().unwrap());
    for secret in ["pr0xy-pass", "gateway-s3cret", &key] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let (_, message) = refused(platform::builder().proxy("http://user:pr0xy-pass@a:b"));
    assert!(!message.contains("pr0xy-pass"), "{message}");
}

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
