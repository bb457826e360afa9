//! Growing pauses after repeated failures.

use std::time::Duration;

use tokio::time::Instant;

/// The pause after the second time; each later one is twice as long.
const FIRST: Duration = Duration::from_millis(100);

/// After this long without a failure, the count starts again.
const QUIET: Duration = Duration::from_secs(60);

/// Counts failures. The first has no pause; then each pause is longer, up to a limit.
#[derive(Debug)]
pub(super) struct Backoff {
    longest: Duration,
    count: u32,
    last: Option<Instant>,
    until: Option<Instant>,
}

impl Backoff {
    pub(super) fn new(longest: Duration) -> Self {
        Self {
            longest,
            count: 0,
            last: None,
            until: None,
        }
    }

    /// Counts a failure, and pauses for at least `least`.
    pub(super) fn note(&mut self, least: Duration) {
        let now = Instant::now();
        if self
            .last
            .is_some_and(|last| now.duration_since(last) > QUIET)
        {
            self.count = 0;
        }
        let pause = match self.count.checked_sub(1) {
            None => Duration::ZERO,
            Some(doublings) => FIRST
                .saturating_mul(2u32.saturating_pow(doublings))
                .min(self.longest),
        };
        self.count = self.count.saturating_add(1);
        self.last = Some(now);
        self.until = now.checked_add(pause.max(least));
    }

    /// Starts anew after a fetch that succeeded.
    pub(super) fn reset(&mut self) {
        *self = Self::new(self.longest);
    }

    /// Whether the pause still lasts.
    pub(super) fn is_waiting(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() < until)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::Backoff;

    #[tokio::test(start_paused = true)]
    async fn the_first_time_is_free_and_pauses_grow_up_to_the_longest() {
        let mut backoff = Backoff::new(Duration::from_millis(300));
        assert!(!backoff.is_waiting());
        for pause in [0, 100, 200, 300, 300] {
            backoff.note(Duration::ZERO);
            if pause > 0 {
                advance(Duration::from_millis(pause - 1)).await;
                assert!(backoff.is_waiting(), "{pause}");
                advance(Duration::from_millis(1)).await;
            }
            assert!(!backoff.is_waiting(), "{pause}");
        }
        advance(Duration::from_secs(61)).await;
        backoff.note(Duration::ZERO);
        assert!(!backoff.is_waiting());
        backoff.note(Duration::from_secs(2));
        advance(Duration::from_millis(1999)).await;
        assert!(backoff.is_waiting());
        backoff.reset();
        assert!(!backoff.is_waiting());
    }
}
