//! The client's own rate limit, which keeps it below the platform's.
//!
//! Both limits are windows that slide: at no moment were there more calls within the window before it. A bucket that
//! refills (as in the crate governor) would let nearly twice as many through when it was full, and the
//! platform blocks an address for minutes.

mod window;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

pub(crate) use self::window::Window;
use crate::operation::Operation;

/// How fast a client may call. Calls above the limit wait.
///
/// The default is what the platform documents: 20 calls a second of one operation, and 10,000 calls in 20 seconds of
/// all operations. Retries and token requests count, because the platform counts them.
///
/// The overall limit belongs to the IP address, not to the application: clones of one `RateLimit` share it, so give
/// clones to all clients of a program.
///
/// The times are those of sending. A slow network can bring calls closer together than they were sent; if that
/// leads to throttling, take a few calls less.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use std::time::Duration;
///
/// use dingtalk_api::RateLimit;
///
/// let limit = RateLimit::new().per_operation(10, Duration::from_secs(1));
/// let of_another_client = limit.clone();
/// ```
#[derive(Clone)]
pub struct RateLimit {
    per_operation: Rate,
    /// Made anew when its numbers change; shared by clones.
    overall: Arc<Window>,
}

/// A number of calls within a window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) calls: u32,
    pub(crate) within: Duration,
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} calls in {:?}", self.calls, self.within)
    }
}

/// A wait that does not fit into a call's time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exceeded {
    pub(crate) wait: Duration,
    pub(crate) rate: Rate,
}

impl Rate {
    /// What is wrong with it.
    pub(crate) fn mistake(self) -> Option<&'static str> {
        if self.calls == 0 {
            return Some("allows 0 calls: none would ever be sent");
        }
        let none = self.within.is_zero();
        none.then_some("has a window of zero: leave the limit out instead")
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self {
            per_operation: Rate {
                calls: 20,
                within: Duration::from_secs(1),
            },
            overall: Arc::new(Window::new(Rate {
                calls: 10_000,
                within: Duration::from_secs(20),
            })),
        }
    }
}

impl RateLimit {
    /// The limits that the platform documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many calls of one operation are allowed within a window. Default: 20 in one second.
    pub fn per_operation(mut self, calls: u32, within: Duration) -> Self {
        self.per_operation = Rate { calls, within };
        self
    }

    /// How many calls of all operations are allowed within a window. Default: 10,000 in 20 seconds. The result
    /// shares nothing with the limit it was made from.
    pub fn overall(mut self, calls: u32, within: Duration) -> Self {
        self.overall = Arc::new(Window::new(Rate { calls, within }));
        self
    }

    /// What is wrong with it.
    pub(crate) fn mistake(&self) -> Option<&'static str> {
        let rates = [self.per_operation, self.overall.rate()];
        rates.into_iter().find_map(Rate::mistake)
    }
}

impl fmt::Debug for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RateLimit")
            .field("per_operation", &self.per_operation)
            .field("overall", &self.overall.rate())
            .finish()
    }
}

/// Keeps a client within its limit.
pub(crate) struct Limiter {
    limit: RateLimit,
    operations: Mutex<HashMap<Key, Arc<Window>>>,
}

/// An operation's service and name. Its address would not do: a constant has many.
type Key = (&'static str, &'static str);

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            operations: Mutex::default(),
        }
    }

    /// Waits until the operation may be called, if that is before the deadline. If it is known that it is not, fails
    /// at once.
    pub(crate) async fn admit(
        &self,
        operation: &'static Operation,
        deadline: Instant,
    ) -> Result<(), Exceeded> {
        let window = self.window(operation);
        // In this order: calls of one operation that have to wait keep no other operation waiting.
        let own = window.room(deadline).await?;
        let all = self.limit.overall.room(deadline).await?;
        let now = Instant::now();
        own.take(now);
        all.take(now);
        Ok(())
    }

    fn window(&self, operation: &'static Operation) -> Arc<Window> {
        let mut windows = self
            .operations
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry((operation.service, operation.action));
        let new = || Arc::new(Window::new(self.limit.per_operation));
        Arc::clone(window.or_insert_with(new))
    }
}
