//! Fields of a body: forms, and lists that are joined by commas.

use super::*;

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
