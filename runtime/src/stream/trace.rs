//! What a stream logs: neither tickets nor what messages say. The crate `tungstenite` logs messages at the level TRACE;
//! the documentation of `StreamBuilder` warns of that.

use std::time::Duration;

use tracing::{debug, info, warn};

use super::frame::Frame;
use super::handlers::Failure;
use crate::error::Error;

/// The target of calls too.
const TARGET: &str = "dingtalk_api";

pub(super) fn connected(reconnects: u64) {
    info!(target: TARGET, reconnects, "the stream is connected");
}

/// A connection has ended, or is about to.
pub(super) fn ended(reason: &str) {
    info!(target: TARGET, reason, "the stream's connection has ended");
}

pub(super) fn not_opened(error: &Error, wait: Duration) {
    warn!(target: TARGET, %error, ?wait, "the stream could not be opened; the next attempt follows after a wait");
}

pub(super) fn garbage(bytes: usize) {
    warn!(target: TARGET, bytes, "a message on the stream is not a frame");
}

pub(super) fn no_handler(frame: &Frame) {
    debug!(target: TARGET, topic = frame.topic, "a frame has no handler");
}

pub(super) fn failed(topic: &str, message_id: Option<&str>, failure: &Failure) {
    warn!(target: TARGET, topic, message_id, error = %failure, "a handler failed");
}

pub(super) fn unfinished(grace: Duration) {
    warn!(target: TARGET, ?grace, "handlers did not finish in time, and were stopped");
}
