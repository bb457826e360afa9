//! A DingTalk to test against.
//!
//! [`MockDingTalk`] is a server on this machine that answers all operations of both APIs. It needs no account and no
//! network.

mod answer;
mod control;
mod envelope;
mod error;
mod log;
mod mock;
mod multipart;
mod platform;
mod received;
mod route;
mod routes;
mod rules;
mod server;
mod state;
mod stream;
mod tokens;
mod usual;

pub use self::error::MockError;
pub use self::log::RecordedRequest;
pub use self::mock::{MockDingTalk, Rule};
pub use self::stream::{StreamAck, StreamConnection, StreamFrame};
