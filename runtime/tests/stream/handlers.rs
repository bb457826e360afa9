//! Handlers run at the same time, and none disturbs another.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::{BotMessage, bot, collector, stream, taken};

#[tokio::test(start_paused = true)]
async fn as_many_run_at_once_as_are_allowed_and_the_others_wait() {
    let (_gateway, mut peers, stream) = stream();
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let (sender, mut handled) = collector();
    tokio::spawn(
        stream
            .concurrency(3)
            .on_bot_message(move |message: BotMessage| {
                let (running, seen) = (Arc::clone(&running), Arc::clone(&seen));
                let sender = sender.clone();
                async move {
                    let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                    seen.fetch_max(now, Ordering::SeqCst);
                    sleep(Duration::from_secs(1)).await;
                    running.fetch_sub(1, Ordering::SeqCst);
                    sender.send(message.text()).unwrap();
                }
            })
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    for number in 0..20 {
        let id = number.to_string();
        peer.frame(&bot(&id, &id)).await;
        assert_eq!(peer.ack().await, Some(taken(&id)));
    }
    for _ in 0..20 {
        handled.recv().await.unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn frames_are_put_off_when_too_many_wait_and_taken_when_they_come_again() {
    let (_gateway, mut peers, stream) = stream();
    let gate = Arc::new(Semaphore::new(0));
    let (sender, mut handled) = collector();
    let closed = Arc::clone(&gate);
    let stream = stream
        .concurrency(1)
        .on_bot_message(move |message: BotMessage| {
            let (gate, sender) = (Arc::clone(&closed), sender.clone());
            async move {
                gate.acquire().await.unwrap().forget();
                sender.send(message.text()).unwrap();
            }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    for number in 0..1025 {
        let id = number.to_string();
        peer.frame(&bot(&id, &id)).await;
        assert_eq!(peer.ack().await, Some(taken(&id)));
    }
    peer.frame(&bot("x", "x")).await;
    assert_eq!(peer.ack().await.unwrap().0, 500);
    assert_eq!(handle.state().put_off, 1);
    gate.add_permits(1025);
    for _ in 0..1025 {
        handled.recv().await.unwrap();
    }
    gate.add_permits(1);
    peer.frame(&bot("y", "x")).await;
    assert_eq!(peer.ack().await, Some(taken("y")));
    assert_eq!(handled.recv().await.unwrap(), "x");
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_too_long_is_stopped_and_frees_its_place() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .concurrency(1)
        .handler_timeout(Duration::from_secs(60))
        .on_bot_message(move |message: BotMessage| {
            let sender = sender.clone();
            async move {
                if message.text() == "hangs" {
                    std::future::pending::<()>().await;
                }
                sender.send(message.text()).unwrap();
            }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("1", "hangs")).await;
    peer.frame(&bot("2", "next")).await;
    assert_eq!(handled.recv().await.unwrap(), "next");
    assert_eq!(handle.state().failed, 1);
    assert_eq!(
        (peer.ack().await, peer.ack().await),
        (Some(taken("1")), Some(taken("2")))
    );
}
