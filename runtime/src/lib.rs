//! What the generated crate `dingtalk-api` runs on.

pub mod model;
pub mod operation;
