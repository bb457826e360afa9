//! Streams on real sockets: how connections are made and how they end.

use std::sync::Arc;
use std::sync::mpsc;

use dingtalk_runtime::{Client, Socket};
use tokio::net::TcpStream;

use super::server::Listener;
use super::support::platform::builder;
use super::support::tls::Authority;
use super::{BotMessage, Types, bot, collector, taken};

fn client(url: String) -> Client {
    builder()
        .app("the-key", "the-secret")
        .base_url(url)
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_first_frame_of_each_connection_is_not_lost() {
    let first = bot("1", "a").to_string();
    // A text in the same packet as the reply that opens the WebSocket.
    let mut frame = vec![0x81, 126];
    frame.extend(u16::try_from(first.len()).unwrap().to_be_bytes());
    frame.extend(first.as_bytes());
    let mut listener = Listener::with("ws://{address}/connect", frame, |stream| {
        Box::pin(async { Some(Box::new(stream) as Box<dyn Socket>) })
    })
    .await;
    let (sender, mut handled) = collector();
    let stream = client(listener.url()).stream::<Types>();
    tokio::spawn(
        stream
            .on_bot_message(move |message: BotMessage| {
                sender.send(message.text()).unwrap();
                async {}
            })
            .run(),
    );
    let mut peer = listener.peers.recv().await.unwrap();
    assert_eq!(peer.target, "/connect?ticket=ticket%2B%2F%3D%20%251");
    assert_eq!(peer.ack().await, Some(taken("1")));
    assert_eq!(handled.recv().await.unwrap(), "a");
    drop(peer);
    let mut peer = listener.peers.recv().await.unwrap();
    assert_eq!(peer.ack().await, Some(taken("1")));
}

#[tokio::test]
async fn a_connection_that_is_reset_is_replaced() {
    let mut listener = Listener::with("ws://{address}", "", |stream: TcpStream| {
        // Dropping it then sends a reset instead of a normal end.
        stream.set_zero_linger().unwrap();
        Box::pin(async { Some(Box::new(stream) as Box<dyn Socket>) })
    })
    .await;
    let stream = client(listener.url()).stream::<Types>();
    let handle = stream.handle();
    tokio::spawn(stream.on_bot_message(async |_: BotMessage| ()).run());
    drop(listener.peers.recv().await.unwrap());
    let mut peer = listener.peers.recv().await.unwrap();
    peer.frame(&bot("1", "a")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
    assert_eq!((handle.state().reconnects, listener.opened()), (1, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_handler_that_blocks_its_thread_does_not_stop_the_connection() {
    let mut listener = Listener::start().await;
    let (release, blocked) = mpsc::channel::<()>();
    let blocked = Arc::new(std::sync::Mutex::new(blocked));
    let (sender, mut handled) = collector();
    let stream = client(listener.url()).stream::<Types>();
    tokio::spawn(
        stream
            .on_bot_message(move |message: BotMessage| {
                let (blocked, sender) = (Arc::clone(&blocked), sender.clone());
                async move {
                    sender.send(message.text()).unwrap();
                    if message.text() == "blocks" {
                        let _ = blocked.lock().unwrap().recv();
                    }
                }
            })
            .run(),
    );
    let mut peer = listener.peers.recv().await.unwrap();
    peer.frame(&bot("1", "blocks")).await;
    assert_eq!(handled.recv().await.unwrap(), "blocks");
    peer.frame(&bot("2", "next")).await;
    assert_eq!(
        (peer.ack().await, peer.ack().await),
        (Some(taken("1")), Some(taken("2")))
    );
    assert_eq!(handled.recv().await.unwrap(), "next");
    release.send(()).unwrap();
}

#[tokio::test]
async fn a_users_own_authority_is_trusted() {
    let authority = Authority::new();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(authority.server(false)));
    let mut listener = Listener::with("wss://{address}/connect", "", move |stream| {
        let acceptor = acceptor.clone();
        Box::pin(async move {
            let stream = acceptor.accept(stream).await.ok()?;
            Some(Box::new(stream) as Box<dyn Socket>)
        })
    })
    .await;
    let url = format!("https://{}", listener.address);
    let builder = builder().app("k", "s").base_url(url);
    let client = builder.add_root_certificate(authority.pem).build().unwrap();
    tokio::spawn(
        client
            .stream::<Types>()
            .on_bot_message(async |_: BotMessage| ())
            .run(),
    );
    let mut peer = listener.peers.recv().await.unwrap();
    peer.frame(&bot("1", "a")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
}

#[tokio::test]
async fn the_clients_proxy_carries_the_call_and_the_websocket() {
    // It answers like a proxy that forwards everything to one server.
    let mut proxy = Listener::with("ws://stream.example/connect", "", |stream| {
        Box::pin(async { Some(Box::new(stream) as Box<dyn Socket>) })
    })
    .await;
    let client = builder()
        .app("k", "s")
        .base_url("http://api.example")
        .allow_http()
        .proxy(proxy.url())
        .build()
        .unwrap();
    tokio::spawn(
        client
            .stream::<Types>()
            .on_bot_message(async |_: BotMessage| ())
            .run(),
    );
    let mut peer = proxy.peers.recv().await.unwrap();
    assert!(
        peer.target
            .starts_with("http://stream.example/connect?ticket="),
        "{}",
        peer.target
    );
    peer.frame(&bot("1", "a")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
    assert_eq!(proxy.opened(), 1);
}

#[tokio::test]
async fn another_server_is_one_option_of_the_client() {
    let mut listener = Listener::start().await;
    let client = client(format!(
        "{}/gateway/of/a/private/deployment",
        listener.url()
    ));
    let stream = client.stream::<Types>();
    let handle = stream.handle();
    let run = tokio::spawn(stream.on_bot_message(async |_: BotMessage| ()).run());
    let mut peer = listener.peers.recv().await.unwrap();
    handle.stop();
    assert_eq!(peer.rest().await, []);
    run.await.unwrap().unwrap();
}
