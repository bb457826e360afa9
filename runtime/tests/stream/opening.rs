//! How a connection is opened, and what makes it of no use to try.

use dingtalk_runtime::{Error, RawEvent, StreamError, json};

use super::server::Gateway;
use super::support::platform::builder;
use super::{BotMessage, CardAction, Types, client, stream};

#[tokio::test(start_paused = true)]
async fn a_stream_subscribes_to_what_has_a_handler_and_nothing_else() {
    let (gateway, mut peers, stream) = stream();
    tokio::spawn(
        stream
            .on_event(async |_: RawEvent| ())
            .on_event(async |_: RawEvent| ())
            .on_card_action(async |_: CardAction| json!({}))
            .run(),
    );
    let peer = peers.recv().await.unwrap();
    assert_eq!(
        peer.target,
        "https://stream.example/connect?ticket=ticket%2B%2F%3D%20%251"
    );
    let (_, body) = gateway.opened().remove(0);
    assert_eq!(
        (&body["clientId"], &body["clientSecret"]),
        (&json!("the-key"), &json!("the-secret"))
    );
    assert_eq!(
        body["subscriptions"],
        json!([
            {"type": "EVENT", "topic": "*"},
            {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"}
        ])
    );
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_end_it() {
    for (status, code) in [(401, "authFailed"), (400, "invalidClientIdOrSecret")] {
        let (gateway, _peers) =
            Gateway::scripted(move |_| (status, json!({"code": code, "message": "no"})));
        let stream = client(&gateway).stream::<Types>();
        let ended = stream.on_event(async |_| ()).run().await.unwrap_err();
        let message = ended.to_string();
        assert!(
            matches!(ended, StreamError::Refused(_)) && message.contains(code),
            "{message}"
        );
        assert!(!message.contains("the-secret"));
        assert_eq!(gateway.opened().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_revoked_later_end_it_too() {
    let (gateway, mut peers) = Gateway::scripted(|number| match number {
        0 => (200, json!({"endpoint": "wss://h/c", "ticket": "t"})),
        _ => (401, json!({"code": "authFailed", "message": "no"})),
    });
    let stream = client(&gateway).stream::<Types>();
    let run = tokio::spawn(stream.on_event(async |_| ()).run());
    drop(peers.recv().await.unwrap());
    let ended = run.await.unwrap().unwrap_err();
    assert!(matches!(ended, StreamError::Refused(_)), "{ended}");
}

#[tokio::test(start_paused = true)]
async fn other_failures_are_tried_again() {
    let (gateway, mut peers) = Gateway::scripted(|number| match number {
        0 => (500, json!({"code": "serviceBusy", "message": "busy"})),
        1 => (
            403,
            json!({"code": "Forbidden.AccessDenied.QpsLimitForApi"}),
        ),
        2 => (200, json!({"endpoint": "", "ticket": "t"})),
        3 => (200, json!({"endpoint": "wss://h/c"})),
        4 => (200, json!({"endpoint": "ws://plain/c", "ticket": "t"})),
        5 => (502, json!("bad gateway")),
        _ => (200, json!({"endpoint": "wss://h/c", "ticket": "t"})),
    });
    let stream = client(&gateway).stream::<Types>();
    let handle = stream.handle();
    tokio::spawn(stream.on_event(async |_| ()).run());
    peers.recv().await.unwrap();
    assert_eq!(gateway.opened().len(), 7);
    let mut state = handle.watch();
    let state = state.wait_for(|state| state.connected).await.unwrap();
    assert_eq!(state.reconnects, 0);
}

#[tokio::test(start_paused = true)]
async fn a_stream_without_handlers_or_credentials_is_refused_before_anything_is_sent() {
    let (gateway, _peers, stream) = stream();
    let ended = stream.run().await.unwrap_err();
    assert!(matches!(ended, StreamError::NoHandler), "{ended}");
    let client = builder()
        .token("t")
        .transport(gateway.clone())
        .build()
        .unwrap();
    let stream = client
        .stream::<Types>()
        .on_bot_message(async |_: BotMessage| ());
    let ended = stream.run().await.unwrap_err();
    assert!(matches!(ended, StreamError::NoApplication), "{ended}");
    assert!(gateway.opened().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_transport_without_websockets_is_named() {
    let transport =
        super::support::scripted::Scripted::always(super::support::scripted::Step::json(
            200,
            &serde_json::json!({"endpoint": "wss://h/c", "ticket": "the-ticket"}),
        ));
    let client = builder()
        .app("k", "s")
        .transport(transport)
        .build()
        .unwrap();
    let ended = client.stream::<Types>().on_event(async |_| ()).run().await;
    let Err(StreamError::Refused(error)) = ended else {
        panic!("{ended:?}")
    };
    assert!(matches!(*error, Error::Transport(_)), "{error}");
    assert!(
        error.to_string().contains("Transport::upgrade")
            && !error.to_string().contains("the-ticket")
    );
}
