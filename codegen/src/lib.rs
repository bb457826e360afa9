//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

pub mod check;
pub mod diagnostic;
mod excerpt;
pub mod load;
mod marked;
pub mod names;
mod report;
pub mod schema;
mod similar;
pub mod sources;
pub mod spec;
mod structure;
