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

/// The waits before connections that follow a failure.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How long a connection must have lasted for its end to count as the first failure: a server that accepts connections
/// and drops them at once gets no storm of them.
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
    /// How many failures there were in a row.
    failures: u32,
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

    /// Connects again and again, until it is stopped.
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

    /// Runs a connection until another is needed. Returns how long to wait before; `None` if it is stopped.
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
        // The server has asked for another at once, and keeps this one until then.
        let asked = end?.is_ok();
        Some(wait_after(if asked { failures } else { self.failures }))
    }

    /// What the future gives; `None` if the stream is stopped first.
    async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            // An error means that there is nobody left who could stop it.
            Ok(_) = stop.wait_for(|stop| *stop) => None,
            result = future => Some(result),
        }
    }

    /// Lets handlers finish, sends their acknowledgements, and closes the connections.
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
        // What has not closed by then is dropped.
        let _ = timeout(CLOSING, closed).await;
    }
}

/// 1, 2, 4 .. 30 seconds, of which up to a half is left out by chance, so that not all clients come at once.
fn wait_after(failures: u32) -> Duration {
    let Some(doublings) = failures.checked_sub(1) else {
        return Duration::ZERO;
    };
    let longest = FIRST_WAIT
        .saturating_mul(2u32.saturating_pow(doublings))
        .min(LONGEST_WAIT);
    longest.mul_f64(0.5 + fastrand::f64() / 2.0)
}
