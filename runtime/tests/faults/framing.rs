//! Lengths, and bodies that come slowly or do not end.

use super::case::{BROKEN, CUT, Case, End, MAX_BODY, TIMEOUT, TOO_LARGE};
use super::hostile::Then;

pub const BODY: &str = "{\"code\":\"ok\"}";

pub fn reply(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}")
}

fn lengths() -> Vec<Case> {
    let mut cases = Vec::new();
    for (length, end) in [
        ("-1", BROKEN),
        ("+13", BROKEN),
        ("0x0d", BROKEN),
        ("13abc", BROKEN),
        ("1 3", BROKEN),
        ("13.0", BROKEN),
        ("1e1", BROKEN),
        ("", BROKEN),
        ("thirteen", BROKEN),
        ("99999999999999999999", BROKEN),
        ("18446744073709551616", BROKEN),
        ("18446744073709551615", BROKEN),
        ("18446744073709551614", BROKEN),
        ("9223372036854775807", TOO_LARGE),
        ("99999999999", TOO_LARGE),
        ("65537", TOO_LARGE),
    ] {
        let bytes = reply(&format!("content-length: {length}"), BODY);
        cases.push(Case::new(format!("content-length {length:?}"), bytes, end).damaged());
    }
    cases
}

/// Lengths that contradict the body, or each other.
fn contradictions() -> Vec<Case> {
    let twice = |first: &str, second: &str| {
        reply(
            &format!("content-length: {first}\r\ncontent-length: {second}"),
            BODY,
        )
    };
    let smuggled =
        reply("content-length: 13", BODY) + &reply("content-length: 19", "{\"code\":\"smuggled\"}");
    vec![
        Case::new("two lengths", twice("13", "12"), BROKEN).damaged(),
        Case::new("two lengths, the other way", twice("12", "13"), BROKEN).damaged(),
        Case::new("the same length twice", twice("13", "13"), End::Good),
        Case::new(
            "two lengths in one",
            reply("content-length: 13, 12", BODY),
            BROKEN,
        )
        .damaged(),
        Case::new(
            "spaces around",
            reply("content-length:   13  ", BODY),
            End::Good,
        ),
        Case::new(
            "zeros before",
            reply("content-length: 00013", BODY),
            End::Good,
        ),
        Case::new("too short", reply("content-length: 5", BODY), End::Decode).damaged(),
        Case::new(
            "none, with a body",
            reply("content-length: 0", BODY),
            End::Unexpected,
        )
        .damaged(),
        Case::new("too long, closed", reply("content-length: 14", BODY), CUT).close(),
        Case::new("too long, held", reply("content-length: 14", BODY), TIMEOUT).then(Then::Hold),
        Case::new("a second reply behind the first", smuggled, End::Good).damaged(),
        Case::new(
            "noise behind the reply",
            reply("content-length: 13", BODY) + "\0\0noise",
            End::Good,
        )
        .damaged(),
        Case::new("no length, held", reply("a: b", BODY), TIMEOUT).then(Then::Hold),
        Case::new(
            "a length and chunks",
            reply(
                "content-length: 3\r\ntransfer-encoding: chunked",
                "d\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n",
            ),
            End::Good,
        )
        .or(BROKEN),
        Case::new(
            "204 with a length",
            "HTTP/1.1 204 X\r\ncontent-length: 5\r\n\r\n",
            End::Good,
        )
        .nothing(),
        Case::new(
            "204 with a body",
            "HTTP/1.1 204 X\r\ncontent-length: 5\r\n\r\nhello",
            End::Good,
        )
        .nothing()
        .damaged(),
        Case::new(
            "204 with chunks",
            "HTTP/1.1 204 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            End::Good,
        )
        .nothing()
        .damaged(),
        Case::new(
            "204 where JSON is documented",
            "HTTP/1.1 204 X\r\n\r\n",
            End::Unexpected,
        ),
        Case::new(
            "304 with a body",
            "HTTP/1.1 304 X\r\ncontent-length: 5\r\n\r\nhello",
            End::Unexpected,
        )
        .damaged(),
        Case::new(
            "205 with a body",
            "HTTP/1.1 205 X\r\ncontent-length: 2\r\n\r\n{}",
            End::Good,
        )
        .nothing(),
    ]
}

fn sizes() -> Vec<Case> {
    let body = |size: usize| format!("{{\"code\":\"{}\"}}", "x".repeat(size - 11));
    let sized = |size: usize| reply(&format!("content-length: {size}"), &body(size));
    let slow = reply("connection: close\r\ncontent-length: 13", BODY);
    vec![
        Case::new("a body of the limit", sized(MAX_BODY), End::Good),
        Case::new("a body over the limit", sized(MAX_BODY + 1), TOO_LARGE).damaged(),
        Case::new("a body far over the limit", sized(MAX_BODY * 40), TOO_LARGE).damaged(),
        Case::new(
            "a body over the limit, closed",
            reply("a: b", &body(MAX_BODY + 1)),
            TOO_LARGE,
        )
        .close(),
        Case::new("a body without end", reply("a: b", ""), TOO_LARGE)
            .then(Then::Repeat(vec![b' '; 4096])),
        Case::new("an error without end", "HTTP/1.1 500 X\r\n\r\n", TOO_LARGE)
            .then(Then::Repeat(vec![b'x'; 4096])),
        Case::new(
            "a redirect without end",
            "HTTP/1.1 302 X\r\nlocation: /\r\n\r\n",
            TOO_LARGE,
        )
        .then(Then::Repeat(vec![b'x'; 4096])),
        Case::new("a reply byte by byte, in time", slow, End::Good).then(Then::Drip),
        Case::new(
            "a head byte by byte, too late",
            format!("HTTP/1.1 200 OK\r\nx-a: {}", "v".repeat(9999)),
            TIMEOUT,
        )
        .then(Then::Drip),
        Case::new(
            "a body byte by byte, too late",
            reply("content-length: 9999", &" ".repeat(9999)),
            TIMEOUT,
        )
        .then(Then::Drip),
        Case::new(
            "chunks byte by byte, too late",
            reply("transfer-encoding: chunked", &"1\r\n \r\n".repeat(999)),
            TIMEOUT,
        )
        .then(Then::Drip),
    ]
}

pub fn cases() -> Vec<Case> {
    let mut cases = lengths();
    cases.extend(contradictions());
    cases.extend(sizes());
    cases
}
