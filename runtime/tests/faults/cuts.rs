//! Replies that are cut at each of their bytes.

use super::case::{BROKEN, CUT, Case, End};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// A reply that says how long it is, cut after each byte.
fn cut(name: &str, reply: &str, whole: End) -> Vec<Case> {
    let head = reply.find("\r\n\r\n").unwrap() + 4;
    let cut = |at: usize| {
        let end = match at {
            at if at == reply.len() => whole,
            at if at >= head => CUT,
            _ => BROKEN,
        };
        Case::new(format!("{name}, {at} bytes of it"), &reply[..at], end).close()
    };
    (0..=reply.len()).map(cut).collect()
}

/// A reply that ends with its connection, cut after each byte: only its JSON shows that something is missing.
fn without_length() -> Vec<Case> {
    let reply = format!("{HEAD}\r\n{{\"code\":\"ok\"}}");
    let head = reply.find("\r\n\r\n").unwrap() + 4;
    let cut = |at: usize| {
        let end = match at {
            at if at == reply.len() => End::Good,
            at if at == head => End::Unexpected,
            _ => End::Decode,
        };
        Case::new(format!("no length, {at} bytes of it"), &reply[..at], end).close()
    };
    (head..=reply.len()).map(cut).collect()
}

pub fn cases() -> Vec<Case> {
    let length = format!("{HEAD}content-length: 13\r\n\r\n{{\"code\":\"ok\"}}");
    let chunked = format!(
        "{HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{{\"cod\r\n8\r\ne\":\"ok\"}}\r\n0\r\n\r\n"
    );
    let error = r#"{"code":"roomClosed","message":"the meeting has ended"}"#;
    let error = format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-length: {}\r\n\r\n{error}",
        error.len()
    );
    let mut cases = cut("a reply", &length, End::Good);
    cases.extend(cut("a chunked reply", &chunked, End::Good));
    cases.extend(cut("an error", &error, End::Api));
    cases.extend(without_length());
    let removed = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let removed = cut("a reply of nothing", removed, End::Good);
    cases.extend(removed.into_iter().map(Case::nothing));
    cases
}
