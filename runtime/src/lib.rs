//! The runtime of the generated crate `dingtalk-api`: depend on that crate, which re-exports this one.
//!
//! Generated code is data and signatures: an [`Operation`](operation::Operation) for each operation of the platform,
//! models that are tables of fields, and methods that return a [`Call`]. Everything a call does is written here, once:
//! encoding the request, fetching a token, sending, classifying errors, decoding the reply. The hidden module
//! `generated` is what generated code needs; it may change in any release.

mod base_url;
#[cfg(feature = "blocking")]
mod blocking;
mod build_error;
mod builder;
mod call;
#[cfg(feature = "callback")]
mod callback;
mod client;
mod clock;
mod credential;
mod endpoint;
mod engine;
mod envelope;
mod error;
mod event;
mod excerpt;
#[doc(hidden)]
pub mod generated;
mod headers;
mod hex;
mod json;
mod limit;
pub mod model;
pub mod operation;
mod paging;
mod path;
mod query;
mod reply;
mod request;
mod retry;
mod secret;
mod sign;
mod similar;
#[cfg(feature = "stream")]
mod stream;
mod token;
mod trace;
mod transfer;
mod transport;
mod walk;
mod webhook;

pub use bytes::Bytes;
pub use http;
#[cfg(feature = "redis")]
#[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
pub use redis;
pub use reqwest;

/// Builds free JSON, with the syntax of `serde_json`'s macro of the same name.
///
/// Numbers are those of `serde_json`, and keys are sorted. For exact digits or another order, parse a text:
/// `r#"{"price": 1.10}"#.parse::<Json>()`.
///
/// ```
/// # use dingtalk_runtime::json;
/// let name = "n";
/// assert_eq!(json!({"name": name, "tags": ["a"]}).to_string(), r#"{"name":"n","tags":["a"]}"#);
/// ```
#[macro_export]
macro_rules! json {
    ($($json:tt)+) => {
        $crate::model::Json::from($crate::generated::serde_json::json!($($json)+))
    };
}

pub use self::build_error::BuildError;
pub use self::builder::ClientBuilder;
pub use self::call::Call;
#[cfg(feature = "callback")]
#[cfg_attr(docsrs, doc(cfg(feature = "callback")))]
pub use self::callback::{CallbackError, Delivery, HttpCallback};
pub use self::client::Client;
pub use self::envelope::Envelope;
pub use self::error::{
    ApiError, DecodeFailure, Error, InvalidArgument, LimitFailure, OperationError, PageLimit,
    TokenFailure, TransportFailure, UndocumentedError, UnexpectedReply,
};
pub use self::event::{
    Callback, EventHeader, FromCallback, FromEvent, RawEvent, Received, StreamPlatform,
};
pub use self::json::JsonRequest;
pub use self::limit::RateLimit;
pub use self::model::FilePart;
pub use self::operation::{
    Api, FailedElement, PlatformError, Signature, SignatureField, SignedBy, SignedPart, TokenPlace,
};
#[cfg(feature = "blocking")]
pub use self::paging::Blocking;
pub use self::paging::{Items, JsonCall, Paged, PagedCall, Pages};
pub use self::reply::{Reply, ReplyBody};
pub use self::retry::{RetryBudget, RetryPolicy};
pub use self::sign::Signer;
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use self::stream::{Answer, StreamBuilder, StreamError, StreamHandle, StreamState};
#[cfg(feature = "redis")]
#[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
pub use self::token::RedisStore;
pub use self::token::{
    AppToken, FixedToken, MemoryStore, OrganisationToken, RefreshToken, RefreshTokenKeeper,
    StoreResult, SuiteTickets, SuiteToken, TicketResult, Token, TokenKey, TokenProvider,
    TokenRequest, TokenResult, TokenStore, UnifiedToken, UserToken, UserTokenError,
};
pub use self::transfer::{
    Download, DownloadStream, Progress, SignedUrl, TransferError, TransferErrorKind, Upload,
    Uploaded,
};
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use self::transport::Socket;
pub use self::transport::{
    BoxFuture, FormPart, HttpBody, HttpRequest, Limits, ReplyStream, Transport, TransportError,
    TransportErrorKind,
};
pub use self::walk::{Walk, WalkContents, WalkError};
pub use self::webhook::{RobotWebhook, SessionWebhook, Webhook};
