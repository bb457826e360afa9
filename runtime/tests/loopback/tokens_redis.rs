//! Tokens in a Redis server, which the tests start.
#![cfg(feature = "redis")]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_runtime::{Client, RedisStore, TokenStore, redis};
use serde_json::json;

use crate::support::platform::{self, GET_TOKEN, builder};
use crate::support::{Answer, Request, Server};

/// A server of its own for each test: on loopback, with nothing on disk.
struct Redis {
    child: Child,
    port: u16,
    dir: PathBuf,
}

impl Redis {
    /// `None` if this machine has no Redis; on CI that is a failure.
    fn start() -> Option<Self> {
        // Another program may take the port in between.
        (0..5).find_map(|_| {
            let free = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = free.local_addr().unwrap().port();
            drop(free);
            Self::start_at(port)
        })
    }

    fn start_at(port: u16) -> Option<Self> {
        let dir = std::env::temp_dir().join(format!("redis-{}-{port}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let started = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
            .args(["--save", "", "--appendonly", "no", "--dir"])
            .arg(&dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&dir);
                let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
                assert!(!ci, "redis-server cannot be started: {error}");
                eprintln!("SKIPPED: there is no redis-server to test with: {error}");
                return None;
            }
        };
        let said = BufReader::new(child.stdout.take().unwrap());
        let mut lines = said.lines().map_while(Result::ok);
        let ready = lines.any(|line| line.contains("eady to accept connections"));
        // It must not get stuck on a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let redis = Self { child, port, dir };
        ready.then_some(redis)
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    fn store(&self) -> RedisStore {
        RedisStore::new(self.url()).unwrap()
    }

    async fn ask<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let client = redis::Client::open(self.url()).unwrap();
        let mut connection = client.get_multiplexed_async_connection().await.unwrap();
        let mut command = redis::cmd(words[0]);
        words[1..].iter().for_each(|word| {
            command.arg(word);
        });
        command.query_async(&mut connection).await.unwrap()
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

macro_rules! redis {
    () => {
        match Redis::start() {
            Some(redis) => redis,
            None => return,
        }
    };
}

fn server() -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |_, request: &Request| {
        if request.path() == GET_TOKEN.path {
            let number = fetched.fetch_add(1, Ordering::SeqCst) + 1;
            let body = json!({"accessToken": format!("token-{number}"), "expireIn": 7200});
            return Answer::json(200, &body);
        }
        Answer::json(200, &json!({}))
    })
}

fn client(server: &Server, store: impl TokenStore) -> Client {
    builder()
        .base_url(server.url())
        .app("the-key", "the-app-secret")
        .token_store(store)
        .build()
        .unwrap()
}

#[tokio::test]
async fn entries_and_locks_are_kept_for_as_long_as_said() {
    let redis = redis!();
    let store = redis.store();
    let minute = Duration::from_secs(60);
    assert_eq!(store.get("k").await.unwrap(), None);
    store.put("k", "entry", minute).await.unwrap();
    assert_eq!(store.get("k").await.unwrap().as_deref(), Some("entry"));
    assert!(store.lock("k", "one", minute).await.unwrap());
    assert!(!store.lock("k", "other", minute).await.unwrap());
    assert_eq!(store.get("k").await.unwrap().as_deref(), Some("entry"));
    for key in ["k", "k:lock"] {
        let left: i64 = redis.ask(&["PTTL", key]).await;
        assert!((50_000..=60_000).contains(&left), "{key}: {left}");
    }
}

#[tokio::test]
async fn a_lock_is_freed_by_its_owner_alone() {
    let redis = redis!();
    let store = redis.store();
    let minute = Duration::from_secs(60);
    assert!(store.lock("k", "one", minute).await.unwrap());
    store.unlock("k", "other").await.unwrap();
    assert!(!store.lock("k", "other", minute).await.unwrap());
    store.unlock("k", "one").await.unwrap();
    assert!(store.lock("k", "other", minute).await.unwrap());
}

/// Each has a runtime, a store and a connection of its own, as a process has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_programs_fetch_one_token() {
    let redis = redis!();
    let server = Arc::new(server());
    let programs: Vec<_> = (0..20)
        .map(|_| {
            let (server, store) = (Arc::clone(&server), redis.store());
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                let client = client(&server, store);
                runtime.block_on(platform::start(&client).send()).unwrap();
            })
        })
        .collect();
    for program in programs {
        program.join().unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 1);
    let keys: Vec<String> = redis.ask(&["KEYS", "*"]).await;
    assert_eq!(keys.len(), 1, "{keys:?}: the lock is freed");
    assert!(keys[0].starts_with("dingtalk-token:"), "{keys:?}");
    assert!(!keys[0].contains("the-"), "{keys:?}");
}

#[tokio::test]
async fn a_store_survives_the_end_of_the_runtime_that_connected_it() {
    let redis = redis!();
    let store = Arc::new(redis.store());
    let minute = Duration::from_secs(60);
    let other = Arc::clone(&store);
    let first = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(other.put("k", "entry", minute)).unwrap();
    });
    first.join().unwrap();
    assert_eq!(store.get("k").await.unwrap().as_deref(), Some("entry"));
}

#[tokio::test]
async fn a_connection_that_redis_closed_is_opened_again() {
    let redis = redis!();
    let store = redis.store();
    store
        .put("k", "entry", Duration::from_secs(60))
        .await
        .unwrap();
    let closed: i64 = redis.ask(&["CLIENT", "KILL", "TYPE", "normal"]).await;
    assert!(closed >= 1);
    assert_eq!(store.get("k").await.unwrap().as_deref(), Some("entry"));
}

#[tokio::test]
async fn calls_go_on_without_redis_and_the_failure_is_told() {
    let redis = redis!();
    let server = server();
    let reported = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&reported);
    let store = redis
        .store()
        .on_failure(move |error| log.lock().unwrap().push(error.to_string()));
    drop(redis);
    let client = client(&server, store);
    for _ in 0..3 {
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(server.count(GET_TOKEN.path), 1);
    assert_eq!(reported.lock().unwrap().len(), 1, "{reported:?}");
}

#[test]
fn an_address_that_is_none_is_refused_and_a_password_is_not_shown() {
    assert!(RedisStore::new("not an address").is_err());
    let store = RedisStore::new("redis://user:the-password@127.0.0.1/").unwrap();
    assert!(!format!("{store:?}").contains("the-password"));
}
