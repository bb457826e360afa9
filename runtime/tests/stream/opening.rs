//! How a connection is opened, and which failures end the stream.

use std::sync::{Arc, Mutex};

use dingtalk_runtime::{Error, RawEvent, StreamError, json};

use super::server::{Gateway, TICKET};
use super::support::platform::builder;
use super::{BotMessage, CardAction, Types, bot, client, stream, taken};

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

#[test]
fn outside_a_tokio_runtime_it_ends_with_an_error() {
    let (_gateway, _peers, stream) = stream();
    let run = std::pin::pin!(stream.on_event(async |_: RawEvent| ()).run());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(ended)) = run.poll(&mut context) else {
        panic!("it has nothing to wait for")
    };
    assert!(ended.to_string().contains("tokio runtime"), "{ended}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn the_log_tells_what_happens_and_shows_neither_secrets_nor_messages() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _default = tracing::subscriber::set_default(subscriber);
    let (gateway, mut peers) = Gateway::scripted(|number| match number {
        0 => (
            500,
            json!({"code": "serviceBusy", "message": "busy", "ticket": TICKET}),
        ),
        _ => (200, json!({"endpoint": "wss://h/c", "ticket": TICKET})),
    });
    let stream = client(&gateway).stream::<Types>();
    let handle = stream.handle();
    let run = tokio::spawn(
        stream
            .on_bot_message(async |_: BotMessage| Err::<(), _>("the handler's own words"))
            .run(),
    );
    let mut peer = peers.recv().await.unwrap();
    peer.frame(&bot("delivery-1", "a private text")).await;
    peer.frame(&json!("a private string")).await;
    assert_eq!(peer.ack().await, Some(taken("delivery-1")));
    handle.stop();
    peer.rest().await;
    run.await.unwrap().unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for told in [
        "the stream is connected",
        "could not be opened",
        "serviceBusy",
        "a handler failed",
        "the handler's own words",
        "delivery-1",
        "is not a frame",
        "connection has ended",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
    for hidden in ["the-secret", TICKET, "ticket%2B", "private"] {
        assert!(!log.contains(hidden), "{hidden}: {log}");
    }
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
