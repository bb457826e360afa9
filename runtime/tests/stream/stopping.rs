//! Stopping a stream loses nothing that it took.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{BotMessage, bot, collector, event, gated, stream, taken};

#[tokio::test(start_paused = true)]
async fn what_was_acknowledged_is_handled_before_the_end() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .concurrency(1)
        .on_bot_message(move |message: BotMessage| {
            let sender = sender.clone();
            async move {
                sleep(Duration::from_secs(5)).await;
                sender.send(message.text()).unwrap();
            }
        });
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    for id in ["1", "2", "3"] {
        peer.frame(&bot(id, id)).await;
        assert_eq!(peer.ack().await, Some(taken(id)));
    }
    handle.stop();
    tokio::task::yield_now().await;
    // Nobody takes it any more, so it is left to the next delivery.
    peer.frame(&bot("4", "4")).await;
    assert_eq!(peer.rest().await, []);
    run.await.unwrap().unwrap();
    for id in ["1", "2", "3"] {
        assert_eq!(handled.recv().await.as_deref(), Some(id));
    }
    assert_eq!(handled.recv().await, None);
    assert!(!handle.state().connected);
}

#[tokio::test(start_paused = true)]
async fn what_is_acknowledged_after_its_handler_still_is() {
    let (_gateway, mut peers, stream) = stream();
    let (gate, stream) = gated(stream);
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&event("1", "e")).await;
    while handle.state().frames == 0 {
        tokio::task::yield_now().await;
    }
    handle.stop();
    tokio::task::yield_now().await;
    gate.add_permits(1);
    let acks = peer.rest().await;
    assert_eq!(acks.len(), 1);
    assert!(acks[0].2.contains("SUCCESS"), "{acks:?}");
    run.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_stop_waits_for_handlers_no_longer_than_it_may() {
    let (_gateway, mut peers, stream) = stream();
    let stream = stream
        .shutdown_timeout(Duration::from_secs(7))
        .on_bot_message(async |_: BotMessage| std::future::pending::<()>().await);
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("1", "1")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
    let begun = Instant::now();
    handle.stop();
    assert_eq!(peer.rest().await, []);
    run.await.unwrap().unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_close_holds_nothing_up() {
    let (_gateway, mut peers, stream) = stream();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let run = tokio::spawn(stream.on_event(async |_| ()).run_until(ended));
    let peer = peers.recv().await.unwrap();
    let begun = Instant::now();
    end.send(()).unwrap();
    run.await.unwrap().unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(2));
    drop(peer);
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_be_stopped_before_it_runs_and_while_it_waits() {
    let (gateway, _peers, stream_a) = stream();
    let stream_a = stream_a.on_event(async |_| ());
    stream_a.handle().stop();
    stream_a.run().await.unwrap();
    assert!(gateway.opened().is_empty());

    let (gateway, _peers) = super::Gateway::scripted(|_| (500, dingtalk_runtime::json!({})));
    let stream_b = super::client(&gateway)
        .stream::<super::Types>()
        .on_event(async |_| ());
    let handle = stream_b.handle();
    let run = tokio::spawn(stream_b.run());
    sleep(Duration::from_secs(20)).await;
    let begun = Instant::now();
    handle.stop();
    run.await.unwrap().unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_dropped_stream_ends_at_once_with_its_handlers() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let run = tokio::spawn(
        stream
            .on_bot_message(move |message: BotMessage| {
                let sender = sender.clone();
                async move {
                    sender.send(message.text()).unwrap();
                    std::future::pending::<()>().await;
                }
            })
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("1", "1")).await;
    assert_eq!(handled.recv().await.as_deref(), Some("1"));
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
    assert_eq!(peer.rest().await.len(), 1);
    assert_eq!(handled.recv().await, None, "the handler is gone too");
}
