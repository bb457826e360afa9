//! Throws any bytes at the client as the body of a success: `cargo +nightly fuzz run reply`.
//!
//! Nothing may panic, no error may show the token, and what was decoded must come back as it was when it is encoded
//! and decoded again.
#![no_main]

#[path = "../wire.rs"]
mod wire;
#[path = "../../runtime/tests/model_sample/mod.rs"]
mod model_sample;

use dingtalk_runtime::generated as m;
use dingtalk_runtime::{ApiError, Bytes, Call, JsonRequest, http};
use libfuzzer_sys::fuzz_target;
use model_sample::{CreateMeetingRequest, Item, ListItemsResponse, Topic};
use wire::{FIND, REMOVE, TOKEN, client, outcome};

fuzz_target!(|data: &[u8]| {
    let client = client(http::Response::new(Bytes::copy_from_slice(data)));
    round::<ListItemsResponse>(&client);
    round::<CreateMeetingRequest>(&client);
    round::<m::Map<Vec<Item>>>(&client);
    round::<Vec<Topic>>(&client);
    round::<bool>(&client);
    round::<i64>(&client);
    let untyped = client.call_json(&FIND, JsonRequest::new());
    let _ = outcome(untyped.into_future());
    let nothing: Call<(), ApiError> = Call::new(&client, &REMOVE, Vec::new(), None);
    let _ = outcome(nothing.into_future());
});

fn round<T: m::Element + PartialEq>(client: &dingtalk_runtime::Client) {
    let call: Call<T, ApiError> = Call::new(client, &FIND, Vec::new(), None);
    match outcome(call.into_future()) {
        Ok(value) => {
            let text = m::to_vec(value.as_view()).unwrap();
            let again = m::from_slice::<T>(&text).unwrap();
            assert!(again == value, "{}", String::from_utf8_lossy(&text));
        }
        Err(error) => {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(TOKEN), "{shown}");
        }
    }
}
