//! A Stream connection under load.
//!
//! First a soak: 100,000 messages to a robot, a tenth of them delivered twice, over 50 connections that break or are
//! given up by the server, with 64 handlers at once, of which one in a hundred panics. It runs without a network, under
//! tokio's paused clock, which skips the waits between connections. It fails unless each message is handled once, each
//! frame is acknowledged once, and memory stays flat.
//!
//! Then the cost: CPU time a frame on loopback, beside a bare tokio-tungstenite client that echoes each text.
#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::too_many_lines,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic
)]

#[path = "soak/server.rs"]
#[allow(dead_code)]
mod process;
#[path = "../runtime/tests/support/stream.rs"]
#[allow(dead_code, unreachable_pub)]
mod server;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use dingtalk_runtime::generated::{Api, Platform};
use dingtalk_runtime::model::Json;
use dingtalk_runtime::{Client, ClientBuilder, FromCallback, RawEvent, StreamPlatform, json};
use futures_core::Stream as _;
use server::{Gateway, Listener, Peer};
use tokio_tungstenite::tungstenite::Message;

const MESSAGES: usize = 100_000;
const CONNECTIONS: usize = 50;
/// How many frames are on the way at most.
const WINDOW: usize = 64;
const COST_FRAMES: usize = 40_000;

static PLATFORM: Platform = Platform {
    apis: &[Api {
        servers: &[("global", "https://api.example")],
        ..Api::named("api")
    }],
    grants: &[],
};

struct Types;

impl StreamPlatform for Types {
    type Event = RawEvent;
    type BotMessage = BotMessage;
    type CardAction = BotMessage;
}

struct BotMessage(Json);

impl FromCallback for BotMessage {
    const TOPIC: &'static str = "/v1.0/im/bot/messages/get";
    type Response = ();
    fn from_callback(data: Json) -> Self {
        Self(data)
    }
}

/// A message as the platform sends it.
fn frame(delivery: usize, message: usize) -> String {
    let data = json!({
        "conversationId": "cidXXXXXXXXXXXXXXXXXXXXXXXX", "conversationType": "2", "conversationTitle": "group",
        "msgId": message.to_string(), "createAt": 1_700_000_000_000_i64, "senderId": "$:LWCP_v1:$xxxxxxxxxxxxxxxx",
        "senderStaffId": "user1", "senderNick": "nick", "senderCorpId": "dingxxxxxxxx", "isAdmin": false,
        "robotCode": "dingxxxxxxxx", "isInAtList": true, "msgtype": "text", "text": {"content": "hello"},
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sessionWebhookExpiredTime": 1_700_005_400_000_i64
    });
    let headers = json!({
        "topic": BotMessage::TOPIC, "messageId": format!("m{delivery}"), "contentType": "application/json",
        "time": "1700000000000", "appId": "xxxxxxxx-xxxx", "connectionId": "xxxxxxxx-xxxx"
    });
    json!({"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": data.to_string()})
        .to_string()
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok());
    let messages = arguments.next().unwrap_or(MESSAGES);
    std::panic::set_hook(Box::new(|panic| {
        // Handlers panic on purpose.
        if !panic.payload().is::<&str>() || panic.payload().downcast_ref() != Some(&"on purpose") {
            eprintln!("{panic}");
        }
    }));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(soak(messages));
    drop(runtime);
    let ours = cost(true);
    let bare = cost(false);
    println!("{:32}{:>16.1} us", "CPU a frame", ours * 1e6);
    println!("{:32}{:>16.1} us", "CPU a frame, bare echo", bare * 1e6);
    println!("{:32}{:>16.2}", "ratio", ours / bare);
}

async fn soak(messages: usize) {
    let (gateway, mut peers) = Gateway::new();
    let client: Client = ClientBuilder::new(&PLATFORM)
        .app("k", "s")
        .transport(gateway)
        .build()
        .unwrap();
    let handled: Arc<Vec<AtomicU8>> = Arc::new((0..messages).map(|_| AtomicU8::new(0)).collect());
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counts, peak) = (Arc::clone(&handled), Arc::clone(&most));
    let stream =
        client
            .stream::<Types>()
            .concurrency(WINDOW)
            .on_bot_message(move |message: BotMessage| {
                let number: usize = message.0["msgId"].as_str().unwrap().parse().unwrap();
                let (counts, running, peak) =
                    (Arc::clone(&counts), Arc::clone(&running), Arc::clone(&peak));
                async move {
                    counts[number].fetch_add(1, Ordering::Relaxed);
                    peak.fetch_max(
                        running.fetch_add(1, Ordering::Relaxed) + 1,
                        Ordering::Relaxed,
                    );
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    running.fetch_sub(1, Ordering::Relaxed);
                    assert!(number % 100 != 99, "on purpose");
                }
            });
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    let (began, mut delivery, mut accepted) = (Instant::now(), 0, 0);
    let mut acks: HashMap<String, usize> = HashMap::new();
    let mut memory = Vec::new();
    let mut numbers = (0..messages).collect::<std::collections::VecDeque<_>>();
    let mut peer = peers.recv().await.unwrap();
    for connection in 0..CONNECTIONS {
        let share = messages / CONNECTIONS;
        let mut batch = Vec::new();
        for number in numbers.drain(..share.min(numbers.len())) {
            batch.push(number);
            if number % 10 == 0 {
                batch.push(number);
            }
        }
        let mut batch = std::collections::VecDeque::from(batch);
        while !batch.is_empty() {
            let first = delivery;
            let window: Vec<_> = batch.drain(..WINDOW.min(batch.len())).collect();
            for number in &window {
                peer.send(Message::text(frame(delivery, *number))).await;
                delivery += 1;
            }
            let before = batch.len();
            for _ in &window {
                let (code, id, _) = peer.ack().await.unwrap();
                // One that is put off comes again.
                if code == 500 {
                    let number: usize = id[1..].parse().unwrap();
                    batch.push_back(window[number - first]);
                }
                accepted += usize::from(code == 200);
                *acks.entry(id).or_default() += 1;
            }
            if batch.len() > before {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        memory.push(process::memory());
        if connection + 1 == CONNECTIONS {
            break;
        }
        if connection % 2 == 0 {
            let disconnect =
                r#"{"type":"SYSTEM","headers":{"topic":"disconnect","messageId":"d"},"data":"{}"}"#;
            peer.send(Message::text(disconnect)).await;
        } else {
            drop(peer);
        }
        peer = peers.recv().await.unwrap();
    }
    let took = began.elapsed();
    handle.stop();
    assert_eq!(peer.rest().await, []);
    run.await.unwrap().unwrap();
    let state = handle.state();
    let once = |counts: &mut dyn Iterator<Item = usize>| counts.filter(|count| *count == 1).count();
    let handled = once(
        &mut handled
            .iter()
            .map(|count| usize::from(count.load(Ordering::Relaxed))),
    );
    let acknowledged = once(&mut acks.values().copied());
    // The ids of the last five minutes fill up first.
    let memory = &memory[CONNECTIONS / 5..];
    let growth = (memory.last().unwrap() / memory.first().unwrap() - 1.0) * 100.0;
    for (name, value) in [
        ("messages handled once", format!("{handled} of {messages}")),
        (
            "frames acknowledged once",
            format!("{acknowledged} of {delivery}"),
        ),
        ("duplicates", state.duplicates.to_string()),
        ("put off, and delivered again", state.put_off.to_string()),
        ("handlers that panicked", state.failed.to_string()),
        ("handlers at once", most.load(Ordering::Relaxed).to_string()),
        ("reconnects", state.reconnects.to_string()),
        (
            "frames a second",
            format!("{:.0}", delivery as f64 / took.as_secs_f64()),
        ),
        (
            "memory",
            format!("{:.0} KiB ({growth:+.1} %)", memory.last().unwrap()),
        ),
    ] {
        println!("{name:32}{value:>24}");
    }
    assert_eq!((handled, acknowledged), (messages, delivery));
    assert_eq!(state.reconnects as usize, CONNECTIONS - 1);
    assert_eq!(state.duplicates as usize, accepted - messages);
    assert_eq!(state.put_off as usize, delivery - accepted);
    assert!(growth < 10.0, "memory grows");
}

/// The CPU time of this thread, in seconds.
fn thread_cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// CPU seconds a frame of a client that runs on this thread; the server has another.
fn cost(ours: bool) -> f64 {
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
