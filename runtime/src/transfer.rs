//! Files on an object store: downloads from and uploads to signed URLs, which the platform's operations return.
//!
//! A signed URL is its own credential, at a host that is not the platform's. So a transfer takes the client's connections,
//! retries and timeouts, but neither its token nor its headers.

mod download;
mod error;
mod partial;
mod refusal;
mod retries;
mod signed_url;
mod stream;
mod upload;

use tokio::runtime::Handle;

pub use self::download::Download;
pub use self::error::{TransferError, TransferErrorKind};
pub use self::signed_url::SignedUrl;
pub use self::stream::DownloadStream;
pub use self::upload::{Upload, Uploaded};
use crate::client::Client;
use crate::model::FilePart;
use crate::transport::{TransportError, TransportErrorKind};

impl Client {
    /// Downloads the file at a signed URL, such as `downloadUrl` of a reply.
    pub fn download(&self, url: impl Into<SignedUrl>) -> Download {
        Download::new(self.clone(), url.into())
    }

    /// Uploads a file to a signed URL, such as one of the `resourceUrls` of a reply, with `PUT`.
    pub fn upload(&self, url: impl Into<SignedUrl>, file: FilePart) -> Upload {
        Upload::new(self.clone(), url.into(), file)
    }
}

/// How far a transfer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes were transferred.
    pub bytes: u64,
    /// How many bytes there are, if that is known.
    pub total: Option<u64>,
}

/// What is told how far a transfer is.
type OnProgress = Box<dyn FnMut(Progress) + Send>;

/// The error outside of a runtime, where nothing would drive the connection.
fn needs_runtime(place: &str) -> Result<(), TransferError> {
    if Handle::try_current().is_ok() {
        return Ok(());
    }
    let reason = "no tokio runtime drives it: transfer files inside one";
    let error = TransportError::new(TransportErrorKind::Runtime).with_reason(reason);
    Err(TransferError::transport(place, error, String::new()))
}
