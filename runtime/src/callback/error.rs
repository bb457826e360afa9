//! Why a request is refused.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::json_response;

/// Why a request was refused. It never shows the token, the key or what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The request lacks what every callback has.
    Request(&'static str),
    /// The signature is wrong: the request does not come from the platform, or the token is wrong.
    Signature,
    /// The request's time is too far from now: someone may have recorded it and sent it again.
    Expired {
        /// The difference between its time and now.
        age: Duration,
        /// The maximum difference.
        window: Duration,
    },
    /// The text cannot be decrypted: it was encrypted with another key.
    Key,
    /// The text is shorter than its stated length.
    Length {
        /// The stated number of bytes.
        said: usize,
        /// The number of bytes that are there.
        present: usize,
    },
    /// The text is for another owner.
    Owner,
    /// The decrypted text is not JSON.
    Json,
    /// The system gave no random bytes for the answer.
    Random,
}

impl CallbackError {
    /// The answer to the request. It does not say what is wrong.
    pub fn response(&self) -> Response<Bytes> {
        let status = match self {
            Self::Request(_) | Self::Length { .. } | Self::Json => StatusCode::BAD_REQUEST,
            Self::Signature | Self::Expired { .. } | Self::Key | Self::Owner => {
                StatusCode::FORBIDDEN
            }
            Self::Random => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = json_response(Bytes::from_static(b"{}"));
        *response.status_mut() = status;
        response
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the callback was refused: ")?;
        match self {
            Self::Request(reason) => f.write_str(reason),
            Self::Signature => f.write_str(
                "the signature is wrong: check the token, and who sends to this address",
            ),
            Self::Expired { age, window } => write!(
                f,
                "its time is {age:?} from now, and the window is {window:?}: check this machine's clock, or set \
                 `.window(..)`"
            ),
            Self::Key => f.write_str("it cannot be decrypted: check the AES key"),
            Self::Length { said, present } => {
                write!(f, "its text should have {said} bytes, but has {present}")
            }
            Self::Owner => {
                f.write_str("it is for another owner: check the application's key, or the corp id")
            }
            Self::Json => f.write_str("its text is not JSON"),
            Self::Random => f.write_str("the system gave no random bytes for the answer"),
        }
    }
}

impl std::error::Error for CallbackError {}
