//! Bodies with files: `multipart/form-data`.
//!
//! reqwest's forms are not used: few servers read how they encode names that are not ASCII, and a transport of the user's
//! own would not see the same body.

mod pieces;

use std::collections::VecDeque;
use std::fmt;
use std::io;

use http::HeaderValue;
use tokio::fs::{File, metadata};

use self::pieces::{Form, Piece, State};
use crate::headers::header_value;
use crate::model::{FilePart, FileSource, ValueLimit};
use crate::transport::{FormPart, HttpBody};

/// A form with files. It can be opened several times, for several attempts.
pub(crate) struct Multipart {
    boundary: String,
    parts: Vec<(String, Content)>,
}

enum Content {
    Text(String),
    File(FilePart, Vec<ValueLimit>),
}

/// Fields, each with what is wrong with it.
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

    /// Opens all files. Each is announced with the length it has now.
    pub(crate) async fn open(&self) -> Result<HttpBody, Mistakes> {
        let mut mistakes = Vec::new();
        let mut pieces = VecDeque::new();
        let mut parts = Vec::new();
        for (field, content) in &self.parts {
            let head = format!(
                "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
                self.boundary,
                Escaped(field)
            );
            match content {
                Content::Text(text) => {
                    pieces.push_back(Piece::text(head + "\r\n\r\n" + text + "\r\n"));
                    parts.push(FormPart::Text(field.clone(), text.clone()));
                }
                Content::File(file, limits) => match open(field, file, limits).await {
                    Ok(file_content) => {
                        let kind = file.content_type.as_deref();
                        let kind = kind.unwrap_or("application/octet-stream");
                        let name = Escaped(&file.name);
                        pieces.push_back(Piece::text(format!(
                            "{head}; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
                        )));
                        let size = file_content.length();
                        parts.push(FormPart::File(field.clone(), file.name.clone(), size));
                        pieces.push_back(file_content);
                        pieces.push_back(Piece::text("\r\n"));
                    }
                    Err(reason) => mistakes.push((field.clone(), reason)),
                },
            }
        }
        pieces.push_back(Piece::text(format!("--{}--\r\n", self.boundary)));
        let length = pieces.iter().map(Piece::length);
        let length = length.fold(0, u64::saturating_add);
        if mistakes.is_empty() {
            Ok(HttpBody::stream(length, parts, Form(pieces)))
        } else {
            Err(mistakes)
        }
    }
}

/// Opens a file that is the whole body of a request. The error says what is wrong with the file.
pub(crate) async fn open_file(file: &FilePart) -> Result<HttpBody, String> {
    let content = open("file", file, &[]).await?;
    let length = content.length();
    Ok(HttpBody::stream(
        length,
        Vec::new(),
        Form(VecDeque::from([content])),
    ))
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

/// Whether a file's reader has been read from, so that it cannot be sent again.
pub(crate) fn is_spent(file: &FilePart) -> bool {
    matches!(&file.source, FileSource::Reader(_, reader) if reader.is_taken())
}

/// The file's content; the error says what is wrong with the file.
async fn open(field: &str, file: &FilePart, limits: &[ValueLimit]) -> Result<Piece, String> {
    if let Some(kind) = &file.content_type {
        header_value(kind).map_err(|reason| format!("has a content type that {reason}"))?;
    }
    let piece = match &file.source {
        FileSource::Bytes(bytes) => Piece::Bytes(bytes.clone()),
        FileSource::Path(path) => {
            let unreadable =
                |error: io::Error| format!("cannot be read: {}: {error}", path.display());
            // Opening anything but a file, such as a pipe, may wait forever.
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
            Piece::file(field, size, Some(path), State::Open(Box::pin(open)))
        }
        FileSource::Reader(_, _) if is_spent(file) => {
            return Err(
                "has been read already: a reader can be sent once, bytes and paths any number of times"
                    .to_owned(),
            );
        }
        FileSource::Reader(length, reader) => {
            Piece::file(field, *length, None, State::Untouched(reader.clone()))
        }
    };
    match mistake(&file.name, piece.length(), limits) {
        Some(mistake) => Err(mistake),
        None => Ok(piece),
    }
}

/// What is wrong with a file of this name and size.
fn mistake(name: &str, size: u64, limits: &[ValueLimit]) -> Option<String> {
    if name.is_empty() {
        return Some("has no file name: set one with `.name(..)`".to_owned());
    }
    if size == 0 {
        return Some(format!("must not be empty, found 0 bytes in {name:?}"));
    }
    // Lengths are added up, and the largest `u64` means "unknown" to HTTP libraries.
    if i64::try_from(size).is_err() {
        let most = i64::MAX;
        return Some(format!("must have at most {most} bytes, found {size}"));
    }
    if name.contains(|sign: char| sign.is_control() && !"\r\n".contains(sign)) {
        return Some("has a file name with a control character".to_owned());
    }
    let mut limits = limits.iter();
    limits.find_map(|limit| limit.file_mistake(name, size))
}
