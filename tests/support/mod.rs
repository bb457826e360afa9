//! What the tests and the examples share: an independent reading of `spec/`, and a stand-in for
//! DingTalk on loopback that answers as the spec says.
//!
//! But for `dynamic`, nothing here knows the generator or the generated crate: what both sides of a
//! test took from the same model would prove nothing.

// Each test and example compiles this module for itself and uses a part of it.
#![allow(dead_code, unreachable_pub, unused_imports)]
// A test that cannot read its spec has nothing better to do than to stop.
#![allow(clippy::panic, clippy::missing_panics_doc)]

pub mod dynamic;
pub mod multipart;
pub mod one_of;
mod platform;
pub mod sample;
pub mod spec;
pub mod stand_in;
pub mod wire;

pub use platform::{Answer, DETAIL, in_envelope};
pub use spec::{Spec, project};
pub use stand_in::{Recorded, StandIn};
