//! Pages, nothing, and packed bodies.

use super::case::{Case, End};

const BODY: &str = "{\"code\":\"ok\"}";

fn reply(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Whether a status is a fault of the server that may pass, or says that the request was refused.
fn with_status(case: Case, status: u16) -> Case {
    match status {
        429 => case.refused(),
        501 | 505 => case,
        500.. => case.passes(),
        _ => case,
    }
}

fn pages() -> Vec<Case> {
    let mut cases = Vec::new();
    let html = "<!DOCTYPE html>\n<html><h1>Sorry</h1></html>";
    for status in [
        200, 201, 400, 401, 403, 404, 405, 413, 429, 500, 501, 502, 503, 504, 505,
    ] {
        for (name, headers) in [
            ("a page", "content-type: text/html\r\n"),
            ("an unnamed page", ""),
        ] {
            let case = Case::new(
                format!("{name} with {status}"),
                reply(status, headers, html),
                End::Unexpected,
            );
            cases.push(with_status(case, status));
        }
    }
    let page = "content-type: text/html; charset=gbk\r\n";
    cases.extend([
        Case::new(
            "a page in GBK",
            reply(200, page, b"<p>\xb7\xfe\xce\xf1"),
            End::Unexpected,
        ),
        Case::new(
            "JSON that says it is a page",
            reply(200, page, BODY),
            End::Unexpected,
        ),
        Case::new(
            "a page behind a BOM",
            reply(200, page, "\u{feff}<html>"),
            End::Unexpected,
        ),
        Case::new(
            "an error in XML",
            reply(503, "content-type: text/xml\r\n", "<error/>"),
            End::Unexpected,
        )
        .passes(),
        Case::new(
            "a page for who expects nothing",
            reply(200, page, html),
            End::Unexpected,
        )
        .nothing(),
        Case::new(
            "a page without status",
            "<html><h1>Sorry</h1></html>\r\n\r\n",
            super::case::BROKEN,
        )
        .close(),
    ]);
    cases
}

fn empty() -> Vec<Case> {
    let statuses = [
        200, 201, 202, 203, 206, 207, 226, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410,
        411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451,
        499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 599,
    ];
    let empty = |status: u16| {
        let case = Case::new(
            format!("nothing with {status}"),
            reply(status, "", ""),
            End::Unexpected,
        );
        with_status(case, status)
    };
    let mut cases: Vec<_> = statuses.into_iter().map(empty).collect();
    cases.push(
        Case::new(
            "nothing where nothing is documented",
            reply(200, "", ""),
            End::Good,
        )
        .nothing(),
    );
    cases.push(
        Case::new(
            "anything where nothing is documented",
            reply(200, "", "ok!"),
            End::Good,
        )
        .nothing(),
    );
    cases
}

/// `{"code":"ok"}`, packed.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0xce, 0x4f, 0x49,
    0x55, 0xb2, 0x52, 0xca, 0xcf, 0x56, 0xaa, 0x05, 0x00, 0x5e, 0xe9, 0x1e, 0x3e, 0x0d, 0x00, 0x00,
    0x00,
];

/// The beginning of a packed body, and a part of it that stands for two thousand zeros: it may be repeated at will.
const BOMB_HEAD: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60,
];
const BOMB: [u8; 13] = [
    0x18, 0x05, 0xa3, 0x60, 0x14, 0x8c, 0x82, 0x51, 0x30, 0x0a, 0x46, 0xc1, 0x28,
];

/// The client asks for no packing and undoes none: what comes packed is no JSON, and no bomb goes off.
fn packed() -> Vec<Case> {
    let mut cases = Vec::new();
    for coding in [
        "gzip",
        "x-gzip",
        "deflate",
        "br",
        "zstd",
        "gzip, gzip",
        "nonsense",
    ] {
        let headers = format!("content-encoding: {coding}\r\ncontent-type: application/json\r\n");
        let case = |name: &str, status, body: &[u8], end| {
            Case::new(
                format!("{name} said to be {coding}"),
                reply(status, &headers, body),
                end,
            )
        };
        cases.push(case("a packed body", 200, GZIP, End::Unexpected));
        cases.push(case("a packed error", 400, GZIP, End::Unexpected));
        cases.push(case("plain JSON", 200, BODY.as_bytes(), End::Good));
    }
    let bomb = [BOMB_HEAD, &BOMB.repeat(4000)[..]].concat();
    cases.push(Case::new(
        "a bomb",
        reply(200, "content-encoding: gzip\r\n", bomb),
        End::Unexpected,
    ));
    cases.push(Case::new(
        "an unnamed packed body",
        reply(200, "", GZIP),
        End::Unexpected,
    ));
    cases.push(Case::new(
        "identity",
        reply(200, "content-encoding: identity\r\n", BODY),
        End::Good,
    ));
    cases
}

/// The platform does not always name its JSON, so a wrong name alone is not an error.
fn types() -> Vec<Case> {
    let types = [
        "",
        "text/plain",
        "application/xml",
        "image/png",
        "application/json; charset=utf-16",
        "nonsense",
        "/",
        ";;;",
        "application/octet-stream",
        "multipart/form-data; boundary=x",
        "text/event-stream",
        "application/problem+json",
    ];
    let named = |kind: &str| {
        let headers = format!("content-type: {kind}\r\n");
        Case::new(
            format!("JSON as {kind:?}"),
            reply(200, &headers, BODY),
            End::Good,
        )
    };
    let mut cases: Vec<_> = types.into_iter().map(named).collect();
    let two = "content-type: application/json\r\ncontent-type: text/plain\r\n";
    cases.extend([
        Case::new("JSON with two types", reply(200, two, BODY), End::Good),
        Case::new(
            "a picture",
            reply(200, "content-type: image/png\r\n", b"\x89PNG\r\n\x1a\n"),
            End::Decode,
        ),
        Case::new(
            "text",
            reply(200, "content-type: text/plain\r\n", "ok"),
            End::Decode,
        ),
        Case::new(
            "events",
            reply(200, "content-type: text/event-stream\r\n", "data: {}\n\n"),
            End::Decode,
        ),
    ]);
    cases
}

pub fn cases() -> Vec<Case> {
    let mut cases = pages();
    cases.extend(empty());
    cases.extend(packed());
    cases.extend(types());
    cases
}
