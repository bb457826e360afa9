//! Fetches a token that processes share: one fetches it, the others take it from the store.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ring::rand::{SecureRandom, SystemRandom};
use tokio::time::Instant;

use super::store::{StoreResult, TokenStore};
use super::{ReadyToken, Token};
use crate::hex::hex;
use crate::transport::BoxFuture;

/// How long one operation of a store may take.
const STORE_LIMIT: Duration = Duration::from_secs(2);

/// How long to wait for another process that fetches the token.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait between two looks at the store: at first, and at most.
const LOOKS: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(500));

/// A token's entry in a store.
pub(super) struct Shared<'a> {
    store: &'a dyn TokenStore,
    key: &'a str,
    limit: Duration,
    /// After its first failure the store is left alone for the rest of this fetch.
    broken: AtomicBool,
}

impl<'a> Shared<'a> {
    /// `limit` is how long a fetch can take.
    pub(super) fn new(store: &'a dyn TokenStore, key: &'a str, limit: Duration) -> Self {
        Self {
            store,
            key,
            limit,
            broken: AtomicBool::new(false),
        }
    }

    /// The token of the store, or the one that `fetch` gives.
    pub(super) async fn fetch<E>(
        &self,
        rejected: Option<&Token>,
        fetch: impl Future<Output = Result<ReadyToken, E>>,
    ) -> Result<ReadyToken, E> {
        let owner = owner();
        let patience = Instant::now() + PATIENCE.min(self.limit / 2);
        let mut pause = LOOKS.0;
        let locked = loop {
            if let Some(held) = self.look(rejected).await {
                return Ok(held);
            }
            match self.lock(owner.as_deref()).await {
                Some(true) => {
                    // It may have been put there between the look and the lock.
                    if let Some(held) = self.look(rejected).await {
                        self.unlock(owner.as_deref()).await;
                        return Ok(held);
                    }
                    break true;
                }
                Some(false) if Instant::now() < patience => {
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LOOKS.1);
                }
                // Who has the lock takes too long, or nobody can have it.
                _ => break false,
            }
        };
        let outcome = fetch.await;
        if let Some((entry, keep)) = outcome.as_ref().ok().and_then(ReadyToken::to_entry) {
            self.attempt(|| self.store.put(self.key, &entry, keep))
                .await;
        }
        if locked {
            self.unlock(owner.as_deref()).await;
        }
        outcome
    }

    async fn look(&self, rejected: Option<&Token>) -> Option<ReadyToken> {
        let entry = self.attempt(|| self.store.get(self.key)).await??;
        let held = ReadyToken::from_entry(&entry)?;
        let is_new = rejected.is_none_or(|token| token.value() != held.value());
        (is_new && held.is_fresh()).then_some(held)
    }

    async fn lock(&self, owner: Option<&str>) -> Option<bool> {
        let owner = owner?;
        let lease = self.limit.saturating_add(STORE_LIMIT);
        self.attempt(|| self.store.lock(self.key, owner, lease))
            .await
    }

    async fn unlock(&self, owner: Option<&str>) {
        if let Some(owner) = owner {
            self.attempt(|| self.store.unlock(self.key, owner)).await;
        }
    }

    /// A store that fails or hangs is passed over: calls must not fail because of it.
    async fn attempt<'b, T>(
        &self,
        operation: impl FnOnce() -> BoxFuture<'b, StoreResult<T>>,
    ) -> Option<T> {
        if self.broken.load(Ordering::Relaxed) {
            return None;
        }
        let error = match tokio::time::timeout(STORE_LIMIT, operation()).await {
            Ok(Ok(value)) => return Some(value),
            Ok(Err(error)) => error,
            Err(_) => format!("no answer within {STORE_LIMIT:?}").into(),
        };
        self.broken.store(true, Ordering::Relaxed);
        self.store.passed_over(&*error);
        None
    }
}

/// A name that is unique to this fetch, across processes.
fn owner() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}
