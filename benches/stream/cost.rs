//! The cost: CPU time a frame on loopback.

use std::sync::mpsc;

use dingtalk_runtime::{Client, ClientBuilder};
use futures_core::Stream as _;
use tokio_tungstenite::tungstenite::Message;

use super::server::{Listener, Peer};
use super::{BotMessage, PLATFORM, Types, WINDOW, frame};

const COST_FRAMES: usize = 40_000;

/// The CPU time of this thread, in seconds.
fn thread_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// CPU seconds a frame of a client that runs on this thread; the server has another.
pub(super) fn cost(ours: bool) -> f64 {
    let (tell_address, address) = mpsc::channel();
    let server = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut listener = Listener::start().await;
            tell_address.send(listener.address).unwrap();
            let mut peer = listener.peers.recv().await.unwrap();
            feed(&mut peer).await;
        });
    });
    let address = address.recv().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let used = runtime.block_on(async move {
        if ours {
            let url = format!("http://{address}");
            let client: Client = ClientBuilder::new(&PLATFORM)
                .app("k", "s")
                .base_url(url)
                .build()
                .unwrap();
            let stream = client
                .stream::<Types>()
                .on_bot_message(async |message: BotMessage| {
                    std::hint::black_box(message);
                });
            let handle = stream.handle();
            let ended = async {
                let mut state = handle.watch();
                state.wait_for(|state| state.connected).await.unwrap();
                let began = thread_cpu();
                state.wait_for(|state| !state.connected).await.unwrap();
                thread_cpu() - began
            };
            tokio::select! {
                ended = stream.run() => panic!("{ended:?}"),
                used = ended => used,
            }
        } else {
            let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
            let url = format!("ws://{address}/");
            let (mut socket, _) = tokio_tungstenite::client_async(url, tcp).await.unwrap();
            let began = thread_cpu();
            loop {
                let next = std::future::poll_fn(|context| {
                    std::pin::Pin::new(&mut socket).poll_next(context)
                });
                match next.await {
                    Some(Ok(text @ Message::Text(_))) => send(&mut socket, text).await,
                    Some(Ok(_)) => {}
                    _ => break thread_cpu() - began,
                }
            }
        }
    });
    server.join().unwrap();
    used / COST_FRAMES as f64
}

async fn send(
    socket: &mut tokio_tungstenite::WebSocketStream<tokio::net::TcpStream>,
    message: Message,
) {
    use futures_sink::Sink as _;
    let mut message = Some(message);
    let sent = std::future::poll_fn(|context| {
        let mut socket = std::pin::Pin::new(&mut *socket);
        if message.is_some() {
            std::task::ready!(socket.as_mut().poll_ready(context))?;
            socket.as_mut().start_send(message.take().unwrap())?;
        }
        socket.poll_flush(context)
    });
    sent.await.unwrap();
}

/// Sends all frames, a window at a time, and waits for as many answers.
async fn feed(peer: &mut Peer) {
    let numbers: Vec<_> = (0..COST_FRAMES).collect();
    for window in numbers.chunks(WINDOW) {
        for number in window {
            peer.send(Message::text(frame(*number, *number))).await;
        }
        for _ in window {
            peer.message().await.unwrap();
        }
    }
}
