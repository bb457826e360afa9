//! The twenty defects that were found in DingTalk's official SDKs, each held up to this one: a test for each, on a
//! real socket where it shows there. Those of the generator (14, 19 and 20) are in `tests/official_defects.rs` of the
//! workspace root, which has a generated crate to look at.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod connections;
mod errors;
mod requests;
mod values;
