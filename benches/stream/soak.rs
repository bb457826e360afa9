//! The soak: each message is handled once and each frame is acknowledged once, whatever connections do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dingtalk_runtime::{Client, ClientBuilder};
use tokio_tungstenite::tungstenite::Message;

use super::server::Gateway;
use super::{BotMessage, PLATFORM, Types, WINDOW, frame, process};

const CONNECTIONS: usize = 50;

pub(super) async fn soak(messages: usize) {
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
    let (began, mut accepted) = (Instant::now(), 0);
    // How often each delivery was acknowledged: two bytes each, so that the counts do not make memory grow.
    let mut acks: Vec<u16> = Vec::new();
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
            let first = acks.len();
            let window: Vec<_> = batch.drain(..WINDOW.min(batch.len())).collect();
            for number in &window {
                peer.send(Message::text(frame(acks.len(), *number))).await;
                acks.push(0);
            }
            let before = batch.len();
            for _ in &window {
                let (code, id, _) = peer.ack().await.unwrap();
                let delivery: usize = id[1..].parse().unwrap();
                acks[delivery] += 1;
                // A frame that is put off is sent again.
                if code == 500 {
                    batch.push_back(window[delivery - first]);
                }
                accepted += usize::from(code == 200);
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
    let once = |count: &AtomicU8| count.load(Ordering::Relaxed) == 1;
    let handled = handled.iter().filter(|count| once(count)).count();
    let (delivery, acknowledged) = (acks.len(), acks.iter().filter(|count| **count == 1).count());
    // The remembered ids fill up first.
    let memory = &memory[CONNECTIONS / 2..];
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
