//! The bodies of requests and of replies.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::TransportError;

/// The body of a request: bytes or, where files are uploaded, a stream of a known length.
///
/// As a [`Stream`] it gives its bytes piece by piece. An error means that a file could not be read to its end, or changed:
/// the transport must then break the request off, so that the server does not take it for complete, and return
/// [`TransportErrorKind::RequestBody`](crate::TransportErrorKind::RequestBody).
pub struct HttpBody(Inner);

/// A part of a form with files, for a transport that shows requests.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormPart {
    /// A field with this name and text.
    Text(String, String),
    /// A file: the field's name, the file's name, and its size in bytes.
    File(String, String, u64),
}

/// Without the text of a field: it may be a secret.
impl fmt::Debug for FormPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(field, _) => f.debug_tuple("Text").field(field).finish_non_exhaustive(),
            Self::File(field, name, size) => {
                let mut out = f.debug_tuple("File");
                out.field(field).field(name).field(size).finish()
            }
        }
    }
}

enum Inner {
    /// `None` once they were handed out.
    Bytes(Option<Bytes>),
    Stream {
        length: u64,
        parts: Vec<FormPart>,
        /// HTTP libraries ask for `Sync`. It is never locked: its reader has exclusive access.
        pieces: Mutex<Pieces>,
    },
}

type Pieces = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

impl HttpBody {
    pub(crate) fn stream(
        length: u64,
        parts: Vec<FormPart>,
        pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static,
    ) -> Self {
        Self(Inner::Stream {
            length,
            parts,
            pieces: Mutex::new(Box::pin(pieces)),
        })
    }

    /// The length in bytes, for `content-length`.
    pub fn length(&self) -> u64 {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.as_ref().map_or(0, Bytes::len) as u64,
            Inner::Stream { length, .. } => *length,
        }
    }

    /// The body, if it is in memory; `None` for a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Bytes(bytes) => bytes.as_ref(),
            Inner::Stream { .. } => None,
        }
    }

    /// The parts of a form with files; none of any other body.
    pub fn parts(&self) -> &[FormPart] {
        match &self.0 {
            Inner::Bytes(_) => &[],
            Inner::Stream { parts, .. } => parts,
        }
    }

    /// Reads the whole body into memory.
    pub async fn read(mut self) -> io::Result<Bytes> {
        if let Inner::Bytes(bytes) = self.0 {
            return Ok(bytes.unwrap_or_default());
        }
        let mut whole = BytesMut::new();
        while let Some(piece) = poll_fn(|cx| Pin::new(&mut self).poll_next(cx)).await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.freeze())
    }
}

impl From<Bytes> for HttpBody {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Bytes(Some(bytes)))
    }
}

impl Stream for HttpBody {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.0 {
            Inner::Bytes(bytes) => Poll::Ready(bytes.take().map(Ok)),
            Inner::Stream { pieces, .. } => {
                let pieces = pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
                pieces.as_mut().poll_next(cx)
            }
        }
    }
}

/// Only the length: the content may hold secrets.
impl fmt::Debug for HttpBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpBody")
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

/// The body of a reply as a [`Stream`] of its bytes, for [`Transport::open`](crate::Transport::open).
pub struct ReplyStream(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl ReplyStream {
    /// A body of these pieces. A connection that breaks is
    /// [`TransportErrorKind::BodyCut`](crate::TransportErrorKind::BodyCut): a body that just ends is complete.
    pub fn new(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Box::pin(pieces))
    }
}

impl From<Bytes> for ReplyStream {
    fn from(bytes: Bytes) -> Self {
        Self::new(Whole(Some(bytes)))
    }
}

impl Stream for ReplyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for ReplyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReplyStream").finish_non_exhaustive()
    }
}

/// A body that is in memory.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Why a file cannot be sent to its end: inside the error of a body's stream.
#[derive(Debug)]
pub(crate) struct BrokenFile(pub(crate) String);

impl fmt::Display for BrokenFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BrokenFile {}
