//! Header values, and the headers that the client sets.

use http::{HeaderName, HeaderValue};

/// The headers, other than the token's, that the client sets itself: another value would break the request. The generator
/// has the same list.
pub const CLIENT_HEADERS: [&str; 8] = [
    "accept",
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Whether the client sets the header itself.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    CLIENT_HEADERS.contains(&name.as_str())
}

/// A header value; control characters are refused.
pub(crate) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| "contains a line break or another control character")
}
