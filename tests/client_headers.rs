//! The runtime and the generator agree on which headers the client sets itself.
#![allow(clippy::unwrap_used, reason = "tests may")]

use dingtalk_api::Client;
use dingtalk_codegen::spec::CLIENT_HEADERS;

/// Headers that a program may set.
const FREE: &[&str] = &[
    "accept-language",
    "authorization",
    "cache-control",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "from",
    "if-match",
    "origin",
    "pragma",
    "range",
    "referer",
    "traceparent",
    "via",
    "x-client-token",
];

#[test]
fn the_runtime_refuses_the_headers_that_no_spec_may_describe_and_no_others() {
    let refused = |name: &str| {
        let client = Client::builder().header(name, "value").build();
        client.is_err()
    };
    for name in CLIENT_HEADERS {
        assert!(refused(name), "{name}");
        assert!(refused(&name.to_uppercase()), "{name}");
    }
    for name in FREE {
        assert!(!refused(name), "{name}");
    }
}
