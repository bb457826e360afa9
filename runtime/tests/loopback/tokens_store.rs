//! Tokens that many clients share through a store.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_runtime::{
    BoxFuture, Client, ClientBuilder, MemoryStore, StoreResult, Token, TokenKey, TokenProvider,
    TokenRequest, TokenResult, TokenStore,
};
use serde_json::json;

use crate::support::platform::{self, GET_TOKEN, builder};
use crate::support::{Answer, Request, Server};

const HEADER: &str = "x-acs-dingtalk-access-token";

/// Gives tokens `token-1`, `token-2`, ...; rejects those that `rejected` names.
fn server(rejected: &'static [&'static str]) -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |_, request: &Request| {
        if request.path() == GET_TOKEN.path {
            let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
            let body = json!({"accessToken": format!("token-{number}"), "expireIn": 7200});
            return Answer::json(200, &body);
        }
        if rejected.contains(&request.header(HEADER).unwrap()) {
            return Answer::json(
                400,
                &json!({"code": "InvalidAuthentication", "message": "no"}),
            );
        }
        Answer::json(200, &json!({}))
    })
}

fn app(server: &Server) -> ClientBuilder<Client> {
    builder()
        .base_url(server.url())
        .app("the-key", "the-app-secret")
}

fn with(server: &Server, store: impl TokenStore) -> Client {
    app(server).token_store(store).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_clients_fetch_one_token() {
    let server = server(&[]);
    let store = MemoryStore::new();
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(platform::start(&with(&server, store.clone())).send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 1);
}

#[tokio::test]
async fn without_a_store_each_client_keeps_its_token_to_itself() {
    let server = server(&[]);
    for _ in 0..2 {
        let client = app(&server).build().unwrap();
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn other_credentials_and_servers_never_get_the_token() {
    let (one, other) = (server(&[]), server(&[]));
    let store = MemoryStore::new();
    let with = |server: &Server, key: &str, secret: &str| {
        builder()
            .base_url(server.url())
            .app(key, secret)
            .token_store(store.clone())
            .build()
            .unwrap()
    };
    let clients = [
        with(&one, "key", "secret"),
        with(&one, "key", "other secret"),
        with(&one, "other key", "secret"),
        with(&other, "key", "secret"),
    ];
    for client in &clients {
        platform::start(client).send().await.unwrap();
    }
    assert_eq!(one.count(GET_TOKEN.path), 3);
    assert_eq!(other.count(GET_TOKEN.path), 1);
}

#[tokio::test]
async fn a_rejected_token_is_replaced_once_for_all_clients() {
    let server = server(&["token-1"]);
    let store = MemoryStore::new();
    let clients = [0; 4].map(|_| with(&server, store.clone()));
    for client in &clients {
        platform::start(client).send().await.unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

#[tokio::test]
async fn who_finds_the_token_rejected_late_takes_the_new_one() {
    let gone = Arc::new(Mutex::new(Vec::<String>::new()));
    let revoked = Arc::clone(&gone);
    let fetched = AtomicUsize::new(0);
    let server = Server::start(move |_, request: &Request| {
        if request.path() == GET_TOKEN.path {
            let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
            let body = json!({"accessToken": format!("token-{number}"), "expireIn": 7200});
            return Answer::json(200, &body);
        }
        let token = request.header(HEADER).unwrap().to_owned();
        if revoked.lock().unwrap().contains(&token) {
            return Answer::json(
                400,
                &json!({"code": "InvalidAuthentication", "message": "no"}),
            );
        }
        Answer::json(200, &json!({}))
    });
    let store = MemoryStore::new();
    let clients = [0; 3].map(|_| with(&server, store.clone()));
    for client in &clients {
        platform::start(client).send().await.unwrap();
    }
    gone.lock().unwrap().push("token-1".to_owned());
    for client in &clients {
        platform::start(client).send().await.unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 2);
}

/// Fails or hangs as it is asked to, and keeps the errors that it is given.
#[derive(Default)]
struct Broken {
    hangs: bool,
    fails: &'static [&'static str],
    used: Mutex<Vec<&'static str>>,
    reported: Mutex<Vec<String>>,
    inner: MemoryStore,
}

impl Broken {
    fn act<'a, T: Send + 'a>(
        &self,
        name: &'static str,
        well: BoxFuture<'a, StoreResult<T>>,
    ) -> BoxFuture<'a, StoreResult<T>> {
        self.used.lock().unwrap().push(name);
        match (self.fails.contains(&name), self.hangs) {
            (false, _) => well,
            (true, true) => Box::pin(std::future::pending()),
            (true, false) => Box::pin(async { Err("the store is down".into()) }),
        }
    }
}

impl TokenStore for Broken {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
        self.act("get", self.inner.get(key))
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>> {
        self.act("put", self.inner.put(key, entry, keep))
    }

    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>> {
        self.act("lock", self.inner.lock(key, owner, lease))
    }

    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
        self.act("unlock", self.inner.unlock(key, owner))
    }

    fn passed_over(&self, error: &(dyn std::error::Error + Send + Sync + 'static)) {
        self.reported.lock().unwrap().push(error.to_string());
    }
}

#[tokio::test]
async fn a_store_that_fails_takes_no_call_down_and_is_left_alone() {
    for (fails, used) in [
        (&["get"][..], &["get"][..]),
        (&["lock"], &["get", "lock"]),
        (&["put"], &["get", "lock", "get", "put"]),
        (&["unlock"], &["get", "lock", "get", "put", "unlock"]),
    ] {
        let server = server(&[]);
        let store = Arc::new(Broken {
            fails,
            ..Broken::default()
        });
        let client = with(&server, Arc::clone(&store));
        for _ in 0..3 {
            platform::start(&client).send().await.unwrap();
        }
        assert_eq!(server.count(GET_TOKEN.path), 1);
        assert_eq!(*store.used.lock().unwrap(), used);
        assert_eq!(*store.reported.lock().unwrap(), ["the store is down"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_takes_no_call_down() {
    let store = Arc::new(Broken {
        fails: &["get"],
        hangs: true,
        ..Broken::default()
    });
    let client = builder()
        .base_url("http://127.0.0.1:9")
        .token_provider(Own("k"))
        .token_store(Arc::clone(&store))
        .transport(Canned)
        .build()
        .unwrap();
    let before = tokio::time::Instant::now();
    platform::start(&client).send().await.unwrap();
    assert!(before.elapsed() < Duration::from_secs(3));
    assert_eq!(*store.reported.lock().unwrap(), ["no answer within 2s"]);
}

#[tokio::test(start_paused = true)]
async fn a_lock_whose_owner_is_gone_holds_nobody_up_for_long() {
    let store = MemoryStore::new();
    let spy = Arc::new(Mutex::new(String::new()));
    let client = builder()
        .base_url("http://127.0.0.1:9")
        .token_provider(Own("k"))
        .token_store(Locked(store, Arc::clone(&spy)))
        .transport(Canned)
        .build()
        .unwrap();
    let before = tokio::time::Instant::now();
    platform::start(&client).send().await.unwrap();
    let waited = before.elapsed();
    assert!(waited >= Duration::from_secs(10), "{waited:?}");
    assert!(waited < Duration::from_secs(12), "{waited:?}");
    assert!(spy.lock().unwrap().starts_with("dingtalk-token:"));
}

/// Somebody else has had the lock all along.
struct Locked(MemoryStore, Arc<Mutex<String>>);

impl TokenStore for Locked {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
        key.clone_into(&mut self.1.lock().unwrap());
        self.0.get(key)
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>> {
        self.0.put(key, entry, keep)
    }

    fn lock<'a>(&'a self, _: &'a str, _: &'a str, _: Duration) -> BoxFuture<'a, StoreResult<bool>> {
        Box::pin(async { Ok(false) })
    }

    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
        self.0.unlock(key, owner)
    }
}

/// A provider of the user's own whose tokens may be shared.
struct Own(&'static str);

impl TokenProvider for Own {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        let token = Token::new("own-token").valid_for(Duration::from_secs(600));
        Box::pin(async { Ok(token) })
    }

    fn key(&self) -> Option<TokenKey> {
        Some(TokenKey::new("tests", &[self.0]))
    }
}

struct Canned;

impl dingtalk_runtime::Transport for Canned {
    fn send(
        &self,
        _: dingtalk_runtime::HttpRequest,
        _: dingtalk_runtime::Limits,
    ) -> BoxFuture<
        '_,
        Result<
            dingtalk_runtime::http::Response<dingtalk_runtime::Bytes>,
            dingtalk_runtime::TransportError,
        >,
    > {
        let body = dingtalk_runtime::Bytes::from_static(b"{}");
        Box::pin(async { Ok(dingtalk_runtime::http::Response::new(body)) })
    }
}

#[test]
fn a_store_shows_no_token() {
    assert_eq!(format!("{:?}", MemoryStore::new()), "MemoryStore { .. }");
}

#[tokio::test]
async fn a_damaged_entry_is_as_good_as_none() {
    struct Damaged(MemoryStore);
    impl TokenStore for Damaged {
        fn get<'a>(&'a self, _: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
            Box::pin(async { Ok(Some("{\"token\": 5}".to_owned())) })
        }
        fn put<'a>(
            &'a self,
            key: &'a str,
            entry: &'a str,
            keep: Duration,
        ) -> BoxFuture<'a, StoreResult<()>> {
            self.0.put(key, entry, keep)
        }
        fn lock<'a>(
            &'a self,
            key: &'a str,
            owner: &'a str,
            lease: Duration,
        ) -> BoxFuture<'a, StoreResult<bool>> {
            self.0.lock(key, owner, lease)
        }
        fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
            self.0.unlock(key, owner)
        }
    }
    let server = server(&[]);
    let client = with(&server, Damaged(MemoryStore::new()));
    platform::start(&client).send().await.unwrap();
    assert_eq!(server.count(GET_TOKEN.path), 1);
}
