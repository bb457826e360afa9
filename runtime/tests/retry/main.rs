//! When a call is sent again, after what wait, and when not.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod attempts;
mod decisions;
#[path = "../support/mod.rs"]
mod support;
mod waits;
mod wire;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{
    ApiError, Call, Client, RetryBudget, RetryPolicy, TransportErrorKind as Kind,
};
use serde_json::json;
use support::platform::{self, Error, StartReply};
use support::scripted::{Scripted, Step};
use support::{Answer, Server};

const QPS: &str = "Forbidden.AccessDenied.QpsLimitForApi";
const QPM: &str = "Forbidden.AccessDenied.QpmLimitForApi";
const QUOTA: &str = "Forbidden.AccessDenied.ApiCountLimitForOrg";
const DENIED: &str = "Forbidden.AccessDenied.AccessTokenPermissionDenied";

fn find(client: &Client) -> Call<StartReply, ApiError> {
    platform::find(client, &platform::request())
}

/// How often a call of each kind is sent if it always gets this: one that may not be repeated, one that may.
async fn sent(step: Step) -> (usize, usize) {
    let script = Scripted::always(step.clone());
    platform::start(&script.client()).await.unwrap_err();
    let repeatable = Scripted::always(step);
    find(&repeatable.client()).await.unwrap_err();
    (script.count(), repeatable.count())
}
