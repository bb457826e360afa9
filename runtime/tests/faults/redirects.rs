//! Redirects: none is followed, whatever it leads to.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::case::{Case, End, run_all};

pub fn cases(elsewhere: &str) -> Vec<Case> {
    let mut cases = Vec::new();
    for status in [300, 301, 302, 303, 305, 306, 307, 308, 399] {
        let location = format!("location: http://{elsewhere}/v1.0/rooms/r/start?a=b#c\r\n");
        for (name, body) in [
            ("", ""),
            (" with JSON", "{\"code\":\"ok\"}"),
            (" with a page", "<html>"),
        ] {
            // JSON in the platform's form says more than the redirect does.
            let end = if body.starts_with('{') {
                End::Api
            } else {
                End::Unexpected
            };
            cases.push(redirect(
                &format!("{status}{name}"),
                status,
                &location,
                body,
                end,
            ));
        }
    }
    let long = "a".repeat(10_000);
    for target in [
        "/elsewhere",
        "elsewhere",
        "//HOST/elsewhere",
        "https://HOST/",
        "http://user:password@HOST/",
        "http://HOST:99999/",
        "http://[::1/",
        "ftp://HOST/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        "?",
        "#",
        "\u{80}",
        "not a place at all",
        "http://HOST/?token=SENTINEL-token",
        "http://HOST/SENTINEL-token",
        &long,
    ] {
        let location = format!("location: {}\r\n", target.replace("HOST", elsewhere));
        let name = format!("302 to {target:.40}");
        cases.push(redirect(&name, 302, &location, "", End::Unexpected));
    }
    let twice = format!("location: http://{elsewhere}/a\r\nlocation: http://{elsewhere}/b\r\n");
    cases.push(redirect(
        "302 to two places",
        302,
        &twice,
        "",
        End::Unexpected,
    ));
    cases.push(redirect("302 to nowhere", 302, "", "", End::Unexpected));
    let success = format!("location: http://{elsewhere}/\r\n");
    cases.push(redirect(
        "200 with a location",
        200,
        &success,
        "{}",
        End::Good,
    ));
    cases.push(redirect(
        "401 with a location",
        401,
        &success,
        "",
        End::Unexpected,
    ));
    let challenge = format!("www-authenticate: Basic realm=\"http://{elsewhere}/\"\r\n");
    cases.push(redirect(
        "401 with a challenge",
        401,
        &challenge,
        "",
        End::Unexpected,
    ));
    cases.push(redirect(
        "407 with a challenge",
        407,
        &challenge,
        "",
        End::Unexpected,
    ));
    cases
}

fn redirect(name: &str, status: u16, headers: &str, body: &str, end: End) -> Case {
    let length = body.len();
    let reply = format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}");
    Case::new(name, reply, end)
}

#[tokio::test]
async fn a_redirect_is_an_error_and_reaches_no_other_host() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = elsewhere.local_addr().unwrap().to_string();
    let connected = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connected);
    std::thread::spawn(move || {
        for stream in elsewhere.incoming() {
            drop(stream);
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    run_all(cases(&address)).await;
    assert_eq!(connected.load(Ordering::SeqCst), 0);
}
