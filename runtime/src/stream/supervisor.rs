//! Keeps a stream connected, and stops it.

use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::connection::Connection;
use super::error::StreamError;
use super::handlers::{Handlers, Tasks, lock};
use super::open::{Failure, WebSocket, open};
use super::trace;
use crate::client::Client;

/// The waits before connecting again after a failure.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// If a connection lasted this long, its end counts as the first failure. A shorter one counts as one more in a row, so
/// that a server which drops connections at once is not flooded with them.
const STEADY: Duration = Duration::from_secs(10);

/// How long connections may take to close.
const CLOSING: Duration = Duration::from_secs(5);

pub(super) struct Supervisor {
    client: Client,
    handlers: Arc<Handlers>,
    tasks: Tasks,
    connections: JoinSet<()>,
    closing: watch::Sender<bool>,
    stop: watch::Receiver<bool>,
    /// The number of failures in a row.
    failures: u32,
    /// The number of connections so far.
    made: u64,
}

impl Supervisor {
    pub(super) fn new(client: Client, handlers: Handlers, stop: watch::Receiver<bool>) -> Self {
        Self {
            client,
            handlers: Arc::new(handlers),
            tasks: Arc::new(Mutex::new(Some(JoinSet::new()))),
            connections: JoinSet::new(),
            closing: watch::Sender::default(),
            stop,
            failures: 0,
            made: 0,
        }
    }

    pub(super) async fn run(mut self) -> Result<(), StreamError> {
        let end = self.serve().await;
        self.drain().await;
        end
    }

    /// Connects again and again until the stream is stopped.
    async fn serve(&mut self) -> Result<(), StreamError> {
        loop {
            let opened = open(&self.client, self.handlers.routes());
            let wait = match self.unless_stopped(opened).await {
                None => return Ok(()),
                Some(Err(Failure::Lasting(error))) => return Err(error),
                Some(Err(Failure::Passing(error))) => {
                    self.failures = self.failures.saturating_add(1);
                    let wait = wait_after(self.failures);
                    trace::not_opened(&error, wait);
                    wait
                }
                Some(Ok(socket)) => match self.attend(socket).await {
                    None => return Ok(()),
                    Some(wait) => wait,
                },
            };
            if self.unless_stopped(sleep(wait)).await.is_none() {
                return Ok(());
            }
        }
    }

    /// Runs a connection until another is needed, and returns how long to wait for that; `None` if the stream is stopped.
    async fn attend(&mut self, socket: WebSocket) -> Option<Duration> {
        let (leaving, left) = oneshot::channel();
        let connection = Connection::new(
            socket,
            Arc::clone(&self.handlers),
            Arc::clone(&self.tasks),
            self.closing.subscribe(),
            leaving,
        );
        self.connections.spawn(connection.run());
        let (began, reconnects) = (Instant::now(), self.made);
        self.made += 1;
        self.handlers.note(|state| {
            state.connected = true;
            state.since = Some(SystemTime::now());
            state.reconnects = reconnects;
        });
        trace::connected(reconnects);
        let end = self.unless_stopped(left).await;
        self.handlers.note(|state| {
            state.connected = false;
            state.since = None;
        });
        while self.connections.try_join_next().is_some() {}
        if began.elapsed() >= STEADY {
            self.failures = 0;
        }
        let failures = self.failures;
        self.failures = failures.saturating_add(1);
        // If the server has asked for another, it keeps this one until then: no wait.
        let asked = end?.is_ok();
        Some(wait_after(if asked { failures } else { self.failures }))
    }

    /// The future's output; `None` if the stream is stopped first.
    async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            // An error means that no handle is left to stop it.
            Ok(_) = stop.wait_for(|stop| *stop) => None,
            result = future => Some(result),
        }
    }

    /// Lets handlers finish, sends their acknowledgments, and closes the connections.
    async fn drain(&mut self) {
        let grace = self.handlers.grace();
        let mut tasks = lock(&self.tasks).take().unwrap_or_default();
        if tasks.is_empty() && self.connections.is_empty() {
            return;
        }
        let finished = timeout(grace, async { while tasks.join_next().await.is_some() {} }).await;
        if finished.is_err() {
            trace::unfinished(grace);
        }
        self.closing.send_replace(true);
        let closed = async { while self.connections.join_next().await.is_some() {} };
        // Connections that have not closed by then are dropped.
        let _ = timeout(CLOSING, closed).await;
    }
}

/// 1, 2, 4 .. 30 seconds, less a random part of up to half, so that clients do not all connect at once.
fn wait_after(failures: u32) -> Duration {
    let Some(doublings) = failures.checked_sub(1) else {
        return Duration::ZERO;
    };
    let longest = FIRST_WAIT
        .saturating_mul(2u32.saturating_pow(doublings))
        .min(LONGEST_WAIT);
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}
