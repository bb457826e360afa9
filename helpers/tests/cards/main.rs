//! Cards: delivered at once, updated in a steady rhythm, ended whatever happens.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
#[allow(dead_code, unreachable_pub)]
mod support;

mod delivery;
mod replies;
mod updates;

use dingtalk_api::json;
use dingtalk_helpers::CardTemplate;
use support::{Sent, StandIn};

fn template() -> CardTemplate {
    CardTemplate::new("the-template")
}

fn usual() -> StandIn {
    StandIn::new(|_| None)
}

/// A stand-in that answers one call with an error of the platform.
fn refusing(call: &'static str, status: u16, code: &'static str) -> StandIn {
    StandIn::new(move |sent| {
        (sent.call == call).then(|| {
            (
                status,
                json!({"code": code, "message": code, "requestid": "q"}),
            )
        })
    })
}

/// What an update shows, and whether it is the last.
fn frame(sent: &Sent) -> (String, bool, bool) {
    let flag = |name: &str| sent.body[name] == json!(true);
    assert!(flag("isFull"), "{:?}", sent.body);
    let content = sent.body["content"].as_str().unwrap();
    (content.to_owned(), flag("isFinalize"), flag("isError"))
}
