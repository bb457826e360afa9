//! What a program's log gets from the client, and what it never gets.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_runtime::{Client, ClientBuilder, RetryPolicy};
use serde_json::json;
use support::platform::{self, PLATFORM};
use support::{Answer, Server};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// Keeps what is written to it.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn subscriber(log: &Log) -> impl tracing::Subscriber + Send + Sync + 'static {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish()
}

const QPS: &str = "Forbidden.AccessDenied.QpsLimitForApi";

fn quick() -> RetryPolicy {
    RetryPolicy::new()
        .base_backoff(Duration::from_millis(1))
        .throttled_wait(Duration::from_millis(1))
}

#[tokio::test]
async fn spans_tell_of_the_call_and_of_each_attempt() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(subscriber(&log));
    let server = Server::start(|number, _| match number {
        0 => Answer::json(
            403,
            &json!({"code": QPS, "message": "m", "requestid": "request-0"}),
        ),
        _ => Answer::new(200, &[("x-acs-request-id", "request-1")], "{}"),
    });
    let client = platform::builder()
        .base_url(server.url())
        .token("t")
        .retry(quick())
        .build()
        .unwrap();
    platform::start(&client).await.unwrap();
    let text = log.text();
    let closed = |name: &str| -> Vec<&str> {
        let ours = |line: &&str| line.contains("dingtalk_api: close") && line.contains(name);
        text.lines().filter(ours).collect()
    };
    let attempts = closed("attempt{");
    assert_eq!(attempts.len(), 2, "{text}");
    let common = "operation=rooms_1_0.StartRoom method=\"POST\"";
    for (line, parts) in attempts.iter().zip([
        ["attempt=1", "status=403", "request_id=\"request-0\""],
        ["attempt=2", "status=200", "request_id=\"request-1\""],
    ]) {
        for part in parts.into_iter().chain([common]) {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    assert!(
        attempts[0].contains(&format!("code=\"{QPS}\"")),
        "{}",
        attempts[0]
    );
    assert!(
        attempts[0].contains("error=\"throttled\""),
        "{}",
        attempts[0]
    );
    let mut calls = closed(" call{");
    calls.retain(|line| !line.contains("attempt{"));
    let call = calls.last().unwrap();
    for part in [
        common,
        "attempts=2",
        "status=200",
        "request_id=\"request-1\"",
    ] {
        assert!(call.contains(part), "{part}: {call}");
    }
    let wait = text
        .lines()
        .find(|line| line.contains("sending again after a wait"));
    assert!(wait.unwrap().contains(" wait="), "{wait:?}");
}

#[tokio::test]
async fn a_failed_call_s_span_says_how_it_failed() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(subscriber(&log));
    let server = Server::start(|_, _| Answer::raw(""));
    platform::start(&platform::client(&server))
        .await
        .unwrap_err();
    let text = log.text();
    let closed = text
        .lines()
        .rfind(|line| line.contains("dingtalk_api: close"));
    let closed = closed.unwrap();
    assert!(closed.contains("attempts=1"), "{closed}");
    assert!(
        closed.contains("error=\"the connection broke before the reply\""),
        "{closed}"
    );
}

/// Everything that is secret in the calls below.
const SECRETS: [&str; 9] = [
    "app-s3cret",
    "token-s3cret-1",
    "token-s3cret-2",
    "path-s3cret",
    "query-s3cret",
    "password-s3cret",
    "header-s3cret",
    "gateway-s3cret",
    "reply-s3cret",
];

/// The only test here that the logs of other crates, which go through the crate `log`, come to.
#[tokio::test]
async fn nothing_logged_at_any_level_holds_a_secret() {
    let log = Log::default();
    // Of other threads' logs too: a subscriber for all, and what is logged without tracing.
    subscriber(&log).try_init().unwrap();
    let server = Server::start(|number, request| {
        if request.target.contains("oauth2") {
            let token = format!("token-s3cret-{}", if number == 0 { 1 } else { 2 });
            return Answer::json(200, &json!({"accessToken": token, "expireIn": 7200}));
        }
        // A server that repeats all it got, wherever it can.
        let token = request
            .header("x-acs-dingtalk-access-token")
            .unwrap()
            .to_owned();
        let sent = String::from_utf8_lossy(&request.body).into_owned();
        let all = format!("{token} {sent} app-s3cret");
        let error = |status: u16, code: &str| {
            let body = json!({"code": code, "message": all, "requestid": token});
            Answer::json(status, &body)
        };
        match number {
            1 => error(400, "InvalidAuthentication"),
            3 => error(403, QPS),
            4 => Answer::new(
                200,
                &[("x-acs-request-id", &token)],
                r#"{"code": "reply-s3cret"}"#,
            ),
            5 => error(400, &format!("code {token}")),
            6 => Answer::new(
                200,
                &[("x-acs-request-id", &token)],
                r#"{"count": "reply-s3cret"}"#,
            ),
            7 => Answer::new(502, &[("x-acs-request-id", &token)], "<html>reply-s3cret"),
            8 => Answer::new(302, &[("location", "http://a.example/?reply-s3cret")], ""),
            _ => Answer::raw("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nreply-s3cret"),
        }
    });
    let client: Client = ClientBuilder::new(&PLATFORM)
        .base_url(server.url())
        .app("the-key", "app-s3cret")
        .header("x-gateway", "gateway-s3cret")
        .retry(quick())
        .build()
        .unwrap();
    let mut request = platform::request();
    request.password = Some("password-s3cret".into());
    request.names = Some(vec!["query-s3cret".into()]);
    let mut outcomes = Vec::new();
    for _ in 0..6 {
        let call = platform::start_with(&client, "path-s3cret", &request);
        let call = call.header("x-mine", "header-s3cret");
        outcomes.push(call.send().await.is_ok());
    }
    assert_eq!(outcomes, [true, false, false, false, false, false]);
    assert_eq!(server.requests().len(), 10);
    // Looking for what was really sent.
    let sent = format!("{:?}", server.requests());
    for secret in &SECRETS[1..8] {
        let bytes = format!("{:?}", secret.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']);
        assert!(
            sent.contains(secret) || sent.contains(bytes),
            "{secret} was not sent"
        );
    }
    let text = log.text();
    for part in [
        "TRACE",
        "hyper_util",
        "reqwest",
        "sending again with a new token",
    ] {
        assert!(
            text.contains(part),
            "{part} is missing: the log is not whole\n{text}"
        );
    }
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{line:?}");
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn nothing_logged_of_http2_holds_a_secret() {
    use tracing::instrument::WithSubscriber;

    // The server is in this program too, but only what the client does is of interest.
    let log = Log::default();
    let authority = support::tls::Authority::new();
    let (url, mut tokens) = support::tls::http2(authority.server(false)).await;
    let client = platform::builder()
        .base_url(url)
        .token("token-s3cret-1")
        .header("x-gateway", "gateway-s3cret")
        .add_root_certificate(authority.pem.clone())
        .build()
        .unwrap();
    let mut request = platform::request();
    request.password = Some("password-s3cret".into());
    let call = platform::start_with(&client, "path-s3cret", &request);
    let call = call.header("x-mine", "header-s3cret").send();
    // On a thread of its own, with all that the client's connection does.
    let subscriber = subscriber(&log);
    let client_thread = std::thread::spawn(move || {
        let _guard = tracing::subscriber::set_default(subscriber);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(call.with_current_subscriber()).unwrap();
    });
    assert_eq!(tokens.recv().await.unwrap(), "token-s3cret-1");
    while !client_thread.is_finished() {
        tokio::task::yield_now().await;
    }
    client_thread.join().unwrap();
    let text = log.text();
    assert!(text.contains("h2::"), "the log is not whole: {text}");
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{line:?}");
    }
}

#[tokio::test]
async fn a_value_that_was_left_out_of_a_reply_is_told_without_what_came() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(subscriber(&log));
    let server = Server::always(200, json!({"code": "ok", "seats": [{"row": "odd-value"}]}));
    platform::start(&platform::client(&server)).await.unwrap();
    let text = log.text();
    for part in [
        "WARN",
        "values of the reply were left out",
        r#"first="seats[0].row""#,
        r#"expected="an integer""#,
        "rooms_1_0.StartRoom",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("odd-value"), "{text}");
}
