//! Reads and writes a WebSocket at the same time.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream as _;
use futures_sink::Sink as _;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::open::WebSocket;

/// If more messages than this wait to be written, nothing is read.
const BACKLOG: usize = 4096;

/// The maximum number of messages that are read before what is written goes out. One system call then carries the
/// acknowledgements of all frames that arrived together.
const BATCH: usize = 32;

/// A WebSocket in which neither direction waits for the other.
pub(super) struct Wire {
    socket: WebSocket,
    outgoing: VecDeque<Message>,
    unflushed: bool,
    /// How many messages were read since something was written and not flushed.
    read: usize,
    blocked: Option<Instant>,
}

impl Wire {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self {
            socket,
            outgoing: VecDeque::new(),
            unflushed: false,
            read: 0,
            blocked: None,
        }
    }

    /// Queues a message.
    pub(super) fn push(&mut self, message: Message) {
        self.outgoing.push_back(message);
    }

    /// Since when the other end has read nothing, while messages wait to be written.
    pub(super) fn blocked(&self) -> Option<Instant> {
        self.blocked
    }

    /// Writes what can be written, and returns the next message that arrives; `None` once the connection is closed.
    /// Dropping the future loses nothing.
    pub(super) fn next(&mut self) -> impl Future<Output = Option<Result<Message, Error>>> {
        std::future::poll_fn(|context| self.poll(context))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, Error>>> {
        let mut written = self.write(context);
        let reads = self.outgoing.len() <= BACKLOG;
        let waits = self.unflushed && self.read < BATCH && matches!(written, Poll::Ready(Ok(())));
        if reads && waits {
            let next = Pin::new(&mut self.socket).poll_next(context);
            if next.is_ready() {
                self.read += 1;
                return next;
            }
        }
        if written.is_ready() && self.unflushed {
            written = self.flush(context);
        }
        match written {
            Poll::Ready(Ok(())) => self.blocked = None,
            Poll::Ready(Err(error)) => return Poll::Ready(Some(Err(error))),
            Poll::Pending => _ = self.blocked.get_or_insert_with(Instant::now),
        }
        if !reads || waits {
            return Poll::Pending;
        }
        Pin::new(&mut self.socket).poll_next(context)
    }

    /// Hands all messages to the socket's buffer.
    fn write(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let mut socket = Pin::new(&mut self.socket);
        while !self.outgoing.is_empty() {
            ready!(socket.as_mut().poll_ready(context))?;
            if let Some(message) = self.outgoing.pop_front() {
                self.blocked = None;
                self.unflushed = true;
                socket.as_mut().start_send(message)?;
            }
        }
        Poll::Ready(Ok(()))
    }

    fn flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        ready!(Pin::new(&mut self.socket).poll_flush(context))?;
        self.unflushed = false;
        self.read = 0;
        Poll::Ready(Ok(()))
    }
}
