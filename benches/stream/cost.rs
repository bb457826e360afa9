//! The cost: CPU time per frame on loopback.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::mpsc;

use dingtalk_runtime::{Client, ClientBuilder};
use futures_core::Stream as _;
use tokio_tungstenite::tungstenite::Message;

use super::server::{Listener, Peer, send};
use super::{BotMessage, PLATFORM, Types, WINDOW, frame};

const COST_FRAMES: usize = 40_000;

/// The CPU time of this thread, in seconds.
fn thread_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// CPU seconds per frame of our client.
pub(super) fn ours() -> f64 {
    measure(async |address| {
        let client: Client = ClientBuilder::new(&PLATFORM)
            .app("k", "s")
            .base_url(format!("http://{address}"))
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
    })
}

/// CPU seconds per frame of a client that only echoes each text.
pub(super) fn bare_echo() -> f64 {
    measure(async |address| {
        let tcp = tokio::net::TcpStream::connect(address).await.unwrap();
        let url = format!("ws://{address}/");
        let (mut socket, _) = tokio_tungstenite::client_async(url, tcp).await.unwrap();
        let began = thread_cpu();
        loop {
            let next = std::future::poll_fn(|context| Pin::new(&mut socket).poll_next(context));
            match next.await {
                Some(Ok(text @ Message::Text(_))) => send(&mut socket, text).await.unwrap(),
                Some(Ok(_)) => {}
                _ => break thread_cpu() - began,
            }
        }
    })
}

/// CPU seconds per frame. The client runs on this thread and returns what it used; the server has another thread.
fn measure(client: impl AsyncFnOnce(SocketAddr) -> f64) -> f64 {
    let (tell_address, address) = mpsc::channel();
    let server = std::thread::spawn(move || {
        runtime().block_on(async {
            let mut listener = Listener::start().await;
            tell_address.send(listener.address).unwrap();
            let mut peer = listener.peers.recv().await.unwrap();
            feed(&mut peer).await;
        });
    });
    let used = runtime().block_on(client(address.recv().unwrap()));
    server.join().unwrap();
    used / COST_FRAMES as f64
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
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
