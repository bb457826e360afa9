//! A connection, as a test holds it.

use std::fmt;
use std::time::Duration;

use dingtalk_api::model::Json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use super::frame::StreamFrame;

/// How long the platform waits for an acknowledgement before it delivers a frame again.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a connection's task is told.
pub(super) enum Command {
    Text(String),
    Binary(Vec<u8>),
    /// Neither read nor write any more, and keep the connection.
    Silence,
}

/// The task's ends of a connection's channels.
pub(super) struct Ends {
    pub(super) commands: UnboundedReceiver<Command>,
    pub(super) acks: UnboundedSender<StreamAck>,
}

/// What the client sent back for a frame.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StreamAck {
    /// 200 if the frame was taken.
    pub code: u64,
    /// Which delivery it acknowledges.
    pub message_id: String,
    /// The answer. For a callback, it is in its field `response`.
    pub data: Json,
}

impl StreamAck {
    pub(super) fn read(text: &str) -> Option<Self> {
        let ack = text.parse::<Json>().ok()?;
        let data = ack["data"].as_str()?;
        Some(Self {
            code: ack["code"].as_u64()?,
            message_id: ack["headers"]["messageId"].as_str()?.to_owned(),
            data: data.parse().unwrap_or_default(),
        })
    }

    /// Whether the platform delivers the frame again.
    fn again(&self) -> bool {
        self.code == 500 || self.data["status"] == "LATER"
    }
}

/// A Stream connection that a client has opened, in the hands of a test.
///
/// The connection reads acknowledgements and answers the client's pings by itself, until it is told to be
/// [silent](Self::go_silent). Dropping it breaks it off.
///
/// ```
/// use dingtalk_api::Received;
/// use dingtalk_api::events_callbacks::BotMessage;
/// use dingtalk_mock::{MockDingTalk, StreamFrame};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = MockDingTalk::start().await?;
/// let stream = mock.client()?.stream().on_bot_message(async |message: Received<BotMessage>| {
///     println!("{:?}", message.data.text);
/// });
/// tokio::spawn(stream.run());
///
/// let mut connection = mock.accept_stream().await;
/// let frame = StreamFrame::bot_message(mock.bot_message("hello"));
/// let ack = connection.deliver(&frame).await.ok_or("the connection ended")?;
/// assert_eq!(ack.code, 200);
///
/// // The client opens another connection at once.
/// connection.disconnect();
/// let connection = mock.accept_stream().await;
/// # let _ = connection;
/// # Ok(())
/// # }
/// ```
pub struct StreamConnection {
    subscriptions: Vec<(String, String)>,
    commands: UnboundedSender<Command>,
    acks: UnboundedReceiver<StreamAck>,
}

impl StreamConnection {
    pub(super) fn new(subscriptions: Vec<(String, String)>) -> (Self, Ends) {
        let (commands, commanded) = unbounded_channel();
        let (sender, acks) = unbounded_channel();
        let connection = Self {
            subscriptions,
            commands,
            acks,
        };
        let ends = Ends {
            commands: commanded,
            acks: sender,
        };
        (connection, ends)
    }

    /// What the client subscribed to: pairs of type and topic, such as `EVENT` and `*`.
    pub fn subscriptions(&self) -> &[(String, String)] {
        &self.subscriptions
    }

    /// Sends a frame, once, and returns the id of this delivery.
    pub fn send(&self, frame: &StreamFrame) -> String {
        let (id, text) = frame.delivery();
        self.send_text(text);
        id
    }

    /// Sends any text, such as one that is not a frame.
    pub fn send_text(&self, text: impl Into<String>) {
        self.tell(Command::Text(text.into()));
    }

    /// Sends binary data, which the platform never does.
    pub fn send_binary(&self, bytes: impl Into<Vec<u8>>) {
        self.tell(Command::Binary(bytes.into()));
    }

    /// The next acknowledgement; `None` once the connection has ended.
    pub async fn ack(&mut self) -> Option<StreamAck> {
        self.acks.recv().await
    }

    /// Delivers a frame as the platform does: if it is not acknowledged within two seconds, or sent back, it is delivered
    /// again with another id. Acknowledgements of earlier frames are dropped. `None` once the connection has ended.
    pub async fn deliver(&mut self, frame: &StreamFrame) -> Option<StreamAck> {
        loop {
            let id = self.send(frame);
            let acknowledged = async {
                loop {
                    let ack = self.ack().await?;
                    if ack.message_id == id {
                        return Some(ack);
                    }
                }
            };
            match timeout(PATIENCE, acknowledged).await {
                Ok(Some(ack)) if ack.again() => {}
                Ok(ended_or_taken) => return ended_or_taken,
                Err(_) => {}
            }
        }
    }

    /// Asks the client for another connection, as the platform does before it restarts a server. This one stays open
    /// until it is dropped.
    pub fn disconnect(&self) {
        self.send(&StreamFrame::system("disconnect", Json::Null));
    }

    /// Leaves the connection half open: nothing is read, written or answered any more, and it does not end. So it looks
    /// to the client when a server hangs, or does not read.
    pub fn go_silent(&self) {
        self.tell(Command::Silence);
    }

    /// If the connection has ended, nobody listens.
    fn tell(&self, command: Command) {
        let _ = self.commands.send(command);
    }
}

impl fmt::Debug for StreamConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamConnection")
            .field("subscriptions", &self.subscriptions)
            .finish_non_exhaustive()
    }
}
