//! The catalogue says what the spec and the typed operations say.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod calls;
mod damage;
mod golden;
mod lookup;
mod spec;
mod typed;
