//! What is sent back.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use dingtalk_api::{Bytes, http};
use http_body::{Body, Frame, SizeHint};

const JSON: &str = "application/json; charset=utf-8";

/// A reply before it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    /// Whether the connection is closed in the middle of the body.
    pub(crate) cut: bool,
    /// How long it is held back.
    pub(crate) delay: Duration,
}

impl Answer {
    pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, JSON, body)
    }

    pub(crate) fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            content_type,
            body: body.into(),
            cut: false,
            delay: Duration::ZERO,
        }
    }

    /// The reply as it is sent, with this request id.
    pub(crate) fn into_response(self, request_id: &str) -> http::Response<Sent> {
        let length = self.body.len();
        let body = if self.cut {
            self.body.slice(..length / 2)
        } else {
            self.body
        };
        let mut response = http::Response::new(Sent {
            length: length as u64,
            body: Some(body).filter(|body| !body.is_empty()),
            cut: self.cut,
        });
        *response.status_mut() = http::StatusCode::from_u16(self.status).unwrap_or_default();
        let headers = response.headers_mut();
        if length > 0 {
            let kind = http::HeaderValue::from_static(self.content_type);
            headers.insert(http::header::CONTENT_TYPE, kind);
        }
        if let Ok(id) = http::HeaderValue::from_str(request_id) {
            headers.insert("x-acs-request-id", id);
        }
        response
    }
}

/// The body of a reply.
pub(crate) struct Sent {
    /// The length that the reply names.
    length: u64,
    body: Option<Bytes>,
    cut: bool,
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let body = self.body.take().map(|body| Ok(Frame::data(body)));
        let cut = || io::Error::other("the mock cuts this reply");
        Poll::Ready(body.or_else(|| self.cut.then(|| Err(cut()))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_none() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
