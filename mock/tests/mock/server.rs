//! Where it listens, and what it finds.

use dingtalk_api::http::Method;
use dingtalk_api::{Error, json};
use dingtalk_mock::MockDingTalk;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::by_name::{mock, record, user};

#[tokio::test]
async fn an_operation_of_each_api_is_answered_with_its_example_and_the_ids_of_the_request() {
    let (_mock, client) = mock().await;
    let user = user(&client).await.unwrap();
    assert_eq!(
        (&user["userid"], &user["name"]),
        (&json!("u"), &json!("张三"))
    );
    assert_eq!(record(&client).await.unwrap()["code"], "200");
}

#[tokio::test]
async fn only_addresses_of_this_machine_are_possible() {
    let refused = MockDingTalk::start_at("0.0.0.0:0".parse().unwrap()).await;
    let message = refused.unwrap_err().to_string();
    assert!(
        message.contains("0.0.0.0 is not possible: use 127.0.0.1"),
        "{message}"
    );
    assert!(
        MockDingTalk::start_at("[::1]:0".parse().unwrap())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn it_closes_its_port_and_its_connections_when_it_is_dropped() {
    let (mock, client) = mock().await;
    assert!(user(&client).await.is_ok());
    drop(mock);
    let error = user(&client).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}

#[tokio::test]
async fn a_path_that_no_operation_has_is_answered_with_the_one_that_was_meant() {
    let (mock, _client) = mock().await;
    for (method, path, status, said) in [
        (
            Method::POST,
            "/v1.0/robot/oToMessage/batchSend",
            404,
            "did you mean POST /v1.0/robot/oToMessages/batchSend?",
        ),
        (
            Method::GET,
            "/v1.0/robot/oToMessages/batchSend",
            404,
            "did you mean POST /v1.0/robot/oToMessages/batchSend?",
        ),
        (
            Method::POST,
            "/v1.0/nothing/like/this/at/all",
            404,
            "no operation has POST /v1.0/nothing/like/this/at/all",
        ),
        (
            Method::POST,
            "/topapi/v2/user/got",
            200,
            "did you mean POST /topapi/v2/user/get?",
        ),
    ] {
        let (found, body) = raw(&mock, method, path, &[], "{}").await;
        assert!(
            found == status && body.contains(said),
            "{path}: {found} {body}"
        );
    }
}

/// Sends a request that no client of ours would send; gives status and body.
pub async fn raw(
    mock: &MockDingTalk,
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<str>,
) -> (u16, String) {
    let (url, body) = (mock.url(), body.as_ref());
    let address = url.strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).await.unwrap();
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n{}\r\n{body}",
        body.len(),
        headers.collect::<Vec<_>>().concat(),
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    socket.read_to_string(&mut reply).await.unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap();
    (status.parse().unwrap(), body.to_owned())
}
