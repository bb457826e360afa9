//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

pub mod check;
pub mod diagnostic;
pub mod document;
mod emit;
mod excerpt;
mod generate;
#[cfg(feature = "import")]
pub mod import;
pub mod load;
mod lock;
mod marked;
pub mod merge;
pub mod names;
#[cfg(feature = "cli")]
pub mod openapi;
mod report;
mod resolve;
mod salvage;
pub mod schema;
mod similar;
pub mod sources;
pub mod spec;
mod structure;
mod write;

pub use generate::{Failure, Outcome, differences, generate};
pub use write::{Difference, Kind};
