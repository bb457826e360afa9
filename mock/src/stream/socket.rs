//! The WebSocket of a connection.

use std::pin::Pin;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_core::Stream as _;
use futures_sink::Sink as _;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use ring::digest;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::connection::{Command, Ends, StreamAck};

/// The server's answer to a client's key, according to RFC 6455.
pub(super) fn accept(key: &[u8]) -> String {
    let text = [key, b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"].concat();
    STANDARD.encode(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &text))
}

/// Carries messages until either end is gone.
pub(super) async fn run(upgraded: Upgraded, mut ends: Ends) {
    let socket = TokioIo::new(upgraded);
    let mut socket = WebSocketStream::from_raw_socket(socket, Role::Server, None).await;
    loop {
        tokio::select! {
            command = ends.commands.recv() => {
                let message = match command {
                    None => return,
                    Some(Command::Text(text)) => Message::text(text),
                    Some(Command::Binary(bytes)) => Message::binary(bytes),
                    Some(Command::Silence) => {
                        while ends.commands.recv().await.is_some() {}
                        return;
                    }
                };
                if send(&mut socket, message).await.is_err() {
                    return;
                }
            }
            message = std::future::poll_fn(|context| Pin::new(&mut socket).poll_next(context)) => {
                match message {
                    Some(Ok(Message::Text(text))) => {
                        if let Some(ack) = StreamAck::read(&text) {
                            let _ = ends.acks.send(ack);
                        }
                    }
                    Some(Ok(_)) => {}
                    // After a close, the next message is none.
                    Some(Err(_)) | None => return,
                }
            }
        }
    }
}

async fn send(
    socket: &mut WebSocketStream<TokioIo<Upgraded>>,
    message: Message,
) -> Result<(), Error> {
    let mut message = Some(message);
    std::future::poll_fn(|context| {
        let mut socket = Pin::new(&mut *socket);
        if message.is_some() {
            std::task::ready!(socket.as_mut().poll_ready(context))?;
            if let Some(message) = message.take() {
                socket.as_mut().start_send(message)?;
            }
        }
        socket.poll_flush(context)
    })
    .await
}
