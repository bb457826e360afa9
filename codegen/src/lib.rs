//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

pub mod check;
pub mod diagnostic;
mod emit;
mod generate;
pub mod load;
mod lock;
pub mod names;
mod resolve;
pub mod sources;
pub mod spec;
mod write;

pub use generate::{Failure, Outcome, differences, generate};
pub use write::{Difference, Kind};
