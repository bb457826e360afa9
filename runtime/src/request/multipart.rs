//! Bodies with files: `multipart/form-data`.
//!
//! Written here rather than by reqwest: its forms encode names that are not ASCII in a way that few servers read, and
//! this way a transport of the user's own sees the same body.

use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use tokio::fs::{File, metadata};
use tokio::io::ReadBuf;

use crate::headers::header_value;
use crate::model::{FilePart, FileSource, OnceReader, Reader, ValueLimit};
use crate::transport::{BrokenFile, FormPart, HttpBody};

/// How much of a file is in memory.
const CHUNK: usize = 64 * 1024;

/// A form with files. It can be opened several times, for several attempts.
pub(crate) struct Multipart {
    boundary: String,
    parts: Vec<(String, Content)>,
}

enum Content {
    Text(String),
    File(FilePart, Vec<ValueLimit>),
}

/// What is wrong with which field.
pub(crate) type Mistakes = Vec<(String, String)>;

impl Multipart {
    pub(crate) fn new() -> Self {
        let boundary = format!("{:032x}", fastrand::u128(..));
        Self {
            boundary,
            parts: Vec::new(),
        }
    }

    pub(crate) fn add_text(&mut self, field: &str, text: String) {
        self.parts.push((field.to_owned(), Content::Text(text)));
    }

    /// Adds a file that must be within these limits.
    pub(crate) fn add_file(&mut self, field: &str, file: FilePart, limits: Vec<ValueLimit>) {
        self.parts
            .push((field.to_owned(), Content::File(file, limits)));
    }

    pub(crate) fn content_type(&self) -> HeaderValue {
        let text = format!("multipart/form-data; boundary={}", self.boundary);
        // A boundary consists of hexadecimal digits: this cannot fail.
        text.try_into()
            .unwrap_or(HeaderValue::from_static("multipart/form-data"))
    }

    /// Whether a reader has been read from, so that the form cannot be sent again.
    pub(crate) fn is_spent(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|(_, content)| matches!(content, Content::File(file, _) if is_spent(file)))
    }

    /// Opens all files. The length of each is what it has now.
    pub(crate) async fn open(&self) -> Result<HttpBody, Mistakes> {
        let mut mistakes = Vec::new();
        let mut pieces = VecDeque::new();
        let mut parts = Vec::new();
        let mut length = 0_u64;
        for (field, content) in &self.parts {
            let mut head = format!(
                "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
                self.boundary,
                Escaped(field)
            );
            match content {
                Content::Text(text) => {
                    head = head + "\r\n\r\n" + text + "\r\n";
                    length = length.saturating_add(push(&mut pieces, head));
                    parts.push(FormPart::Text(field.clone(), text.clone()));
                }
                Content::File(file, limits) => match open(field, file, limits).await {
                    Ok((size, piece)) => {
                        let kind = file.content_type.as_deref();
                        let kind = kind.unwrap_or("application/octet-stream");
                        let name = Escaped(&file.name);
                        head =
                            format!("{head}; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n");
                        length = length
                            .saturating_add(push(&mut pieces, head))
                            .saturating_add(size);
                        pieces.push_back(piece);
                        parts.push(FormPart::File(field.clone(), file.name.clone(), size));
                        length = length.saturating_add(push(&mut pieces, "\r\n".to_owned()));
                    }
                    Err(reason) => mistakes.push((field.clone(), reason)),
                },
            }
        }
        length = length.saturating_add(push(&mut pieces, format!("--{}--\r\n", self.boundary)));
        if mistakes.is_empty() {
            Ok(HttpBody::stream(length, parts, Form(pieces)))
        } else {
            Err(mistakes)
        }
    }
}

fn push(pieces: &mut VecDeque<Piece>, text: String) -> u64 {
    let length = text.len() as u64;
    pieces.push_back(Piece::Bytes(text.into()));
    length
}

/// A name as browsers write it.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.0.split_inclusive(['"', '\r', '\n']) {
            match piece.char_indices().next_back() {
                Some((at, sign @ ('"' | '\r' | '\n'))) => {
                    write!(f, "{}%{:02X}", &piece[..at], u32::from(sign))?;
                }
                _ => f.write_str(piece)?,
            }
        }
        Ok(())
    }
}

fn is_spent(file: &FilePart) -> bool {
    matches!(&file.source, FileSource::Reader(_, reader) if reader.is_taken())
}

/// The file's size and content; the error says what is wrong with it.
async fn open(field: &str, file: &FilePart, limits: &[ValueLimit]) -> Result<(u64, Piece), String> {
    if let Some(kind) = &file.content_type {
        header_value(kind).map_err(|reason| format!("has a content type that {reason}"))?;
    }
    let (size, source) = match &file.source {
        FileSource::Bytes(bytes) => (bytes.len() as u64, Source::Bytes(bytes.clone())),
        FileSource::Path(path) => {
            let unreadable =
                |error: io::Error| format!("cannot be read: {}: {error}", path.display());
            // Opening something else than a file, such as a pipe, may wait forever.
            let found = metadata(path).await.map_err(unreadable)?;
            if found.is_dir() {
                return Err(format!(
                    "must be a file, found a folder: {}",
                    path.display()
                ));
            }
            if !found.is_file() {
                return Err(format!("must be a regular file: {}", path.display()));
            }
            let open = File::open(path).await.map_err(unreadable)?;
            let size = open.metadata().await.map_err(unreadable)?.len();
            (size, Source::File(open, path.clone()))
        }
        FileSource::Reader(_, _) if is_spent(file) => {
            return Err(
                "has been read already: a reader can be sent once, bytes and paths any number of times"
                    .to_owned(),
            );
        }
        FileSource::Reader(length, reader) => (*length, Source::Reader(reader.clone())),
    };
    if file.name.is_empty() {
        return Err("has no file name: set one with `.name(..)`".to_owned());
    }
    if size == 0 {
        return Err(format!(
            "must not be empty, found 0 bytes in {:?}",
            file.name
        ));
    }
    // Lengths are added up. A greater one says "not known".
    if i64::try_from(size).is_err() {
        return Err(format!(
            "must have at most {} bytes, found {size}",
            i64::MAX
        ));
    }
    if file
        .name
        .contains(|sign: char| sign.is_control() && !"\r\n".contains(sign))
    {
        return Err("has a file name with a control character".to_owned());
    }
    let mut mistakes = limits
        .iter()
        .filter_map(|limit| limit.file_mistake(&file.name, size));
    if let Some(mistake) = mistakes.next() {
        return Err(mistake);
    }
    let piece = match source {
        Source::Bytes(bytes) => Piece::Bytes(bytes),
        Source::File(file, path) => Piece::File(Box::new(Open {
            field: field.to_owned(),
            size,
            sent: 0,
            path: Some(path),
            reader: State::Open(Box::pin(file)),
            buffer: vec![0; CHUNK],
        })),
        Source::Reader(reader) => Piece::File(Box::new(Open {
            field: field.to_owned(),
            size,
            sent: 0,
            path: None,
            reader: State::Untouched(reader),
            buffer: vec![0; CHUNK],
        })),
    };
    Ok((size, piece))
}

enum Source {
    Bytes(Bytes),
    File(File, PathBuf),
    Reader(OnceReader),
}

/// What is still to be sent.
struct Form(VecDeque<Piece>);

enum Piece {
    Bytes(Bytes),
    File(Box<Open>),
}

/// A file that is being sent.
struct Open {
    field: String,
    /// The size that was announced.
    size: u64,
    sent: u64,
    path: Option<PathBuf>,
    reader: State,
    buffer: Vec<u8>,
}

enum State {
    /// A reader that nobody has read from: were the connection refused, it could still be sent.
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
    /// The next bytes; `None` once all were given, and the file has indeed no more.
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

    /// The error for a file that has not the size that was announced.
    fn changed(&self) -> io::Error {
        let (size, sent) = (self.size, self.sent);
        let Some(path) = &self.path else {
            let more = if sent > size { "at least " } else { "" };
            return self.broken(&format!("gave {more}{sent} bytes instead of {size}"));
        };
        // The new size is asked for the message alone: that this waits for the disk is no loss.
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
