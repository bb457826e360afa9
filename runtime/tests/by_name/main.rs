//! Operations as data, and calls of them with JSON.
//!
//! The operations of `constructs_1_0` are generated from `tests/golden/spec`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod calls;
mod limits;
mod mistakes;
mod registry;
mod secrets;
#[path = "../support/mod.rs"]
mod support;

#[path = "../../../tests/golden/generated/src/constructs_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod constructs_1_0;
#[path = "../../../tests/golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;
