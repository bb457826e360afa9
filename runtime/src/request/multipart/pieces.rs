//! What a form consists of, and how it is read while it is sent.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::ReadBuf;

use crate::model::{OnceReader, Reader};
use crate::transport::BrokenFile;

/// How many bytes of a file are in memory at once.
const CHUNK: usize = 64 * 1024;

/// What is still to be sent.
pub(super) struct Form(pub(super) VecDeque<Piece>);

pub(super) enum Piece {
    Bytes(Bytes),
    File(Box<Open>),
}

impl Piece {
    pub(super) fn text(text: impl Into<Bytes>) -> Self {
        Self::Bytes(text.into())
    }

    pub(super) fn file(field: &str, size: u64, path: Option<&Path>, reader: State) -> Self {
        Self::File(Box::new(Open {
            field: field.to_owned(),
            size,
            sent: 0,
            path: path.map(Path::to_owned),
            reader,
            buffer: vec![0; CHUNK],
        }))
    }

    /// How many bytes it adds to the form.
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.size,
        }
    }
}

/// A file that is being sent.
pub(super) struct Open {
    field: String,
    /// The size that was announced.
    size: u64,
    sent: u64,
    path: Option<PathBuf>,
    reader: State,
    buffer: Vec<u8>,
}

pub(super) enum State {
    /// A reader that nobody has read from, so it can still be sent after a refused connection.
    Untouched(OnceReader),
    Open(Reader),
}

impl Stream for Form {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Piece::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.0.pop_front();
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Piece::File(file)) => match ready!(file.poll(cx)) {
                    Ok(None) => drop(self.0.pop_front()),
                    Ok(Some(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Err(error) => {
                        self.0.clear();
                        return Poll::Ready(Some(Err(error)));
                    }
                },
            }
        }
    }
}

impl Open {
    /// The next bytes; `None` once the announced size was sent and the file has no more.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        let reader = match &mut self.reader {
            State::Open(reader) => reader,
            State::Untouched(reader) => match reader.take() {
                Some(reader) => {
                    self.reader = State::Open(reader);
                    return self.poll(cx);
                }
                None => {
                    return Poll::Ready(Err(self.broken("was read by another call")));
                }
            },
        };
        let mut read = ReadBuf::new(&mut self.buffer);
        if let Err(error) = ready!(reader.as_mut().poll_read(cx, &mut read)) {
            let reason = format!("cannot be read after {} bytes: {error}", self.sent);
            return Poll::Ready(Err(self.broken(&reason)));
        }
        let bytes = Bytes::copy_from_slice(read.filled());
        self.sent += bytes.len() as u64;
        Poll::Ready(
            if self.sent > self.size || bytes.is_empty() && self.sent < self.size {
                Err(self.changed())
            } else {
                Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
            },
        )
    }

    /// The error for a file whose size is not the announced one.
    fn changed(&self) -> io::Error {
        let (size, sent) = (self.size, self.sent);
        let Some(path) = &self.path else {
            let more = if sent > size { "at least " } else { "" };
            return self.broken(&format!("gave {more}{sent} bytes instead of {size}"));
        };
        // Only the message needs the new size, so blocking on the disk here does no harm.
        let now = std::fs::metadata(path).map_or(sent, |found| found.len());
        let now = if now == size { sent } else { now };
        self.broken(&format!(
            "changed while it was sent: from {size} bytes to {now}"
        ))
    }

    fn broken(&self, reason: &str) -> io::Error {
        let field = &self.field;
        let what = match &self.path {
            Some(path) => format!("`{field}` ({})", path.display()),
            None => format!("the reader of `{field}`"),
        };
        io::Error::other(BrokenFile(format!("{what} {reason}")))
    }
}
