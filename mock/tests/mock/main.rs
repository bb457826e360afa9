//! The mock as programs meet it: over its socket.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod server;
