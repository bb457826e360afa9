//! A DingTalk to test against.
//!
//! [`MockDingTalk`] is a server on this machine that answers all operations of both APIs. It needs no account and no
//! network. With the feature `stream`, it also delivers
//! events, messages to robots and actions on cards.
#![cfg_attr(docsrs, feature(doc_cfg))]

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
#[cfg(feature = "stream")]
mod stream;
mod tokens;
mod usual;

pub use self::error::MockError;
pub use self::log::RecordedRequest;
pub use self::mock::{MockDingTalk, Rule};
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use self::stream::{StreamAck, StreamConnection, StreamFrame};
