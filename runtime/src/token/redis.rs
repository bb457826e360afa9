//! Tokens in Redis.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{Client, Cmd, FromRedisValue, IntoConnectionInfo, RedisError, cmd};

use super::store::{StoreResult, TokenStore};
use crate::transport::BoxFuture;

/// Deletes a lock if the caller owns it.
const UNLOCK: &str =
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0";

/// Shares tokens among all processes that use one Redis server.
///
/// Redis stores the tokens in plain text, readable by everyone who can read its keys, its dumps or its traffic: give
/// the application its own database or user, and use TLS (`rediss://`, and one of the TLS features of the crate
/// `redis`) on networks that are not private. The keys begin with `dingtalk-token:` and expire by themselves.
///
/// It opens one connection on first use, and a new one after a failure.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::RedisStore;
///
/// let store = RedisStore::new("redis://127.0.0.1:6379")?
///     .on_failure(|error| eprintln!("no token from Redis: {error}"));
/// # Ok::<(), dingtalk_api::redis::RedisError>(())
/// ```
pub struct RedisStore {
    client: Client,
    connection: Mutex<Option<MultiplexedConnection>>,
    on_failure: Option<Box<OnFailure>>,
}

type OnFailure = dyn Fn(&(dyn StdError + Send + Sync + 'static)) + Send + Sync;

impl RedisStore {
    /// A store at this address, for example `redis://user:password@127.0.0.1:6379/1`. Nothing is connected yet.
    pub fn new(address: impl IntoConnectionInfo) -> Result<Self, RedisError> {
        Client::open(address).map(Self::over)
    }

    /// A store over an existing Redis client.
    pub fn over(client: Client) -> Self {
        Self {
            client,
            connection: Mutex::new(None),
            on_failure: None,
        }
    }

    /// Calls this function when Redis has failed, for example to log it. The calls themselves do not fail.
    pub fn on_failure(
        mut self,
        tell: impl Fn(&(dyn StdError + Send + Sync + 'static)) + Send + Sync + 'static,
    ) -> Self {
        self.on_failure = Some(Box::new(tell));
        self
    }

    async fn run<T: FromRedisValue>(&self, command: Cmd) -> StoreResult<T> {
        // A kept connection may have been closed meanwhile, or belong to a runtime that is gone.
        if let Some(mut kept) = self.kept(None) {
            match command.query_async(&mut kept).await {
                Ok(value) => return Ok(value),
                Err(error) if is_of_the_connection(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut fresh = self.client.get_multiplexed_async_connection().await?;
        let value = command.query_async(&mut fresh).await?;
        self.kept(Some(fresh));
        Ok(value)
    }

    /// The connection that is kept, after another has been put in its place.
    fn kept(&self, fresh: Option<MultiplexedConnection>) -> Option<MultiplexedConnection> {
        let mut kept = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if fresh.is_some() {
            *kept = fresh;
        }
        kept.clone()
    }
}

fn is_of_the_connection(error: &RedisError) -> bool {
    error.is_io_error() || error.is_connection_dropped() || error.is_unrecoverable_error()
}

/// Redis takes whole milliseconds, and no zero.
fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis())
        .unwrap_or(u64::MAX >> 1)
        .clamp(1, u64::MAX >> 1)
}

fn lock_of(key: &str) -> String {
    format!("{key}:lock")
}

impl TokenStore for RedisStore {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
        let mut get = cmd("GET");
        get.arg(key);
        Box::pin(self.run(get))
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>> {
        let mut set = cmd("SET");
        set.arg(key).arg(entry).arg("PX").arg(milliseconds(keep));
        Box::pin(self.run(set))
    }

    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>> {
        let mut set = cmd("SET");
        set.arg(lock_of(key)).arg(owner);
        set.arg("NX").arg("PX").arg(milliseconds(lease));
        // Redis answers OK, or nothing if somebody has it.
        Box::pin(async { Ok(self.run::<Option<String>>(set).await?.is_some()) })
    }

    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
        let mut eval = cmd("EVAL");
        eval.arg(UNLOCK).arg(1).arg(lock_of(key)).arg(owner);
        Box::pin(async { self.run::<i64>(eval).await.map(drop) })
    }

    fn passed_over(&self, error: &(dyn StdError + Send + Sync + 'static)) {
        if let Some(tell) = &self.on_failure {
            tell(error);
        }
    }
}

/// The address may hold a password.
impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").finish_non_exhaustive()
    }
}
