//! The generator, and what it makes.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod drift;
mod features;
mod golden;
mod golden_errors;
mod golden_events;
mod golden_one_of;
mod official_defects;
#[path = "../support/mod.rs"]
mod support;

#[path = "../golden/generated/src/constructs_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod constructs_1_0;
#[path = "../golden/generated/src/events_callbacks/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod events_callbacks;
#[path = "../golden/generated/src/events_things/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod events_things;
#[path = "../golden/generated/src/names_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod names_1_0;
#[path = "../golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;
