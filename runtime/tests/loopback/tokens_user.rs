//! Tokens of users: the refresh token rotates and is never lost.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_runtime::{
    BoxFuture, Client, MemoryStore, RefreshToken, RefreshTokenKeeper, UserToken, UserTokenError,
};
use serde_json::{Value, json};

use crate::support::grants::USER;
use crate::support::platform::{self, builder};
use crate::support::{Answer, Request, Server};

const HEADER: &str = "x-acs-dingtalk-access-token";
const HOUR: Duration = Duration::from_secs(3600);

/// Takes the code `the-code` and then each refresh token once: `refresh-1`, `refresh-2`, ...
fn server() -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |_, request: &Request| {
        if request.path() != USER.path {
            return Answer::json(200, &json!({}));
        }
        let asked = request.json();
        let number = fetched.load(Ordering::SeqCst);
        let expected = match number {
            0 => asked["code"] == "the-code" && asked["grantType"] == "authorization_code",
            _ => {
                asked["refreshToken"] == format!("refresh-{number}")
                    && asked["grantType"] == "refresh_token"
            }
        };
        if !expected {
            let refusal = json!({"code": "invalidGrant", "message": asked.to_string()});
            return Answer::json(400, &refusal);
        }
        let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
        Answer::json(
            200,
            &json!({
                "accessToken": format!("access-{number}"),
                "refreshToken": format!("refresh-{number}"),
                "expireIn": 7200,
                "corpId": "the-corp",
            }),
        )
    })
}

/// Keeps refresh tokens, or fails to, as often as asked.
#[derive(Clone, Default)]
struct Keeper(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    tokens: Vec<String>,
    failures: VecDeque<&'static str>,
}

impl Keeper {
    fn failing(failures: impl IntoIterator<Item = &'static str>) -> Self {
        let keeper = Self::default();
        keeper.0.lock().unwrap().failures.extend(failures);
        keeper
    }

    fn tokens(&self) -> Vec<String> {
        self.0.lock().unwrap().tokens.clone()
    }
}

impl RefreshTokenKeeper for Keeper {
    fn keep<'a>(
        &'a self,
        token: &'a RefreshToken,
    ) -> BoxFuture<'a, Result<(), Box<dyn std::error::Error + Send + Sync>>> {
        let mut kept = self.0.lock().unwrap();
        let result = kept
            .failures
            .pop_front()
            .map_or(Ok(()), |why| Err(why.into()));
        if result.is_ok() {
            kept.tokens.push(token.value().to_owned());
        }
        Box::pin(std::future::ready(result))
    }

    fn load(
        &self,
    ) -> BoxFuture<'_, Result<Option<RefreshToken>, Box<dyn std::error::Error + Send + Sync>>> {
        let last = self.0.lock().unwrap().tokens.last().cloned();
        let last = last.map(RefreshToken::new).transpose();
        Box::pin(std::future::ready(last.map_err(Into::into)))
    }
}

fn user(keeper: impl RefreshTokenKeeper) -> UserToken {
    UserToken::from_code("the-key", "the-app-secret", "the-code", keeper).unwrap()
}

fn stale(keeper: impl RefreshTokenKeeper) -> UserToken {
    UserToken::from_refresh_token("the-key", "the-app-secret", "stale", keeper).unwrap()
}

fn client(server: &Server, user: &UserToken) -> Client {
    builder()
        .base_url(server.url())
        .token_provider(user.clone())
        .build()
        .unwrap()
}

async fn later(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

fn last_token(server: &Server) -> String {
    let last = server.requests().pop().unwrap();
    last.header(HEADER).unwrap().to_owned()
}

#[tokio::test]
async fn the_code_gives_the_first_token_and_the_refresh_token_each_later_one() {
    let server = server();
    let keeper = Keeper::default();
    let client = client(&server, &user(keeper.clone()));
    for number in 1..=3 {
        for _ in 0..2 {
            platform::start(&client).send().await.unwrap();
            assert_eq!(last_token(&server), format!("access-{number}"));
        }
        later(2 * HOUR).await;
    }
    assert_eq!(keeper.tokens(), ["refresh-1", "refresh-2", "refresh-3"]);
    assert_eq!(
        server.requests()[0].json(),
        json!({
            "clientId": "the-key",
            "clientSecret": "the-app-secret",
            "code": "the-code",
            "grantType": "authorization_code",
        })
    );
}

#[tokio::test]
async fn the_keeper_is_told_before_the_token_is_used() {
    let server = Arc::new(server());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (log, watched) = (Arc::clone(&seen), Arc::clone(&server));
    let user = user(move |token: RefreshToken| {
        let calls = watched.requests().len();
        let corp_id = token.corp_id().map(str::to_owned);
        log.lock().unwrap().push((calls, corp_id));
        async { Ok::<_, std::io::Error>(()) }
    });
    platform::start(&client(&server, &user))
        .send()
        .await
        .unwrap();
    // Only the token had been asked for then.
    assert_eq!(*seen.lock().unwrap(), [(1, Some("the-corp".to_owned()))]);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn what_could_not_be_kept_is_an_error_and_is_handed_over_again() {
    let server = server();
    let keeper = Keeper::failing(["the disk is full", "still full"]);
    let user = user(keeper.clone());
    let client = client(&server, &user);
    for why in ["the disk is full", "still full"] {
        let error = platform::start(&client).send().await.unwrap_err();
        let dingtalk_runtime::Error::Token(failure) = &error else {
            panic!("{error:?}")
        };
        let cause = failure.cause().downcast_ref::<UserTokenError>();
        assert!(
            matches!(cause, Some(UserTokenError::NotKept(_))),
            "{error:?}"
        );
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(why) && text.contains("could not be kept"),
            "{text}"
        );
        assert!(
            !text.contains("refresh-1") && !text.contains("access-1"),
            "{text}"
        );
        assert_eq!(user.not_kept().unwrap().value(), "refresh-1");
    }
    later(Duration::from_secs(1)).await;
    platform::start(&client).send().await.unwrap();
    assert_eq!(last_token(&server), "access-1");
    assert_eq!(keeper.tokens(), ["refresh-1"]);
    assert_eq!(user.not_kept(), None);
    assert_eq!(server.count(USER.path), 1, "the code was used once");
}

#[tokio::test]
async fn what_is_kept_too_late_for_its_token_is_used_to_renew_it() {
    let server = server();
    let keeper = Keeper::failing(["down"]);
    let client = client(&server, &user(keeper.clone()));
    platform::start(&client).send().await.unwrap_err();
    later(3 * HOUR).await;
    platform::start(&client).send().await.unwrap();
    assert_eq!(last_token(&server), "access-2");
    assert_eq!(keeper.tokens(), ["refresh-1", "refresh-2"]);
}

#[tokio::test]
async fn a_fetch_that_is_broken_off_while_keeping_loses_nothing() {
    struct Hanging(Keeper, AtomicUsize);
    impl RefreshTokenKeeper for Hanging {
        fn keep<'a>(
            &'a self,
            token: &'a RefreshToken,
        ) -> BoxFuture<'a, Result<(), Box<dyn std::error::Error + Send + Sync>>> {
            if self.1.fetch_add(1, Ordering::SeqCst) == 0 {
                return Box::pin(std::future::pending());
            }
            self.0.keep(token)
        }
    }
    let server = server();
    let keeper = Keeper::default();
    let user = user(Hanging(keeper.clone(), AtomicUsize::new(0)));
    let client = builder()
        .base_url(server.url())
        .token_provider(user.clone())
        .timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    platform::start(&client).send().await.unwrap_err();
    assert_eq!(user.not_kept().unwrap().value(), "refresh-1");
    // The fetch has a limit of its own, which ends a little later than the call's.
    while keeper.tokens().is_empty() {
        let _ = platform::start(&client).send().await;
    }
    platform::start(&client).send().await.unwrap();
    assert_eq!(last_token(&server), "access-1");
    assert_eq!(server.count(USER.path), 1);
}

#[tokio::test]
async fn a_refresh_token_that_another_process_renewed_is_loaded() {
    let server = server();
    let keeper = Keeper::default();
    let first = client(&server, &user(keeper.clone()));
    platform::start(&first).send().await.unwrap();
    let stale = stale(keeper.clone());
    platform::start(&client(&server, &stale))
        .send()
        .await
        .unwrap();
    assert_eq!(last_token(&server), "access-2");
    later(2 * HOUR).await;
    platform::start(&first).send().await.unwrap();
    assert_eq!(last_token(&server), "access-3");
}

#[tokio::test]
async fn an_identified_users_token_is_shared_and_another_users_is_not() {
    let server = server();
    let store = MemoryStore::new();
    let keeper = Keeper::default();
    let client_of = |user: UserToken| {
        builder()
            .base_url(server.url())
            .token_provider(user)
            .token_store(store.clone())
            .build()
            .unwrap()
    };
    let first = client_of(user(keeper.clone()).identified_by("ann").unwrap());
    platform::start(&first).send().await.unwrap();
    let again = stale(keeper.clone());
    platform::start(&client_of(again.identified_by("ann").unwrap()))
        .send()
        .await
        .unwrap();
    assert_eq!(last_token(&server), "access-1");
    assert_eq!(server.count(USER.path), 1);
    for other in [
        user(keeper.clone()).identified_by("bob").unwrap(),
        user(keeper),
    ] {
        platform::start(&client_of(other)).send().await.unwrap_err();
    }
}

#[tokio::test]
async fn a_rejected_token_is_renewed_with_the_refresh_token() {
    let server = Server::start(|_, request: &Request| {
        let body = match (request.path() == USER.path, request.header(HEADER)) {
            (true, _) => {
                let asked: Value = request.json();
                let next = if asked["code"].is_null() { 2 } else { 1 };
                json!({"accessToken": format!("access-{next}"), "refreshToken": "same", "expireIn": 7200})
            }
            (_, Some("access-2")) => json!({}),
            _ => {
                return Answer::json(
                    400,
                    &json!({"code": "InvalidAuthentication", "message": ""}),
                );
            }
        };
        Answer::json(200, &body)
    });
    let keeper = Keeper::default();
    platform::start(&client(&server, &user(keeper)))
        .send()
        .await
        .unwrap();
    assert_eq!(last_token(&server), "access-2");
    assert_eq!(server.count(USER.path), 2);
}

#[tokio::test]
async fn without_a_refresh_token_the_user_has_to_log_in_again() {
    let server = Server::start(|_, request| {
        let is_grant = request.target.starts_with(USER.path);
        let grant = json!({"accessToken": "access-1", "expireIn": 7200});
        Answer::json(200, &if is_grant { grant } else { json!({}) })
    });
    let keeper = Keeper::default();
    let client = client(&server, &user(keeper.clone()));
    platform::start(&client).send().await.unwrap();
    later(2 * HOUR).await;
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(error.to_string().contains("log in again"), "{error}");
    assert_eq!(server.count(USER.path), 1);
    assert!(keeper.tokens().is_empty());
}

#[tokio::test]
async fn no_secret_of_a_user_is_shown() {
    let server = Server::start(|_, request: &Request| {
        let asked = String::from_utf8(request.body.clone()).unwrap();
        Answer::json(400, &json!({"code": "invalidGrant", "message": asked}))
    });
    let keeper = Keeper::default();
    let by_code = user(keeper.clone());
    let by_refresh =
        UserToken::from_refresh_token("the-key", "the-app-secret", "the-refresh", keeper).unwrap();
    for user in [by_code, by_refresh] {
        let error = platform::start(&client(&server, &user))
            .send()
            .await
            .unwrap_err();
        let shown = format!(
            "{error} {error:?} {user:?} {:?}",
            RefreshToken::new("the-refresh")
        );
        assert!(shown.contains("the-key"), "{shown}");
        for secret in ["the-app-secret", "the-code", "the-refresh"] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
    let server = Server::always(
        200,
        json!({"refreshToken": "a-fresh-one", "accessToken": 5}),
    );
    let user = user(Keeper::default());
    let error = platform::start(&client(&server, &user))
        .send()
        .await
        .unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("there is no token") && !shown.contains("a-fresh-one"),
        "{shown}"
    );
}
