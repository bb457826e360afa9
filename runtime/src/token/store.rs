//! Where processes share tokens.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::transport::BoxFuture;

/// What a store gives, or why it cannot.
pub type StoreResult<T> = Result<T, Box<dyn StdError + Send + Sync>>;

/// Keeps tokens where many clients and processes can share them.
///
/// A client asks its store when it needs a token that it does not hold. If the store has none, the client that gets
/// the lock fetches one and puts it there; the others look again until it is there, for ten seconds at most, and
/// then fetch one themselves.
///
/// **A store that fails takes no call down.** Each operation has two seconds. After a failure the store is left alone
/// for the rest of that fetch, the client fetches the token itself, and [`passed_over`](Self::passed_over) is told.
///
/// **Entries are secrets**: who can read them can call the platform as the application. They hold a token and until
/// when it is good, by the clocks of the machines that share it. Their keys are hashes of the credentials and the
/// server, so that no one else's token is ever found, and tell nothing of them.
pub trait TokenStore: Send + Sync + 'static {
    /// The entry, if it was put there and has not expired.
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, StoreResult<Option<String>>>;

    /// Keeps an entry for this long, instead of the one that was there.
    fn put<'a>(
        &'a self,
        key: &'a str,
        entry: &'a str,
        keep: Duration,
    ) -> BoxFuture<'a, StoreResult<()>>;

    /// Takes the lock of this key if nobody has it, and says whether it did. It is free again after `lease`, for
    /// whoever had it may be gone. Locks and entries of the same key have nothing else to do with each other.
    fn lock<'a>(
        &'a self,
        key: &'a str,
        owner: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, StoreResult<bool>>;

    /// Frees the lock of this key if this owner has it.
    fn unlock<'a>(&'a self, key: &'a str, owner: &'a str) -> BoxFuture<'a, StoreResult<()>>;

    /// Is told what the store failed with. Does nothing, unless a store wants it logged or counted.
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

/// Shares tokens among the clients of one process. Clones are the same store.
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
