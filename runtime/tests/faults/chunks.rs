//! Chunked bodies.

use super::case::{BROKEN, CUT, Case, End, TIMEOUT, TOO_LARGE};
use super::framing::{BODY, reply};
use super::hostile::Then;

/// The whole body in one chunk, without the last one.
const WHOLE: &str = "d\r\n{\"code\":\"ok\"}\r\n";

/// A chunk for each byte.
fn singly(body: &str) -> String {
    let mut chunks = String::new();
    for letter in body.chars() {
        chunks.extend(["1\r\n", letter.encode_utf8(&mut [0; 4]), "\r\n"]);
    }
    chunks + "0\r\n\r\n"
}

fn complete() -> Vec<Case> {
    let mut cases = Vec::new();
    let long = "x".repeat(200 << 10);
    for (name, chunks, end) in [
        ("well", format!("{WHOLE}0\r\n\r\n"), End::Good),
        (
            "with an extension",
            "d;a=b;c=\"d\"\r\n{\"code\":\"ok\"}\r\n0;x\r\n\r\n".into(),
            End::Good,
        ),
        (
            "with a size in capitals",
            "D\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            End::Good,
        ),
        (
            "with zeros before the size",
            "0000d\r\n{\"code\":\"ok\"}\r\n000\r\n\r\n".into(),
            End::Good,
        ),
        (
            "with a space behind the size",
            "d \r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            End::Good,
        ),
        (
            "with trailers",
            format!("{WHOLE}0\r\nx-a: b\r\ncontent-length: 3\r\n\r\n"),
            End::Good,
        ),
        ("one for each byte", singly(BODY), End::Good),
        ("of no hexadecimal size", "zz\r\n".into(), CUT),
        ("of a negative size", "-1\r\n".into(), CUT),
        ("of a size with a sign", format!("+{WHOLE}0\r\n\r\n"), CUT),
        (
            "of a size beyond all numbers",
            "fffffffffffffffff\r\n".into(),
            CUT,
        ),
        ("of an empty size", "\r\n\r\n".into(), CUT),
        (
            "of a size with 0x",
            "0xd\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            CUT,
        ),
        (
            "shorter than they say",
            "e\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            CUT,
        ),
        (
            "longer than they say",
            "5\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            CUT,
        ),
        (
            "without CRLF behind",
            "d\r\n{\"code\":\"ok\"}0\r\n\r\n".into(),
            CUT,
        ),
        (
            "with a NUL in the size",
            "d\0\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            CUT,
        ),
        (
            "with a line break in an extension",
            "d;a\nb\r\n{\"code\":\"ok\"}\r\n0\r\n\r\n".into(),
            CUT,
        ),
        (
            "with an extension of 200 KB",
            format!("d;{long}\r\n{{\"code\":\"ok\"}}\r\n0\r\n\r\n"),
            CUT,
        ),
        (
            "with a trailer of 200 KB",
            format!("{WHOLE}0\r\nx-a: {long}\r\n\r\n"),
            CUT,
        ),
        (
            "with malformed trailers",
            format!("{WHOLE}0\r\nnonsense\r\n\r\n"),
            CUT,
        ),
        ("instead of which JSON comes", BODY.into(), CUT),
        ("without a body", "0\r\n\r\n".into(), End::Unexpected),
    ] {
        let case = Case::new(
            format!("chunks {name}"),
            reply("transfer-encoding: chunked", &chunks),
            end,
        );
        // What is garbled is noticed at the latest when the connection ends.
        cases.push(if end == CUT { case.close() } else { case });
    }
    cases
}

fn without_end() -> Vec<Case> {
    let chunked = |body: &str| reply("transfer-encoding: chunked", body);
    vec![
        Case::new("no last chunk, closed", chunked(WHOLE), CUT).close(),
        Case::new("no last chunk, held", chunked(WHOLE), TIMEOUT).then(Then::Hold),
        Case::new(
            "a chunk of almost everything",
            chunked("7fffffffffffffff\r\n{"),
            TIMEOUT,
        )
        .then(Then::Hold),
        Case::new("chunks without end", chunked(""), TOO_LARGE)
            .then(Then::Repeat(b"8\r\n        \r\n".repeat(100))),
        Case::new(
            "trailers without end",
            chunked(&format!("{WHOLE}0\r\n")),
            CUT,
        )
        .then(Then::Repeat(b"x-a: b\r\n".repeat(100))),
        Case::new("an extension without end", chunked("d;"), CUT)
            .then(Then::Repeat(vec![b'x'; 4096])),
    ]
}

fn codings() -> Vec<Case> {
    let mut cases = Vec::new();
    for (coding, end) in [
        ("Chunked", End::Good),
        ("gzip, chunked", End::Good),
        ("chunked, gzip", End::Decode),
        ("identity", End::Decode),
        ("nonsense", End::Decode),
        ("", End::Decode),
    ] {
        let bytes = reply(
            &format!("transfer-encoding: {coding}"),
            &format!("{WHOLE}0\r\n\r\n"),
        );
        let case = Case::new(format!("transfer-encoding {coding:?}"), bytes, end).or(BROKEN);
        cases.push(case.close());
    }
    cases
}

pub fn cases() -> Vec<Case> {
    let mut cases = complete();
    cases.extend(without_end());
    cases.extend(codings());
    cases
}
