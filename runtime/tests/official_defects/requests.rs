//! What reaches which server: paths, schemes, redirects, and what calls share.

use std::process::Command;
use std::time::Duration;

use dingtalk_runtime::{Client, RetryPolicy, TransportErrorKind as Kind};
use serde_json::json;

use crate::support::platform::{self, Error, StartReply, builder};
use crate::support::scripted::{Scripted, Step};
use crate::support::{Answer, Server};

const TOKEN: &str = "x-acs-dingtalk-access-token";

fn ok() -> Server {
    Server::always(200, json!({"code": "c"}))
}

fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

#[tokio::test]
async fn defect_01_a_path_value_reaches_no_other_endpoint() {
    let server = ok();
    let client = platform::client(&server);
    let values = [
        "../../robot",
        "a#b",
        "a?b=c",
        "a/b+c=:$ %2e%2e\\..",
        "é\r\n;x",
    ];
    for value in values {
        let call = platform::start_with(&client, value, &platform::request());
        call.await.unwrap();
        let sent = server.requests().pop().unwrap();
        let segments: Vec<_> = sent.target.split('/').collect();
        let ["", "v1.0", "rooms", segment, "start"] = segments[..] else {
            panic!("{value:?} went to {}", sent.target)
        };
        assert_eq!(decoded(segment), value);
    }
    assert_eq!(server.requests().len(), values.len());
}

#[tokio::test]
async fn defect_02_plain_http_is_never_spoken_to_others_unasked() {
    let transport = Scripted::new(|_, request| {
        assert_eq!(request.url.scheme(), "https");
        Step::ok()
    });
    platform::start(&transport.client()).await.unwrap();
    assert_eq!(transport.count(), 1);
    let refused = builder().base_url("http://api.example").token("t").build();
    assert_eq!(refused.unwrap_err().argument(), "base_url");
}

#[tokio::test]
async fn defect_03_a_redirect_is_not_followed_and_takes_no_token_along() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = ok();
        let target = format!("{}/v1.0/rooms/r/start?a=b", elsewhere.url());
        let server = Server::start(move |_, _| Answer::new(status, &[("location", &target)], ""));
        let call = platform::start(&platform::client(&server));
        let Err(Error::UnexpectedReply(error)) = call.await else {
            panic!("{status}")
        };
        assert_eq!(error.status(), status);
        assert!(error.message().contains("redirect"), "{error}");
        assert_eq!(server.request().method, "POST");
        assert!(elsewhere.requests().is_empty(), "{status}");
    }
}

#[tokio::test]
async fn defect_04_calls_share_neither_cookies_nor_headers_nor_tokens() {
    let server = Server::start(|_, _| Answer::new(200, &[("set-cookie", "id=1; Path=/")], "{}"));
    let client = platform::client(&server);
    let call = platform::start(&client)
        .token("of-the-call")
        .header("x-of-the-call", "1");
    call.await.unwrap();
    platform::start(&client).await.unwrap();
    let other = builder().base_url(server.url()).token("of-the-other");
    let other: Client = other.build().unwrap();
    platform::start(&other).await.unwrap();
    let requests = server.requests();
    let tokens = requests.iter().map(|request| request.header(TOKEN));
    let expected = ["of-the-call", "the-token", "of-the-other"].map(Some);
    assert_eq!(tokens.collect::<Vec<_>>(), expected);
    for request in &requests[1..] {
        assert_eq!(request.header("cookie"), None);
        assert_eq!(request.header("x-of-the-call"), None);
    }
}

#[tokio::test]
async fn defect_05_retry_options_work_and_a_timed_out_post_is_sent_once() {
    let server = Server::start(|_, _| Answer::raw(""));
    let policy = RetryPolicy::new()
        .max_attempts(4)
        .base_backoff(Duration::from_millis(1));
    let client = builder().base_url(server.url()).token("t").retry(policy);
    let client: Client = client.build().unwrap();
    let error = platform::find(&client, &platform::request()).await;
    assert_eq!(error.unwrap_err().attempts(), 4);
    assert_eq!(server.requests().len(), 4, "as often as the option says");

    let silent = silent();
    let client = builder().base_url(&silent.url).token("t").retry(policy);
    let client: Client = client.build().unwrap();
    let call = platform::start(&client).attempt_timeout(Duration::from_millis(60));
    let Err(Error::Transport(error)) = call.await else {
        panic!()
    };
    assert_eq!((error.error().kind(), error.attempts()), (Kind::Timeout, 1));
    assert_eq!(silent.requests(), 1);
    let call = platform::find(&client, &platform::request());
    let error = call.attempt_timeout(Duration::from_millis(60)).await;
    assert_eq!(error.unwrap_err().attempts(), 4, "reading again is safe");
}

/// A server that reads and never answers.
struct Silent {
    url: String,
    opened: std::sync::Arc<std::sync::atomic::AtomicUsize>,
}

impl Silent {
    fn requests(&self) -> usize {
        self.opened.load(std::sync::atomic::Ordering::SeqCst)
    }
}

fn silent() -> Silent {
    use std::io::Read;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let opened = std::sync::Arc::new(AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&opened);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, count) = (stream.unwrap(), std::sync::Arc::clone(&count));
            std::thread::spawn(move || {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.read_to_end(&mut Vec::new());
            });
        }
    });
    Silent { url, opened }
}

/// Run by the test below with the variables set that make the official SDK print what it sends.
#[tokio::test]
#[ignore = "needs an environment of its own"]
async fn in_an_environment_that_asks_for_everything() {
    let server = ok();
    let client: Client = builder()
        .base_url(server.url())
        .token("SENTINEL-of-the-client")
        .build()
        .unwrap();
    let call = platform::start(&client).token("SENTINEL-of-the-call");
    let reply: StartReply = call.await.unwrap();
    println!("{client:?} {reply:?}");
}

#[test]
fn defect_11_no_variable_of_the_environment_shows_the_token() {
    let test = "requests::in_an_environment_that_asks_for_everything";
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", test])
        .env("DEBUG", "tea,*")
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let shown = [run.stdout, run.stderr].concat();
    let shown = String::from_utf8_lossy(&shown);
    assert!(
        run.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
    assert!(!shown.contains("SENTINEL"), "{shown}");
}
