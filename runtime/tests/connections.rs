//! The options of the client's own connections, and that they are used again.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::process::Command;
use std::time::Duration;

use dingtalk_runtime::{Client, TransportErrorKind as Kind};
use serde_json::json;
use support::platform::{self, Error, builder};
use support::tls::{Authority, TlsServer};
use support::{Answer, Server};

async fn failed(client: &Client) -> (Kind, String) {
    match platform::start(client).send().await.unwrap_err() {
        Error::Transport(failure) => (failure.error().kind(), failure.to_string()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_hundred_calls_use_one_connection() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    for _ in 0..100 {
        platform::start(&client).await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 100);
    assert!(requests.iter().all(|request| request.connection == 0));
}

#[cfg(feature = "blocking")]
#[test]
fn a_hundred_blocking_calls_use_one_connection() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    for _ in 0..100 {
        platform::start(&client).send_blocking().unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 100);
    assert!(requests.iter().all(|request| request.connection == 0));
}

#[tokio::test]
async fn an_authority_of_the_users_own_is_trusted_and_no_other() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.server(false));
    let with = |pem: &str| {
        let builder = builder().base_url(server.url()).token("t");
        builder.add_root_certificate(pem).build().unwrap()
    };
    let client = with(&authority.pem);
    for _ in 0..10 {
        assert_eq!(platform::start(&client).await.unwrap().count, Some(1));
    }
    assert_eq!(server.connections(), 1);
    let (kind, message) = failed(&with(&Authority::new().pem)).await;
    assert_eq!(kind, Kind::Tls, "{message}");
    // Two in one text, and both count.
    let both = Authority::new().pem + &authority.pem;
    platform::start(&with(&both)).await.unwrap();
}

#[tokio::test]
async fn a_server_that_asks_for_a_certificate_gets_it() {
    let authority = Authority::new();
    let server = TlsServer::start(authority.server(true));
    let builder = || {
        let builder = builder().base_url(server.url()).token("t");
        builder.add_root_certificate(authority.pem.clone())
    };
    let client = builder()
        .identity(authority.issue("client"))
        .build()
        .unwrap();
    platform::start(&client).await.unwrap();
    failed(&builder().build().unwrap()).await;
    let stranger = Authority::new().issue("client");
    failed(&builder().identity(stranger).build().unwrap()).await;
    assert_eq!(server.connections(), 1);
}

fn through(proxy: &Server) -> Client {
    builder()
        .base_url("http://api.example")
        .allow_http()
        .token("t")
        .proxy(proxy.url().replace("://", "://user:pass@"))
        .build()
        .unwrap()
}

#[tokio::test]
async fn calls_go_through_the_proxy() {
    let proxy = Server::always(200, json!({"count": 5}));
    let reply = platform::start(&through(&proxy)).await.unwrap();
    assert_eq!(reply.count, Some(5));
    let request = proxy.request();
    assert_eq!(request.target, "http://api.example/v1.0/rooms/r/start");
    assert_eq!(
        request.header("proxy-authorization"),
        Some("Basic dXNlcjpwYXNz")
    );
}

#[tokio::test]
async fn https_goes_through_the_proxy_as_a_tunnel_and_its_refusal_is_told() {
    let proxy = Server::start(|_, _| Answer::raw("HTTP/1.1 403 Forbidden\r\n\r\n"));
    let client = builder()
        .base_url("https://api.example")
        .token("t")
        .proxy(proxy.url())
        .build()
        .unwrap();
    let (kind, message) = failed(&client).await;
    assert_eq!(kind, Kind::Connect, "{message}");
    let request = proxy.request();
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("CONNECT", "api.example:443")
    );
    assert_eq!(
        request.header("x-acs-dingtalk-access-token"),
        None,
        "the proxy sees no token"
    );
}

#[tokio::test]
async fn this_machine_is_called_without_the_proxy() {
    let (server, proxy) = (
        Server::always(200, json!({})),
        Server::always(200, json!({})),
    );
    let client = builder()
        .base_url(server.url())
        .token("t")
        .proxy(proxy.url())
        .build()
        .unwrap();
    platform::start(&client).await.unwrap();
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}

/// Run by the test below with `NO_PROXY` set: a program cannot safely change its own environment.
#[tokio::test]
#[ignore = "needs an environment of its own"]
async fn in_an_environment_with_no_proxy() {
    let proxy = Server::always(200, json!({}));
    let client = builder()
        .base_url("http://no-such-host.invalid")
        .allow_http()
        .token("t")
        .proxy(proxy.url())
        .build()
        .unwrap();
    let (kind, message) = failed(&client).await;
    assert_eq!(kind, Kind::Dns, "{message}");
    assert!(proxy.requests().is_empty());
    // Others still go through it.
    platform::start(&through(&proxy)).await.unwrap();
    assert_eq!(proxy.requests().len(), 1);
}

#[test]
fn no_proxy_is_respected() {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "in_an_environment_with_no_proxy"])
        .env("NO_PROXY", "localhost,.invalid")
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stdout)
    );
}

#[tokio::test]
async fn a_client_outlives_the_runtime_it_was_used_in() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let elsewhere = client.clone();
    let first = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(platform::start(&elsewhere).send())
            .unwrap();
    });
    first.join().unwrap();
    platform::start(&client).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_dropped_call_stops_and_disturbs_no_other() {
    let (release, gate) = std::sync::mpsc::channel::<()>();
    let gate = std::sync::Mutex::new(gate);
    let server = Server::start(move |number, _| {
        if number == 0 {
            let _ = gate.lock().unwrap().recv();
        }
        Answer::json(200, &json!({"count": number}))
    });
    let client = platform::client(&server);
    let dropped = tokio::spawn(platform::start(&client).send());
    while server.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    dropped.abort();
    assert!(dropped.await.unwrap_err().is_cancelled());
    // Its reply must not be taken for another call's.
    let reply = tokio::spawn(platform::start(&client).send());
    let reply = reply.await.unwrap().unwrap();
    assert_eq!(reply.count, Some(1));
    release.send(()).unwrap();
    assert_eq!(platform::start(&client).await.unwrap().count, Some(2));
    let connections: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.connection)
        .collect();
    assert_eq!(
        connections,
        [0, 1, 1],
        "the dropped call's connection is not used again"
    );
}

#[tokio::test]
async fn a_client_may_be_dropped_while_its_calls_run() {
    let server = Server::start(|number, _| match number {
        0 => Answer::json(
            403,
            &json!({"code": "Forbidden.AccessDenied.QpsLimitForApi"}),
        ),
        _ => Answer::json(200, &json!({"count": 1})),
    });
    let quick = dingtalk_runtime::RetryPolicy::new().throttled_wait(Duration::from_millis(1));
    let client = builder()
        .base_url(server.url())
        .token("t")
        .retry(quick)
        .build()
        .unwrap();
    let call = platform::start(&client).send();
    drop(client);
    assert_eq!(call.await.unwrap().count, Some(1));
    assert_eq!(server.requests().len(), 2);
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http2_is_spoken_with_a_server_that_offers_it() {
    let authority = Authority::new();
    let (url, mut tokens) = support::tls::http2(authority.server(false)).await;
    let client = builder()
        .base_url(url)
        .token("the-token")
        .add_root_certificate(authority.pem.clone())
        .build()
        .unwrap();
    let calls = (0..8).map(|_| tokio::spawn(platform::start(&client).send()));
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap().count, Some(1));
        assert_eq!(tokens.recv().await.unwrap(), "the-token");
    }
}
