//! Stream connections: events and callbacks over a WebSocket that the client opens, so users need no public server.

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

/// The defaults: how many handlers run at once, how long one may take, and how long a stop waits for them.
const CONCURRENCY: usize = 64;
const HANDLER_TIMEOUT: Duration = Duration::from_secs(600);
const GRACE: Duration = Duration::from_secs(30);

/// The maximum time until an acknowledgment: the server waits only a little longer.
const LONGEST_ACK: Duration = Duration::from_millis(1900);

/// Receives events and callbacks over a Stream connection. `P` names the types that the handlers take.
///
/// Give it handlers, then [`run`](Self::run) it. It subscribes only to what has a handler. A handler is a closure that
/// returns a future, or an async closure. Handlers run in tasks of the tokio runtime, several at once. If one fails,
/// panics or hangs, the others still run.
///
/// **Delivery.** The platform waits about two seconds for the acknowledgment of a frame, then delivers the frame again.
/// So a frame is acknowledged when it arrives. If it is delivered again while its handler runs, or within five minutes
/// after, the stream knows its ids and does not handle it again. The stream remembers the last 200,000 ids of handled
/// frames; a frame has at most two, so it remembers at least 100,000 frames. If a frame must be delivered again after a
/// crash of your program, [acknowledge it after its handler](Self::ack_after_handler). Streams of the same application
/// share its frames.
///
/// **Connection.** It is opened like any call of the client: with its server, proxy, certificates and retries. When it
/// is lost, the stream opens another, after waits that grow from 1 to 30 seconds. A client of your own, set with
/// [`http_client`](crate::ClientBuilder::http_client), needs `http1_only()` if it can negotiate HTTP/2.
///
/// **Logs.** This crate does not log what messages say, but it logs the errors that handlers return. The crate
/// `tungstenite`, which frames messages, logs their whole text at the level TRACE: if you enable that level for all
/// crates, set `tungstenite=info`.
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
///     // To end the program:
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

    /// Handles messages to the application's robots.
    pub fn on_bot_message<F, T>(self, handler: F) -> Self
    where
        F: Fn(P::BotMessage) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<<P::BotMessage as FromCallback>::Response>> + Send + 'static,
    {
        self.on_callback(handler)
    }

    /// Handles users' actions on cards. The handler's answer changes the card. The platform waits about two seconds for
    /// it: answer fast, and if the work takes longer, change the card later with a call. If the handler fails or takes
    /// more than 1.5 seconds, no answer is sent and the card stays as it is.
    pub fn on_card_action<F, T>(self, handler: F) -> Self
    where
        F: Fn(P::CardAction) -> T + Send + Sync + 'static,
        T: Future<Output: Answer<<P::CardAction as FromCallback>::Response>> + Send + 'static,
    {
        self.on_callback(handler)
    }

    /// Handles the callbacks of one topic. A second handler replaces the first.
    ///
    /// If the platform expects an answer, it is sent with the acknowledgment, so the handler has 1.5 seconds. If the
    /// handler fails or takes longer, the frame is acknowledged without an answer and not delivered again; a slow handler
    /// runs on. To have such frames delivered again, [acknowledge them after the handler](Self::ack_after_handler).
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

    /// The client that opens the connection, for handlers that make calls.
    pub fn client<C: From<Client>>(&self) -> C {
        C::from(self.client.clone())
    }

    /// Acknowledges a frame after its handler instead of on receipt. If the handler fails, or the program ends first, the
    /// platform delivers the frame again. If the handler takes longer than `within`, the frame is put off: the platform
    /// delivers it again, and it is acknowledged then if the handler has succeeded in the meantime.
    ///
    /// `within` is at most 1.9 seconds, because the platform waits about two. A longer time counts as 1.9 seconds.
    ///
    /// A card action has no id that stays the same in later deliveries, so one that is put off is handled twice.
    pub fn ack_after_handler(mut self, within: Duration) -> Self {
        self.options.ack_after = Some(within.min(LONGEST_ACK));
        self
    }

    /// The maximum number of handlers that run at once; the others wait. Default: 64. Zero counts as one.
    pub fn concurrency(mut self, handlers: usize) -> Self {
        self.options.concurrency = handlers.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
        self
    }

    /// The time after which a handler is stopped. Default: 10 minutes.
    pub fn handler_timeout(mut self, timeout: Duration) -> Self {
        self.options.handler_timeout = timeout;
        self
    }

    /// Drops and acknowledges messages and events that are older than this, such as those that piled up while the
    /// program did not run. Default: none are dropped.
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
    /// If there is no handler, if the client has no application's key and secret, or if the platform refuses them. After
    /// any other failure, which is logged, the stream opens another connection.
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
