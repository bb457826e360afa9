//! One connection: reads frames, writes acknowledgments, and notices when the server is gone.
//!
//! Handlers run in tasks of their own, so neither reading, writing nor the heartbeat waits for them.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Message;

use super::frame::{Frame, Kind, is_disconnect, system_ack};
use super::handlers::{Handlers, Tasks};
use super::open::WebSocket;
use super::trace;
use super::wire::Wire;

/// How long the server may be silent before the client pings it.
const IDLE: Duration = Duration::from_secs(120);

/// How long the answer to a ping may take.
const PONG: Duration = Duration::from_secs(5);

/// How long the server may read nothing of what the client writes.
const STALL: Duration = Duration::from_secs(10);

/// How long a connection that the server gives up is kept, for the last acknowledgments. The server is silent for ten
/// seconds, then closes it.
const FAREWELL: Duration = Duration::from_secs(15);

/// How long the server may take to end a connection after either end has closed it.
const CLOSING: Duration = Duration::from_secs(2);

pub(super) struct Connection {
    wire: Wire,
    handlers: Arc<Handlers>,
    tasks: Tasks,
    /// Tells the connection to close.
    closing: watch::Receiver<bool>,
    /// Reports that the server gives this connection up. Dropping it reports that the connection has ended.
    leaving: Option<oneshot::Sender<()>>,
    acks: UnboundedSender<String>,
    unsent: UnboundedReceiver<String>,
    heard: Instant,
    pinged: Option<Instant>,
    /// When the connection is given up, whatever happens.
    ends: Option<Instant>,
    /// Whether one side has sent a close. Nothing may be sent after that.
    closed: bool,
}

impl Connection {
    pub(super) fn new(
        socket: WebSocket,
        handlers: Arc<Handlers>,
        tasks: Tasks,
        closing: watch::Receiver<bool>,
        leaving: oneshot::Sender<()>,
    ) -> Self {
        let (acks, unsent) = mpsc::unbounded_channel();
        Self {
            wire: Wire::new(socket),
            handlers,
            tasks,
            closing,
            leaving: Some(leaving),
            acks,
            unsent,
            heard: Instant::now(),
            pinged: None,
            ends: None,
            closed: false,
        }
    }

    /// Runs until the connection ends.
    pub(super) async fn run(mut self) {
        let reason = self.serve().await;
        trace::ended(&reason);
    }

    async fn serve(&mut self) -> String {
        let mut timer = std::pin::pin!(sleep_until(self.due()));
        loop {
            tokio::select! {
                biased;
                Ok(()) = self.closing.changed() => self.close(),
                () = &mut timer => {
                    if let Some(reason) = self.look_at_clock() {
                        return reason.to_owned();
                    }
                    timer.as_mut().reset(self.due());
                }
                Some(ack) = self.unsent.recv() => self.send(ack),
                message = self.wire.next() => match message {
                    // The answer to the client's close.
                    Some(Ok(Message::Close(_))) if self.closed => return "closed".to_owned(),
                    Some(Ok(message)) => self.take(&message),
                    Some(Err(error)) => return error.to_string(),
                    None => return "closed".to_owned(),
                },
            }
            // A later time is set when the timer fires: moving it for each message would cost more.
            let due = self.due();
            if due < timer.deadline() {
                timer.as_mut().reset(due);
            }
        }
    }

    /// Sends the acknowledgments that are left, then a close.
    fn close(&mut self) {
        while let Ok(ack) = self.unsent.try_recv() {
            self.send(ack);
        }
        if !self.closed {
            self.wire.push(Message::Close(None));
            self.end_soon();
        }
    }

    /// The server has sent a close. The WebSocket answers by itself, and the server ends the TCP connection.
    fn closed_by_server(&mut self) {
        self.leaving = None;
        self.end_soon();
    }

    fn end_soon(&mut self) {
        self.closed = true;
        self.ends = Some(Instant::now() + CLOSING);
    }

    fn send(&mut self, ack: String) {
        if !self.closed {
            self.wire.push(Message::text(ack));
        }
    }

    fn take(&mut self, message: &Message) {
        self.heard = Instant::now();
        self.pinged = None;
        match message {
            Message::Text(text) => self.take_frame(text),
            Message::Binary(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => self.take_frame(text),
                Err(_) => trace::garbage(bytes.len()),
            },
            Message::Close(_) => self.closed_by_server(),
            _ => {}
        }
    }

    fn take_frame(&mut self, text: &str) {
        let Some(frame) = Frame::parse(text) else {
            return trace::garbage(text.len());
        };
        if is_disconnect(&frame) {
            if let Some(leaving) = self.leaving.take() {
                let _ = leaving.send(());
                self.ends = Some(Instant::now() + FAREWELL);
            }
        } else if frame.kind == Kind::System {
            frame.receipt(&self.acks).send(system_ack(&frame));
        } else {
            self.handlers.receive(frame, &self.acks, &self.tasks);
        }
    }

    /// When to look at the clock again.
    fn due(&self) -> Instant {
        let silent = match self.pinged {
            None => self.heard + IDLE,
            Some(pinged) => pinged + PONG,
        };
        let stalled = self.wire.blocked().map(|since| since + STALL);
        let times = [Some(silent), stalled, self.ends];
        times.into_iter().flatten().min().unwrap_or(silent)
    }

    /// Pings a silent server. Returns a reason if the connection must be given up.
    fn look_at_clock(&mut self) -> Option<&'static str> {
        let now = Instant::now();
        let past = |since: Option<Instant>, limit| since.is_some_and(|since| now >= since + limit);
        if past(self.ends, Duration::ZERO) {
            return Some("the server did not close the connection in time");
        }
        if past(self.pinged, PONG) {
            return Some("the server did not answer a ping");
        }
        if past(self.wire.blocked(), STALL) {
            return Some("the server reads nothing");
        }
        if past(Some(self.heard), IDLE) && self.pinged.is_none() {
            self.wire.push(Message::Ping(Bytes::new()));
            self.pinged = Some(now);
        }
        None
    }
}
