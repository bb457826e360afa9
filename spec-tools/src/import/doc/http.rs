//! Requests and replies as pages show them: a request or status line, headers, JSON.

use super::json;
use super::{At, Json};

/// A request in a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    pub(super) at: At,
    pub(super) method: String,
    /// The address as written, without the query.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
}

/// A reply in a page.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: Body,
}

/// JSON in a page, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) json: Option<Json>,
    pub(super) slips: Vec<(At, &'static str)>,
}

/// What numbered lines show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) requests: Vec<Request>,
    pub(super) replies: Vec<Reply>,
    /// JSON with neither line before it.
    pub(super) bare: Vec<Body>,
}

/// All requests and replies in some lines. In a block of code, JSON may be alone.
pub(super) fn read(lines: &[(usize, &str)], code: bool) -> Shown {
    let mut shown = Shown::default();
    let mut at = 0;
    while let Some((number, line)) = lines.get(at) {
        at += 1;
        let rest = lines.get(at..).unwrap_or_default();
        if let Some((method, target)) = request_line(line) {
            let (headers, body, used) = message(rest, code);
            let (path, query) = target.split_once('?').unwrap_or((target, ""));
            shown.requests.push(Request {
                at: At::begin(*number, line),
                method: method.to_owned(),
                path: path.to_owned(),
                query: form_urlencoded::parse(query.as_bytes())
                    .into_owned()
                    .collect(),
                headers,
                body,
            });
            at += used;
        } else if let Some(status) = status_line(line) {
            let (_, body, used) = message(rest, code);
            shown.replies.push(Reply { status, body });
            at += used;
        }
    }
    let nothing = shown.requests.is_empty() && shown.replies.is_empty();
    if code && nothing && begins_json(lines) {
        let (body, _) = body(lines);
        shown.bare.push(body);
    }
    shown
}

fn begins_json(lines: &[(usize, &str)]) -> bool {
    let first = lines.iter().find(|(_, line)| !line.trim().is_empty());
    first.is_some_and(|(_, line)| line.trim_start().starts_with(['{', '[', '｛']))
}

/// `POST /v1.0/x HTTP/1.1`: method and target. The name of the language may stick to it.
pub(super) fn request_line(line: &str) -> Option<(&str, &str)> {
    const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
    let line = line.trim();
    let line = line.strip_prefix("HTTP").map_or(line, str::trim_start);
    let (method, rest) = line.split_once([' ', '\t'])?;
    if !METHODS.contains(&method) {
        return None;
    }
    let rest = rest.trim();
    let versioned = rest.rfind(" HTTP/").and_then(|at| rest.get(..at));
    let target = versioned.unwrap_or(rest).trim();
    let plain = !target.contains(char::is_whitespace);
    let begins = target.starts_with('/') || target.starts_with("http");
    (begins && (versioned.is_some() || plain)).then_some((method, target))
}

fn status_line(line: &str) -> Option<u16> {
    let rest = line.trim().strip_prefix("HTTP/")?;
    let (version, rest) = rest.split_once(' ')?;
    let status = rest.split_whitespace().next()?.parse().ok()?;
    let digit = version.starts_with(|c: char| c.is_ascii_digit());
    digit.then_some(status)
}

type Headers = Vec<(String, String)>;

/// The headers and the body behind a first line, and how many lines they take.
fn message(lines: &[(usize, &str)], code: bool) -> (Headers, Body, usize) {
    let mut headers = Vec::new();
    let mut at = 0;
    while let Some((name, value)) = lines.get(at).and_then(|(_, line)| header(line)) {
        headers.push((name.to_owned(), value.to_owned()));
        at += 1;
    }
    let is_blank = |(_, line): &&(usize, &str)| line.trim().is_empty();
    at += lines.iter().skip(at).take_while(is_blank).count();
    let rest = lines.get(at..).unwrap_or_default();
    let other =
        |(_, line): &(usize, &str)| request_line(line).is_some() || status_line(line).is_some();
    let value = code && rest.first().is_some_and(|first| !other(first));
    if begins_json(rest) || value {
        let (body, used) = body(rest);
        return (headers, body, at + used);
    }
    (headers, Body::default(), at)
}

fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim().split_once(':')?;
    let name = name.trim();
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (begins && name.chars().all(letters)).then_some((name, value.trim()))
}

fn body(lines: &[(usize, &str)]) -> (Body, usize) {
    let read = json::read(lines.iter().copied());
    let used = lines.iter().take_while(|(number, _)| *number < read.end);
    let (json, slips) = (read.json, read.slips);
    (Body { json, slips }, used.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str, code: bool) -> Shown {
        let lines: Vec<_> = text
            .split('\n')
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .collect();
        read(&lines, code)
    }

    #[test]
    fn a_request_is_read_whole() {
        let text = "HTTPPOST /v1.0/a/b%2Fc?x=1%202&y=a+b HTTP/1.1\nHost:h\nX-A: 1\n\n{ \"k\": 1 }\n// code";
        let shown = quoted(text, false);
        let request = &shown.requests[0];
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("POST", "/v1.0/a/b%2Fc")
        );
        assert_eq!(request.query[0], ("x".to_owned(), "1 2".to_owned()));
        assert_eq!(request.query[1].1, "a b");
        assert_eq!(request.headers[1].0, "X-A");
        assert!(request.body.json.is_some());
    }

    #[test]
    fn words_are_no_request() {
        assert!(request_line("GET 请求").is_none());
        assert!(request_line("POST it /now please").is_none());
        assert_eq!(
            request_line("GET /数据 表?a=b HTTP/1.1"),
            Some(("GET", "/数据 表?a=b"))
        );
        assert_eq!(
            request_line("PUT https://h.example/v1.0/a"),
            Some(("PUT", "https://h.example/v1.0/a"))
        );
    }

    #[test]
    fn a_reply_may_have_no_body_or_a_bare_value() {
        assert!(
            quoted("HTTP/1.1 200 OK", true).replies[0]
                .body
                .json
                .is_none()
        );
        let reply = &quoted(
            "HTTP/1.1 200 OK\nContent-Type:application/json\n\ntrue",
            true,
        )
        .replies[0];
        assert_eq!(
            reply.body.json.as_ref().unwrap().value,
            json::Value::Bool(true)
        );
        assert_eq!(quoted("{ \"a\": 1 }", true).bare.len(), 1);
    }
}
