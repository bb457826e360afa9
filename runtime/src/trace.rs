//! What the client logs: a span for each call, a nested one for each attempt, an event for each wait.
//!
//! The fields are named one by one and hold no more than is safe to show: never a token, a header, a path
//! value, a query or a body. What the server says is shown without the secrets that were sent.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, debug_span, info_span, warn};

use crate::error::{CallResult, Error};
use crate::model::Misfit;
use crate::operation::Operation;
use crate::reply::RawReply;

/// The target of all spans and events, for filters such as `RUST_LOG=dingtalk_api=debug`.
const TARGET: &str = "dingtalk_api";

pub(crate) fn call(operation: &Operation) -> Span {
    info_span!(
        target: TARGET,
        "call",
        operation = %operation,
        method = operation.method,
        attempts = Empty,
        status = Empty,
        code = Empty,
        request_id = Empty,
        error = Empty,
    )
}

pub(crate) fn attempt(operation: &Operation, number: u32) -> Span {
    debug_span!(
        target: TARGET,
        "attempt",
        operation = %operation,
        method = operation.method,
        attempt = number,
        status = Empty,
        code = Empty,
        request_id = Empty,
        error = Empty,
    )
}

/// Records how an attempt or a call ended. `request_id` is that of a successful reply.
pub(crate) fn end(
    span: &Span,
    outcome: &CallResult<RawReply>,
    request_id: impl FnOnce(&RawReply) -> Option<String>,
) {
    if span.is_disabled() {
        return;
    }
    match outcome {
        Ok(reply) => {
            span.record("attempts", reply.attempts.made);
            span.record("status", reply.status);
            if let Some(id) = request_id(reply) {
                span.record("request_id", id);
            }
        }
        Err(error) => failed(span, error),
    }
}

fn failed(span: &Span, error: &Error) {
    span.record("attempts", error.attempts());
    if let Some(status) = error.status() {
        span.record("status", status);
    }
    if let Some(code) = error.code() {
        span.record("code", code);
    }
    if let Some(id) = error.request_id() {
        span.record("request_id", id);
    }
    span.record("error", kind(error));
}

/// The kind of error in a word or two: its message may be long, and is the caller's to log.
fn kind(error: &Error) -> &'static str {
    match error {
        Error::Api(_) => "api",
        Error::Authentication(_) => "authentication",
        Error::Permission(_) => "permission",
        Error::Throttled(_) => "throttled",
        Error::Quota(_) => "quota",
        Error::InvalidArgument(_) => "invalid argument",
        Error::Limited(_) => "limited by the client",
        Error::Token(_) => "no token",
        Error::Transport(failure) => failure.error().kind().words(),
        Error::Decode(_) => "not as documented",
        Error::UnexpectedReply(_) => "unexpected reply",
        Error::PageLimit(_) => "page limit",
    }
}

/// A call is going to be sent again.
pub(crate) fn waits(operation: &Operation, error: &Error, wait: Duration) {
    debug!(
        target: TARGET,
        operation = %operation,
        attempt = error.attempts(),
        code = error.code(),
        error = kind(error),
        ?wait,
        "sending again after a wait",
    );
}

/// A call's token was rejected and has been replaced.
pub(crate) fn token_replaced(operation: &Operation) {
    debug!(target: TARGET, operation = %operation, "sending again with a new token");
}

/// The opening of a download, or an upload.
pub(crate) fn transfer(place: &str) -> Span {
    info_span!(target: TARGET, "transfer", file = place, error = Empty)
}

/// Records how it ended.
pub(crate) fn transferred(span: &Span, error: Option<&impl std::fmt::Display>) {
    if let Some(error) = error {
        span.record("error", tracing::field::display(error));
    }
}

/// A transfer is going to go on, or to begin again.
pub(crate) fn transfer_waits(error: &dyn std::fmt::Display, wait: Duration) {
    debug!(target: TARGET, %error, ?wait, "transferring again after a wait");
}

/// Values were left out of a reply. The log shows where and what was expected, not the values.
pub(crate) fn misfits(operation: &Operation, misfits: &[Misfit]) {
    let Some(first) = misfits.first() else { return };
    warn!(
        target: TARGET,
        operation = %operation,
        count = misfits.len(),
        first = first.path(),
        expected = first.expected(),
        "values of the reply were left out: they are not as documented",
    );
}
