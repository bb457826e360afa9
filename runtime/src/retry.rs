//! Retries: when, after which wait, and when not.
//!
//! | result | retried? | wait |
//! |---|---|---|
//! | throttled: the platform's codes, the services' own, HTTP 429, a blocked address | any operation: it was refused before it ran | what the server asks, else [`throttled_wait`](RetryPolicy::throttled_wait) |
//! | throttled by the minute | any operation | what the server asks, else the next minute |
//! | DNS, no connection, no connection in time | any operation: nothing was sent | the back-off |
//! | a passing fault of the server, any other 5xx (but 501 and 505) | what may be repeated | what the server asks, else the back-off |
//! | connection broken, body cut, no reply in time | what may be repeated | the back-off |
//! | "try again later", "still in progress" | what may be repeated: it is not said that nothing ran | what the server asks, else `throttled_wait` |
//! | quota used up, credentials, permission, idempotency key misused | never | |
//! | any other error of the operation | never | |
//! | a reply that cannot be decoded, a page, a redirect, a body too large | never: it may have run, and would come again | |
//! | TLS not trusted, an argument that cannot be sent, no token | never: it would fail again | |
//!
//! What may be repeated: operations that the spec says are idempotent (GET, PUT and DELETE unless it says otherwise),
//! requests that carry an idempotency key, and calls of which the caller says so.
//!
//! Full jitter of the back-off is added to every wait, so that calls that were refused together do not come back
//! together. A wait that does not fit into the call's time is not begun: the call fails at once, with the error
//! that would have been waited for.
//!
//! A rejected token is not a retry: it is replaced, and the call sent once more, under any policy.

mod budget;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) use self::budget::RetryBucket;
pub use self::budget::RetryBudget;

/// What to wait for before a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pause {
    /// As long as the server asks.
    Asked(Duration),
    /// The back-off alone.
    Backoff,
    /// As long as after throttling.
    Throttled,
    /// The next minute of the clock.
    NextMinute,
}

impl Pause {
    pub(crate) fn or_asked(self, asked: Option<Duration>) -> Self {
        asked.map_or(self, Self::Asked)
    }
}

/// How often and after which waits a call is retried, where a retry is safe and may help.
///
/// Default: 3 attempts, with waits that grow from 200 ms to 10 s, and 1 s after throttling. All attempts and waits
/// share the call's timeout, and all calls of a client share its [`RetryBudget`].
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use std::time::Duration;
///
/// use dingtalk_api::RetryPolicy;
///
/// let patient = RetryPolicy::new()
///     .max_attempts(5)
///     .max_backoff(Duration::from_secs(30));
/// let never = RetryPolicy::none();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_backoff: Duration,
    max_backoff: Duration,
    throttled_wait: Duration,
    max_wait: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 3,
            base_backoff: Duration::from_millis(200),
            max_backoff: Duration::from_secs(10),
            throttled_wait: Duration::from_secs(1),
            max_wait: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// The default policy.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends each call once.
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// The largest number of attempts, including the first. Default: 3. It cannot be 0.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest random wait before the first retry; it doubles with each further one. Default: 200 ms.
    pub fn base_backoff(mut self, wait: Duration) -> Self {
        self.base_backoff = wait;
        self
    }

    /// The largest random wait. Default: 10 s.
    pub fn max_backoff(mut self, wait: Duration) -> Self {
        self.max_backoff = wait;
        self
    }

    /// The shortest wait after throttling, if the server does not say. Default: 1 s, as the platform advises.
    pub fn throttled_wait(mut self, wait: Duration) -> Self {
        self.throttled_wait = wait;
        self
    }

    /// The longest wait that a server may ask for. If it asks for more, the call fails at once. Default: 60 s.
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// What is wrong with it.
    pub(crate) fn mistake(&self) -> Option<&'static str> {
        (self.max_attempts == 0).then_some("has `max_attempts(0)`: nothing would ever be sent")
    }

    pub(crate) fn allows_another(&self, made: u32) -> bool {
        made < self.max_attempts
    }

    pub(crate) fn grants(&self, wait: Duration) -> bool {
        wait <= self.max_wait
    }

    /// How long to wait at least.
    pub(crate) fn floor(&self, pause: Pause) -> Duration {
        match pause {
            Pause::Asked(wait) => wait,
            Pause::Backoff => Duration::ZERO,
            Pause::Throttled => self.throttled_wait,
            Pause::NextMinute => until_next_minute(SystemTime::now()),
        }
    }

    /// The back-off after this many attempts: anything from nothing to a limit that doubles.
    pub(crate) fn jitter(&self, made: u32) -> Duration {
        let doubled = 2_u32.checked_pow(made.saturating_sub(1));
        let limit = doubled
            .and_then(|factor| self.base_backoff.checked_mul(factor))
            .map_or(self.max_backoff, |limit| limit.min(self.max_backoff));
        limit.mul_f64(fastrand::f64())
    }
}

fn until_next_minute(now: SystemTime) -> Duration {
    const MINUTE: Duration = Duration::from_secs(60);
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let within = Duration::new(since.as_secs() % MINUTE.as_secs(), since.subsec_nanos());
    MINUTE.saturating_sub(within)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{RetryPolicy, until_next_minute};

    #[test]
    fn jitter_is_anything_below_a_limit_that_doubles_up_to_the_largest() {
        let policy = RetryPolicy::new()
            .base_backoff(Duration::from_millis(100))
            .max_backoff(Duration::from_millis(300));
        for (made, limit) in [(1, 100), (2, 200), (3, 300), (40, 300), (u32::MAX, 300)] {
            let limit = Duration::from_millis(limit);
            let waits: Vec<_> = (0..1000).map(|_| policy.jitter(made)).collect();
            assert!(waits.iter().all(|wait| *wait <= limit), "{made}");
            assert!(waits.iter().any(|wait| *wait < limit / 10), "{made}");
            assert!(waits.iter().any(|wait| *wait > limit * 9 / 10), "{made}");
        }
    }

    #[test]
    fn absurd_numbers_do_not_overflow() {
        let policy = RetryPolicy::new()
            .base_backoff(Duration::MAX)
            .max_backoff(Duration::MAX);
        // Half of all waits are below half of the longest, and half above it.
        let waits: Vec<_> = (0..1000).map(|_| policy.jitter(7)).collect();
        assert!(waits.iter().any(|wait| *wait < Duration::MAX / 4));
        assert!(waits.iter().any(|wait| *wait > Duration::MAX / 4 * 3));
    }

    #[test]
    fn the_next_minute_is_never_further_than_a_minute() {
        for (second, wait) in [(0, 60), (1, 59), (59, 1), (60, 60), (3_599, 1)] {
            let now = UNIX_EPOCH + Duration::from_secs(second);
            assert_eq!(until_next_minute(now), Duration::from_secs(wait));
        }
        let almost = UNIX_EPOCH + Duration::from_millis(59_999);
        assert_eq!(until_next_minute(almost), Duration::from_millis(1));
    }
}
