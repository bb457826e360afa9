//! When a frame is acknowledged, and how one that is delivered again is recognized.

use std::time::Duration;

use dingtalk_runtime::{RawEvent, json};
use tokio::time::{Instant, sleep};

use super::{BotMessage, CardAction, bot, callback, collector, event, stream, system, taken};

const LATER: &str = r#"{"status":"LATER","message":"again"}"#;
const SUCCESS: &str = r#"{"status":"SUCCESS","message":"OK"}"#;

#[tokio::test(start_paused = true)]
async fn each_kind_of_frame_is_acknowledged_once_as_the_platform_expects() {
    let (_gateway, mut peers, stream) = stream();
    tokio::spawn(
        stream
            .on_event(async |_: RawEvent| ())
            .on_bot_message(async |_: BotMessage| ())
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    for (frame, code, data) in [
        (bot("1", "a"), 200, r#"{"response":null}"#),
        (event("2", "e"), 200, SUCCESS),
        (callback("/v1.0/graph/api/invoke", "3", json!({})), 404, ""),
        (
            system("ping", r#"{"opaque":"o"}"#),
            200,
            r#"{"opaque":"o"}"#,
        ),
        (system("KEEPALIVE", ""), 404, ""),
    ] {
        peer.frame(&frame).await;
        let id = frame["headers"]["messageId"].as_str().unwrap().to_owned();
        assert_eq!(peer.ack().await, Some((code, id, data.to_owned())));
    }
    // Messages that are not frames, and frames without an id, are not acknowledged; the next frame is.
    for garbage in ["", "{", "[]", r#"{"type":"EVENT","headers":{"topic":"*"}}"#] {
        peer.send(tokio_tungstenite::tungstenite::Message::text(garbage))
            .await;
    }
    peer.send(tokio_tungstenite::tungstenite::Message::binary(vec![
        0xff, 0,
    ]))
    .await;
    let frame = bot("4", "b").to_string();
    peer.send(tokio_tungstenite::tungstenite::Message::binary(frame))
        .await;
    assert_eq!(peer.ack().await, Some(taken("4")));
}

#[tokio::test(start_paused = true)]
async fn a_frame_is_acknowledged_before_its_handler_ends() {
    let (_gateway, mut peers, stream) = stream();
    let begun = Instant::now();
    tokio::spawn(
        stream
            .on_bot_message(async |_: BotMessage| sleep(Duration::from_secs(60)).await)
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("1", "a")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
    assert_eq!(begun.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn what_is_delivered_again_is_acknowledged_and_not_handled_again() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let events = sender.clone();
    let stream = stream
        .on_bot_message(move |message: BotMessage| {
            sender.send(message.text()).unwrap();
            async {}
        })
        .on_event(move |event: RawEvent| {
            events.send(event.header.event_id.unwrap()).unwrap();
            async {}
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    // The same delivery, then the same message in another; likewise for an event.
    for (id, frame) in [
        ("1", bot("1", "a")),
        ("1", bot("1", "a")),
        ("2", bot("2", "a")),
        ("3", bot("3", "b")),
        ("4", event("4", "e")),
        ("5", event("5", "e")),
        ("6", event("6", "f")),
    ] {
        peer.frame(&frame).await;
        assert_eq!(peer.ack().await.unwrap().1, id);
    }
    // Another connection knows them too.
    drop(peer);
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("7", "b")).await;
    assert_eq!(peer.ack().await, Some(taken("7")));
    handle.stop();
    peer.rest().await;
    let mut names = Vec::new();
    while let Some(name) = handled.recv().await {
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["a", "b", "e", "f"]);
    let state = handle.state();
    assert_eq!(
        (state.frames, state.duplicates, state.reconnects),
        (8, 4, 1)
    );
}

#[tokio::test(start_paused = true)]
async fn old_messages_are_dropped_if_that_is_asked_for() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream =
        stream
            .max_age(Duration::from_secs(1800))
            .on_bot_message(move |message: BotMessage| {
                sender
                    .send(message.0["msgId"].as_str().unwrap().to_owned())
                    .unwrap();
                async {}
            });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let now = i64::try_from(now.as_millis()).unwrap();
    for (id, created) in [
        ("old", json!(now - 1_860_000)),
        ("as text", json!((now - 1_860_000).to_string())),
        ("young", json!(now - 1_740_000)),
        ("future", json!(now + 60_000)),
        ("unknown", json!(null)),
    ] {
        let data = json!({"msgId": id, "createAt": created});
        peer.frame(&callback("/v1.0/im/bot/messages/get", id, data))
            .await;
        assert_eq!(peer.ack().await, Some(taken(id)));
    }
    for id in ["young", "future", "unknown"] {
        assert_eq!(handled.recv().await.unwrap(), id);
    }
    assert_eq!(handle.state().stale, 2);
}

#[tokio::test(start_paused = true)]
async fn after_the_handler_only_success_is_acknowledged_as_such() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .ack_after_handler(Duration::from_millis(1500))
        .on_event(move |event: RawEvent| {
            let id = event.header.event_id.unwrap();
            sender.send(id.clone()).unwrap();
            async move {
                match &*id {
                    "slow" => sleep(Duration::from_secs(3)).await,
                    "panics" => panic!("on purpose"),
                    "fails" => return Err("on purpose"),
                    _ => sleep(Duration::from_secs(1)).await,
                }
                Ok(())
            }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    let begun = Instant::now();
    let mut deliver = async |id: &str, event_id: &str| {
        peer.frame(&event(id, event_id)).await;
        let (code, acknowledged, data) = peer.ack().await.unwrap();
        assert_eq!((code, &*acknowledged), (200, id));
        data
    };
    assert_eq!(deliver("1", "good").await, SUCCESS);
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
    assert_eq!(deliver("2", "good").await, SUCCESS);
    assert_eq!(deliver("3", "fails").await, LATER);
    assert_eq!(deliver("4", "fails").await, LATER);
    assert_eq!(deliver("5", "panics").await, LATER);
    // It is put off at the deadline, and so is the next delivery while the handler runs; then it has been handled.
    let begun = Instant::now();
    assert_eq!(deliver("6", "slow").await, LATER);
    assert_eq!(begun.elapsed(), Duration::from_millis(1500));
    assert_eq!(deliver("7", "slow").await, LATER);
    sleep(Duration::from_secs(2)).await;
    assert_eq!(deliver("8", "slow").await, SUCCESS);
    handle.stop();
    assert_eq!(peer.rest().await, [], "no acknowledgment comes late");
    let mut calls = Vec::new();
    while let Some(id) = handled.recv().await {
        calls.push(id);
    }
    assert_eq!(calls, ["good", "fails", "fails", "panics", "slow"]);
    assert_eq!(handle.state().failed, 3);
}

#[tokio::test(start_paused = true)]
async fn a_card_action_whose_handler_is_slow_is_taken_without_an_answer() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream.on_card_action(move |_: CardAction| {
        let sender = sender.clone();
        async move {
            sleep(Duration::from_secs(5)).await;
            sender.send("done".to_owned()).unwrap();
            json!({"cardData": {}})
        }
    });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    let begun = Instant::now();
    let action = callback("/v1.0/card/instances/callback", "1", json!({}));
    for waited in [1500, 1500] {
        peer.frame(&action).await;
        assert_eq!(peer.ack().await, Some(taken("1")));
        assert_eq!(begun.elapsed(), Duration::from_millis(waited));
    }
    handle.stop();
    assert_eq!(peer.rest().await, []);
    assert_eq!(handled.recv().await.as_deref(), Some("done"));
    assert_eq!(handled.recv().await, None);
    let state = handle.state();
    assert_eq!((state.put_off, state.failed, state.duplicates), (0, 0, 1));
}

#[tokio::test(start_paused = true)]
async fn a_callback_that_is_put_off_after_its_handler_has_code_500() {
    let (_gateway, mut peers, stream) = stream();
    let stream = stream
        .ack_after_handler(Duration::from_secs(1))
        .on_card_action(async |_: CardAction| {
            sleep(Duration::from_secs(5)).await;
            json!({})
        });
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    let begun = Instant::now();
    peer.frame(&callback("/v1.0/card/instances/callback", "1", json!({})))
        .await;
    assert_eq!(peer.ack().await, Some((500, "1".to_owned(), String::new())));
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn no_deadline_is_later_than_the_platform_waits() {
    for within in [Duration::MAX, Duration::from_secs(5)] {
        let (_gateway, mut peers, stream) = stream();
        let stream = stream
            .ack_after_handler(within)
            .on_event(async |_| sleep(Duration::from_secs(3)).await);
        tokio::spawn(stream.run());
        let mut peer = peers.recv().await.unwrap();
        let begun = Instant::now();
        peer.frame(&event("1", "e")).await;
        assert_eq!(peer.ack().await.map(|ack| ack.2).as_deref(), Some(LATER));
        assert_eq!(begun.elapsed(), Duration::from_millis(1900));
    }
}
