//! The generated crate against the spec, over real sockets.
//!
//! The spec is read by the tests themselves, without the generator: what the generator misread, they
//! do not.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod catalogue;
// The groups of events are all compiled, with the feature `events` or `full`, or none.
#[cfg(feature = "events_contact")]
mod events;
mod every_operation;
mod legacy_goldens;
mod messages;
mod nothing_lost;
#[path = "../../catalogue/tests/catalogue/same.rs"]
mod same;
mod setting;
mod signature;
mod stand_in;
mod start_cloud_record;
mod success;
#[path = "../support/mod.rs"]
mod support;
mod tables;
mod tokens;
mod wire;
