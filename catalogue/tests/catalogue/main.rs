//! The catalogue says what the spec says.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod calls;
mod damage;
mod golden;
mod lookup;
mod same;
mod spec;
