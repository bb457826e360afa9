//! A server that does to each reply what can be done to it, and what the client makes of that.
//!
//! Each case is run three ways: as the first request of a client, as one on a connection that has served before, and
//! as a request that may be sent again. Each must end in time with the error that the case names, be sent no more
//! often than it may be, and leave the client such that its next call succeeds.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod case;
mod chunks;
mod cuts;
mod envelopes;
mod framing;
mod heads;
mod hostile;
mod json;
mod on_the_way;
mod redirects;

use case::{Case, run_all};

/// All cases but those of the redirects, which need a server that they lead to.
fn groups() -> [(&'static str, Vec<Case>); 7] {
    [
        ("cuts", cuts::cases()),
        ("heads", heads::cases()),
        ("framing", framing::cases()),
        ("chunks", chunks::cases()),
        ("bodies", bodies::cases()),
        ("json", json::cases()),
        ("envelopes", envelopes::cases()),
    ]
}

#[tokio::test]
async fn a_reply_that_is_cut_anywhere_is_an_error_of_its_kind() {
    run_all(cuts::cases()).await;
}

#[tokio::test]
async fn a_head_of_any_kind_is_read_or_is_an_error() {
    run_all(heads::cases()).await;
}

#[tokio::test]
async fn a_body_of_any_length_and_framing_is_read_or_is_an_error() {
    run_all(framing::cases()).await;
    run_all(chunks::cases()).await;
}

#[tokio::test]
async fn what_is_no_json_is_an_error_that_keeps_its_status() {
    run_all(bodies::cases()).await;
}

#[tokio::test]
async fn json_of_any_kind_is_read_or_is_an_error() {
    run_all(json::cases()).await;
}

#[tokio::test]
async fn an_error_of_any_form_is_an_error_of_its_family() {
    run_all(envelopes::cases()).await;
}

#[test]
fn there_are_at_least_two_hundred_cases() {
    let mut all = 0;
    for (name, cases) in groups() {
        println!("{:>4} {name}", cases.len());
        all += cases.len();
    }
    let redirects = redirects::cases("127.0.0.1:1").len();
    println!("{redirects:>4} redirects");
    println!("{:>4} in all, each run three ways", all + redirects);
    assert!(all + redirects >= 200);
}
