//! The content of a file as it comes, over as many connections as it takes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_MATCH, RANGE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use super::error::TransferError;
use super::refusal::{LONGEST_BODY, Refusal};
use super::retries::Retries;
use super::signed_url::Target;
use super::{OnProgress, Progress, needs_runtime};
use crate::client::Client;
use crate::retry::RetryPolicy;
use crate::transport::{
    BoxFuture, HttpRequest, Limits, ReplyStream, TransportError, TransportErrorKind,
};

/// The content of a file that is downloaded, as a [`Stream`] of bytes. Made by [`Download::open`](super::Download::open).
///
/// For a loop, its own [`next`](Self::next) is enough. Dropping it ends the download.
#[must_use = "nothing is downloaded before `next`"]
pub struct DownloadStream {
    source: Arc<Source>,
    head: Head,
    /// How many bytes came.
    position: u64,
    /// How many of the next bytes have come before.
    skip: u64,
    state: State,
    /// When the next piece must be there; set while it is waited for.
    idle: Option<Pin<Box<Sleep>>>,
    retries: Option<Retries>,
    on_progress: Option<OnProgress>,
}

enum State {
    Reading(ReplyStream),
    Reopening(Opening),
    Ended,
}

/// Where the file comes from.
pub(super) struct Source {
    client: Client,
    target: Target,
    expected: Option<u64>,
    idle: Duration,
}

/// A reply whose body is the file, or the rest of it.
type Reply = (Head, ReplyStream);

/// The rest of the file, asked for after a broken connection.
type Opening = BoxFuture<'static, Result<(Reply, Retries), TransferError>>;

/// What the head of a reply says of the file.
struct Head {
    headers: HeaderMap,
    size: Option<u64>,
    /// Names the version of the file, if a download of it can be resumed.
    version: Option<HeaderValue>,
    /// Where in the file the body begins.
    offset: u64,
}

impl Head {
    fn new(headers: HeaderMap, offset: u64) -> Self {
        let number = headers.get(CONTENT_LENGTH);
        let number = number.and_then(|text| text.to_str().ok()?.trim().parse().ok());
        let ranges = headers.get(ACCEPT_RANGES);
        let ranges = ranges.is_some_and(|unit| unit.as_bytes().eq_ignore_ascii_case(b"bytes"));
        // A weak tag may name several versions.
        let tag = headers
            .get(ETAG)
            .filter(|tag| tag.as_bytes().starts_with(b"\""));
        Self {
            size: number,
            version: tag.filter(|_| ranges).cloned(),
            offset,
            headers,
        }
    }
}

impl DownloadStream {
    pub(super) async fn open(
        source: Source,
        policy: RetryPolicy,
        on_progress: Option<OnProgress>,
    ) -> Result<Self, TransferError> {
        needs_runtime(&source.target.place)?;
        let source = Arc::new(source);
        let (reply, retries) = Arc::clone(&source)
            .open(0, None, Retries::new(policy))
            .await?;
        let (head, body) = reply;
        if let (Some(size), Some(expected)) = (head.size, source.expected)
            && size != expected
        {
            return Err(source.size(size, expected));
        }
        Ok(Self {
            source,
            head,
            position: 0,
            skip: 0,
            state: State::Reading(body),
            idle: None,
            retries: Some(retries),
            on_progress,
        })
    }

    /// The size of the file in bytes: what the server says, else what you expect, if either is known.
    pub fn size(&self) -> Option<u64> {
        self.head.size.or(self.source.expected)
    }

    /// How many bytes came so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The headers of the server's first answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    pub(super) fn place(&self) -> &str {
        &self.source.target.place
    }

    /// The next bytes; `None` after the last ones and after an error.
    ///
    /// If this future is dropped, for example by a timeout, the next call waits for the same bytes.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransferError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransferError>>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Reopening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(((head, body), retries)) => {
                        self.skip = self.position - head.offset;
                        if self.position == 0 {
                            self.head = head;
                        }
                        self.retries = Some(retries);
                        self.state = State::Reading(body);
                    }
                    Err(error) => return self.fail(error),
                },
                State::Reading(body) => {
                    let piece = match Pin::new(body).poll_next(context) {
                        Poll::Ready(piece) => {
                            self.idle = None;
                            piece
                        }
                        Poll::Pending => {
                            let limit = self.source.idle;
                            let idle = self.idle.get_or_insert_with(|| Box::pin(sleep_in(limit)));
                            ready!(idle.as_mut().poll(context));
                            self.idle = None;
                            Some(Err(silent(limit)))
                        }
                    };
                    match self.received(piece) {
                        Ok(Some(bytes)) if bytes.is_empty() => {}
                        Ok(Some(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                        Ok(None) => {
                            self.state = State::Ended;
                            return Poll::Ready(None);
                        }
                        Err(error) => match self.resume(error) {
                            Ok(opening) => self.state = State::Reopening(opening),
                            Err(error) => return self.fail(error),
                        },
                    }
                }
            }
        }
    }

    fn fail(&mut self, error: TransferError) -> Poll<Option<Result<Bytes, TransferError>>> {
        self.state = State::Ended;
        Poll::Ready(Some(Err(error)))
    }

    /// Takes what came, if it is within the size of the file.
    fn received(
        &mut self,
        piece: Option<Result<Bytes, TransportError>>,
    ) -> Result<Option<Bytes>, TransferError> {
        let size = self.size();
        let bytes = match piece {
            Some(Ok(mut bytes)) => {
                let known = bytes
                    .len()
                    .min(usize::try_from(self.skip).unwrap_or(usize::MAX));
                self.skip -= known as u64;
                bytes.split_off(known)
            }
            Some(Err(error)) => return Err(self.broken(error)),
            None => {
                return match (self.head.size, self.source.expected) {
                    (Some(size), _) if self.position < size => {
                        Err(self.broken(TransportError::new(TransportErrorKind::BodyCut)))
                    }
                    (_, Some(expected)) if self.position != expected => {
                        Err(self.source.size(self.position, expected))
                    }
                    _ => Ok(None),
                };
            }
        };
        let position = self.position.saturating_add(bytes.len() as u64);
        if let Some(size) = size
            && position > size
        {
            let reason = format!("the server sent more than the {size} bytes that the file has");
            return Err(TransferError::size(self.place(), reason));
        }
        self.position = position;
        if let Some(retries) = self.retries.as_mut().filter(|_| !bytes.is_empty()) {
            retries.got_on();
        }
        if let Some(tell) = &mut self.on_progress {
            tell(Progress {
                bytes: position,
                total: size,
            });
        }
        Ok(Some(bytes))
    }

    /// The error of a connection that broke while the file came.
    fn broken(&self, error: TransportError) -> TransferError {
        let position = self.position;
        let mut after = match self.size() {
            Some(size) => format!(", after {position} of {size} bytes"),
            None => format!(", after {position} bytes"),
        };
        if position > 0 && self.head.version.is_none() {
            after.push_str("; the server does not let a download be resumed: begin again");
        }
        TransferError::transport(self.place(), error, after)
    }

    /// Goes on where the file stopped; the error if that is not possible.
    fn resume(&mut self, error: TransferError) -> Result<Opening, TransferError> {
        let Some(retries) = self.retries.take() else {
            return Err(error);
        };
        if self.position > 0 && self.head.version.is_none() {
            return Err(error.with_attempts(retries.made, None));
        }
        let source = Arc::clone(&self.source);
        let position = self.position;
        let resumed = (position > 0).then(|| self.head.version.clone()).flatten();
        let size = self.head.size;
        Ok(Box::pin(async move {
            retries.wait(source.client.core(), error).await?;
            let resumed = resumed.map(|version| Resumed { version, size });
            source.open(position, resumed, retries).await
        }))
    }
}

/// What a resumed download must find again.
struct Resumed {
    version: HeaderValue,
    size: Option<u64>,
}

impl Source {
    pub(super) fn new(
        client: Client,
        target: Target,
        expected: Option<u64>,
        idle: Option<Duration>,
    ) -> Self {
        let core = client.core();
        Self {
            idle: idle.or(core.attempt_timeout).unwrap_or(core.timeout),
            client,
            target,
            expected,
        }
    }

    /// Asks for the file from a position on, until the server gives it or asking again is of no use.
    async fn open(
        self: Arc<Self>,
        position: u64,
        resumed: Option<Resumed>,
        mut retries: Retries,
    ) -> Result<(Reply, Retries), TransferError> {
        let core = self.client.core();
        loop {
            retries.made += 1;
            match self.attempt(position, resumed.as_ref()).await {
                Ok(reply) => {
                    core.retries.credit();
                    return Ok((reply, retries));
                }
                Err(error) => retries.wait(core, error).await?,
            }
        }
    }

    async fn attempt(
        &self,
        position: u64,
        resumed: Option<&Resumed>,
    ) -> Result<Reply, TransferError> {
        let place = &self.target.place;
        let mut headers = self.target.headers.clone();
        if let Some(resumed) = resumed {
            headers.insert(RANGE, from(position));
            headers.insert(IF_MATCH, resumed.version.clone());
        }
        let request = HttpRequest {
            method: Method::GET,
            url: self.target.url.clone(),
            headers,
            body: None,
        };
        let core = self.client.core();
        let opening = core.transport.open(request, Limits::new(core.max_body));
        let reply = timeout(self.idle, opening).await;
        let reply = reply.unwrap_or_else(|_| Err(silent(self.idle)));
        let reply = reply.map_err(|error| TransferError::transport(place, error, String::new()))?;
        let (parts, body) = reply.into_parts();
        let Some(resumed) = resumed else {
            if parts.status == StatusCode::OK {
                return Ok((Head::new(parts.headers, 0), body));
            }
            let refusal = self.refusal(parts.status, &parts.headers, body).await;
            return Err(TransferError::refused(place, refusal));
        };
        let same = parts.headers.get(ETAG) == Some(&resumed.version);
        match parts.status {
            // The server ignored the range.
            StatusCode::OK if same => Ok((Head::new(parts.headers, 0), body)),
            StatusCode::PARTIAL_CONTENT if same => match resumed.mismatch(&parts.headers, position)
            {
                None => Ok((Head::new(parts.headers, position), body)),
                Some(reason) => Err(TransferError::changed(place, reason)),
            },
            StatusCode::OK
            | StatusCode::PARTIAL_CONTENT
            | StatusCode::PRECONDITION_FAILED
            | StatusCode::RANGE_NOT_SATISFIABLE => {
                let reason =
                    format!("the file changed on the server after {position} bytes: begin again");
                Err(TransferError::changed(place, reason))
            }
            status => {
                let refusal = self.refusal(status, &parts.headers, body).await;
                Err(TransferError::refused(place, refusal))
            }
        }
    }

    async fn refusal(&self, status: StatusCode, headers: &HeaderMap, body: ReplyStream) -> Refusal {
        let body = beginning(body, self.idle).await;
        Refusal::new(status.as_u16(), headers, &body, &self.target.scrubber)
    }

    /// The error for a file of another size than the one expected.
    fn size(&self, found: u64, expected: u64) -> TransferError {
        let reason = format!("the file has {found} bytes, expected {expected}");
        TransferError::size(&self.target.place, reason)
    }
}

/// As much of an error's body as is looked at, and as came in time.
pub(super) async fn beginning(mut body: ReplyStream, limit: Duration) -> BytesMut {
    let mut beginning = BytesMut::new();
    let reading = async {
        while let Some(Ok(piece)) = poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
            let room = LONGEST_BODY - beginning.len();
            beginning.extend_from_slice(piece.get(..room).unwrap_or(&piece));
            if beginning.len() == LONGEST_BODY {
                break;
            }
        }
    };
    // Whatever came says more than that the rest did not.
    let _ = timeout(limit, reading).await;
    beginning
}

impl Resumed {
    /// Why a reply is not the rest of the file.
    fn mismatch(&self, headers: &HeaderMap, position: u64) -> Option<String> {
        let range = headers
            .get(CONTENT_RANGE)
            .and_then(|range| range.to_str().ok());
        let range = range.unwrap_or("no `content-range`");
        let fits = || {
            let span = range.trim().strip_prefix("bytes ")?;
            let (span, total) = span.split_once('/')?;
            let (first, _) = span.split_once('-')?;
            let first: u64 = first.trim().parse().ok()?;
            let total: Option<u64> = total.trim().parse().ok();
            let whole = total.is_none() || self.size.is_none() || total == self.size;
            Some(first == position && whole)
        };
        (fits() != Some(true)).then(|| {
            format!("the server was asked for the bytes from {position} on and gave {range:?}: begin again")
        })
    }
}

/// The value of `range` for all bytes from a position on.
fn from(position: u64) -> HeaderValue {
    let text = format!("bytes={position}-");
    // Digits are valid in a header: this cannot fail.
    text.try_into()
        .unwrap_or(HeaderValue::from_static("bytes=0-"))
}

fn sleep_in(limit: Duration) -> Sleep {
    let now = Instant::now();
    sleep_until(now.checked_add(limit).unwrap_or_else(|| now + FOREVER))
}

const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// The error of a server that sends nothing.
pub(super) fn silent(limit: Duration) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
        .with_reason(format!("nothing came for {limit:?}"))
}

impl Stream for DownloadStream {
    type Item = Result<Bytes, TransferError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for DownloadStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadStream")
            .field("size", &self.size())
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
