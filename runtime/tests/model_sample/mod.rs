//! The Rust that the generator emits for models, written by hand: a request, a reply, and two enums.
//!
//! The codec's tests run on it, and it shows what generated code looks like.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "a test uses what it needs of a generated module"
)]

mod enums;
mod nested;
mod reply;
mod request;

pub use enums::{Level, Mode};
pub use nested::{Room, Topic};
pub use reply::{Item, ListItemsResponse, Nothing};
pub use request::CreateMeetingRequest;
