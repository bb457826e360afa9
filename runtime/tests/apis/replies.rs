//! The envelope of replies, and what is inside it.

use super::*;

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
