//! Stores that share tokens among clients and processes.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::transport::BoxFuture;

/// The result of a store's operation.
pub type StoreResult<T> = Result<T, Box<dyn StdError + Send + Sync>>;

/// Shares tokens among clients and processes.
///
/// A client asks its store when it needs a token. If the store has none, the client that gets the lock fetches one and
/// stores it; the others poll the store for at most ten seconds, and then fetch a token themselves.
///
/// **A failing store never fails a call.** Each operation has two seconds. After a failure, the client skips the store
/// for the rest of that fetch, fetches the token itself, and calls [`passed_over`](Self::passed_over).
///
/// **Entries are secrets**: whoever can read them can call the platform as the application. An entry holds a token and
/// its expiry, by the clocks of the machines that share it. Its key is a hash of the credentials and the server, which
/// reveals neither and matches no other credentials.
pub trait TokenStore: Send + Sync + 'static {
    /// The entry, if it exists and has not expired.
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>>;

    /// Stores an entry for this long, and replaces the old one.
    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>>;

    /// Takes the lock of this key if it is free, and returns whether it did. The lock expires after `lease`, because
    /// its owner may have died. Locks and entries of the same key are independent.
    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>>;

    /// Releases the lock of this key if this owner holds it.
    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>>;

    /// Called when the store has failed, for example to log it. Does nothing by default.
    fn passed_over(&self, error: &(dyn StdError + Send + Sync + 'static)) {
        let _ = error;
    }
}

impl<S: TokenStore + ?Sized> TokenStore for Arc<S> {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
        (**self).get(key)
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>> {
        (**self).put(key, entry, keep)
    }

    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>> {
        (**self).lock(key, owner, lease)
    }

    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
        (**self).unlock(key, owner)
    }

    fn passed_over(&self, error: &(dyn StdError + Send + Sync + 'static)) {
        (**self).passed_over(error);
    }
}

/// Shares tokens among the clients of one process. Clones share the same store.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::MemoryStore;
///
/// let store = MemoryStore::default();
/// let of_another_client = store.clone();
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    entries: HashMap<String, (String, Instant)>,
    locks: HashMap<String, (String, Instant)>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Kept) -> T,
    ) -> BoxFuture<'static, StoreResult<T>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        kept.entries.retain(|_, (_, until)| now < *until);
        kept.locks.retain(|_, (_, until)| now < *until);
        let done = act(&mut kept);
        Box::pin(std::future::ready(Ok(done)))
    }
}

fn after(time: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(time).unwrap_or(now)
}

impl TokenStore for MemoryStore {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>> {
        self.with(|kept| kept.entries.get(key).map(|(entry, _)| entry.clone()))
    }

    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>> {
        self.with(|kept| {
            let entry = (entry.to_owned(), after(keep));
            kept.entries.insert(key.to_owned(), entry);
        })
    }

    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>> {
        self.with(|kept| {
            let free = !kept.locks.contains_key(key);
            if free {
                let lock = (owner.to_owned(), after(lease));
                kept.locks.insert(key.to_owned(), lock);
            }
            free
        })
    }

    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>> {
        self.with(|kept| {
            if kept.locks.get(key).is_some_and(|(known, _)| known == owner) {
                kept.locks.remove(key);
            }
        })
    }
}

/// Entries are secrets.
impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}
