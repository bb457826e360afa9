//! Tokens: fetched when needed, kept, and replaced.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{BoxFuture, Token, TokenProvider, TokenRequest, TokenResult};
use serde_json::json;
use tokio::sync::Notify;

use crate::support::platform::{self, Error, GET_TOKEN, builder};
use crate::support::{Answer, Request, Server};

const HEADER: &str = "x-acs-dingtalk-access-token";

/// Gives tokens `token-1`, `token-2`, ...; takes those that `accepted` says.
fn server(
    expire_in: &'static str,
    accepted: impl Fn(&str) -> bool + Send + Sync + 'static,
) -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |_, request: &Request| {
        if request.path() == GET_TOKEN.path {
            let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
            let rest = if expire_in.is_empty() {
                String::new()
            } else {
                format!(", \"expireIn\": {expire_in}")
            };
            return Answer::new(
                200,
                &[],
                format!(r#"{{"accessToken": "token-{number}"{rest}}}"#),
            );
        }
        if request.header(HEADER).is_some_and(&accepted) {
            Answer::json(200, &json!({}))
        } else {
            rejected()
        }
    })
}

fn rejected() -> Answer {
    Answer::json(
        400,
        &json!({"code": "InvalidAuthentication", "message": "bad token", "requestid": "q"}),
    )
}

#[tokio::test]
async fn the_token_is_fetched_on_first_use_and_kept() {
    let server = server("7200", |_| true);
    let client = platform::app(&server);
    assert!(server.requests().is_empty());
    for _ in 0..3 {
        platform::start(&client).send().await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(
        requests[0].json(),
        json!({"appKey": "the-key", "appSecret": "the-app-secret"})
    );
    assert_eq!(requests[0].header(HEADER), None);
    assert_eq!(requests[1].header(HEADER), Some("token-1"));
    assert_eq!(server.count(GET_TOKEN.path), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_calls_at_once_fetch_one_token() {
    let server = server("7200", |_| true);
    let client = platform::app(&server);
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(platform::start(&client).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 1);
}

#[tokio::test]
async fn an_expiry_that_cannot_be_does_not_loop() {
    for expire_in in [
        "0",
        "-5",
        "\"soon\"",
        "null",
        "18446744073709551615",
        "1e300",
        "",
    ] {
        let server = server(expire_in, |_| true);
        let client = platform::app(&server);
        for _ in 0..5 {
            platform::start(&client).send().await.unwrap();
        }
        assert_eq!(server.count(GET_TOKEN.path), 1, "{expire_in}");
    }
}

#[tokio::test]
async fn the_token_is_replaced_shortly_before_it_expires() {
    let server = server("7200", |_| true);
    let client = platform::app(&server);
    platform::start(&client).send().await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(6800)).await;
    tokio::time::resume();
    platform::start(&client).send().await.unwrap();
    assert_eq!(server.count(GET_TOKEN.path), 1);
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(200)).await;
    tokio::time::resume();
    platform::start(&client).send().await.unwrap();
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn a_rejected_token_is_replaced_and_the_call_sent_again() {
    let server = server("7200", |token| token != "token-1");
    let client = platform::app(&server);
    platform::start(&client).send().await.unwrap();
    platform::start(&client).send().await.unwrap();
    let sent: Vec<_> = server.requests();
    let tokens: Vec<_> = sent
        .iter()
        .filter_map(|request| request.header(HEADER))
        .collect();
    assert_eq!(tokens, ["token-1", "token-2", "token-2"]);
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_fifty_calls_find_rejected_is_replaced_once() {
    let server = server("7200", |token| token != "token-1");
    let client = platform::app(&server);
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(platform::start(&client).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn a_call_is_sent_at_most_twice() {
    let server = server("7200", |_| false);
    let error = platform::start(&platform::app(&server))
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_eq!(error.class(), Some(ErrorClass::TokenRejected));
    assert!(!error.is_retryable());
    assert_eq!(server.count("/v1.0/rooms/r/start"), 2);
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn a_token_of_the_users_own_is_not_replaced() {
    let server = server("7200", |_| false);
    for call in [
        platform::start(&platform::client(&server)),
        platform::start(&platform::app(&server)).token("mine"),
    ] {
        let error = call.send().await.unwrap_err();
        assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_failed_fetch_says_why() {
    let server = Server::always(
        400,
        json!({"code": "invalidClientIdOrSecret", "message": "no the-app-secret", "requestid": "q-1"}),
    );
    let error = platform::start(&platform::app(&server))
        .send()
        .await
        .unwrap_err();
    let Error::Token(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.call().unwrap().operation().action, "GetAccessToken");
    assert_eq!(error.operation().action, "StartRoom");
    assert_eq!(error.code(), Some("invalidClientIdOrSecret"));
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(400), Some("q-1"))
    );
    assert_eq!(error.class(), Some(ErrorClass::Credentials));
    let text = error.to_string();
    for part in [
        "rooms_1_0.StartRoom",
        "oauth2_1_0.GetAccessToken",
        "400",
        "q-1",
        "no ***",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert_eq!(
        server.requests().len(),
        1,
        "nothing but the token was asked for"
    );
}

#[tokio::test]
async fn a_reply_without_a_token_is_an_error_that_shows_none() {
    for body in [
        json!({"expireIn": 7200}),
        json!({"accessToken": ""}),
        json!(["top-secret-1"]),
    ] {
        let server = Server::always(200, body);
        let error = platform::start(&platform::app(&server))
            .send()
            .await
            .unwrap_err();
        assert!(
            error.to_string().contains("accessToken: there is no token"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_failed_fetch_fails_all_that_wait_and_the_next_call_tries_again() {
    let provider = Scripted::new(|number| match number {
        0 => Err("no luck".into()),
        number => Ok(Token::new(format!("token-{number}"))),
    });
    let server = server("7200", |_| true);
    let client = builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap();
    let calls: Vec<_> = (0..9)
        .map(|_| tokio::spawn(platform::start(&client).send()))
        .collect();
    provider.0.asked.notified().await;
    // On this runtime's one thread, all of them wait by now.
    provider.0.go.notify_one();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.to_string().contains("no luck"), "{error}");
    }
    assert_eq!(provider.count(), 1);
    provider.0.go.notify_one();
    platform::start(&client).send().await.unwrap();
    assert_eq!(provider.count(), 2);
}

#[tokio::test]
async fn a_call_that_stops_waiting_stops_nobody_else() {
    let provider = Scripted::new(|number| Ok(Token::new(format!("token-{number}"))));
    let server = server("7200", |_| true);
    let client = builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap();
    let first = tokio::spawn(platform::start(&client).send());
    provider.0.asked.notified().await;
    let second = tokio::spawn(platform::start(&client).send());
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    provider.0.go.notify_one();
    second.await.unwrap().unwrap();
    assert_eq!(provider.count(), 1);
}

#[tokio::test]
async fn a_provider_that_panics_wedges_nobody() {
    let provider = Scripted::new(|number| match number {
        0 => panic!("a provider's mistake"),
        number => Ok(Token::new(format!("token-{number}"))),
    });
    let server = server("7200", |_| true);
    let client = builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap();
    provider.0.go.notify_one();
    let call = tokio::spawn(platform::start(&client).send());
    provider.0.asked.notified().await;
    provider.0.asked.notified().await;
    provider.0.go.notify_one();
    call.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_provider_is_told_which_token_was_rejected() {
    let provider = Scripted::new(|number| Ok(Token::new(format!("token-{number}"))));
    let server = server("7200", |token| token != "token-0");
    let client = builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap();
    provider.0.go.notify_one();
    let call = tokio::spawn(platform::start(&client).send());
    provider.0.asked.notified().await;
    provider.0.asked.notified().await;
    provider.0.go.notify_one();
    call.await.unwrap().unwrap();
    assert_eq!(
        *provider.0.rejected.lock().unwrap(),
        [None, Some("token-0".to_owned())]
    );
}

#[tokio::test]
async fn a_token_that_no_header_can_carry_is_an_error() {
    let provider = Scripted::new(|_| Ok(Token::new("a\nsecret-b")));
    let server = server("7200", |_| true);
    let client = builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap();
    provider.0.go.notify_one();
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("secret-b"));
}

/// Asks for leave before each token, and counts.
#[derive(Clone)]
struct Scripted(Arc<Script>);

struct Script {
    asked: Notify,
    go: Notify,
    count: AtomicUsize,
    rejected: std::sync::Mutex<Vec<Option<String>>>,
    tokens: Box<dyn Fn(usize) -> TokenResult + Send + Sync>,
}

impl Scripted {
    fn new(tokens: impl Fn(usize) -> TokenResult + Send + Sync + 'static) -> Self {
        Self(Arc::new(Script {
            asked: Notify::new(),
            go: Notify::new(),
            count: AtomicUsize::new(0),
            rejected: std::sync::Mutex::default(),
            tokens: Box::new(tokens),
        }))
    }

    fn count(&self) -> usize {
        self.0.count.load(Ordering::SeqCst)
    }
}

impl TokenProvider for Scripted {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        let rejected = request.rejected().map(|token| token.value().to_owned());
        self.0.rejected.lock().unwrap().push(rejected);
        Box::pin(async {
            self.0.asked.notify_one();
            self.0.go.notified().await;
            (self.0.tokens)(self.0.count.fetch_add(1, Ordering::SeqCst))
        })
    }
}
