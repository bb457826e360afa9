//! The mock as programs meet it: over its socket.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod by_name;
mod control;
mod every_operation;
mod faults;
mod reports;
mod requests;
mod server;
mod state;
mod tokens;
