use std::time::Duration;

use dingtalk_api::Received;
use dingtalk_api::events_callbacks::card_action::CardData;
use dingtalk_api::events_callbacks::{CardAction, CardActionResponse};
use dingtalk_api::json;
use dingtalk_api::model::Json;
use dingtalk_helpers::{OnMessage as _, text};
use tokio::time::{Instant, sleep};

use super::support::{SESSION, StandIn, in_group, with};
use super::{bench, callback, frame};

fn usual() -> StandIn {
    StandIn::new(|_| None)
}

/// A message with an id of its own.
fn said(words: &str) -> Json {
    with(
        in_group(),
        &json!({"msgId": words, "text": {"content": words}}),
    )
}

/// What the robot replied.
fn replies(calls: &StandIn) -> Vec<String> {
    let texts = calls.of(SESSION).into_iter();
    let texts = texts.map(|sent| sent.body["text"]["content"].as_str().unwrap().to_owned());
    texts.collect()
}

#[tokio::test(start_paused = true)]
async fn e6_a_message_that_is_delivered_again_is_acknowledged_but_not_answered_again() {
    let mut bench = bench(usual());
    let stream = bench
        .stream
        .on_message(async |message, reply| reply.text(text(&message.data)).await);
    tokio::spawn(stream.run());
    let mut peer = bench.peers.recv().await.unwrap();
    // The same delivery, and another delivery of the same message.
    for delivery in ["d1", "d1", "d2"] {
        peer.frame(&frame(delivery, &said("a"))).await;
        let (code, id, _) = peer.ack().await.unwrap();
        assert_eq!((code, &*id), (200, delivery));
    }
    sleep(Duration::from_secs(60)).await;
    assert_eq!(replies(&bench.calls), ["a"]);
}

#[tokio::test(start_paused = true)]
async fn e7_a_click_on_a_card_reaches_the_robot_and_its_answer_changes_the_card() {
    let mut bench = bench(usual());
    let stream = bench
        .stream
        .on_card_action(async |action: Received<CardAction>| {
            let clicked = action.data.out_track_id.unwrap_or_default();
            let values = [("state".to_owned(), format!("{clicked} was accepted"))];
            let data = CardData::new().card_param_map(values.into_iter().collect());
            CardActionResponse::new().card_data(data)
        });
    tokio::spawn(stream.run());
    let mut peer = bench.peers.recv().await.unwrap();
    let topic = "/v1.0/card/instances/callback";
    let subscriptions = &bench.gateway.opened()[0].1["subscriptions"];
    assert_eq!(
        *subscriptions,
        json!([{"type": "CALLBACK", "topic": topic}])
    );
    let click = json!({"outTrackId": "card1", "userId": "user1"});
    peer.frame(&callback(topic, "d1", &click)).await;
    let (code, _, answer) = peer.ack().await.unwrap();
    let answer: Json = answer.parse().unwrap();
    let state = &answer["response"]["cardData"]["cardParamMap"]["state"];
    assert_eq!((code, state), (200, &"card1 was accepted".into()));
}

#[tokio::test(start_paused = true)]
async fn e7_without_a_handler_there_is_no_subscription_to_card_actions() {
    let mut bench = bench(usual());
    let stream = bench.stream.on_message(async |_, _| ());
    tokio::spawn(stream.run());
    bench.peers.recv().await.unwrap();
    let subscriptions = &bench.gateway.opened()[0].1["subscriptions"];
    let topic = "/v1.0/im/bot/messages/get";
    assert_eq!(
        *subscriptions,
        json!([{"type": "CALLBACK", "topic": topic}])
    );
}

#[tokio::test(start_paused = true)]
async fn e8_the_robot_answers_again_after_a_network_failure_and_a_change_of_servers() {
    let mut bench = bench(usual());
    let stream = bench
        .stream
        .on_message(async |message, reply| reply.text(text(&message.data)).await);
    tokio::spawn(stream.run());
    let mut peer = bench.peers.recv().await.unwrap();
    peer.frame(&frame("d1", &said("a"))).await;
    peer.ack().await.unwrap();

    // The network fails.
    drop(peer);
    let broken = Instant::now();
    let mut peer = bench.peers.recv().await.unwrap();
    assert!(
        broken.elapsed() < Duration::from_secs(2),
        "{:?}",
        broken.elapsed()
    );
    peer.frame(&frame("d2", &said("b"))).await;
    peer.ack().await.unwrap();
    sleep(Duration::from_secs(60)).await;

    // The server asks for another connection.
    let disconnect = json!({"type": "SYSTEM", "headers": {"topic": "disconnect", "messageId": "x"}, "data": "{}"});
    peer.frame(&disconnect).await;
    let told = Instant::now();
    let mut other = bench.peers.recv().await.unwrap();
    assert!(
        told.elapsed() < Duration::from_millis(10),
        "{:?}",
        told.elapsed()
    );
    other.frame(&frame("d3", &said("c"))).await;
    other.ack().await.unwrap();

    // The server hangs: it reads and answers nothing, a ping neither.
    let silent = Instant::now();
    let mut last = bench.peers.recv().await.unwrap();
    assert!(
        silent.elapsed() < Duration::from_secs(130),
        "{:?}",
        silent.elapsed()
    );
    last.frame(&frame("d4", &said("d"))).await;
    last.ack().await.unwrap();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(replies(&bench.calls), ["a", "b", "c", "d"]);
    // Each connection has a ticket of its own.
    assert_eq!(bench.gateway.opened().len(), 4);
}
