//! Failures with a status of success: how replies report them, and what only looks like it.
//!
//! The operations of `constructs_1_0` and `pages_1_0` are generated from `tests/golden/spec`.

use dingtalk_runtime::generated::{Body, Operation, ReplyKind};
use dingtalk_runtime::model::Json;
use dingtalk_runtime::{ApiError, Error, JsonRequest};
use serde_json::{Value, json};

use crate::constructs_1_0::{Constructs1_0, delete_flagged};
use crate::pages_1_0::Pages1_0;
use crate::pages_1_0::list_by_token::{ListByTokenRequest, operation as list_by_token};
use crate::support::platform::{self, REMOVE, START, START_COPY};
use crate::support::{Answer, Server};

/// Has no field `code`, no field `message` and no field `success`.
static NOTHING: Operation = Operation {
    reply: ReplyKind::Nothing,
    ..COPY
};

/// Replies free JSON.
static FREE: Operation = Operation {
    reply: ReplyKind::Json,
    reply_type: Some(dingtalk_runtime::generated::TypeOf::Rust(
        <Json as dingtalk_runtime::generated::Element>::type_of,
    )),
    ..COPY
};

const COPY: Operation = Operation {
    action: "Look",
    method: "GET",
    path: "/v1.0/rooms",
    path_params: &[],
    request: None,
    body: Body::None,
    reply_type: None,
    idempotent: true,
    ..START_COPY
};

/// What a call by name gives for a body with the status 200.
async fn by_name(operation: &'static Operation, body: &str) -> Result<Json, Error<ApiError>> {
    let body = body.to_owned();
    let server =
        Server::start(move |_, _| Answer::new(200, &[("content-type", "application/json")], &body));
    let request = operation
        .path_params
        .iter()
        .fold(JsonRequest::new(), |request, param| {
            request.path(param.0.name(), "p")
        });
    let call = platform::client(&server).call_json(operation, request.unchecked());
    call.send().await
}

/// The code and the message of the error that a body is.
async fn denied(operation: &'static Operation, body: &str) -> (String, String) {
    match by_name(operation, body).await {
        Err(error) => {
            let said = error.api().unwrap_or_else(|| panic!("{body}: {error}"));
            (said.code().to_owned(), said.message().to_owned())
        }
        Ok(reply) => panic!("{body}: {reply}"),
    }
}

async fn accepted(operation: &'static Operation, bodies: &[&str]) {
    for body in bodies {
        let reply = by_name(operation, body).await;
        assert!(reply.is_ok(), "{operation}: {body}: {reply:?}");
    }
}

fn pair(code: &str, message: &str) -> (String, String) {
    (code.to_owned(), message.to_owned())
}

#[tokio::test]
async fn a_code_and_a_message_that_are_not_documented_are_an_error() {
    let list = list_by_token();
    for (body, code, message) in [
        (
            r#"{"code":"staffId.notExisted","message":"m","requestid":"r"}"#,
            "staffId.notExisted",
            "m",
        ),
        (r#"{"code":"c"}"#, "c", ""),
        (r#"{"code":"c","requestId":"r"}"#, "c", ""),
        (r#"{"Code":"c","Message":"m"}"#, "c", "m"),
        (r#"{"CODE":"c","MESSAGE":"m"}"#, "c", "m"),
        (r#"{"error_code" : 12,"error_message":"m"}"#, "12", "m"),
        (r#"{"errCode":"c","errMsg":"m","list":null}"#, "c", "m"),
        (r#"{"code":"c","msg":"m","data":null}"#, "c", "m"),
    ] {
        assert_eq!(denied(list, body).await, pair(code, message), "{body}");
        assert_eq!(denied(&NOTHING, body).await, pair(code, message), "{body}");
    }
}

#[tokio::test]
async fn such_an_error_has_its_row_its_class_and_its_request_id() {
    let body = json!({"code": "InvalidAuthentication", "message": "m", "requestid": "r"});
    let server = Server::always(200, body);
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_eq!((error.status(), error.request_id()), (Some(200), Some("r")));
}

#[tokio::test]
async fn items_end_with_the_error_that_came_instead_of_a_page() {
    let server = Server::start(|number, _| match number {
        0 => Answer::json(200, &json!({"list": [{"id": "a"}], "nextToken": "2"})),
        _ => Answer::json(200, &json!({"code": "c", "message": "m", "requestid": "r"})),
    });
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let mut items = call.items();
    assert_eq!(
        items.next().await.unwrap().unwrap().id.as_deref(),
        Some("a")
    );
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.code(), items.resume_token()), (Some("c"), Some("2")));
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn codes_of_success_and_documented_ones_are_none() {
    accepted(
        list_by_token(),
        &[
            r#"{"code":"0","message":"m"}"#,
            r#"{"code":0,"message":"m"}"#,
            r#"{"code":200,"message":"m"}"#,
            r#"{"code":"200","message":"m"}"#,
            r#"{"code":"OK","message":"m"}"#,
            r#"{"code":"SUCCESS","message":"m","requestId":"r"}"#,
            r#"{"success":true,"code":"S0001","message":"done"}"#,
            r#"{"code":null,"message":"m"}"#,
            r#"{"list":[{"code":"c","message":"m"}]}"#,
            r#"{"list":[{"success":false,"errorCode":"c"}]}"#,
            r#"{"hasMore":false}"#,
            r#"{"list":[],"message":"m"}"#,
        ],
    )
    .await;
    accepted(
        &START,
        &[r#"{"code":"200"}"#, r#"{"code":"closed","message":"m"}"#],
    )
    .await;
    accepted(&NOTHING, &["", "ok", "[]", "null", "{}", r#"{"code":"0"}"#]).await;
}

#[tokio::test]
async fn free_keys_are_an_error_only_where_they_are_an_envelope_and_nothing_else() {
    accepted(
        &FREE,
        &[
            r#"{"code":"c","message":"m","name":"n"}"#,
            r#"{"code":"c"}"#,
            r#"{"message":"m"}"#,
            r#"[{"code":"c","message":"m"}]"#,
            "null",
        ],
    )
    .await;
    let body = r#"{"code":"c","message":"m","requestid":"r"}"#;
    assert_eq!(denied(&FREE, body).await, pair("c", "m"));
}

#[tokio::test]
async fn success_false_is_an_error_with_the_reason_that_is_beside_it() {
    let flagged = delete_flagged::operation();
    for (body, code, message) in [
        (
            r#"{"success":false,"errorCode":"x","errorMsg":"m"}"#,
            "x",
            "m",
        ),
        (
            r#"{"success":"false","code":"200","errorCode":"x"}"#,
            "x",
            "",
        ),
        (
            r#"{"success" : false,"dingOpenErrcode":42,"errorMsg":"m"}"#,
            "42",
            "m",
        ),
        (
            r#"{"success":false,"resultCode":"x","resultMsg":"m"}"#,
            "x",
            "m",
        ),
        (
            r#"{"success":false,"result":"r"}"#,
            "",
            "the reply says `success: false`, and nothing more",
        ),
    ] {
        assert_eq!(denied(flagged, body).await, pair(code, message), "{body}");
    }
    accepted(flagged, &[r#"{"success":true,"code":"x","message":"m"}"#]).await;
}

#[tokio::test]
async fn a_flag_inside_an_object_of_the_reply_is_one_too_and_may_be_a_string() {
    let flagged = delete_flagged::operation();
    for (body, code, message) in [
        (
            r#"{"success":true,"outcome":{"isSuccess":"false","errorCode":"x","message":"m"}}"#,
            "x",
            "m",
        ),
        (
            r#"{"outcome":{"isSuccess" : false}}"#,
            "",
            "the reply says `outcome.isSuccess: false`, and nothing more",
        ),
    ] {
        assert_eq!(denied(flagged, body).await, pair(code, message), "{body}");
    }
    accepted(
        flagged,
        &[
            r#"{"success":true,"outcome":{"isSuccess":"true","errorCode":"x","message":"m"}}"#,
            r#"{"success":true,"outcome":{"isSuccess":"no"},"parts":[{"success":false}]}"#,
            r#"{"success":true,"outcome":null,"result":"isSuccess\":\"false"}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn success_false_with_a_reason_is_an_error_where_no_flag_is_marked() {
    for (body, code, message) in [
        (
            r#"{"success":false,"errorCode":"x","errorMsg":"m"}"#,
            "x",
            "m",
        ),
        (r#"{"Success":false,"err_msg":"m"}"#, "", "m"),
        (r#"{"success":false,"message":"m","list":[]}"#, "", "m"),
    ] {
        assert_eq!(
            denied(list_by_token(), body).await,
            pair(code, message),
            "{body}"
        );
        assert_eq!(denied(&REMOVE, body).await, pair(code, message), "{body}");
    }
    // No reason, no error: nobody knows what it is that did not succeed.
    accepted(
        list_by_token(),
        &[
            r#"{"success":false,"list":[]}"#,
            r#"{"success":false,"code":0,"message":null,"list":[]}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn elements_that_failed_are_told_by_typed_calls_and_those_by_name() {
    let body = json!({"success": true, "parts": [
        {"id": "a", "success": true},
        {"id": "b", "success": false, "subErrCode": "c", "errorMsg": "m"},
        {"success": false},
        null,
        {"id": "d"},
    ]});
    let reported = [
        "parts[1] failed: code c: m",
        "parts[2] failed and gives no reason",
    ];
    let server = Server::always(200, body);
    let client = platform::client(&server);
    let reply = Constructs1_0::new(&client)
        .delete_flagged()
        .send()
        .await
        .unwrap();
    let failed: Vec<_> = reply.failed().iter().map(ToString::to_string).collect();
    assert_eq!(failed, reported);
    let operation = delete_flagged::operation();
    let reply = client
        .call_json(operation, JsonRequest::new())
        .send()
        .await
        .unwrap();
    let failed = operation.failed(&reply);
    assert_eq!(
        failed.iter().map(ToString::to_string).collect::<Vec<_>>(),
        reported
    );
    assert_eq!(
        (failed[0].place(), failed[0].code(), failed[0].message()),
        ("parts[1]", "c", "m")
    );
    assert_eq!(operation.describe().fallible, ["parts[]"]);
    assert!(list_by_token().describe().fallible.is_empty());
}

#[tokio::test]
async fn a_call_by_name_refuses_the_kinds_that_a_typed_call_refuses() {
    for (operation, body, said) in [
        (list_by_token(), "null", "expected an object, found null"),
        (list_by_token(), "[]", "expected an object, found a list"),
        (
            list_by_token(),
            "true",
            "expected an object, found a boolean",
        ),
        (&platform::REPLACE, "null", "expected a boolean, found null"),
        (
            &platform::REPLACE,
            "{}",
            "expected a boolean, found an object",
        ),
    ] {
        let error = by_name(operation, body).await.unwrap_err();
        assert!(
            matches!(&error, Error::Decode(failure) if failure.cause().to_string() == said),
            "{error}"
        );
    }
    let server = Server::always(200, Value::Null);
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let error = call.send().await.unwrap_err().to_string();
    assert!(error.contains("expected an object, found null"), "{error}");
}

#[tokio::test]
async fn a_reply_with_none_of_the_documented_keys_is_no_reply() {
    let body = json!({"requestId": "r", "result": {"list": [{"id": "a"}]}});
    let said = "the reply has none of the documented keys: expected `list`, `nextToken`, `hasMore`, found `requestId`, `result`";
    let server = Server::always(200, body.clone());
    let call =
        Pages1_0::new(&platform::client(&server)).list_by_token("f", ListByTokenRequest::new());
    let error = call.send().await.unwrap_err();
    assert!(
        matches!(&error, Error::Decode(failure) if failure.cause().to_string() == said),
        "{error}"
    );
    let error = by_name(list_by_token(), &body.to_string())
        .await
        .unwrap_err();
    assert!(error.to_string().contains(said), "{error}");
    accepted(
        list_by_token(),
        &[
            "{}",
            r#"{"requestId":"r","traceId":"t"}"#,
            r#"{"code":"0","message":"ok","success":true}"#,
            r#"{"list":null,"other":1}"#,
        ],
    )
    .await;
}
