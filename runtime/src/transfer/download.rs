//! One download and its options.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::AsyncWrite;
use tracing::Instrument;

use super::error::TransferError;
use super::partial::Partial;
use super::signed_url::SignedUrl;
use super::stream::{DownloadStream, Source};
use super::{OnProgress, Progress};
use crate::client::Client;
use crate::retry::RetryPolicy;
use crate::trace;

/// How much memory is taken on the word of the server alone.
const TRUSTED_SIZE: u64 = 1 << 20;

/// A download from a [`SignedUrl`], and its options. Nothing is sent before [`open`](Self::open) or one of its relatives.
///
/// The file is streamed: memory does not grow with it. There is no limit of time for the whole: wrap it in a timeout of
/// yours if you want one. A connection that breaks is replaced, under the client's retry policy and budget, and the download
/// goes on where it was, if the server allows that (`accept-ranges`) and says which version of the file it gives (`etag`).
/// If the file changed meanwhile, that is an error. So is a size that is not the one that the server announced.
///
/// ```no_run
/// # extern crate dingtalk_runtime as dingtalk_api;
/// # async fn example(
/// #     client: dingtalk_api::Client,
/// #     download_url: String,
/// # ) -> Result<(), dingtalk_api::TransferError> {
/// let bytes = client
///     .download(download_url)
///     .on_progress(|progress| println!("{} bytes", progress.bytes))
///     .to_file("./report.pdf")
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is downloaded before `open`, `bytes`, `to_writer` or `to_file`"]
pub struct Download {
    client: Client,
    url: SignedUrl,
    size: Option<u64>,
    idle: Option<Duration>,
    retry: RetryPolicy,
    on_progress: Option<OnProgress>,
}

impl Download {
    pub(super) fn new(client: Client, url: SignedUrl) -> Self {
        Self {
            retry: client.core().retry,
            client,
            url,
            size: None,
            idle: None,
            on_progress: None,
        }
    }

    /// The size that the file must have, in bytes, for example from the message that brought it.
    pub fn expected_size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// How long to wait for the server's answer, and for each next piece of the file. Default: the client's
    /// `attempt_timeout`, else its `timeout`.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle = Some(timeout);
        self
    }

    /// Retries like this instead of as the client does. Attempts are counted anew whenever bytes came.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Tells after each piece how many bytes came.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Asks for the file, and returns its content as a stream once the server has begun to answer.
    pub async fn open(self) -> Result<DownloadStream, TransferError> {
        let target = self.url.target("download from", &self.client)?;
        let span = trace::transfer(&target.place);
        let source = Source::new(self.client, target, self.size, self.idle);
        let opened = DownloadStream::open(source, self.retry, self.on_progress);
        let opened = opened.instrument(span.clone()).await;
        trace::transferred(&span, opened.as_ref().err());
        opened
    }

    /// Downloads the file into memory. A file of more than `max` bytes is an error.
    pub async fn bytes(self, max: usize) -> Result<Bytes, TransferError> {
        let mut file = self.open().await?;
        let size = file.size().unwrap_or(0);
        if size > max as u64 {
            let reason = format!("the file has {size} bytes, of at most {max}");
            return Err(TransferError::too_large(file.place(), reason));
        }
        let mut whole =
            BytesMut::with_capacity(usize::try_from(size.min(TRUSTED_SIZE)).unwrap_or(0));
        while let Some(piece) = file.next().await {
            let piece = piece?;
            if piece.len() > max - whole.len() {
                let reason = format!("the file has more than {max} bytes");
                return Err(TransferError::too_large(file.place(), reason));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Downloads the file into a writer, which is flushed at the end, and returns how many bytes it has. After an error the
    /// writer may have got a part of them.
    pub async fn to_writer(
        self,
        writer: &mut (impl AsyncWrite + Unpin),
    ) -> Result<u64, TransferError> {
        let mut file = self.open().await?;
        while let Some(piece) = file.next().await {
            let mut piece = piece?;
            while !piece.is_empty() {
                let written = poll_fn(|cx| Pin::new(&mut *writer).poll_write(cx, &piece)).await;
                match written {
                    Ok(0) => return Err(not_written(&file, ErrorKind::WriteZero.into())),
                    Ok(written) => piece.advance(written),
                    Err(error) => return Err(not_written(&file, error)),
                }
            }
        }
        let flushed = poll_fn(|cx| Pin::new(&mut *writer).poll_flush(cx)).await;
        flushed.map_err(|error| not_written(&file, error))?;
        Ok(file.position())
    }

    /// Downloads to a file, and returns how many bytes it has.
    ///
    /// The file gets its name once it is complete, in place of one that has it. Until then it has a temporary name in the
    /// same folder, `.dingtalk-*.part`. After an error, or if this future is dropped, it is removed.
    pub async fn to_file(self, path: impl AsRef<Path>) -> Result<u64, TransferError> {
        let path = path.as_ref();
        let place = format!("download from {}", self.url);
        let unwritable = |error| {
            let what = format!("cannot write to {}", path.display());
            TransferError::local(&place, what, error)
        };
        let mut partial = Partial::create(path).await.map_err(unwritable)?;
        let bytes = self.to_writer(&mut partial.file).await?;
        partial.keep(path).await.map_err(unwritable)?;
        Ok(bytes)
    }
}

fn not_written(file: &DownloadStream, error: io::Error) -> TransferError {
    let what = format!("cannot write after {} bytes", file.position());
    TransferError::local(file.place(), what, error)
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("url", &self.url)
            .field("expected_size", &self.size)
            .finish_non_exhaustive()
    }
}
