//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

mod build;
pub mod check;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod diff;
#[cfg(feature = "cli")]
pub mod document;
mod emit;
mod excerpt;
mod generate;
#[cfg(feature = "import")]
pub mod import;
pub mod load;
mod lock;
mod marked;
#[cfg(feature = "cli")]
pub mod merge;
pub mod names;
#[cfg(feature = "cli")]
pub mod openapi;
mod parallel;
pub mod readme;
mod report;
mod resolve;
mod salvage;
mod scan;
pub mod schema;
mod similar;
#[cfg(feature = "cli")]
pub mod skeleton;
pub mod sources;
pub mod spec;
mod structure;
mod write;

pub use build::Build;
pub use emit::ServiceEntry;
pub use generate::{Failure, Outcome, differences, generate};
pub use write::{Difference, Kind};
