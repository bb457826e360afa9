//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.

pub mod names;
pub mod spec;
