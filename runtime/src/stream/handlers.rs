//! A stream's handlers: which one takes a frame, when it runs, and when its frame is acknowledged.

use std::error::Error as StdError;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout, timeout_at};

use super::frame::{Ack, Frame, Kind, Receipt};
use super::seen::{Fate, Seen};
use super::state::StreamState;
use super::trace;
use crate::clock::since_1970;
use crate::transport::BoxFuture;

/// How long an answer that is sent with the acknowledgment may take: the server waits about two seconds.
const ANSWER: Duration = Duration::from_millis(1500);

/// The maximum number of frames that wait for a handler.
const WAITING: usize = 1024;

const NO_ANSWER: &str = "null";

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// What a handler answers: a value, or a `Result` of one.
///
/// If a handler fails, this is logged and counted. Its frame is delivered again if frames are
/// [acknowledged after the handler](super::StreamBuilder::ack_after_handler).
pub trait Answer<T> {
    #[doc(hidden)]
    fn into_answer(self) -> Result<T, BoxError>;
}

impl<T> Answer<T> for T {
    fn into_answer(self) -> Result<T, BoxError> {
        Ok(self)
    }
}

impl<T, E: Into<BoxError>> Answer<T> for Result<T, E> {
    fn into_answer(self) -> Result<T, BoxError> {
        self.map_err(Into::into)
    }
}

/// Takes a frame, and answers in JSON.
pub(super) type Handler =
    Box<dyn Fn(Frame) -> BoxFuture<'static, Result<String, BoxError>> + Send + Sync>;

/// A subscription and its handler.
pub(super) struct Route {
    pub(super) kind: Kind,
    pub(super) topic: &'static str,
    /// Whether the acknowledgment carries an answer, so that it waits for the handler.
    pub(super) answers: bool,
    pub(super) handler: Handler,
}

pub(super) struct Options {
    pub(super) concurrency: usize,
    pub(super) handler_timeout: Duration,
    pub(super) ack_after: Option<Duration>,
    pub(super) max_age: Option<Duration>,
    pub(super) grace: Duration,
}

/// The tasks in which handlers run. They end when it is dropped. `None` once no more frames are taken.
pub(super) type Tasks = Arc<Mutex<Option<JoinSet<()>>>>;

pub(super) struct Handlers {
    routes: Vec<Arc<Route>>,
    options: Options,
    slots: Arc<Semaphore>,
    seen: Mutex<Seen>,
    state: watch::Sender<StreamState>,
}

/// A frame to handle.
struct Job {
    frame: Frame,
    ids: Vec<String>,
    route: Arc<Route>,
    permit: Option<OwnedSemaphorePermit>,
}

impl Handlers {
    pub(super) fn new(
        routes: Vec<Route>,
        options: Options,
        state: watch::Sender<StreamState>,
    ) -> Self {
        Self {
            routes: routes.into_iter().map(Arc::new).collect(),
            slots: Arc::new(Semaphore::new(options.concurrency)),
            options,
            seen: Mutex::default(),
            state,
        }
    }

    pub(super) fn routes(&self) -> &[Arc<Route>] {
        &self.routes
    }

    pub(super) fn grace(&self) -> Duration {
        self.options.grace
    }

    pub(super) fn note(&self, change: impl FnOnce(&mut StreamState)) {
        self.state.send_modify(change);
    }

    /// Takes a frame: acknowledges it, now or later, and has it handled unless it came before. While the stream stops,
    /// frames are left to the next delivery.
    pub(super) fn receive(
        self: &Arc<Self>,
        mut frame: Frame,
        acks: &UnboundedSender<String>,
        tasks: &Tasks,
    ) {
        let mut tasks = lock(tasks);
        let Some(tasks) = &mut *tasks else { return };
        let ids = frame.ids();
        let receipt = frame.receipt(acks);
        let takes = |route: &&Arc<Route>| {
            route.kind == frame.kind && (frame.kind == Kind::Event || route.topic == frame.topic)
        };
        let Some(route) = self.routes.iter().find(takes).map(Arc::clone) else {
            trace::no_handler(&frame);
            return receipt.send(Ack::Unknown);
        };
        self.note(|state| state.frames += 1);
        if self.is_stale(&frame) {
            self.note(|state| state.stale += 1);
            return receipt.send(Ack::Taken(NO_ANSWER.into()));
        }
        let known = lock(&self.seen).note(&ids);
        if let Some(fate) = known {
            self.note(|state| state.duplicates += 1);
            // It is not yet known whether the first will be handled.
            let unsure = fate == Fate::Running && self.options.ack_after.is_some();
            return receipt.send(if unsure {
                Ack::Again
            } else {
                Ack::Taken(NO_ANSWER.into())
            });
        }
        // Tasks stay in the set until they are taken out.
        while tasks.try_join_next().is_some() {}
        if tasks.len() >= self.options.concurrency + WAITING {
            lock(&self.seen).settle(&ids, false);
            return self.put_off(receipt);
        }
        let ack_within = self.options.ack_after.or(route.answers.then_some(ANSWER));
        let ack_by = ack_within.map(|within| Instant::now() + within);
        let job = Job {
            frame,
            ids,
            route,
            permit: Arc::clone(&self.slots).try_acquire_owned().ok(),
        };
        match ack_by {
            None => {
                receipt.send(Ack::Taken(NO_ANSWER.into()));
                tasks.spawn(Arc::clone(self).handle(job));
            }
            Some(ack_by) => {
                tasks.spawn(Arc::clone(self).answer(job, receipt, ack_by));
            }
        }
    }

    /// Handles a frame that has been acknowledged.
    async fn handle(self: Arc<Self>, job: Job) {
        let ids = job.ids.clone();
        self.run(job, &AtomicBool::default()).await;
        lock(&self.seen).settle(&ids, true);
    }

    /// Handles a frame and acknowledges it, at `ack_by` at the latest.
    async fn answer(self: Arc<Self>, job: Job, receipt: Receipt, ack_by: Instant) {
        // Otherwise the frame counts as taken whatever becomes of its handler, like one that is acknowledged on receipt.
        // A card action has no id that stays the same, so its next delivery would be handled too.
        let may_put_off = self.options.ack_after.is_some();
        let ids = job.ids.clone();
        let begun = AtomicBool::default();
        let mut run = Box::pin(self.run(job, &begun));
        let handled = match timeout_at(ack_by, &mut run).await {
            Ok(Some(answer)) => {
                receipt.send(Ack::Taken(answer));
                true
            }
            Ok(None) if may_put_off => {
                receipt.send(Ack::Again);
                false
            }
            Err(_) if may_put_off => {
                self.put_off(receipt);
                // One that has not begun is left to the next delivery.
                let begun = begun.load(Ordering::Relaxed);
                begun && run.await.is_some()
            }
            Ok(None) => {
                receipt.send(Ack::Taken(NO_ANSWER.into()));
                true
            }
            Err(_) => {
                receipt.send(Ack::Taken(NO_ANSWER.into()));
                run.await;
                true
            }
        };
        lock(&self.seen).settle(&ids, handled);
    }

    /// Runs the handler when a slot is free, and returns its answer; `None` if it failed.
    async fn run(&self, job: Job, begun: &AtomicBool) -> Option<String> {
        let _permit = match job.permit {
            Some(permit) => permit,
            None => Arc::clone(&self.slots).acquire_owned().await.ok()?,
        };
        begun.store(true, Ordering::Relaxed);
        let limit = self.options.handler_timeout;
        let message_id = job.frame.message_id.clone();
        let handled = timeout(limit, caught(|| (job.route.handler)(job.frame))).await;
        let failure = match handled {
            Ok(Ok(Ok(answer))) => return Some(answer),
            Ok(Ok(Err(error))) => Failure::Error(error),
            Ok(Err(Panicked)) => Failure::Panicked,
            Err(_) => Failure::TooLong(limit),
        };
        trace::failed(job.route.topic, message_id.as_deref(), &failure);
        self.note(|state| state.failed += 1);
        None
    }

    fn put_off(&self, receipt: Receipt) {
        self.note(|state| state.put_off += 1);
        receipt.send(Ack::Again);
    }

    fn is_stale(&self, frame: &Frame) -> bool {
        let (Some(most), Some(born)) = (self.options.max_age, frame.born()) else {
            return false;
        };
        let born = Duration::from_millis(u64::try_from(born).unwrap_or(0));
        since_1970().saturating_sub(born) > most
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why a handler gave no answer.
pub(super) enum Failure {
    Error(BoxError),
    Panicked,
    TooLong(Duration),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(error) => error.fmt(f),
            Self::Panicked => f.write_str("the handler panicked"),
            Self::TooLong(limit) => write!(f, "the handler was stopped after {limit:?}"),
        }
    }
}

struct Panicked;

/// Makes a future and runs it. A panic in either does not end the task.
async fn caught<T>(make: impl FnOnce() -> BoxFuture<'static, T>) -> Result<T, Panicked> {
    let future = catch_unwind(AssertUnwindSafe(make));
    let mut future = future.map_err(|_| Panicked)?;
    std::future::poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(_) => std::task::Poll::Ready(Err(Panicked)),
        }
    })
    .await
}
