//! What the spec knows of the platform's documentation: how much of it, and what was decided where sources disagree.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::print_stdout
)]

mod coverage;
mod disagreements;
mod examples;
mod migration;
#[path = "../support/one_of.rs"]
#[allow(dead_code, reason = "the facts are of all kinds")]
mod one_of;
mod spec;
