//! The attempts of a transfer.

use std::time::Duration;

use tokio::time::sleep;

use super::error::TransferError;
use crate::client::Core;
use crate::error::Stopped;
use crate::retry::RetryPolicy;
use crate::trace;

/// How often a transfer was tried since it last got on.
pub(super) struct Retries {
    policy: RetryPolicy,
    pub(super) made: u32,
}

impl Retries {
    pub(super) fn new(policy: RetryPolicy) -> Self {
        Self { policy, made: 0 }
    }

    /// Bytes came: a connection that breaks now and then does not use up the attempts of a large file.
    pub(super) fn got_on(&mut self) {
        self.made = 1;
    }

    /// Waits for the next attempt; the error if there is none.
    pub(super) async fn wait(
        &self,
        core: &Core,
        error: TransferError,
    ) -> Result<(), TransferError> {
        match self.next_wait(core, &error) {
            Ok(wait) => {
                trace::transfer_waits(&error, wait);
                sleep(wait).await;
                Ok(())
            }
            Err(stopped) => Err(error.with_attempts(self.made, stopped)),
        }
    }

    /// How long to wait before the next attempt; why there is none if there could have been one.
    fn next_wait(&self, core: &Core, error: &TransferError) -> Result<Duration, Option<Stopped>> {
        let pause = error.pause().ok_or(None)?;
        if !self.policy.allows_another(self.made) {
            return Err(None);
        }
        let floor = self.policy.floor(pause);
        if !self.policy.grants(floor) {
            return Err(Some(Stopped::TooLong(floor)));
        }
        if !core.retries.pay() {
            return Err(Some(Stopped::Budget));
        }
        Ok(floor.saturating_add(self.policy.jitter(self.made)))
    }
}
