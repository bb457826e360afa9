//! APIs other than the platform's first: one whose every reply has a code and comes with the status 200, and which takes
//! the token in the query, as the platform's API of before does; and one of a user's own.
//!
//! Platform and operations are generated from `tests/golden/spec`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

#[path = "../../tests/golden/generated/src/old_people/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod old_people;
#[path = "../../tests/golden/generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod platform;

use std::time::Duration;

use dingtalk_runtime::generated::{Body, ClientBuilder, Element, ReplyKind, TypeOf};
use dingtalk_runtime::model::Json;
use dingtalk_runtime::operation::{ErrorClass, Operation};
use dingtalk_runtime::{
    Api, Client, Envelope, Error, JsonRequest, PlatformError, RetryPolicy, TokenPlace, json,
};
use old_people::OldPeople;
use old_people::get_user::{GetUserError, GetUserRequest, GetUserResponse};
use old_people::list_names::ListNamesRequest;
use old_people::list_parents::ListParentsRequest;
use old_people::list_users::ListUsersRequest;
use old_people::send_notice::SendNoticeRequest;
use old_people::send_notice_v2::SendNoticeV2Request;
use old_people::{delete_user, get_user, list_names, list_parents, send_notice, send_notice_v2};
use serde_json::Value;
use support::{Answer, Server};

const TOKEN: &str = "SENTINEL+token/=";

fn builder(server: &Server) -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", server.url())
        .retry(RetryPolicy::none())
}

fn client(server: &Server) -> Client {
    builder(server).token(TOKEN).build().unwrap()
}

/// A server that gives tokens `token-1`, `token-2`, .. at the new API, and answers calls of the old one with what the
/// script says of the token's number.
fn app(script: impl Fn(usize) -> Value + Send + Sync + 'static) -> (Server, Client) {
    let given = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, request| {
        if request.path() == "/v1.0/tokens" {
            let number = given.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            let token = format!("token-{number}");
            return Answer::json(
                200,
                &serde_json::json!({"accessToken": token, "expireIn": 7200}),
            );
        }
        let (_, query) = request.target.split_once('?').unwrap();
        let number = query.strip_prefix("access_token=token-").unwrap();
        Answer::json(200, &script(number.parse().unwrap()))
    });
    let client = builder(&server)
        .base_url(server.url())
        .app("the-key", "the-app-secret");
    let client = client.build().unwrap();
    (server, client)
}

async fn get(client: &Client) -> Result<GetUserResponse, Error<GetUserError>> {
    OldPeople::new(client)
        .get_user(GetUserRequest::new("0123"))
        .send()
        .await
}

/// What a body with the status 200 gives.
async fn answered(body: &str) -> Error<GetUserError> {
    let body = body.to_owned();
    let server = Server::start(move |_, _| Answer::new(200, &[], &body));
    get(&client(&server)).await.unwrap_err()
}

fn found() -> Value {
    serde_json::json!({
        "errcode": 0, "errmsg": "ok", "request_id": "r1",
        "result": {"userid": "0123", "name": "Ann", "dept_id_list": [-1, 5]},
    })
}

#[tokio::test]
async fn a_success_flag_belongs_to_the_envelope_and_false_is_an_error() {
    let mut body = found();
    body["success"] = true.into();
    let server = Server::always(200, body);
    let client = client(&server);
    let call = OldPeople::new(&client).get_user(GetUserRequest::new("0123"));
    let reply = call.send_reply().await.unwrap();
    assert_eq!(reply.body().name.as_deref(), Some("Ann"));
    assert_eq!(reply.unknown_keys(), Vec::<String>::new());

    for no in ["false", "\"false\""] {
        let body = format!(
            r#"{{"errcode":0,"errmsg":"not now","success":{no},"result":{{"name":"Ann"}}}}"#
        );
        let error = answered(&body).await;
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert!(error.to_string().contains("not now"), "{error}");
    }
    let error = answered(r#"{"errcode":0,"success":false}"#).await;
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    // The flag of something in the result is data.
    let body = r#"{"errcode":0,"result":{"name":"Ann","success":false}}"#;
    let server = Server::start(move |_, _| Answer::new(200, &[], body));
    assert!(
        get(&builder(&server).token(TOKEN).build().unwrap())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn the_token_is_in_the_query_alone_and_the_result_is_what_is_typed() {
    let server = Server::always(200, found());
    let reply = OldPeople::new(&client(&server)).get_user(GetUserRequest::new("0123"));
    let reply = reply.send_reply().await.unwrap();
    assert_eq!(reply.body().userid.as_deref(), Some("0123"));
    assert_eq!(reply.body().dept_id_list.as_deref(), Some(&[-1, 5][..]));
    assert_eq!(reply.request_id(), Some("r1"));
    assert!(
        reply.unknown_keys().is_empty(),
        "{:?}",
        reply.unknown_keys()
    );
    let sent = server.request();
    assert_eq!(
        sent.target,
        "/topapi/v2/user/get?access_token=SENTINEL%2Btoken%2F%3D"
    );
    assert_eq!(sent.json(), serde_json::json!({"userid": "0123"}));
    assert!(!format!("{:?}", sent.headers).contains("SENTINEL"));
}

#[tokio::test]
async fn a_get_has_its_query_after_the_token_and_its_result_beside_the_code() {
    let server = Server::always(
        200,
        serde_json::json!({
            "errcode": 0, "errmsg": "ok", "hasMore": false, "userlist": [{"userid": "1", "name": "安"}],
        }),
    );
    let request = ListNamesRequest::new(-7).lang("zh_CN");
    let reply = OldPeople::new(&client(&server))
        .list_names(request)
        .send_reply()
        .await
        .unwrap();
    let names = reply.body().userlist.as_deref().unwrap_or_default();
    assert_eq!(names[0].name.as_deref(), Some("安"));
    assert!(
        reply.unknown_keys().is_empty(),
        "the envelope is documented"
    );
    let query = "access_token=SENTINEL%2Btoken%2F%3D&department_id=-7&lang=zh_CN";
    assert_eq!(server.request().target, format!("/user/simplelist?{query}"));
}

#[tokio::test]
async fn a_call_by_name_replies_without_the_envelope() {
    let server = Server::always(
        200,
        serde_json::json!({"errcode": 0, "errmsg": "ok", "sub_msg": "", "hasMore": true}),
    );
    let request = JsonRequest::new().query("department_id", 1);
    let call = client(&server).call_json(list_names::operation(), request);
    assert_eq!(call.send().await.unwrap(), json!({"hasMore": true}));
}

#[tokio::test]
async fn a_list_is_a_result_and_a_result_that_is_absent_or_null_is_empty() {
    for (result, expected) in [
        (r#","result":[1,-1]"#, vec![1, -1]),
        (r#","result":null"#, vec![]),
        ("", vec![]),
    ] {
        let body = format!(r#"{{"errcode":"0","errmsg":"ok"{result}}}"#);
        let server = Server::start(move |_, _| Answer::new(200, &[], &body));
        let client = client(&server);
        let typed = OldPeople::new(&client)
            .list_parents(ListParentsRequest::new(5))
            .send()
            .await;
        assert_eq!(typed.unwrap(), expected);
        let request = JsonRequest::new().body(json!({"dept_id": 5}));
        let by_name = client
            .call_json(list_parents::operation(), request)
            .send()
            .await
            .unwrap();
        assert_eq!(by_name, json!(expected));
    }
}

#[tokio::test]
async fn a_call_without_a_result_succeeds_by_its_code_alone() {
    let server = Server::always(200, serde_json::json!({"errcode": 0, "errmsg": "ok"}));
    let request = delete_user::DeleteUserRequest::new("1");
    OldPeople::new(&client(&server))
        .delete_user(request)
        .send()
        .await
        .unwrap();

    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    let request = delete_user::DeleteUserRequest::new("1");
    let error = OldPeople::new(&client(&server))
        .delete_user(request)
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::UnexpectedReply(_)), "{error}");
}

#[tokio::test]
async fn a_form_has_single_values_lists_joined_by_commas_and_json_in_a_field() {
    let server = Server::always(200, serde_json::json!({"errcode": 0, "task_id": 7}));
    let content = send_notice::Msgcontent::new("a&b 安");
    let request = SendNoticeRequest::new(12)
        .userid_list(vec!["01".to_owned(), "2".to_owned()])
        .to_all_user(false)
        .msgcontent(content);
    let client = client(&server);
    let reply = OldPeople::new(&client)
        .send_notice(request)
        .send()
        .await
        .unwrap();
    assert_eq!(reply.task_id, Some(7));
    let by_name = JsonRequest::new().body(json!({
        "agent_id": 12, "userid_list": ["01", "2"], "to_all_user": false,
        "msgcontent": {"content": "a&b 安"},
    }));
    client
        .call_json(send_notice::operation(), by_name)
        .send()
        .await
        .unwrap();
    for sent in server.requests() {
        assert_eq!(
            sent.header("content-type"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(
            String::from_utf8(sent.body).unwrap(),
            "agent_id=12&userid_list=01%2C2&to_all_user=false\
             &msgcontent=%7B%22content%22%3A%22a%26b%20%E5%AE%89%22%7D"
        );
    }
}

#[tokio::test]
async fn a_list_in_json_is_joined_by_commas_where_the_spec_says_so() {
    let server = Server::always(200, serde_json::json!({"errcode": 0, "task_id": 7}));
    let client = client(&server);
    let request = SendNoticeV2Request::new(12)
        .userid_list(vec!["01".to_owned(), "2".to_owned()])
        .dept_id_list(vec![-1, 5]);
    OldPeople::new(&client)
        .send_notice_v2(request)
        .send()
        .await
        .unwrap();
    let by_name = JsonRequest::new()
        .body(json!({"agent_id": 12, "userid_list": ["01", "2"], "dept_id_list": [-1, 5]}));
    client
        .call_json(send_notice_v2::operation(), by_name)
        .send()
        .await
        .unwrap();
    for sent in server.requests() {
        let expected =
            serde_json::json!({"agent_id": 12, "userid_list": "01,2", "dept_id_list": "-1,5"});
        assert_eq!(sent.json(), expected);
    }
}

#[tokio::test]
async fn an_item_with_a_comma_is_refused_where_commas_join_the_list() {
    let server = Server::always(200, serde_json::json!({"errcode": 0, "task_id": 7}));
    let client = client(&server);
    let ids = vec!["01,02".to_owned()];
    let typed = OldPeople::new(&client)
        .send_notice_v2(SendNoticeV2Request::new(12).userid_list(ids))
        .send()
        .await
        .unwrap_err();
    let by_name = JsonRequest::new().body(json!({"agent_id": 12, "userid_list": ["01,02"]}));
    let by_name = client
        .call_json(send_notice_v2::operation(), by_name)
        .send()
        .await
        .unwrap_err();
    for text in [typed.to_string(), by_name.to_string()] {
        assert!(text.contains("has the item `01,02` with a comma"), "{text}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_code_is_an_error_with_the_status_200_and_takes_the_operations_row() {
    let error =
        answered(r#"{"errcode":33012,"errmsg":"invalid userId:0123","request_id":"r9"}"#).await;
    let Error::Api(GetUserError::Code33012(said)) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((said.code(), said.detail()), ("33012", Some("0123")));
    assert_eq!((said.status(), said.request_id()), (200, Some("r9")));
}

#[tokio::test]
async fn the_sub_code_is_the_code_where_the_code_only_says_so() {
    let body = r#"{"errcode":88,"errmsg":"ding talk error","sub_code":"33012","sub_msg":"invalid userId:x"}"#;
    let error = answered(body).await;
    assert!(
        matches!(error, Error::Api(GetUserError::Code33012(_))),
        "{error:?}"
    );
    assert_eq!(error.message(), "invalid userId:x");
    let error = answered(r#"{"errcode":88,"errmsg":"no more is known"}"#).await;
    assert_eq!(
        (error.code(), error.message()),
        (Some("88"), "no more is known")
    );
    let error = answered(r#"{"errcode":5,"errmsg":"a","sub_code":"33012"}"#).await;
    assert_eq!(error.code(), Some("5"), "only 88 gives way");
}

#[tokio::test]
async fn common_codes_have_the_classes_of_their_api() {
    for (code, class) in [
        ("60011", ErrorClass::Permission),
        ("90018", ErrorClass::Throttled),
        ("90020", ErrorClass::Quota),
        ("40089", ErrorClass::Credentials),
        ("40014", ErrorClass::TokenRejected),
        ("-1", ErrorClass::Transient),
    ] {
        for body in [
            format!(r#"{{"errcode":{code},"errmsg":"m"}}"#),
            format!(r#"{{"errcode":88,"errmsg":"m","sub_code":"{code}","sub_msg":"s"}}"#),
        ] {
            let error = answered(&body).await;
            assert_eq!(
                (error.class(), error.code()),
                (Some(class), Some(code)),
                "{body}"
            );
            let fits = match class {
                ErrorClass::Permission => matches!(error, Error::Permission(_)),
                ErrorClass::Throttled => matches!(error, Error::Throttled(_)),
                ErrorClass::Quota => matches!(error, Error::Quota(_)),
                ErrorClass::Transient => matches!(error, Error::Api(_)) && error.is_retryable(),
                _ => matches!(error, Error::Authentication(_)),
            };
            assert!(fits, "{error:?}");
        }
    }
}

#[tokio::test]
async fn what_is_no_reply_of_the_api_is_an_error() {
    for (body, says) in [
        ("", "an empty body"),
        ("<html></html>", "a web page"),
        ("{}", "without `errcode`"),
        (r#"{"result":{"userid":"1"}}"#, "without `errcode`"),
        (r#"{"errcode":null,"result":{}}"#, "without `errcode`"),
        ("[]", "without `errcode`"),
        ("null", "without `errcode`"),
        ("{", "without `errcode`"),
    ] {
        let error = answered(body).await;
        assert!(
            matches!(error, Error::UnexpectedReply(_)),
            "{body}: {error:?}"
        );
        assert!(error.to_string().contains(says), "{body}: {error}");
    }
}

#[tokio::test]
async fn one_token_serves_both_apis_and_a_rejected_one_is_replaced_once() {
    let (server, client) = app(|number| match number {
        1 => {
            serde_json::json!({"errcode": 88, "errmsg": "e", "sub_code": "40014", "sub_msg": "bad token"})
        }
        _ => found(),
    });
    assert_eq!(get(&client).await.unwrap().name.as_deref(), Some("Ann"));
    assert_eq!(server.requests().len(), 4, "token, call, token, call");

    let (server, client) = app(|_| serde_json::json!({"errcode": 42001, "errmsg": "expired"}));
    let error = get(&client).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_eq!(server.requests().len(), 4, "{error}");
}

#[tokio::test]
async fn a_burst_of_21_calls_of_which_some_are_throttled_is_complete() {
    // Ten of the burst are refused, as the platform refuses what goes beyond its limit.
    let server = Server::start(|number, _| match number {
        11..21 => Answer::json(
            200,
            &serde_json::json!({"errcode": 88, "sub_code": "90018", "sub_msg": "too fast"}),
        ),
        _ => Answer::json(200, &found()),
    });
    let policy = RetryPolicy::default().throttled_wait(Duration::ZERO);
    let client = builder(&server).token(TOKEN).retry(policy).build().unwrap();
    let calls: Vec<_> = (0..21)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await.map(|user| user.userid) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().as_deref(), Some("0123"));
    }
    assert_eq!(server.requests().len(), 21 + 10);
}

#[tokio::test]
async fn a_user_id_that_is_a_number_is_named_and_not_sent() {
    let server = Server::always(200, found());
    let request = JsonRequest::new().body(json!({"userid": 123}));
    let call = client(&server).call_json(get_user::operation(), request);
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("`body.userid` must be a string, found the number 123"),
        "{error}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn pages_of_a_field_follow_each_other() {
    let server = Server::start(|number, request| {
        let sent = request.json();
        assert_eq!(sent["cursor"], [0, 2][number]);
        let more = number == 0;
        let mut result =
            serde_json::json!({"has_more": more, "list": [{"userid": number.to_string()}]});
        if more {
            result["next_cursor"] = 2.into();
        }
        Answer::json(200, &serde_json::json!({"errcode": 0, "result": result}))
    });
    let client = client(&server);
    let request = ListUsersRequest::new(1, 0, 1);
    let mut users = OldPeople::new(&client).list_users(request).items();
    let mut ids = Vec::new();
    while let Some(user) = users.next().await {
        ids.push(user.unwrap().userid.unwrap());
    }
    assert_eq!(ids, ["0", "1"]);
}

#[tokio::test]
async fn the_token_is_seen_nowhere_but_in_the_request() {
    let echo =
        |text: &str| format!(r#"{{"errcode":5,"errmsg":"{text}","url":"?access_token={text}"}}"#);
    let server = Server::start({
        let body = echo(TOKEN);
        move |_, _| Answer::new(200, &[], &body)
    });
    let client = client(&server);
    let call = OldPeople::new(&client).get_user(GetUserRequest::new("1"));
    assert!(!format!("{call:?} {client:?}").contains("SENTINEL"));
    let error = call.send().await.unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|said| said.body().clone())
    );
    assert!(!said.contains("SENTINEL"), "{said}");

    let escaped = "SENTINEL%2Btoken%2F%3D";
    let server = Server::start({
        let body = echo(escaped);
        move |_, _| Answer::new(200, &[], &body)
    });
    let error = get(&self::client(&server)).await.unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|said| said.body().clone())
    );
    assert!(!said.contains("SENTINEL"), "{said}");

    let gone = Server::start(|_, _| Answer::raw(""));
    let error = get(&self::client(&gone)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    let mut chain = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        chain = format!("{chain}{cause} {cause:?}");
        source = cause.source();
    }
    assert!(
        !chain.contains("SENTINEL") && !chain.contains("access_token"),
        "{chain}"
    );
}

#[tokio::test]
async fn a_client_with_an_address_of_one_api_alone_calls_no_other() {
    let server = Server::always(200, found());
    let client = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url(server.url())
        .token("t");
    let client = client.build().unwrap();
    assert_eq!(client.base_url_of("oapi"), None);
    let error = get(&client).await.unwrap_err();
    assert!(
        error.to_string().contains("`.base_url_of(\"oapi\", ..)`"),
        "{error}"
    );
    assert!(server.requests().is_empty());

    let client = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url(server.url())
        .server("only");
    let client = client.token("t").build().unwrap();
    assert_eq!(client.base_url_of("oapi"), Some("https://old.example.com"));
}

#[test]
fn addresses_are_of_apis_that_there_are() {
    let builder = || ClientBuilder::<Client>::new(&platform::PLATFORM);
    let error = builder()
        .base_url_of("ancient", "https://a")
        .build()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`ancient` is not one of the APIs: api, oapi"),
        "{error}"
    );
    let error = builder()
        .base_url("https://a")
        .base_url_of("oapi", "https://b")
        .server("only")
        .build();
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("`server` is set too")
    );
    let error = builder()
        .base_url_of("oapi", "http://example.com")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("plain http"), "{error}");
}

#[test]
fn an_operation_says_which_api_it_belongs_to() {
    let described = get_user::operation().describe();
    assert_eq!(described.api, Some("oapi"));
    assert_eq!(described.response_field, Some("result"));
    assert!(send_notice::operation().describe().form);
}

/// An API of a user's own.
static INTRANET: Api = Api {
    token: TokenPlace::Header("x-intranet-token"),
    envelope: Envelope {
        code: &["errorCode"],
        message: &["reason"],
        ..Envelope::NONE
    },
    errors: &[PlatformError {
        status: &[],
        code: "away",
        class: ErrorClass::RetryLater,
    }],
    ..Api::named("intranet")
};

static LOOK: Operation = Operation {
    service: "intranet_1_0",
    api: Some("intranet"),
    action: "Look",
    summary: "",
    method: "GET",
    path: "/v1.0/look",
    path_params: &[],
    request: None,
    body: Body::None,
    reply: ReplyKind::Json,
    reply_type: Some(TypeOf::Rust(<Json as Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

#[tokio::test]
async fn an_api_of_ones_own_is_called_as_it_is_described() {
    let server = Server::start(|number, _| match number {
        0 => Answer::json(
            200,
            &serde_json::json!({"errcode": 5, "errmsg": "is data here"}),
        ),
        _ => Answer::json(
            400,
            &serde_json::json!({"error_code": "away", "reason": "lunch"}),
        ),
    });
    let client = ClientBuilder::<Client>::new(&platform::PLATFORM).api(&INTRANET);
    let client = client.base_url_of("intranet", server.url()).token(TOKEN);
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let reply = client
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap();
    assert_eq!(reply.as_object().unwrap().iter().count(), 2);
    let error = client
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("away"), "lunch"));
    assert_eq!(error.class(), Some(ErrorClass::RetryLater));
    for sent in server.requests() {
        assert_eq!(sent.header("x-intranet-token"), Some(TOKEN));
        assert_eq!(sent.target, "/v1.0/look");
    }
}

#[tokio::test]
async fn an_operation_of_an_api_that_the_client_does_not_know_is_refused() {
    let server = Server::always(200, found());
    let error = client(&server)
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`intranet` is none of the client's APIs"),
        "{error}"
    );
    let twice = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .api(&INTRANET)
        .api(&INTRANET);
    assert!(
        twice
            .build()
            .unwrap_err()
            .to_string()
            .contains("already an API `intranet`")
    );
}
