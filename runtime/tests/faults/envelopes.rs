//! Bodies of errors: the platform's form in all its spellings, and what only resembles it.

use super::case::{Case, End};

fn reply(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

fn case(status: u16, body: impl AsRef<str>, end: End) -> Case {
    let body = body.as_ref();
    let name: String = body.chars().take(90).collect();
    Case::new(format!("{status} {name}"), reply(status, "", body), end)
}

fn bytes(status: u16, body: &[u8], end: End) -> Case {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let name = format!("{status} {}", String::from_utf8_lossy(body));
    Case::new(name, [head.as_bytes(), body].concat(), end)
}

/// Errors as the platform sends them.
const TOLD: &[&str] = &[
    "{\"code\":\"c\"}",
    "\u{feff}{\"code\":\"c\"}",
    "{\"message\":\"m\"}",
    "{\"code\":\"c\",\"message\":null}",
    "{\"code\":null,\"message\":\"m\"}",
    "{\"code\":12,\"message\":34}",
    "{\"code\":{},\"message\":\"m\"}",
    "{\"code\":[\"a\"],\"message\":\"m\"}",
    "{\"code\":\"\",\"message\":\"m\"}",
    "{\"code\":\"c\",\"message\":{\"a\":\"b\"}}",
    "{\"Code\":\"c\",\"Message\":\"m\",\"RequestId\":\"q\"}",
    "{\"CODE\":\"c\",\"MESSAGE\":\"m\",\"REQUEST_ID\":\"q\"}",
    "{\"errcode\":40001,\"errmsg\":\"m\"}",
    "{\"errorCode\":\"c\",\"errorMessage\":\"m\"}",
    "{\"error_code\":\"c\",\"error_message\":\"m\"}",
    "{\"code\":\"c\",\"description\":\"d\"}",
    "{\"code\":\"c\",\"code\":\"d\",\"message\":\"m\"}",
    "{\"code\":\"a\\nb\\u0000c\",\"message\":\"\\u001b[31m\"}",
    "{\"code\":\"SENTINEL-token\",\"message\":\"token SENTINEL-token is bad\",\"requestid\":\"SENTINEL-token\"}",
    "{\"code\":\"c\",\"requestid\":12}",
    "{\"code\":\"c\",\"requestid\":null}",
    "{\"code\":\"c\",\"requestid\":[\"q\"]}",
    "{\"code\":\"c\",\"accessdenieddetail\":null}",
    "{\"code\":\"c\",\"accessdenieddetail\":\"text\"}",
    "{\"code\":\"c\",\"accessdenieddetail\":[1,2]}",
    "{\"code\":\"c\",\"accessdenieddetail\":{}}",
    "{\"code\":\"c\",\"accessdenieddetail\":{\"requiredScopes\":\"one\"}}",
    "{\"code\":\"c\",\"accessdenieddetail\":{\"requiredScopes\":[1,null,{},\"a\"]}}",
    "{\"code\":\"c\",\"accessdenieddetail\":{\"requiredScopes\":{\"a\":1}}}",
    "{\"code\":\"roomClosed\",\"message\":\"the meeting has ended\"}",
    "{\"code\":\"paramsError\",\"message\":\"error:SENTINEL-token\"}",
    "{\"code\":\"paramsError\",\"message\":\"\"}",
    " {\"code\":\"c\"} ",
    "{\"code\":\"c\",\"wait\":99999,\"status\":1111}",
];

/// What comes with an error's status and says nothing that is known.
const UNTOLD: &[&str] = &[
    "{}",
    "[]",
    "null",
    "true",
    "0",
    "\"text\"",
    "[{\"code\":\"c\"}]",
    "{\"error\":{\"code\":\"c\",\"message\":\"m\"}}",
    "{\"code\":null}",
    "{\"code\":{},\"message\":[]}",
    "{\"code\":\"\",\"message\":\"\"}",
    "{\"status\":500}",
    "{\"code\":-1e400,\"message\":\"m\"}",
    "{\"success\":false}",
    "{\"code\":\"c\"",
    "{\"code\":\"c\"}}",
    "{'code':'c'}",
    "{\"code\":\"\\ud800\"}",
    "{\"message\":\"\\ud800\"}",
    "code=c&message=m",
    "upstream connect error",
    "SENTINEL-token",
    "\0\0\0",
    " ",
];

/// Codes of the platform, with the statuses that they come with and others.
fn classes() -> Vec<Case> {
    let code = |status, code: &str, end| {
        case(
            status,
            format!("{{\"code\":\"{code}\",\"message\":\"m\"}}"),
            end,
        )
    };
    let denied = "Forbidden.AccessDenied.";
    vec![
        code(400, "InvalidAuthentication", End::Authentication),
        code(400, "invalidClientIdOrSecret", End::Authentication),
        code(
            403,
            &format!("{denied}AccessTokenPermissionDenied"),
            End::Permission,
        ),
        code(403, &format!("{denied}ApiCountLimitForOrg"), End::Quota),
        code(400, &format!("{denied}ApiCountLimitForOrg"), End::Quota),
        code(403, &format!("{denied}QpsLimitForApi"), End::Throttled).refused(),
        code(429, "whatever", End::Throttled).refused(),
        code(500, "serviceBusy", End::Api).passes(),
        code(503, "serviceBusy", End::Api).passes(),
        code(500, "unknown", End::Api).passes(),
        code(501, "unknown", End::Api),
        code(502, "unknown", End::Api).passes(),
        code(400, "tryAgainLater", End::Api).passes(),
        code(400, "IdempotentParameterMismatch", End::Api),
        code(404, "unknown", End::Api),
        code(301, "unknown", End::Api),
        code(600, "unknown", End::Api).passes(),
    ]
}

/// Errors with a status of success.
fn successes() -> Vec<Case> {
    let mut cases = Vec::new();
    for code in [
        "40001",
        "-1",
        "\"40001\"",
        "1.5",
        "99999999999999999999",
        "\"x\"",
    ] {
        cases.push(case(
            200,
            format!("{{\"errcode\":{code},\"errmsg\":\"m\"}}"),
            End::Api,
        ));
    }
    for code in ["[]", "{}", "true", "false", "\"\"", "\"ok\"", "0"] {
        cases.push(case(200, format!("{{\"errcode\":{code}}}"), End::Good));
    }
    let blocked = |rest: &str| {
        case(
            200,
            format!("{{\"status\":1111,\"punish\":\"deny\"{rest}}}"),
            End::Throttled,
        )
    };
    cases.extend([
        blocked("").refused(),
        blocked(",\"wait\":0").refused(),
        blocked(",\"wait\":-5").refused(),
        blocked(",\"wait\":\"5\"").refused(),
        blocked(",\"wait\":null").refused(),
        blocked(",\"wait\":1.5").refused(),
        // More than the policy grants.
        blocked(",\"wait\":5"),
        blocked(",\"wait\":18446744073709551615"),
        blocked(",\"code\":\"c\",\"message\":\"SENTINEL-token\"").refused(),
        case(200, "{\"count\":1,\"punish\":\"deny\"}", End::Good),
        case(200, "{\"count\":1,\"punish\":null,\"status\":1}", End::Good),
        case(
            403,
            "{\"status\":1111,\"wait\":5,\"punish\":\"deny\"}",
            End::Throttled,
        ),
        case(200, "{\"errcode\":404,\"errmsg\":\"not found\"}", End::Api).nothing(),
        case(200, "{\"errcode\":404", End::Good).nothing(),
    ]);
    cases
}

/// What the server asks to wait.
fn waits() -> Vec<Case> {
    let body = "{\"code\":\"Forbidden.AccessDenied.QpsLimitForApi\",\"message\":\"m\"}";
    let with = |value: &str| {
        let headers = format!("retry-after: {value}\r\n");
        Case::new(
            format!("retry-after {value:?}"),
            reply(403, &headers, body),
            End::Throttled,
        )
    };
    let mut cases = Vec::new();
    for value in [
        "",
        "0",
        "-1",
        "1.5",
        "soon",
        "99999999999999999999",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Wed, 99 Foo",
    ] {
        cases.push(with(value).refused());
    }
    for value in [
        "1",
        "3600",
        "18446744073709551615",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        cases.push(with(value));
    }
    cases
}

pub fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = TOLD.iter().map(|body| case(400, body, End::Api)).collect();
    cases.extend(UNTOLD.iter().map(|body| case(400, body, End::Unexpected)));
    let faults = UNTOLD.iter().step_by(3);
    cases.extend(faults.map(|body| case(502, body, End::Unexpected).passes()));
    let text = "x".repeat(50_000);
    let deep = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    cases.extend([
        case(400, format!("{{\"code\":\"{text}\"}}"), End::Api),
        case(
            400,
            format!("{{\"code\":\"c\",\"message\":\"{text}\"}}"),
            End::Api,
        ),
        case(400, text, End::Unexpected),
        case(
            400,
            format!("{{\"code\":\"c\",\"accessdenieddetail\":{deep}}}"),
            End::Api,
        ),
        case(200, format!("{{\"a\":{deep},\"errcode\":1}}"), End::Api),
        case(
            200,
            format!("{{\"count\":1,\"a\":{deep},\"errcode\":0}}"),
            End::Good,
        ),
        case(200, "{\"errcode\":1,\"errmsg\":\"\\ud800\"}", End::Api),
        case(200, "{\"errcode\":1,\"a\":1e400}", End::Api),
        case(200, "{\"errcode\":1e400}", End::Good),
        case(400, "{\"code\":\"c\",\"message\":\"\\udc00\"}", End::Api),
        case(
            403,
            "{\"code\":\"Forbidden.AccessDenied.QpsLimitForApi\",\"message\":\"\\udc00\"}",
            End::Throttled,
        )
        .refused(),
        bytes(
            200,
            b"{\"errcode\":1,\"errmsg\":\"\xb7\xfe\xce\xf1\"}",
            End::Api,
        ),
        bytes(
            400,
            b"{\"code\":\"InvalidAuthentication\",\"message\":\"\xb7\xfe\"}",
            End::Authentication,
        ),
        bytes(400, b"{\"code\":\"\xb7\xfe\"}", End::Api),
        bytes(400, b"\xff\xfe{\0}\0", End::Unexpected),
        case(400, deep, End::Unexpected),
        case(
            200,
            format!("{{\"errcode\":1,\"a\":{}1}}", "[".repeat(20_000)),
            End::Decode,
        ),
    ]);
    cases.extend(classes());
    cases.extend(successes());
    cases.extend(waits());
    cases
}
