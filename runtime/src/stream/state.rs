//! The state of a running stream, and the handle that stops it.

use std::time::SystemTime;

use tokio::sync::watch;

/// The state of a stream, and what has happened on it so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StreamState {
    /// Whether there is a connection on which frames arrive.
    pub connected: bool,
    /// When that connection was made.
    pub since: Option<SystemTime>,
    /// How many connections were made after the first.
    pub reconnects: u64,
    /// How many events and callbacks arrived, duplicates included.
    pub frames: u64,
    /// How many of them had arrived before.
    pub duplicates: u64,
    /// How many were dropped because they were too old.
    pub stale: u64,
    /// How many were sent back to be delivered again, because no handler was free or none finished in time.
    pub put_off: u64,
    /// How many handlers failed, panicked, or were stopped because they took too long.
    pub failed: u64,
}

/// Watches and stops a running stream. Clones are handles of the same stream.
#[derive(Debug, Clone)]
pub struct StreamHandle {
    pub(super) stop: watch::Sender<bool>,
    pub(super) state: watch::Receiver<StreamState>,
}

impl StreamHandle {
    /// Stops the stream gracefully: it takes no more frames, handlers that run or wait finish, their frames are
    /// acknowledged, the connection is closed, and `run` returns. You may call it before `run`.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// The state as it is now.
    pub fn state(&self) -> StreamState {
        self.state.borrow().clone()
    }

    /// A receiver that is told when a connection is made or lost, for example to wait for the first one:
    /// `handle.watch().wait_for(|state| state.connected).await`. The counts that it shows are up to date, but a change of
    /// a count alone does not wake it.
    pub fn watch(&self) -> watch::Receiver<StreamState> {
        self.state.clone()
    }
}
