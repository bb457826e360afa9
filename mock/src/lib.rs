//! A DingTalk to test against.
//!
//! [`MockDingTalk`] is a server on this machine that answers all operations of both APIs. It needs no account and no
//! network.

mod answer;
mod envelope;
mod mock;
mod platform;
mod route;
mod routes;
mod server;
mod stream;

pub use self::mock::MockDingTalk;
pub use self::stream::{StreamAck, StreamConnection, StreamFrame};
