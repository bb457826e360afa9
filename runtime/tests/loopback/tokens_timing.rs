//! When tokens are fetched: in advance, by one call, and not too often.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_runtime::{BoxFuture, Client, Token, TokenProvider, TokenRequest, TokenResult};
use serde_json::json;
use tokio::sync::{Notify, Semaphore};

use crate::support::platform::{self, GET_TOKEN, builder};
use crate::support::{Answer, Request, Server};

const HEADER: &str = "x-acs-dingtalk-access-token";

/// Gives `token-0`, `token-1`, ..., or fails with what `fails` says, each when it is let.
#[derive(Clone)]
struct Gated(Arc<Gate>);

struct Gate {
    asked: Notify,
    let_go: Semaphore,
    count: AtomicUsize,
    fails: fn(usize) -> Option<&'static str>,
}

impl Gated {
    fn new(let_go: usize, fails: fn(usize) -> Option<&'static str>) -> Self {
        Self(Arc::new(Gate {
            asked: Notify::new(),
            let_go: Semaphore::new(let_go),
            count: AtomicUsize::new(0),
            fails,
        }))
    }

    fn count(&self) -> usize {
        self.0.count.load(Ordering::SeqCst)
    }
}

impl TokenProvider for Gated {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(async {
            let number = self.0.count.fetch_add(1, Ordering::SeqCst);
            self.0.asked.notify_one();
            self.0.let_go.acquire().await?.forget();
            match (self.0.fails)(number) {
                Some(why) => Err(why.into()),
                None => {
                    Ok(Token::new(format!("token-{number}")).valid_for(Duration::from_secs(7200)))
                }
            }
        })
    }
}

fn client(server: &Server, provider: &Gated) -> Client {
    builder()
        .base_url(server.url())
        .token_provider(provider.clone())
        .build()
        .unwrap()
}

fn tokens_sent(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let tokens = requests.iter().filter_map(|request| request.header(HEADER));
    tokens.map(str::to_owned).collect()
}

async fn later(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn one_call_renews_a_token_and_the_others_go_on_with_the_old_one() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(1, |_| None);
    let client = client(&server, &provider);
    platform::start(&client).send().await.unwrap();
    later(7000).await;
    provider.0.asked.notified().await;
    let renewing = tokio::spawn(platform::start(&client).send());
    provider.0.asked.notified().await;
    for _ in 0..5 {
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(tokens_sent(&server), ["token-0"; 6]);
    provider.0.let_go.add_permits(1);
    renewing.await.unwrap().unwrap();
    assert_eq!(tokens_sent(&server).last().unwrap(), "token-1");
    assert_eq!(provider.count(), 2);
}

#[tokio::test]
async fn a_renewal_that_takes_too_long_holds_no_call_up() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(1, |_| None);
    let client = client(&server, &provider);
    platform::start(&client).send().await.unwrap();
    later(7000).await;
    provider.0.asked.notified().await;
    let renewing = tokio::spawn(platform::start(&client).send());
    provider.0.asked.notified().await;
    later(6).await;
    renewing.await.unwrap().unwrap();
    assert_eq!(tokens_sent(&server), ["token-0"; 2]);
}

#[tokio::test]
async fn a_renewal_that_fails_fails_no_call_while_the_old_token_is_good() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(1000, |number| (number > 0).then_some("down"));
    let client = client(&server, &provider);
    platform::start(&client).send().await.unwrap();
    later(7000).await;
    for _ in 0..20 {
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(tokens_sent(&server), ["token-0"; 21]);
    assert!(provider.count() < 10, "{}", provider.count());
    later(180).await;
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(error.to_string().contains("down"), "{error}");
}

#[tokio::test]
async fn failing_fetches_do_not_stampede_and_fail_with_their_own_error() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(1000, |_| Some("no luck"));
    let client = client(&server, &provider);
    tokio::time::pause();
    let mut calls = 0;
    for _ in 0..1000 {
        let error = platform::start(&client).send().await.unwrap_err();
        assert!(error.to_string().contains("no luck"), "{error}");
        calls += 1;
        tokio::time::advance(Duration::from_millis(10)).await;
    }
    // Ten seconds: at once, once more, then after 0.1, 0.2, 0.4, 0.8, 1.6, 3.2 and 5 seconds.
    assert!((6..=9).contains(&provider.count()), "{}", provider.count());
    assert_eq!(calls, 1000);
}

#[tokio::test]
async fn after_failures_the_first_success_is_used_by_all() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(1000, |number| (number < 3).then_some("no luck"));
    let client = client(&server, &provider);
    for _ in 0..3 {
        platform::start(&client).send().await.unwrap_err();
        later(1).await;
    }
    for _ in 0..3 {
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(tokens_sent(&server), ["token-3"; 3]);
    assert_eq!(provider.count(), 4);
}

#[tokio::test]
async fn the_servers_word_on_when_to_ask_again_is_heeded() {
    let server = Server::start(|_, _: &Request| {
        let body = json!({"code": "Forbidden.AccessDenied.QpsLimitForApi", "message": "slow down"});
        Answer::new(403, &[("retry-after", "60")], body.to_string())
    });
    let client = platform::app(&server);
    for _ in 0..50 {
        let error = platform::start(&client).send().await.unwrap_err();
        assert_eq!(error.code(), Some("Forbidden.AccessDenied.QpsLimitForApi"));
    }
    assert_eq!(server.count(GET_TOKEN.path), 1);
    later(61).await;
    platform::start(&client).send().await.unwrap_err();
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn a_server_that_rejects_every_token_is_not_asked_for_one_by_each_call() {
    let server = Server::start(|_, request: &Request| {
        if request.path() == GET_TOKEN.path {
            return Answer::json(
                200,
                &json!({"accessToken": "always-this", "expireIn": 7200}),
            );
        }
        Answer::json(
            400,
            &json!({"code": "InvalidAuthentication", "message": "no"}),
        )
    });
    let client = platform::app(&server);
    for _ in 0..100 {
        let error = platform::start(&client).send().await.unwrap_err();
        assert_eq!(error.code(), Some("InvalidAuthentication"));
    }
    let fetched = server.count(GET_TOKEN.path);
    assert!(fetched < 20, "{fetched}");
}

#[tokio::test]
async fn a_token_that_is_revoked_each_second_is_replaced_each_second() {
    let server = Server::start({
        let good = AtomicUsize::new(0);
        let used = AtomicUsize::new(0);
        move |_, request: &Request| {
            if request.path() == GET_TOKEN.path {
                used.store(0, Ordering::SeqCst);
                let number = good.fetch_add(1, Ordering::SeqCst) + 1;
                return Answer::json(
                    200,
                    &json!({"accessToken": format!("token-{number}"), "expireIn": 7200}),
                );
            }
            // Each token is good for one call.
            if used.fetch_add(1, Ordering::SeqCst) == 0 {
                Answer::json(200, &json!({}))
            } else {
                Answer::json(
                    400,
                    &json!({"code": "InvalidAuthentication", "message": "no"}),
                )
            }
        }
    });
    let client = platform::app(&server);
    for _ in 0..20 {
        platform::start(&client).send().await.unwrap();
        later(1).await;
    }
    assert_eq!(server.count(GET_TOKEN.path), 20);
}

#[test]
fn a_runtime_that_is_shut_down_while_fetching_wedges_nobody() {
    let server = Server::always(200, json!({}));
    let provider = Gated::new(0, |_| None);
    let client = client(&server, &provider);
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let first = runtime();
    first.block_on(async {
        tokio::spawn(platform::start(&client).send());
        provider.0.asked.notified().await;
    });
    drop(first);
    provider.0.let_go.add_permits(1);
    runtime().block_on(async {
        platform::start(&client).send().await.unwrap();
    });
    assert_eq!(provider.count(), 2);
}
