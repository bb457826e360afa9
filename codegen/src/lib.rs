//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

pub mod check;
pub mod diagnostic;
mod emit;
mod excerpt;
mod generate;
pub mod load;
mod lock;
mod marked;
pub mod names;
pub mod readme;
mod report;
mod resolve;
mod salvage;
pub mod schema;
mod similar;
pub mod sources;
pub mod spec;
mod structure;
mod write;

pub use emit::ServiceEntry;
pub use generate::{Failure, Outcome, differences, generate};
pub use write::{Difference, Kind};
