//! Bodies of a success, from odd JSON to none.

use super::case::{Case, End};

fn reply(body: &[u8]) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json";
    let head = format!("{head}\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn case(body: impl AsRef<[u8]>, end: End) -> Case {
    let body = body.as_ref();
    let name: String = String::from_utf8_lossy(body).chars().take(60).collect();
    Case::new(format!("{name} ({} bytes)", body.len()), reply(body), end)
}

fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}1{}", open.repeat(depth), close.repeat(depth))
}

/// What is read: the reply's fields may be left out, and what is not documented is passed over.
const READ: &[&str] = &[
    "{}",
    " \t\r\n{} \n",
    "\u{feff}{}",
    "{\"code\":null,\"count\":null,\"seats\":null}",
    "{\"code\":\"\"}",
    "{\"code\":\"\\u0000\\ud83d\\ude00\"}",
    "{\"count\":9223372036854775807}",
    "{\"count\":-9223372036854775808}",
    "{\"count\":\"12\"}",
    "{\"count\":-0}",
    "{\"seats\":[]}",
    "{\"seats\":\"\"}",
    "{\"seats\":\"[]\"}",
    "{\"code\":\"ok\",\"seats\":1}",
    "{\"seats\":[{}]}",
    "{\"seats\":[{\"row\":\"3\",\"label\":\"l\"}]}",
    "{\"count\":1,\"unknown\":1e400}",
    "{\"count\":1,\"unknown\":\"\\ud800\"}",
    "{\"count\":1,\"unknown\":{\"code\":[1,{\"a\":\"b\"}]}}",
    "{\"Code\":1,\"CODE\":[],\"code\":\"ok\"}",
    "{\"count\":1,\"\":1,\"\\u0000\":2}",
    "{\"co\\u0064e\":\"ok\"}",
    "{\"success\":true,\"errcode\":0}",
    "{\"errcode\":\"0\",\"errmsg\":\"ok\"}",
    "{\"errcode\":null}",
    "{\"code\":\"\\\"errcode\\\":40001\"}",
];

/// What is not read.
const REFUSED: &[&str] = &[
    "null",
    "true",
    "\"text\"",
    "12",
    "[]",
    "[{}]",
    "[null]",
    " ",
    "\n\n",
    "\0",
    "{",
    "}",
    "{\"code\"",
    "{\"code\":",
    "{\"code\":\"ok\"",
    "{\"code\":\"ok\",}",
    "{,}",
    "{code:\"ok\"}",
    "{'code':'ok'}",
    "{\"code\" \"ok\"}",
    "{\"code\":ok}",
    "{\"code\":\"ok\"}}",
    "{\"code\":\"ok\"}{\"code\":\"ok\"}",
    "{\"code\":\"ok\"} trailing",
    "{\"code\":\"ok\"}\0",
    "// a comment\n{}",
    "{/* a comment */}",
    ")]}',\n{}",
    "callback({})",
    "{\"code\":\"a\nb\"}",
    "{\"code\":\"\\x\"}",
    "{\"code\":\"\\u12\"}",
    "{\"code\":\"\\ud800\"}",
    "{\"code\":\"\\udc00\"}",
    "{\"code\":\"\\ud800\\ud800\"}",
    "{\"code\":[]}",
    "{\"code\":{}}",
    "{\"count\":NaN}",
    "{\"count\":Infinity}",
    "{\"count\":-Infinity}",
    "{\"count\":1e400}",
    "{\"count\":-1e400}",
    "{\"count\":9223372036854775808}",
    "{\"count\":-9223372036854775809}",
    "{\"count\":1.5}",
    "{\"count\":01}",
    "{\"count\":+1}",
    "{\"count\":.5}",
    "{\"count\":1.}",
    "{\"count\":0x10}",
    "{\"count\":\"12x\"}",
    "{\"count\":\"９\"}",
    "{\"count\":true}",
    "{\"count\":[]}",
    "{\"count\":{}}",
    "{\"seats\":{}}",
    "{\"seats\":1}",
    "{\"seats\":[1]}",
    "{\"seats\":[\"a\"]}",
    "{\"seats\":[[]]}",
    "{\"seats\":[{\"row\":[]}]}",
    "{\"seats\":[{\"row\":\"x\"}]}",
    "{\"seats\":[{},{\"label\":{}}]}",
    "{\"seats\":[{},]}",
    "{\"count\":1,\"unknown\":NaN}",
    "{\"count\":1,\"unknown\":tru}",
];

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = READ.iter().map(|body| case(body, End::Good)).collect();
    cases.extend(REFUSED.iter().map(|body| case(body, End::Decode)));
    let digits = "9".repeat(5000);
    let fields = |count: usize| {
        let fields: Vec<_> = (0..count)
            .map(|number| format!("\"f{number}\":{number}"))
            .collect();
        format!("{{\"count\":1,{}}}", fields.join(","))
    };
    cases.extend([
        case("{\"code\":\"a\",\"code\":\"b\"}", End::Good),
        case("{\"count\":\"x\",\"count\":1}", End::Good),
        case(format!("{{\"count\":{digits}}}"), End::Decode),
        case(format!("{{\"count\":1.{digits}}}"), End::Good),
        case(format!("{{\"count\":1e{digits}}}"), End::Decode),
        case(format!("{{\"count\":1,\"unknown\":{digits}}}"), End::Good),
        case(
            format!("{{\"count\":1,\"unknown\":1e-{digits}}}"),
            End::Good,
        ),
        case(
            format!("{{\"count\":1,\"{}\":1}}", "k".repeat(50_000)),
            End::Good,
        ),
        case(
            format!("{{\"code\":\"{}\"}}", "\\u0041".repeat(10_000)),
            End::Good,
        ),
        case(fields(4000), End::Good),
        case(
            format!("{{\"seats\":[{}{{}}]}}", "{},".repeat(20_000)),
            End::Good,
        ),
        case(
            format!("{{\"count\":1,\"unknown\":{}}}", nested("[", "]", 100)),
            End::Good,
        ),
        case(
            format!("{{\"count\":1,\"unknown\":{}}}", nested("[", "]", 30_000)),
            End::Good,
        ),
        case(
            format!(
                "{{\"count\":1,\"unknown\":{}}}",
                nested("{\"a\":", "}", 10_000)
            ),
            End::Good,
        ),
        case(
            format!("{{\"count\":1,\"unknown\":{}", "[".repeat(60_000)),
            End::Decode,
        ),
        case(
            format!("{{\"seats\":{}}}", nested("[", "]", 30_000)),
            End::Decode,
        ),
        case(nested("[", "]", 30_000), End::Decode),
        case(nested("{\"code\":", "}", 5_000), End::Decode),
        case(b"{\"code\":\"\xff\xfe\"}", End::Decode),
        case(b"{\"code\":\"\xc0\xaf\"}", End::Decode),
        case(b"{\"code\":\"\xed\xa0\x80\"}", End::Decode),
        case(b"{\"code\":\"\xe4\xb8\"}", End::Decode),
        case(b"{\"count\":1,\"unknown\":\"\xff\"}", End::Good),
        case(b"{\"\xff\":1}", End::Decode),
        case(b"\xff\xfe{\0}\0", End::Decode),
        case(b"{\0}\0", End::Decode),
        case([0; 1000], End::Decode),
        case(" ".repeat(60_000), End::Decode),
        case("\"".repeat(60_000), End::Decode),
    ]);
    cases
}
