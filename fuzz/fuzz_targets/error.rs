//! Throws any bytes at the client as an error reply: `cargo +nightly fuzz run error`.
//!
//! The first byte chooses the status, the second what headers say; the rest is the body, in which a byte 1 stands for
//! the token. Nothing may panic, a status of failure must never become a success, and no error may show the token.
#![no_main]

#[allow(dead_code)]
#[path = "../wire.rs"]
mod wire;

use dingtalk_runtime::generated as m;
use dingtalk_runtime::{ApiError, Bytes, Call, http};
use libfuzzer_sys::fuzz_target;
use wire::{FIND, TOKEN, client, outcome};

const STATUSES: [u16; 16] = [
    200, 204, 299, 300, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503, 600, 999,
];

fuzz_target!(|data: &[u8]| {
    let [status, header, body @ ..] = data else {
        return;
    };
    let status = STATUSES[usize::from(*status) % STATUSES.len()];
    let (value, rest) = body.split_at(usize::from(header >> 3).min(body.len()));
    let name = ["x-request-id", "retry-after", "content-type", "location", "date", "x-a", "x-b", "x-c"];
    let mut reply = http::Response::builder().status(status);
    if let Ok(value) = http::HeaderValue::from_bytes(&with_token(value)) {
        reply = reply.header(name[usize::from(header % 8)], value);
    }
    let reply = reply.body(Bytes::from(with_token(rest))).unwrap();
    let client = client(reply);
    let call: Call<m::Json, ApiError> = Call::new(&client, &FIND, Vec::new(), None);
    match outcome(call.into_future()) {
        Ok(_) => assert!((200..300).contains(&status), "{status} is a success"),
        Err(error) => {
            assert_eq!(error.status(), Some(status));
            let shown = format!("{error} {error:?} {:?} {}", error.request_id(), error.is_retryable());
            assert!(shown.contains("fuzz_1_0.Find"), "{shown}");
            assert!(!shown.contains(TOKEN), "{shown}");
            let source = std::error::Error::source(&error).map(ToString::to_string);
            assert!(!source.unwrap_or_default().contains(TOKEN));
        }
    }
});

fn with_token(bytes: &[u8]) -> Vec<u8> {
    let parts: Vec<_> = bytes.split(|byte| *byte == 1).collect();
    parts.join(TOKEN.as_bytes())
}
