//! A test for each thing that other clients of the Stream protocol get wrong. Those that need a real socket are in
//! `sockets`.

use std::time::Duration;

use dingtalk_runtime::json;
use dingtalk_runtime::model::Json;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::tungstenite::Message;

use super::server::Gateway;
use super::{
    BotMessage, CardAction, Types, bot, callback, client, collector, event, gated, stream, system,
    taken,
};

#[tokio::test(start_paused = true)]
async fn an_acknowledgment_for_a_connection_that_is_gone_does_not_panic() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .ack_after_handler(Duration::from_millis(1900))
        .on_event(move |_| {
            let sender = sender.clone();
            async move {
                sleep(Duration::from_millis(1500)).await;
                sender.send("done".to_owned()).unwrap();
            }
        });
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&event("1", "e")).await;
    while handle.state().frames == 0 {
        tokio::task::yield_now().await;
    }
    drop(peer);
    let mut peer = peers.recv().await.unwrap();
    assert_eq!(handled.recv().await.unwrap(), "done");
    // It was handled, so the next delivery is acknowledged at once.
    peer.frame(&event("2", "e")).await;
    assert!(peer.ack().await.unwrap().2.contains("SUCCESS"));
    assert!(!run.is_finished());
    assert_eq!(handle.state().failed, 0);
}

#[tokio::test(start_paused = true)]
async fn a_blocked_write_delays_no_heartbeat_and_ends_in_a_new_connection() {
    let (gateway, mut peers) = Gateway::new();
    let gateway = gateway.with_buffer(512);
    let stream = client(&gateway).stream::<Types>();
    tokio::spawn(stream.on_bot_message(async |_: BotMessage| ()).run());
    let mut slow = peers.recv().await.unwrap();
    let begun = Instant::now();
    // Their acknowledgments fill the buffer, and nobody reads them.
    for number in 0..64 {
        let id = number.to_string();
        slow.frame(&bot(&id, &id)).await;
    }
    peers.recv().await.unwrap();
    let waited = begun.elapsed();
    assert!(
        waited >= Duration::from_secs(10) && waited < Duration::from_secs(12),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_is_slow_gets_all_acknowledgments() {
    let (gateway, mut peers) = Gateway::new();
    let gateway = gateway.with_buffer(512);
    let stream = client(&gateway).stream::<Types>();
    let handle = stream.handle();
    tokio::spawn(stream.on_bot_message(async |_: BotMessage| ()).run());
    let mut slow = peers.recv().await.unwrap();
    for number in 0..32 {
        let id = number.to_string();
        slow.frame(&bot(&id, &id)).await;
    }
    for number in 0..32 {
        sleep(Duration::from_millis(200)).await;
        assert_eq!(slow.ack().await, Some(taken(&number.to_string())));
    }
    assert_eq!(handle.state().reconnects, 0);
}

#[tokio::test(start_paused = true)]
async fn the_answer_to_a_card_action_is_sent_with_its_acknowledgment() {
    let (_gateway, mut peers, stream) = stream();
    tokio::spawn(
        stream
            .on_card_action(async |action: CardAction| {
                if action.0["value"] == "bad" {
                    return Err("on purpose");
                }
                Ok(json!({"cardData": {"cardParamMap": {"chosen": action.0["value"].clone()}}}))
            })
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    let topic = "/v1.0/card/instances/callback";
    peer.frame(&callback(topic, "1", json!({"value": "yes"})))
        .await;
    let (code, id, data) = peer.ack().await.unwrap();
    assert_eq!((code, &*id), (200, "1"));
    let data: Json = data.parse().unwrap();
    assert_eq!(
        data,
        json!({"response": {"cardData": {"cardParamMap": {"chosen": "yes"}}}})
    );
    peer.frame(&callback(topic, "2", json!({"value": "bad"})))
        .await;
    assert_eq!(peer.ack().await, Some(taken("2")));
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_without_a_close_is_replaced() {
    let (gateway, mut peers, stream) = stream();
    let handle = stream.handle();
    tokio::spawn(stream.on_bot_message(async |_: BotMessage| ()).run());
    drop(peers.recv().await.unwrap());
    let mut peer = peers.recv().await.unwrap();
    // So is one that the server closes without ending TCP.
    let mut state = handle.watch();
    state
        .wait_for(|state| state.connected && state.reconnects == 1)
        .await
        .unwrap();
    let begun = Instant::now();
    peer.send(Message::Close(None)).await;
    state.wait_for(|state| !state.connected).await.unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    let mut closed = std::mem::replace(&mut peer, peers.recv().await.unwrap());
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    assert!(matches!(closed.message().await, Some(Message::Close(_))));
    assert_eq!(closed.message().await, None);
    peer.frame(&bot("1", "a")).await;
    assert_eq!(peer.ack().await, Some(taken("1")));
    assert_eq!(gateway.opened().len(), 3);
    assert_eq!(handle.state().reconnects, 2);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_drops_each_connection_is_not_stormed() {
    let (gateway, mut peers, stream) = stream();
    tokio::spawn(stream.on_event(async |_| ()).run());
    for _ in 0..9 {
        drop(peers.recv().await.unwrap());
    }
    let times: Vec<_> = gateway.opened().into_iter().map(|(time, _)| time).collect();
    let waits = times
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).as_secs_f64());
    for (wait, longest) in waits.zip([1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]) {
        assert!(
            wait >= longest / 2.0 && wait <= longest + 0.01,
            "{wait} of {longest}"
        );
    }
    // A connection that lasts resets the waits.
    let peer = peers.recv().await.unwrap();
    sleep(Duration::from_secs(11)).await;
    let begun = Instant::now();
    drop(peer);
    peers.recv().await.unwrap();
    assert!(
        begun.elapsed() <= Duration::from_millis(1010),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_ping_that_comes_first_is_answered() {
    let (_gateway, mut peers, stream) = stream();
    tokio::spawn(stream.on_event(async |_| ()).run());
    let mut peer = peers.recv().await.unwrap();
    peer.send(Message::Ping(b"p".as_slice().into())).await;
    peer.frame(&system("ping", "o")).await;
    assert_eq!(
        peer.message().await,
        Some(Message::Pong(b"p".as_slice().into()))
    );
    assert_eq!(
        peer.ack().await,
        Some((200, "ping".to_owned(), "o".to_owned()))
    );
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_fails_or_panics_is_counted_and_the_next_runs() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .concurrency(1)
        .on_bot_message(move |message: BotMessage| {
            let (sender, text) = (sender.clone(), message.text());
            assert!(text != "panics before it runs");
            async move {
                match &*text {
                    "panics" => panic!("on purpose"),
                    "fails" => Err("on purpose"),
                    _ => {
                        sender.send(text).unwrap();
                        Ok(())
                    }
                }
            }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    for (id, text) in [
        ("1", "panics"),
        ("2", "fails"),
        ("3", "panics before it runs"),
        ("4", "good"),
    ] {
        peer.frame(&bot(id, text)).await;
        assert_eq!(peer.ack().await, Some(taken(id)));
    }
    assert_eq!(handled.recv().await.unwrap(), "good");
    assert_eq!(handle.state().failed, 3);
}

#[tokio::test(start_paused = true)]
async fn a_silent_connection_is_asked_and_replaced_if_it_does_not_answer() {
    let (_gateway, mut peers, stream) = stream();
    tokio::spawn(stream.on_event(async |_| ()).run());
    let mut peer = peers.recv().await.unwrap();
    let begun = Instant::now();
    // Reading answers pings.
    for number in 1..4 {
        assert!(matches!(peer.message().await, Some(Message::Ping(_))));
        assert_eq!(begun.elapsed(), Duration::from_secs(120) * number);
        peer.send(Message::Pong(dingtalk_runtime::Bytes::new()))
            .await;
    }
    // A server that reads nothing does not answer: the connection is half open.
    let begun = Instant::now();
    peers.recv().await.unwrap();
    let waited = begun.elapsed();
    assert!(
        waited >= Duration::from_secs(125) && waited <= Duration::from_secs(127),
        "{waited:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn frames_are_a_sign_of_life_too() {
    let (_gateway, mut peers, stream) = stream();
    let handle = stream.handle();
    tokio::spawn(stream.on_event(async |_| ()).run());
    let mut peer = peers.recv().await.unwrap();
    for number in 0..5 {
        sleep(Duration::from_secs(119)).await;
        peer.frame(&event(&number.to_string(), &number.to_string()))
            .await;
        assert!(
            matches!(peer.message().await, Some(Message::Text(_))),
            "no ping"
        );
    }
    assert_eq!(handle.state().reconnects, 0);
}

#[tokio::test(start_paused = true)]
async fn at_a_disconnect_the_new_connection_is_made_before_the_old_is_given_up() {
    let (_gateway, mut peers, stream) = stream();
    let (gate, stream) = gated(stream);
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut old = peers.recv().await.unwrap();
    old.frame(&event("1", "e")).await;
    old.frame(&system("disconnect", r#"{"reason":"r"}"#)).await;
    let begun = Instant::now();
    let mut new = peers.recv().await.unwrap();
    assert_eq!(begun.elapsed(), Duration::ZERO);
    // What came on the old one is acknowledged there; the disconnect itself is not.
    gate.add_permits(2);
    let (_, id, data) = old.ack().await.unwrap();
    assert!(id == "1" && data.contains("SUCCESS"));
    new.frame(&event("2", "f")).await;
    assert_eq!(new.ack().await.unwrap().1, "2");
    // The server closes it after ten seconds; one that does not is closed by the client.
    let begun = Instant::now();
    assert_eq!(old.rest().await, []);
    assert_eq!(begun.elapsed(), Duration::from_secs(15));
    assert_eq!(handle.state().reconnects, 1);
    assert!(handle.state().connected);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_delivered_again_while_its_handler_runs_is_handled_once() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    let stream = stream
        .shutdown_timeout(Duration::from_secs(600))
        .on_bot_message(move |message: BotMessage| {
            let sender = sender.clone();
            async move {
                sleep(Duration::from_secs(480)).await;
                sender.send(message.text()).unwrap();
            }
        });
    let handle = stream.handle();
    tokio::spawn(stream.run());
    let mut peer = peers.recv().await.unwrap();
    // Longer than a frame is remembered after its handler has ended.
    for id in ["1", "2", "3", "4", "5"] {
        peer.frame(&bot(id, "a")).await;
        assert_eq!(peer.ack().await, Some(taken(id)));
        sleep(Duration::from_secs(100)).await;
    }
    handle.stop();
    assert_eq!(peer.rest().await, []);
    assert_eq!(handled.recv().await.as_deref(), Some("a"));
    assert_eq!(handled.recv().await, None);
}

#[tokio::test(start_paused = true)]
async fn messages_in_other_shapes_reach_the_handler_whole() {
    let (_gateway, mut peers, stream) = stream();
    let (sender, mut handled) = collector();
    tokio::spawn(
        stream
            .on_bot_message(move |message: BotMessage| {
                sender.send(message.0.to_string()).unwrap();
                async {}
            })
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    let rich = r#"{"msgId":"1","msgtype":"richText","content":{"richText":[{"text":"a"},{"pictureDownloadCode":"c"}]}}"#;
    let odd = r#"{"msgId":"2","msgtype":"new","conversationType":2,"createAt":"1","content":7}"#;
    for (id, data) in [("1", rich), ("2", odd)] {
        peer.frame(&callback(
            "/v1.0/im/bot/messages/get",
            id,
            data.parse().unwrap(),
        ))
        .await;
        assert_eq!(peer.ack().await, Some(taken(id)));
        assert_eq!(handled.recv().await.unwrap(), data);
    }
    // Data as an object instead of text, and as text that is not JSON.
    for (id, data) in [("3", json!({"msgId": "3"})), ("4", json!("plain"))] {
        let frame = json!({
            "type": "CALLBACK", "data": data.clone(),
            "header": {"topic": "/v1.0/im/bot/messages/get", "messageId": id, "time": 1}
        });
        peer.frame(&frame).await;
        assert_eq!(peer.ack().await, Some(taken(id)));
        assert_eq!(handled.recv().await.unwrap(), data.to_string());
    }
}
