//! Connections, proxies and time.

use std::process::Command;
use std::time::{Duration, Instant};

use dingtalk_runtime::{Client, RetryPolicy, TransportErrorKind as Kind};
use serde_json::json;

use crate::support::Server;
use crate::support::platform::{self, Error, builder};
use crate::support::tls::{Authority, TlsServer};

#[tokio::test]
async fn defect_09_calls_share_one_connection() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    for _ in 0..30 {
        platform::start(&client.clone()).await.unwrap();
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 30);
    assert!(requests.iter().all(|request| request.connection == 0));

    let authority = Authority::new();
    let server = TlsServer::start(authority.server(false));
    let client: Client = builder()
        .base_url(server.url())
        .add_root_certificate(authority.pem.as_bytes())
        .token("t")
        .build()
        .unwrap();
    for _ in 0..30 {
        platform::start(&client).await.unwrap();
    }
    assert_eq!(server.connections(), 1, "one handshake for thirty calls");
}

/// Run by the test below with `NO_PROXY` set: a program cannot safely change its own environment.
#[tokio::test]
#[ignore = "needs an environment of its own"]
async fn in_an_environment_with_no_proxy() {
    let proxy = Server::always(200, json!({}));
    let client = |url: &str| -> Client {
        let builder = builder().base_url(url).allow_http().token("t");
        builder.proxy(proxy.url()).build().unwrap()
    };
    let direct = platform::start(&client("http://no-such-host.invalid")).await;
    let Err(Error::Transport(error)) = direct else {
        panic!("{direct:?}")
    };
    assert_eq!(error.error().kind(), Kind::Dns, "{error}");
    assert!(proxy.requests().is_empty(), "NO_PROXY names that host");
    platform::start(&client("http://api.example"))
        .await
        .unwrap();
    assert_eq!(proxy.requests().len(), 1, "others go through it");
}

#[test]
fn defect_10_no_proxy_is_respected() {
    let test = "connections::in_an_environment_with_no_proxy";
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", test])
        .env("NO_PROXY", "localhost,.invalid")
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
}

#[tokio::test]
async fn defect_17_one_deadline_is_over_all_attempts_and_waits() {
    const TIME: Duration = Duration::from_millis(250);
    let throttled = json!({"code": "Forbidden.AccessDenied.QpsLimitForApi", "message": "m"});
    let server = Server::always(403, throttled);
    let policy = RetryPolicy::new()
        .max_attempts(1_000_000)
        .throttled_wait(Duration::from_millis(20))
        .base_backoff(Duration::from_millis(1));
    let client = builder().base_url(server.url()).token("t").retry(policy);
    let client: Client = client.timeout(TIME).build().unwrap();
    let began = Instant::now();
    let error = platform::start(&client).await.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error:?}");
    assert!(error.attempts() > 1, "{error}");
    assert!(began.elapsed() < TIME * 8, "{:?}", began.elapsed());

    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let client = builder().base_url(url).token("t").retry(policy);
    let client: Client = client.timeout(TIME).build().unwrap();
    let began = Instant::now();
    let call = platform::find(&client, &platform::request());
    let error = call.attempt_timeout(TIME / 5).await.unwrap_err();
    assert!(error.attempts() > 1, "{error}");
    assert!(began.elapsed() < TIME * 8, "{:?}", began.elapsed());
}
