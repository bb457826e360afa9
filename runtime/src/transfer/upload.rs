//! One upload and its options.

use std::fmt;
use std::io;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, Method};
use tokio::time::timeout;
use tracing::Instrument;

use super::error::TransferError;
use super::refusal::Refusal;
use super::retries::Retries;
use super::signed_url::{SignedUrl, Target};
use super::stream::{beginning, silent};
use super::{OnProgress, Progress, needs_runtime};
use crate::client::Client;
use crate::error::Stopped;
use crate::model::FilePart;
use crate::request::{is_spent, open_file};
use crate::retry::RetryPolicy;
use crate::trace;
use crate::transport::{HttpBody, HttpRequest, Limits};

/// An upload to a [`SignedUrl`], and its options.
///
/// The file is streamed: memory does not grow with it. Its name and content type are not sent: the URL says what the file is
/// called, and a content type belongs to the headers only if the platform gave one. The upload is a `PUT`, which may be
/// repeated, so it is retried under the client's retry policy and budget, unless the file is a reader that has been read
/// from. A file that changes while it is sent is an error, and the request is broken off.
///
/// ```no_run
/// # extern crate dingtalk_runtime as dingtalk_api;
/// # use std::collections::BTreeMap;
/// use dingtalk_api::{FilePart, SignedUrl};
///
/// # async fn example(
/// #     client: dingtalk_api::Client,
/// #     resource_url: String,
/// #     headers: BTreeMap<String, String>,
/// # ) -> Result<(), dingtalk_api::TransferError> {
/// let url = SignedUrl::new(resource_url).headers(headers);
/// client.upload(url, FilePart::path("./报告.pdf")).send().await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is uploaded before `send`"]
pub struct Upload {
    client: Client,
    url: SignedUrl,
    file: FilePart,
    idle: Option<Duration>,
    retry: RetryPolicy,
    on_progress: Option<OnProgress>,
}

/// What an object store answered to an upload.
#[derive(Debug, Clone)]
pub struct Uploaded {
    bytes: u64,
    headers: HeaderMap,
}

impl Uploaded {
    /// How many bytes were uploaded.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The headers of the answer, such as `etag`.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }
}

impl Upload {
    pub(super) fn new(client: Client, url: SignedUrl, file: FilePart) -> Self {
        Self {
            retry: client.core().retry,
            client,
            url,
            file,
            idle: None,
            on_progress: None,
        }
    }

    /// How long to wait while no byte is taken, and for the answer after the last one. Default: the client's
    /// `attempt_timeout`, else its `timeout`.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle = Some(timeout);
        self
    }

    /// Retries like this instead of as the client does.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Tells after each piece how many bytes were handed to the connection. A further attempt begins at 0 again.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    /// Uploads the file.
    pub async fn send(self) -> Result<Uploaded, TransferError> {
        let target = self.url.target("upload to", &self.client)?;
        let span = trace::transfer(&target.place);
        let sent = self.attempts(&target).instrument(span.clone()).await;
        trace::transferred(&span, sent.as_ref().err());
        sent
    }

    async fn attempts(self, target: &Target) -> Result<Uploaded, TransferError> {
        needs_runtime(&target.place)?;
        let core = self.client.core();
        let idle = self.idle.or(core.attempt_timeout).unwrap_or(core.timeout);
        let on_progress = self.on_progress.map(|tell| Arc::new(Mutex::new(tell)));
        let mut retries = Retries::new(self.retry);
        loop {
            let body = open_file(&self.file).await.map_err(|reason| {
                let name = self.file.name.as_str();
                TransferError::invalid(&target.place, format!("the file {name:?} {reason}"))
            })?;
            let body = Counted {
                body,
                sent: Arc::default(),
                on_progress: on_progress.clone(),
            };
            retries.made += 1;
            match attempt(&self.client, target, body, idle).await {
                Ok(uploaded) => {
                    core.retries.credit();
                    return Ok(uploaded);
                }
                Err(error) if error.is_retryable() && is_spent(&self.file) => {
                    return Err(error.with_attempts(retries.made, Some(Stopped::Reader)));
                }
                Err(error) => retries.wait(core, error).await?,
            }
        }
    }
}

async fn attempt(
    client: &Client,
    target: &Target,
    body: Counted,
    idle: Duration,
) -> Result<Uploaded, TransferError> {
    let core = client.core();
    let bytes = body.body.length();
    let sent = Arc::clone(&body.sent);
    let request = HttpRequest {
        method: Method::PUT,
        url: target.url.clone(),
        headers: target.headers.clone(),
        body: Some(HttpBody::stream(bytes, Vec::new(), body)),
    };
    let mut sending = pin!(core.transport.open(request, Limits::new(core.max_body)));
    let mut before = 0;
    let reply = loop {
        if let Ok(reply) = timeout(idle, &mut sending).await {
            break reply;
        }
        let now = sent.load(Ordering::Relaxed);
        if now == before {
            break Err(silent(idle));
        }
        before = now;
    };
    let reply = reply.map_err(|error| {
        let sent = sent.load(Ordering::Relaxed);
        let after = format!(", after {sent} of {bytes} bytes");
        TransferError::transport(&target.place, error, after)
    })?;
    let (parts, body) = reply.into_parts();
    let body = beginning(body, idle).await;
    if parts.status.is_success() {
        return Ok(Uploaded {
            bytes,
            headers: parts.headers,
        });
    }
    let status = parts.status.as_u16();
    let refusal = Refusal::new(status, &parts.headers, &body, &target.scrubber);
    Err(TransferError::refused(&target.place, refusal))
}

/// A body that counts what is taken of it.
struct Counted {
    body: HttpBody,
    sent: Arc<AtomicU64>,
    on_progress: Option<Arc<Mutex<OnProgress>>>,
}

impl Stream for Counted {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(Pin::new(&mut self.body).poll_next(cx));
        if let Some(Ok(bytes)) = &piece {
            let count = bytes.len() as u64;
            let sent = self.sent.fetch_add(count, Ordering::Relaxed) + count;
            if let Some(tell) = &self.on_progress {
                let mut tell = tell.lock().unwrap_or_else(PoisonError::into_inner);
                tell(Progress {
                    bytes: sent,
                    total: Some(self.body.length()),
                });
            }
        }
        Poll::Ready(piece)
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("url", &self.url)
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}
