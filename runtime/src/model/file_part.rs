//! A file that a request uploads.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::io::AsyncRead;

use super::{Element, FieldType, Slot, View};

/// A file to upload: its name, and where its content comes from.
///
/// The content is streamed: memory does not grow with the file. Give the call a
/// [timeout](crate::Call::timeout) that is long enough for a large file.
///
/// Before anything is sent, these are invalid arguments: a file that is missing, a folder, or empty; one that is larger than
/// the operation allows; and a name that does not have one of its extensions.
///
/// Bytes and paths can be sent again, so such a call is retried like any other. A reader can be sent once: a call that
/// has read from it is not retried, and its error says so.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::FilePart;
///
/// let report = FilePart::path("./报告.pdf").content_type("application/pdf");
/// let icon = FilePart::bytes("icon.png", &b"\x89PNG"[..]);
/// let stream = FilePart::reader("log.txt", 5, &b"hello"[..]);
/// ```
///
/// `Debug` shows the name and, for bytes and readers, the size. Serialized, it is its name; it cannot be deserialized.
#[derive(Clone)]
pub struct FilePart {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) source: FileSource,
}

/// Where the content of a file comes from.
#[derive(Clone)]
pub(crate) enum FileSource {
    Bytes(Bytes),
    Path(PathBuf),
    Reader(u64, OnceReader),
}

/// A reader that its first user takes.
#[derive(Clone)]
pub(crate) struct OnceReader(Arc<Mutex<Option<Reader>>>);

pub(crate) type Reader = Pin<Box<dyn AsyncRead + Send>>;

impl OnceReader {
    pub(crate) fn take(&self) -> Option<Reader> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn is_taken(&self) -> bool {
        let reader = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reader.is_none()
    }
}

impl FilePart {
    /// A file of these bytes. `name` is the file's name, with its extension.
    pub fn bytes(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::new(name.into(), FileSource::Bytes(content.into()))
    }

    /// The file at this path, whose last part is its name. It is opened when the call is sent.
    pub fn path(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        Self::new(name, FileSource::Path(path.to_owned()))
    }

    /// A file with the content of a reader, which must give exactly `length` bytes. Clones share the reader.
    pub fn reader(
        name: impl Into<String>,
        length: u64,
        reader: impl AsyncRead + Send + 'static,
    ) -> Self {
        let reader: Reader = Box::pin(reader);
        let reader = OnceReader(Arc::new(Mutex::new(Some(reader))));
        Self::new(name.into(), FileSource::Reader(length, reader))
    }

    fn new(name: String, source: FileSource) -> Self {
        Self {
            name,
            content_type: None,
            source,
        }
    }

    /// Sets the name that the server sees, instead of the path's.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The name that the server sees.
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// Sets the content type, such as `image/png`. Default: `application/octet-stream`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The size in bytes; `None` for a path, whose size is read when it is opened.
    fn size(&self) -> Option<u64> {
        match &self.source {
            FileSource::Bytes(bytes) => Some(bytes.len() as u64),
            FileSource::Path(_) => None,
            FileSource::Reader(length, _) => Some(*length),
        }
    }
}

/// Only the name and size.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("FilePart");
        out.field("name", &self.name);
        if let Some(size) = self.size() {
            out.field("size", &size);
        }
        out.finish_non_exhaustive()
    }
}

/// The same bytes, path or reader, under the same name.
impl PartialEq for FilePart {
    fn eq(&self, other: &Self) -> bool {
        let same_source = match (&self.source, &other.source) {
            (FileSource::Bytes(one), FileSource::Bytes(other)) => one == other,
            (FileSource::Path(one), FileSource::Path(other)) => one == other,
            (FileSource::Reader(_, one), FileSource::Reader(_, other)) => {
                Arc::ptr_eq(&one.0, &other.0)
            }
            _ => false,
        };
        same_source && self.name == other.name && self.content_type == other.content_type
    }
}

#[doc(hidden)]
impl Element for FilePart {
    fn blank() -> Self {
        Self::bytes("", Bytes::new())
    }

    fn as_view(&self) -> View<'_> {
        View::File(self)
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::File(self)
    }

    fn type_of() -> FieldType {
        FieldType::File
    }
}
