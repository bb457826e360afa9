//! Keeps retries from multiplying the load when everything fails.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How many retries all calls of a client may make together.
///
/// A token bucket: each retry takes one token; successful calls and time refill it. While everything fails, the bucket
/// empties and each call is sent once; its error says that the budget is used up.
///
/// Default: a bucket of 100 retries, refilled by a tenth for each success and by one each second.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::RetryBudget;
///
/// let budget = RetryBudget::new().burst(20).per_second(0.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetryBudget {
    burst: u32,
    per_success: f64,
    per_second: f64,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self {
            burst: 100,
            per_success: 0.1,
            per_second: 1.0,
        }
    }
}

impl RetryBudget {
    /// The default budget.
    pub fn new() -> Self {
        Self::default()
    }

    /// The size of the bucket. Default: 100.
    pub fn burst(mut self, retries: u32) -> Self {
        self.burst = retries;
        self
    }

    /// How many retries each successful call adds. Default: 0.1.
    pub fn per_success(mut self, retries: f64) -> Self {
        self.per_success = retries;
        self
    }

    /// How many retries each second adds. Default: 1.
    pub fn per_second(mut self, retries: f64) -> Self {
        self.per_second = retries;
        self
    }

    /// What is wrong with it.
    pub(crate) fn mistake(&self) -> Option<&'static str> {
        let usable = |number: f64| number.is_finite() && number >= 0.0;
        (!usable(self.per_success) || !usable(self.per_second))
            .then_some("has a rate that is negative or not finite")
    }
}

/// The state of a client's budget.
#[derive(Debug)]
pub(crate) struct RetryBucket {
    budget: RetryBudget,
    left: Mutex<(f64, Option<Instant>)>,
}

impl RetryBucket {
    pub(crate) fn new(budget: RetryBudget) -> Self {
        Self {
            budget,
            left: Mutex::new((f64::from(budget.burst), None)),
        }
    }

    /// Takes a retry from the bucket, if there is one.
    pub(crate) fn pay(&self) -> bool {
        let now = Instant::now();
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let (amount, since) = &mut *left;
        let time = since.map_or(Duration::ZERO, |since| now.duration_since(since));
        *since = Some(now);
        *amount += time.as_secs_f64() * self.budget.per_second;
        *amount = amount.min(f64::from(self.budget.burst));
        let enough = *amount >= 1.0;
        if enough {
            *amount -= 1.0;
        }
        enough
    }

    /// Refills the bucket after a successful call.
    pub(crate) fn credit(&self) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        left.0 = (left.0 + self.budget.per_success).min(f64::from(self.budget.burst));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{RetryBucket, RetryBudget};

    #[tokio::test(start_paused = true)]
    async fn retries_are_paid_for_by_successes_and_by_time() {
        let budget = RetryBudget::new().burst(2).per_success(0.5).per_second(0.1);
        let account = RetryBucket::new(budget);
        let pay = || account.pay();
        assert!(pay() && pay() && !pay());
        account.credit();
        assert!(!pay());
        account.credit();
        assert!(pay() && !pay());
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(pay() && !pay());
        // It never holds more than its burst.
        tokio::time::advance(Duration::from_secs(10_000)).await;
        (0..100).for_each(|_| account.credit());
        assert!(pay() && pay() && !pay());
    }
}
