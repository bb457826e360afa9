//! A limit of so many calls within any stretch of time of one length.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{Exceeded, Rate};

/// The calls of the last while, and those that wait.
pub(crate) struct Window {
    rate: Rate,
    /// When the last calls were made, no more than the limit has. The one call that holds this waits for room; the
    /// others queue for it in the order they came.
    made: Mutex<VecDeque<Instant>>,
    waiting: AtomicUsize,
}

/// Room for one call, kept until it is taken or dropped.
pub(super) struct Room<'a> {
    rate: Rate,
    made: MutexGuard<'a, VecDeque<Instant>>,
}

/// Counts a waiting call, also when its future is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Window {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            made: Mutex::default(),
            waiting: AtomicUsize::new(0),
        }
    }

    pub(crate) fn rate(&self) -> Rate {
        self.rate
    }

    /// Waits for room, and makes the call.
    pub(crate) async fn admit(&self, deadline: Instant) -> Result<(), Exceeded> {
        self.room(deadline).await?.take(Instant::now());
        Ok(())
    }

    /// Waits for room.
    pub(super) async fn room(&self, deadline: Instant) -> Result<Room<'_>, Exceeded> {
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        let exceeded = |wait| Exceeded {
            wait,
            rate: self.rate,
        };
        // Each full set of calls ahead takes a window; what was made already is looked at when it is this call's turn.
        let sets = u32::try_from(ahead / self.calls()).unwrap_or(u32::MAX);
        let queue = self.rate.within.saturating_mul(sets.saturating_sub(1));
        let left = deadline.saturating_duration_since(Instant::now());
        if queue >= left && !queue.is_zero() {
            return Err(exceeded(queue));
        }
        let Ok(made) = timeout_at(deadline, self.made.lock()).await else {
            return Err(exceeded(left));
        };
        let oldest = made.front().filter(|_| made.len() >= self.calls());
        let free = oldest.and_then(|oldest| oldest.checked_add(self.rate.within));
        if let Some(free) = free {
            if free >= deadline {
                return Err(exceeded(free.saturating_duration_since(Instant::now())));
            }
            sleep_until(free).await;
        }
        Ok(Room {
            rate: self.rate,
            made,
        })
    }

    fn calls(&self) -> usize {
        self.rate.calls()
    }
}

impl Rate {
    fn calls(self) -> usize {
        usize::try_from(self.calls).unwrap_or(usize::MAX).max(1)
    }
}

impl Room<'_> {
    /// Makes the call.
    pub(super) fn take(mut self, now: Instant) {
        if self.made.len() >= self.rate.calls() {
            self.made.pop_front();
        }
        self.made.push_back(now);
        self.forget(now, self.rate.within);
    }

    /// Forgets what no longer counts, so that a quiet client's memory is small.
    fn forget(&mut self, now: Instant, within: Duration) {
        while let Some(oldest) = self.made.front()
            && now.saturating_duration_since(*oldest) >= within
        {
            self.made.pop_front();
        }
    }
}
