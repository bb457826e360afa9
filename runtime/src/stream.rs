//! Stream connections: events and callbacks over a WebSocket that the client opens, so that no server of the user's
//! has to be reached.

mod connection;
mod error;
mod frame;
mod handlers;
mod open;
mod seen;
mod state;
mod supervisor;
mod trace;
mod wire;

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::time::Duration;

use tokio::sync::watch;

pub use self::error::StreamError;
use self::frame::{Frame, Kind};
pub use self::handlers::Answer;
use self::handlers::{BoxError, Handlers, Options, Route};
pub use self::state::{StreamHandle, StreamState};
use self::supervisor::Supervisor;
use crate::client::Client;
use crate::event::{FromCallback, FromEvent, RawEvent, StreamPlatform};

/// How many handlers run at once, how long one may take, and how long a stop waits for them, unless it is said.
const CONCURRENCY: usize = 64;
const HANDLER_TIMEOUT: Duration = Duration::from_secs(600);
const GRACE: Duration = Duration::from_secs(30);

/// The longest time until an acknowledgement that the server still waits for.
const LONGEST_ACK: Duration = Duration::from_millis(1900);

/// Receives what the platform says by itself, over a Stream connection; `P` says which types the handlers take.
///
/// Give it handlers, then [`run`](Self::run) it. It subscribes to what has a handler, and to nothing else. A handler is
/// a closure that returns a future, or an async closure. Handlers run in tasks of the tokio runtime, several at once:
/// one that fails, panics or hangs disturbs no other.
///
/// **Delivery.** The platform waits some two seconds for the acknowledgement of a frame, and delivers it again without
/// one. So a frame is acknowledged when it arrives, and what is delivered again while its handler runs, or within five
/// minutes after, is known by its ids and not handled a second time. The last 200,000 ids of handled frames are known:
/// a frame has two at most, so 100,000 frames at least. A handler that needs the platform's help against crashes of the
/// program can have its frames acknowledged [later](Self::ack_after_handler). Several streams of one application share
/// its frames.
///
/// **Connection.** It is opened like any call of the client: with its server, proxy, certificates and retries. Whenever
/// it is lost, another is opened, after waits that grow from 1 to 30 seconds. A client of your own, given with
/// [`http_client`](crate::ClientBuilder::http_client), needs `http1_only()` if it may negotiate HTTP/2.
///
/// **Logs.** This crate logs nothing of what messages say, unless the errors of handlers do. The crate `tungstenite`,
/// which frames messages, logs their whole text at the level TRACE: if you enable that level for all crates, set
/// `tungstenite=info`.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// # use dingtalk_api::{Client, FromCallback, RawEvent, StreamError, StreamPlatform, model::Json};
/// # struct Message(Json);
/// # impl FromCallback for Message {
/// #     const TOPIC: &'static str = "/v1.0/im/bot/messages/get";
/// #     type Response = ();
/// #     fn from_callback(data: Json) -> Self { Self(data) }
/// # }
/// # struct Types;
/// # impl StreamPlatform for Types {
/// #     type Event = RawEvent;
/// #     type BotMessage = Message;
/// #     type CardAction = Message;
/// # }
/// # async fn example(client: &Client) -> Result<(), StreamError> {
/// let stream = client
///     .stream::<Types>()
///     .on_event(async |event| println!("{:?}", event.header.event_type))
///     .on_bot_message(async |message| println!("{}", message.0["text"]["content"]));
/// let handle = stream.handle();
/// tokio::spawn(async move {
///     // When the program is to end:
///     handle.stop();
/// });
/// stream.run().await
/// # }
/// ```
#[must_use = "a stream does nothing until `run` is awaited"]
pub struct StreamBuilder<P> {
    client: Client,
    routes: Vec<Route>,
    options: Options,
    stop: watch::Sender<bool>,
    state: watch::Sender<StreamState>,
    platform: PhantomData<fn() -> P>,
}

impl Client {
    /// A stream of events and callbacks, with the application's key and secret.
    #[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
    pub fn stream<P: StreamPlatform>(&self) -> StreamBuilder<P> {
        StreamBuilder {
            client: self.clone(),
            routes: Vec::new(),
            options: Options {
                concurrency: CONCURRENCY,
                handler_timeout: HANDLER_TIMEOUT,
                ack_after: None,
                max_age: None,
                grace: GRACE,
            },
            stop: watch::Sender::default(),
            state: watch::Sender::default(),
            platform: PhantomData,
        }
    }
}

impl<P: StreamPlatform> StreamBuilder<P> {
    /// Handles every event. A second handler replaces the first.
    pub fn on_event<F, T>(self, handler: F) -> Self
    where
        F: Fn(P::Event) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<()>> + Send + 'static,
    {
        self.route(Kind::Event, "*", false, move |frame| {
            let raw = RawEvent::from_stream(&frame.headers, frame.data);
            let answer = handler(P::Event::from_event(raw));
            async move { answer.await.into_answer() }
        })
    }

    /// Handles the messages that robots of the application get.
    pub fn on_bot_message<F, T>(self, handler: F) -> Self
    where
        F: Fn(P::BotMessage) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<<P::BotMessage as FromCallback>::Response>> + Send + 'static,
    {
        self.on_callback(handler)
    }

    /// Handles the actions of users on cards. The handler's answer changes the card. The platform waits for it some
    /// two seconds: answer fast, and change the card later with a call if it takes longer. The answer of a handler that
    /// takes more than a second and a half is not sent, and the card stays as it is, as after a handler that fails.
    pub fn on_card_action<F, T>(self, handler: F) -> Self
    where
        F: Fn(P::CardAction) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<<P::CardAction as FromCallback>::Response>> + Send + 'static,
    {
        self.on_callback(handler)
    }

    /// Handles the callbacks of one topic. A second handler replaces the first.
    ///
    /// Where the platform expects an answer, it is sent with the acknowledgement: the handler has a second and a half. If
    /// it takes longer, it runs on, and the frame is acknowledged without an answer, as it is if the handler fails: it is
    /// not delivered again, unless frames are [acknowledged after the handler](Self::ack_after_handler).
    pub fn on_callback<C, F, T>(self, handler: F) -> Self
    where
        C: FromCallback,
        F: Fn(C) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<C::Response>> + Send + 'static,
    {
        let answers = size_of::<C::Response>() > 0;
        self.route(Kind::Callback, C::TOPIC, answers, move |frame| {
            let answer = handler(C::from_callback(frame.data));
            async move { answer.await.into_answer() }
        })
    }

    fn route<F, T, R>(mut self, kind: Kind, topic: &'static str, answers: bool, handler: F) -> Self
    where
        F: Fn(Frame) -> T + Send + Sync + 'static,
        T: Future<Output = Result<R, BoxError>> + Send + 'static,
        R: serde::Serialize,
    {
        self.routes
            .retain(|known| known.kind != kind || known.topic != topic);
        self.routes.push(Route {
            kind,
            topic,
            answers,
            handler: Box::new(move |frame| {
                let answer = handler(frame);
                Box::pin(async move { Ok(serde_json::to_string(&answer.await?)?) })
            }),
        });
        self
    }

    /// Acknowledges a frame after its handler instead of on receipt, so that a frame whose handler failed, or which the
    /// program did not live to handle, is delivered again. One whose handler takes longer than `within` is put off: the
    /// platform delivers it again, and it is acknowledged then if the handler has succeeded by that time.
    ///
    /// `within` is at most 1.9 seconds, because the platform waits some two: a longer time counts as 1.9 seconds.
    ///
    /// A card's action has no id that stays when it is delivered again: one that is put off is handled twice.
    pub fn ack_after_handler(mut self, within: Duration) -> Self {
        self.options.ack_after = Some(within.min(LONGEST_ACK));
        self
    }

    /// How many handlers run at once; the others wait. Default: 64. Zero counts as one.
    pub fn concurrency(mut self, handlers: usize) -> Self {
        self.options.concurrency = handlers.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
        self
    }

    /// How long a handler may run before it is stopped. Default: 10 minutes.
    pub fn handler_timeout(mut self, timeout: Duration) -> Self {
        self.options.handler_timeout = timeout;
        self
    }

    /// Drops messages and events that are older than this, such as those that piled up while the program did not run.
    /// They are acknowledged. Default: none is dropped.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.options.max_age = Some(age);
        self
    }

    /// How long a stop waits for handlers. Default: 30 seconds.
    pub fn shutdown_timeout(mut self, timeout: Duration) -> Self {
        self.options.grace = timeout;
        self
    }

    /// A handle that shows the stream's state and stops it.
    pub fn handle(&self) -> StreamHandle {
        StreamHandle {
            stop: self.stop.clone(),
            state: self.state.subscribe(),
        }
    }

    /// Receives until a [handle](Self::handle) stops it. Dropping the future stops it at once, handlers included.
    ///
    /// # Errors
    /// If there is no handler, if the client has no key and secret of an application, or if the platform refuses them.
    /// All other failures are logged, and met with another connection.
    pub async fn run(self) -> Result<(), StreamError> {
        if self.routes.is_empty() {
            return Err(StreamError::NoHandler);
        }
        let handlers = Handlers::new(self.routes, self.options, self.state);
        Supervisor::new(self.client, handlers, self.stop.subscribe())
            .run()
            .await
    }

    /// Receives until this future ends, for example one that waits for a signal; then stops gracefully.
    ///
    /// # Errors
    /// Those of [`run`](Self::run).
    pub async fn run_until<T>(self, end: impl Future<Output = T>) -> Result<(), StreamError> {
        let handle = self.handle();
        let mut run = std::pin::pin!(self.run());
        tokio::select! {
            ended = &mut run => ended,
            _ = end => {
                handle.stop();
                run.await
            }
        }
    }
}

impl<P> fmt::Debug for StreamBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let topics = self.routes.iter().map(|route| route.topic);
        f.debug_struct("StreamBuilder")
            .field("client", &self.client)
            .field("topics", &topics.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
