//! What a header may be, and which headers are the client's own.

use http::HeaderValue;
use http::header::{self, HeaderName};

/// Whether the client sets the header itself, beside the token: another value would break the request.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    RESERVED.contains(name)
}

const RESERVED: [HeaderName; 6] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::TRANSFER_ENCODING,
    header::CONNECTION,
    header::UPGRADE,
    header::HOST,
];

/// A header value of any text but one that would end the header.
pub(crate) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    HeaderValue::from_bytes(text.as_bytes())
        .map_err(|_| "holds a line break or another control character")
}
