//! What the generated crate `dingtalk-api` runs on.

pub mod operation;
