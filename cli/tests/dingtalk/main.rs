//! The command `dingtalk` as people and scripts meet it: the real program, against a stand-in on loopback.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod body;
mod call;
mod completion;
mod dry_run;
mod environment;
mod find;
mod mock;
mod program;
#[path = "../../../tests/support/mod.rs"]
mod support;
mod upload;
