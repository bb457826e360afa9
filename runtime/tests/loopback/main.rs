//! What the runtime promises, on a loopback socket wherever a call is sent.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod blocking;
mod client_arguments;
mod credentials;
mod denials;
mod error_texts;
mod errors;
mod failures;
mod free_json;
mod leniency;
mod limits;
mod model;
mod model_properties;
#[path = "../model_sample/mod.rs"]
mod model_sample;
mod odd_replies;
mod options;
mod public_reports;
mod requests;
mod secrets;
mod signatures;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod tokens_grants;
mod tokens_redis;
mod tokens_store;
mod tokens_timing;
mod tokens_user;
mod unknown_keys;
mod webhooks;
mod webhooks_refused;

#[path = "../../../tests/golden/generated/src/constructs_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod constructs_1_0;
#[path = "../../../generated/src/oapi_auth/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_auth;
#[path = "../../../generated/src/oapi_robot/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_robot;
#[path = "../../../tests/golden/generated/src/pages_1_0/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod pages_1_0;
#[path = "../../../generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod real_platform;
