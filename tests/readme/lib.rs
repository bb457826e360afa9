//! The READMEs as documentation, so that `cargo test` compiles the Rust in them.
//!
//! The crate that users see cannot do this: its documentation is its own, and it is checked in a place
//! that holds no README.

// Names of services and products are no Rust.
#![allow(clippy::doc_markdown)]

#[doc = include_str!("../../README.md")]
pub mod english {}

#[doc = include_str!("../../README.zh-CN.md")]
pub mod chinese {}
