//! Status lines and headers.

use std::time::Duration;

use dingtalk_runtime::{Client, TransportErrorKind};

use super::case::{BROKEN, CUT, Case, End, TIMEOUT};
use super::hostile::{Hostile, Script, Then};
use crate::support::platform::{self, Error, builder};

const BODY: &str = "content-length: 13\r\n\r\n{\"code\":\"ok\"}";

/// A reply with these bytes before its body's length.
fn with(name: &str, head: impl AsRef<[u8]>, end: End) -> Case {
    let case = Case::new(name, [head.as_ref(), BODY.as_bytes()].concat(), end);
    if end == BROKEN { case.damaged() } else { case }
}

/// A reply with this header.
fn header(name: &str, header: impl AsRef<[u8]>, end: End) -> Case {
    let head = [b"HTTP/1.1 200 OK\r\n", header.as_ref(), b"\r\n"].concat();
    with(name, head, end)
}

fn status_lines() -> Vec<Case> {
    let mut cases = Vec::new();
    for (line, end) in [
        ("HTTP/1.1 200", End::Good),
        ("HTTP/1.1 200 ", End::Good),
        ("HTTP/1.1 200 \u{e9}", End::Good),
        ("HTTP/1.1 299 OK", End::Good),
        ("HTTP/1.1 201 Created", End::Good),
        ("HTTP/1.1 999 ?", End::Api),
        ("HTTP/1.1 600 ?", End::Api),
        ("\r\n\r\nHTTP/1.1 200 OK", End::Good),
        ("HTTP/1.1 000 ?", BROKEN),
        ("HTTP/1.1 99 ?", BROKEN),
        ("HTTP/1.1 1000 ?", BROKEN),
        ("HTTP/1.1 -200 ?", BROKEN),
        ("HTTP/1.1 abc ?", BROKEN),
        ("HTTP/1.1", BROKEN),
        ("HTTP/1.1 ", BROKEN),
        ("HTTP/1.1 200\u{0} OK", BROKEN),
        ("HTTP/2 200 OK", BROKEN),
        ("HTTP/9.9 200 OK", BROKEN),
        ("http/1.1 200 OK", BROKEN),
        ("ICY 200 OK", BROKEN),
        ("200 OK", BROKEN),
        ("{\"code\":\"ok\"}", BROKEN),
        ("POST / HTTP/1.1", BROKEN),
        ("PRI * HTTP/2.0\r\n\r\nSM", BROKEN),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}", BROKEN),
        (" HTTP/1.1 200 OK", BROKEN),
        ("\u{feff}HTTP/1.1 200 OK", BROKEN),
    ] {
        let case = with(&format!("status line {line:?}"), format!("{line}\r\n"), end);
        // A status of the server's faults passes.
        let fault = line.contains("999") || line.contains("600");
        cases.push(if fault { case.passes() } else { case });
    }
    cases.push(with(
        "lines that end without CR",
        "HTTP/1.1 200 OK\na: b\n",
        End::Good,
    ));
    cases.push(with(
        "lines that end without LF",
        "HTTP/1.1 200 OK\ra: b\r",
        BROKEN,
    ));
    let old = with("HTTP/1.0", "HTTP/1.0 200 OK\r\n", End::Good);
    cases.push(old.then(Then::Hold));
    cases.push(with(
        "HTTP/1.0, kept",
        "HTTP/1.0 200 OK\r\nconnection: keep-alive\r\n",
        End::Good,
    ));
    cases.push(header("closing, but left open", "connection: close", End::Good).then(Then::Hold));
    cases
}

fn headers() -> Vec<Case> {
    let many = |count: usize| {
        let lines: Vec<_> = (0..count).map(|number| format!("x-{number}: v")).collect();
        lines.join("\r\n")
    };
    let long = |length: usize| format!("x-long: {}", "v".repeat(length));
    vec![
        header("a value of odd bytes", b"x-odd: \x80\xff\xc3(", End::Good),
        header(
            "a request id of odd bytes",
            b"x-acs-request-id: \x80\xff",
            End::Good,
        ),
        header("a tab in a value", "x-tab: a\tb", End::Good),
        header("an empty value", "x-empty:", End::Good),
        header(
            "the same name often",
            ["x-a: b"; 50].join("\r\n"),
            End::Good,
        ),
        header("a NUL in a value", "x-nul: a\0b", BROKEN),
        header("a control character in a value", "x-bell: a\x07b", BROKEN),
        header("a CR in a value", "x-cr: a\rb: c", BROKEN),
        header("a line without a colon", "nonsense", BROKEN),
        header("a name with a space", "x y: z", BROKEN),
        header("a space before the colon", "x-a : z", BROKEN),
        header("an empty name", ": z", BROKEN),
        header("a name of odd bytes", b"x-\xff: z", BROKEN),
        header("a continued line", "x-a: b\r\n  c", BROKEN),
        header("90 headers", many(90), End::Good),
        header("200 headers", many(200), BROKEN),
        header("20,000 headers", many(20_000), BROKEN),
        header("a header of 100 KB", long(100 << 10), End::Good),
        header("a header of 1 MB", long(1 << 20), BROKEN),
        header("a header of 10 MB", long(10 << 20), BROKEN),
        header("cookies", "set-cookie: a=b\r\nset-cookie: c", End::Good),
        header(
            "an upgrade that was not asked for",
            "upgrade: h2c\r\nconnection: upgrade",
            End::Good,
        ),
        header("alt-svc", "alt-svc: h3=\"127.0.0.1:1\"; ma=9999", End::Good),
        header("refresh", "refresh: 0; url=http://127.0.0.1:1/", End::Good),
        header("a wait with success", "retry-after: 999999", End::Good),
        Case::new("a head without end", "HTTP/1.1 200 OK\r\nx-a: ", BROKEN)
            .then(Then::Repeat(vec![b'v'; 8192])),
        Case::new("headers without end", "HTTP/1.1 200 OK\r\n", BROKEN)
            .then(Then::Repeat(b"x-a: b\r\n".repeat(512))),
        Case::new(
            "half a head, and nothing more",
            "HTTP/1.1 200 OK\r\nx-a",
            TIMEOUT,
        )
        .then(Then::Hold),
        Case::new("nothing at all", "", TIMEOUT).then(Then::Hold),
        Case::new("noise without end", "", BROKEN).then(Then::Repeat(vec![0xa5; 4096])),
        Case::new("empty lines without end", "", BROKEN)
            .then(Then::Repeat(b"\r\n".repeat(512)))
            .or(TIMEOUT),
    ]
}

/// Replies that come before the reply.
fn informational() -> Vec<Case> {
    let good = format!("HTTP/1.1 200 OK\r\n{BODY}");
    let before = |name: &str, bytes: String, end: End| Case::new(name, bytes + &good, end);
    let line = |status: u16| format!("HTTP/1.1 {status} Wait\r\n\r\n");
    vec![
        before("100 before", line(100), End::Good),
        before("102 before", line(102), End::Good),
        before(
            "103 before",
            format!("HTTP/1.1 103 Hints\r\nlink: </a>\r\n\r\n{}", line(100)),
            End::Good,
        ),
        before("199 before", line(199), End::Good),
        before(
            "a thousand of 100 before",
            line(100).repeat(1000),
            End::Good,
        ),
        Case::new("100 again and again", line(100).repeat(1000), TIMEOUT).then(Then::Drip),
        Case::new("100 alone", line(100), BROKEN).close(),
        Case::new("100, and nothing more", line(100), TIMEOUT).then(Then::Hold),
        Case::new("101, and nothing more", line(101), End::Unexpected)
            .then(Then::Hold)
            .or(BROKEN),
        Case::new(
            "101 to another protocol",
            format!("HTTP/1.1 101 Switch\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n{good}"),
            End::Unexpected,
        )
        .damaged()
        .or(BROKEN),
    ]
}

/// Replies to a request that the server has not read.
fn early() -> Vec<Case> {
    let refused = "HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n";
    let good = format!("HTTP/1.1 200 OK\r\n{BODY}");
    let early = |name: &str, bytes: &str, end: End| Case::new(name, bytes, end).unread();
    vec![
        early("refused before it was read", refused, End::Unexpected),
        early(
            "refused and closed before it was read",
            refused,
            End::Unexpected,
        )
        .close()
        .or(BROKEN),
        early("answered before it was read", &good, End::Good).or(BROKEN),
        early("answered and closed before it was read", &good, End::Good)
            .close()
            .or(BROKEN)
            .or(CUT),
        early("closed before it was read", "", BROKEN).close(),
        early("half answered before it was read", "HTTP/1.1 20", BROKEN).close(),
        early("never read", "", TIMEOUT).then(Then::Hold),
    ]
}

pub fn cases() -> Vec<Case> {
    let mut cases = status_lines();
    cases.extend(headers());
    cases.extend(informational());
    cases.extend(early());
    cases
}

/// As fast as the server can, which is faster than a test's build reads: it may hold up the thread that reads it, but
/// not the call.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_100_does_not_outlast_the_call() {
    let flood = b"HTTP/1.1 100 Wait\r\n\r\n".repeat(100);
    let script = Script {
        bytes: Vec::new(),
        then: Then::Repeat(flood),
        reads_body: true,
    };
    let server = Hostile::start(vec![script]);
    let client: Client = builder().base_url(&server.url).token("t").build().unwrap();
    let call = platform::start_with(&client, "case-0", &platform::request());
    let call = tokio::spawn(call.timeout(Duration::from_millis(300)).send());
    let error = call.await.unwrap().unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.error().kind(), TransportErrorKind::Timeout);
    assert_eq!(server.seen("case-0").len(), 1);
}
