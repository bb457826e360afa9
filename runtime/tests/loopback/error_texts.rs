//! What errors say, and that they say it once: what happened, where, and what to do.

use std::collections::HashSet;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use dingtalk_runtime::{
    BoxFuture, Client, RateLimit, RefreshToken, SuiteTickets, SuiteToken, Token, TokenProvider,
    TokenRequest, TokenResult, TransportErrorKind as Kind, UserToken,
};
use serde_json::json;

use crate::support::platform::{self, Error, StartRequest, builder};
use crate::support::scripted::{Scripted, Step};
use crate::support::tls::{Authority, TlsServer};
use crate::support::{Answer, Server};

/// What a program prints that prints an error and its sources, as `anyhow` does with `{:#}`.
fn chain(error: &dyn StdError) -> Vec<String> {
    let mut chain = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        chain.push(error.to_string());
        source = error.source();
    }
    chain
}

/// No text of the chain is repeated by a later one.
fn told_once(error: &dyn StdError) {
    let chain = chain(error);
    for (index, text) in chain.iter().enumerate() {
        for before in &chain[..index] {
            assert!(!before.contains(text.as_str()), "said twice: {chain:#?}");
        }
    }
}

fn client(answer: impl Fn() -> Answer + Send + Sync + 'static) -> (Server, Client) {
    let server = Server::start(move |_, _| answer());
    let client = platform::client(&server);
    (server, client)
}

async fn failed(client: &Client) -> Error {
    platform::start(client).send().await.unwrap_err()
}

/// An error with a cause of its own, as a user's code may have it.
#[derive(Debug)]
struct Broken(Option<Box<Broken>>);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Some(_) => "the vault is shut",
            None => "its key is lost",
        })
    }
}

impl StdError for Broken {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.as_ref().map(|cause| &**cause as _)
    }
}

fn broken() -> Broken {
    Broken(Some(Box::new(Broken(None))))
}

struct NoProvider;

impl TokenProvider for NoProvider {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(async { Err::<Token, _>(broken().into()) })
    }
}

struct NoTickets;

impl SuiteTickets for NoTickets {
    fn ticket(&self) -> BoxFuture<'_, Result<String, Box<dyn StdError + Send + Sync>>> {
        Box::pin(async { Err(broken().into()) })
    }
}

#[tokio::test]
async fn no_family_of_errors_tells_a_text_twice() {
    let code = |status, code| {
        let body = json!({"code": code, "message": "m", "requestid": "q"});
        client(move || Answer::json(status, &body))
    };
    let mut errors = Vec::new();
    for (status, name) in [
        (400, "roomClosed"),
        (400, "unheardOf"),
        (400, "InvalidAuthentication"),
        (403, "Forbidden.AccessDenied.AccessTokenPermissionDenied"),
        (403, "Forbidden.AccessDenied.QpsLimitForApi"),
        (403, "Forbidden.AccessDenied.ApiCountLimitForOrg"),
    ] {
        errors.push(failed(&code(status, name).1).await);
    }
    for (status, body) in [
        (200, "null"),
        (200, "{"),
        (200, ""),
        (502, "<html>"),
        (302, ""),
    ] {
        errors.push(failed(&client(move || Answer::new(status, &[], body)).1).await);
    }
    let (_, good) = client(|| Answer::json(200, &json!({})));
    let request = StartRequest::default();
    errors.push(
        platform::start_with(&good, "..", &request)
            .await
            .unwrap_err(),
    );
    let unreachable = || builder().base_url("http://127.0.0.1:1");
    errors.push(failed(&unreachable().token("t").build().unwrap()).await);
    errors.push(failed(&unreachable().app("k", "the-secret").build().unwrap()).await);
    let with = |provider| unreachable().token_provider(provider).build().unwrap();
    errors.push(failed(&with(NoProvider)).await);
    let suite = SuiteToken::new("k", "s", NoTickets);
    let suite = unreachable()
        .token_provider(suite.unwrap())
        .build()
        .unwrap();
    errors.push(failed(&suite).await);
    let kept = |_: RefreshToken| async { Err::<(), _>(broken()) };
    let user = UserToken::from_code("k", "the-secret", "c", kept);
    let grant = Server::always(200, json!({"accessToken": "a", "refreshToken": "r"}));
    let user = builder()
        .base_url(grant.url())
        .token_provider(user.unwrap());
    errors.push(failed(&user.build().unwrap()).await);
    let cut = Server::start(|_, _| Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"));
    errors.push(failed(&platform::client(&cut)).await);
    let slow = Scripted::always(Step::Fail(Kind::Broken)).client();
    errors.push(failed(&slow).await);
    let limited = unreachable()
        .token("t")
        .limit(RateLimit::new().overall(1, Duration::from_secs(60)));
    let limited = limited.timeout(Duration::from_millis(200)).build().unwrap();
    let _ = failed(&limited).await;
    errors.push(failed(&limited).await);
    for error in &errors {
        told_once(error);
    }
    let families: HashSet<_> = errors.iter().map(std::mem::discriminant).collect();
    assert!(
        families.len() == 11,
        "all families are walked: {families:?}"
    );
    told_once(&builder().base_url("nonsense").build().unwrap_err());
    // The source is what is below the text.
    let provider = failed(&with(NoProvider)).await;
    assert_eq!(
        chain(&provider),
        [
            "rooms_1_0.StartRoom: not sent: no token: the vault is shut",
            "its key is lost"
        ]
    );
}

#[tokio::test]
async fn a_message_that_is_the_code_is_told_once() {
    for (body, expected) in [
        (
            json!({"code": "param.templateUnpublished", "message": "param.templateUnpublished", "requestid": "q"}),
            "rooms_1_0.StartRoom: HTTP 400, code param.templateUnpublished (request id q)",
        ),
        (
            json!({"code": "param.x"}),
            "rooms_1_0.StartRoom: HTTP 400, code param.x (no request id)",
        ),
        (
            json!({"message": "no room"}),
            "rooms_1_0.StartRoom: HTTP 400: no room (no request id)",
        ),
    ] {
        let (_, client) = client(move || Answer::json(400, &body));
        let error = failed(&client).await;
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.attempts(), 1, "it is final");
    }
}

#[tokio::test]
async fn a_host_that_is_not_reached_is_named_and_nothing_else_of_the_address() {
    let client = builder()
        .base_url("http://127.0.0.1:1")
        .token("t")
        .build()
        .unwrap();
    let request = StartRequest {
        names: Some(vec!["in-the-query".to_owned()]),
        ..platform::request()
    };
    let error = platform::start_with(&client, "in-the-path", &request)
        .await
        .unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("no connection to 127.0.0.1:1: "), "{text}");
    assert!(!text.contains("in-the-"), "{text}");
    let scripted = Scripted::always(Step::Fail(Kind::Dns)).builder();
    let client = scripted
        .base_url("https://dingtalk.example")
        .build()
        .unwrap();
    let text = failed(&client).await.to_string();
    assert!(
        text.contains("no address found for dingtalk.example"),
        "{text}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_trusted_leads_to_the_option_that_trusts_it() {
    let server = TlsServer::start(Authority::new().server(false));
    let client = builder().base_url(server.url()).token("t").build().unwrap();
    let text = failed(&client).await.to_string();
    assert!(
        text.contains("no trusted TLS connection to 127.0.0.1:"),
        "{text}"
    );
    assert!(text.contains("`.add_root_certificate(..)`"), "{text}");
}

#[tokio::test]
async fn a_proxy_that_refuses_leads_to_the_option_that_names_it() {
    let proxy =
        Server::start(|_, _| Answer::raw("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"));
    let with = |url: String| {
        let builder = builder().base_url("https://api.example").token("t");
        builder
            .proxy(url.replace("://", "://user:pass-word@"))
            .build()
            .unwrap()
    };
    for client in [
        with(proxy.url().clone()),
        with("http://127.0.0.1:1".to_owned()),
    ] {
        let text = failed(&client).await.to_string();
        assert!(text.contains("no connection to api.example: "), "{text}");
        assert!(text.contains("check the proxy 127.0.0.1:"), "{text}");
        assert!(
            text.contains("`.proxy(..)`") && !text.contains("pass-word"),
            "{text}"
        );
    }
}
