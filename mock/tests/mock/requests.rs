//! What came, and what is wrong with it.

use dingtalk_api::http::Method;
use dingtalk_api::{FilePart, JsonRequest, json};

use crate::by_name::{call, mock, record, user};
use crate::server::raw;

const SEND: &str = "/v1.0/robot/oToMessages/batchSend";

#[tokio::test]
async fn a_request_is_kept_with_its_values_and_shown_without_secrets() {
    let (mock, client) = mock().await;
    record(&client).await.unwrap();
    let requests = mock.requests();
    let [token, call] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(
        (call.service(), call.action(), call.method()),
        ("conference_1_0", "StartCloudRecord", "POST")
    );
    assert_eq!(
        call.path(),
        "/v1.0/conference/videoConferences/c%2F1/cloudRecords/start"
    );
    assert_eq!(call.path_value("conferenceId"), "c/1");
    assert_eq!(call.body()["unionId"], "u");
    let sent = call.header("x-acs-dingtalk-access-token").unwrap();
    assert!(!format!("{call:?}").contains(sent));
    assert_eq!(token.body()["appSecret"], "mock-secret");
    assert!(!format!("{token:?}").contains("mock-secret"), "{token:?}");
    mock.clear_requests();
    assert!(mock.requests().is_empty());
}

#[tokio::test]
async fn a_wrong_request_is_refused_in_each_apis_form_with_the_place() {
    let (mock, client) = mock().await;
    mock.accept_token("t");
    for (path, body, status, code, place) in [
        (
            SEND,
            r#"{"msgKey":"sampleText"}"#,
            400,
            "invalidParameter",
            "`body.robotCode` is required",
        ),
        (
            SEND,
            r#"{"robotCode":1,"msgKey":"k","msgParam":"{}","userIds":[]}"#,
            400,
            "invalidParameter",
            "`body.robotCode` must be a string",
        ),
        (SEND, "{", 400, "invalidParameter", "`body` must be JSON"),
        (
            "/topapi/v2/user/get?access_token=t",
            r#"{"user_id":"u"}"#,
            200,
            "40035",
            "did you mean `userid`?",
        ),
    ] {
        let headers = [("x-acs-dingtalk-access-token", "t")];
        let (found, said) = raw(&mock, Method::POST, path, &headers, body).await;
        assert!(
            found == status && said.contains(code) && said.contains(place),
            "{body}: {found} {said}"
        );
    }
    assert!(user(&client).await.is_ok());
}

#[tokio::test]
async fn a_form_with_a_file_is_read_and_its_limits_hold() {
    let (mock, client) = mock().await;
    let upload = |kind: &str, name: &str, content: &'static [u8]| {
        let request = JsonRequest::new()
            .body(json!({"type": kind}))
            .file("media", FilePart::bytes(name, content));
        call(&client, "oapi_media", "Upload", request)
    };
    upload("file", "报告 (终).pdf", b"%PDF").await.unwrap();
    let requests = mock.requests_of("oapi_media", "Upload").unwrap();
    let (name, content) = requests[0].file("media").unwrap();
    assert_eq!((name, &content[..]), ("报告 (终).pdf", &b"%PDF"[..]));
    let body = "--b\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nimage\r\n--b\r\n\
        Content-Disposition: form-data; name=\"media\"; filename=\"a.exe\"\r\n\r\nx\r\n--b--\r\n";
    mock.accept_token("t");
    let kind = [("content-type", "multipart/form-data; boundary=b")];
    let (_, said) = raw(
        &mock,
        Method::POST,
        "/media/upload?access_token=t",
        &kind,
        body,
    )
    .await;
    assert!(said.contains("40035") && said.contains("a.exe"), "{said}");
}

#[tokio::test]
async fn ids_arrive_as_they_were_whatever_signs_they_have() {
    let (mock, client) = mock().await;
    for id in [
        "cid//Vx7N7lA5mymGresIzXAw==",
        "cidixIX+qtR3ZmxEnRDmfHL6g==",
        "$:LWCP_v1:$Abc+/d==",
    ] {
        let request = JsonRequest::new()
            .path("conferenceId", id)
            .body(json!({"unionId": id}));
        call(&client, "conference_1_0", "StartCloudRecord", request)
            .await
            .unwrap();
        let requests = mock
            .requests_of("conference_1_0", "StartCloudRecord")
            .unwrap();
        let last = requests.last().unwrap();
        assert_eq!(
            (last.path_value("conferenceId"), &last.body()["unionId"]),
            (&json!(id), &json!(id))
        );
    }
}
