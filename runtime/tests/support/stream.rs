//! The platform's side of a Stream connection: it answers the call that opens one, and gives each connection to the
//! test as a [`Peer`]. [`Gateway`] needs no network, so that tests can run under tokio's paused clock; [`Listener`] is a
//! server on loopback.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dingtalk_runtime::model::Json;
use dingtalk_runtime::{
    BoxFuture, Bytes, HttpRequest, Limits, Socket, Transport, TransportError, http, json,
};
use futures_core::Stream as _;
use futures_sink::Sink as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Error, Message};

/// The ticket of every connection.
pub const TICKET: &str = "ticket+/= %1";

/// Sends a message.
pub async fn send<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    message: Message,
) -> Result<(), Error> {
    let mut message = Some(message);
    std::future::poll_fn(|context| {
        let mut socket = Pin::new(&mut *socket);
        if message.is_some() {
            std::task::ready!(socket.as_mut().poll_ready(context))?;
            socket.as_mut().start_send(message.take().unwrap())?;
        }
        socket.poll_flush(context)
    })
    .await
}

/// One connection, as the server sees it.
pub struct Peer {
    socket: WebSocketStream<Box<dyn Socket>>,
    /// The path and query that the client asked for.
    pub target: String,
}

impl Peer {
    async fn new(socket: Box<dyn Socket>, target: String) -> Self {
        let socket = WebSocketStream::from_raw_socket(socket, Role::Server, None).await;
        Self { socket, target }
    }

    /// Sends a message; it is lost if the client is gone.
    pub async fn send(&mut self, message: impl Into<Message>) {
        let _ = send(&mut self.socket, message.into()).await;
    }

    /// Sends a frame.
    pub async fn frame(&mut self, frame: &Json) {
        self.send(Message::text(frame.to_string())).await;
    }

    /// The next message; `None` once the connection has ended.
    pub async fn message(&mut self) -> Option<Message> {
        std::future::poll_fn(|context| Pin::new(&mut self.socket).poll_next(context))
            .await?
            .ok()
    }

    /// The next acknowledgment: its code, the frame's id, and its data. `None` once the connection has ended.
    pub async fn ack(&mut self) -> Option<(u64, String, String)> {
        loop {
            if let Message::Text(text) = self.message().await? {
                let ack: Json = text.parse().unwrap();
                let text = |json: &Json| json.as_str().unwrap().to_owned();
                assert_eq!(ack["headers"]["contentType"], "application/json");
                let code = ack["code"].as_u64().unwrap();
                return Some((code, text(&ack["headers"]["messageId"]), text(&ack["data"])));
            }
        }
    }

    /// Reads until the client ends the connection, and returns the acknowledgments on the way.
    pub async fn rest(&mut self) -> Vec<(u64, String, String)> {
        let mut acks = Vec::new();
        while let Some(ack) = self.ack().await {
            acks.push(ack);
        }
        acks
    }
}

type Script = dyn Fn(usize) -> (u16, Json) + Send + Sync;

/// A transport whose other end is the test.
#[derive(Clone)]
pub struct Gateway {
    script: Arc<Script>,
    opened: Arc<Mutex<Vec<(Instant, Json)>>>,
    peers: UnboundedSender<Peer>,
    buffer: usize,
}

/// The connections that clients open.
pub type Peers = UnboundedReceiver<Peer>;

impl Gateway {
    /// A gateway that answers each call to open a connection as the script says. Calls are numbered from 0.
    pub fn scripted(
        script: impl Fn(usize) -> (u16, Json) + Send + Sync + 'static,
    ) -> (Self, Peers) {
        let (peers, accepted) = unbounded_channel();
        let gateway = Self {
            script: Arc::new(script),
            opened: Arc::default(),
            peers,
            buffer: 1 << 20,
        };
        (gateway, accepted)
    }

    pub fn new() -> (Self, Peers) {
        Self::scripted(|_| {
            (
                200,
                json!({"endpoint": "wss://stream.example/connect", "ticket": TICKET}),
            )
        })
    }

    /// The maximum number of bytes on their way.
    pub fn with_buffer(mut self, bytes: usize) -> Self {
        self.buffer = bytes;
        self
    }

    /// When connections were asked for, and with which body.
    pub fn opened(&self) -> Vec<(Instant, Json)> {
        self.opened.lock().unwrap().clone()
    }
}

impl Transport for Gateway {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        assert_eq!(request.url.path(), "/v1.0/gateway/connections/open");
        let body = std::str::from_utf8(request.body.as_ref().unwrap().as_bytes().unwrap()).unwrap();
        let number = {
            let mut opened = self.opened.lock().unwrap();
            opened.push((Instant::now(), body.parse().unwrap()));
            opened.len() - 1
        };
        let (status, body) = (self.script)(number);
        let reply = http::Response::builder().status(status);
        let reply = reply.body(Bytes::from(body.to_string())).unwrap();
        Box::pin(std::future::ready(Ok(reply)))
    }

    fn upgrade(
        &self,
        request: HttpRequest,
    ) -> BoxFuture<'_, Result<http::Response<Box<dyn Socket>>, TransportError>> {
        Box::pin(async move {
            let key = request.headers["sec-websocket-key"].as_bytes();
            let (client, server) = tokio::io::duplex(self.buffer);
            let target = request.url.to_string();
            let _ = self.peers.send(Peer::new(Box::new(server), target).await);
            let reply = http::Response::builder().status(101);
            let reply = reply.header("sec-websocket-accept", derive_accept_key(key));
            Ok(reply.body(Box::new(client) as Box<dyn Socket>).unwrap())
        })
    }
}

/// A server on loopback.
pub struct Listener {
    pub address: std::net::SocketAddr,
    pub peers: Peers,
    opened: Arc<AtomicUsize>,
}

/// What the server does with a TCP connection before it speaks HTTP on it.
type Accept = dyn Fn(TcpStream) -> BoxFuture<'static, Option<Box<dyn Socket>>> + Send + Sync;

impl Listener {
    pub async fn start() -> Self {
        Self::with("ws://{address}", "", |stream| {
            Box::pin(async { Some(Box::new(stream) as Box<dyn Socket>) })
        })
        .await
    }

    /// A server that names this endpoint, in which `{address}` is its own, and sends `first` together with the reply
    /// that opens a WebSocket.
    pub async fn with(
        endpoint: &str,
        first: impl Into<Vec<u8>>,
        accept: impl Fn(TcpStream) -> BoxFuture<'static, Option<Box<dyn Socket>>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let endpoint = endpoint.replace("{address}", &address.to_string());
        let (sender, peers) = unbounded_channel();
        let opened = Arc::new(AtomicUsize::new(0));
        let (accept, first): (Arc<Accept>, _) = (Arc::new(accept), first.into());
        let count = Arc::clone(&opened);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let accepted = accept(stream);
                let (endpoint, first) = (endpoint.clone(), first.clone());
                let (sender, count) = (sender.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    if let Some(stream) = accepted.await {
                        serve(stream, &endpoint, &first, &sender, &count).await;
                    }
                });
            }
        });
        Self {
            address,
            peers,
            opened,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many calls asked for a connection.
    pub fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }
}

/// Answers requests until one of them opens a WebSocket.
async fn serve(
    mut stream: Box<dyn Socket>,
    endpoint: &str,
    first: &[u8],
    peers: &UnboundedSender<Peer>,
    opened: &AtomicUsize,
) {
    while let Some(head) = read_head(&mut stream).await {
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned())
        };
        let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
        if let Some(key) = header("sec-websocket-key") {
            let accept = derive_accept_key(key.as_bytes());
            let reply = format!(
                "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                 sec-websocket-accept: {accept}\r\n\r\n"
            );
            let _ = stream.write_all(&[reply.as_bytes(), first].concat()).await;
            let _ = stream.flush().await;
            let _ = peers.send(Peer::new(stream, target).await);
            return;
        }
        let length = header("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        let _ = stream.read_exact(&mut body).await;
        opened.fetch_add(1, Ordering::SeqCst);
        let reply = json!({"endpoint": endpoint, "ticket": TICKET}).to_string();
        let reply = format!(
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{reply}",
            reply.len()
        );
        let _ = stream.write_all(reply.as_bytes()).await;
        let _ = stream.flush().await;
    }
}

async fn read_head(stream: &mut Box<dyn Socket>) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}
