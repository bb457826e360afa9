//! Replies that are compressed, marked or empty: what the error says of them.

use dingtalk_runtime::{ApiError, Call, Client, JsonRequest};

use crate::support::platform::{self, Error, FIND, START, StartReply};
use crate::support::{Answer, Server};

/// `{"code":"ok"}`, compressed.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0xce, 0x4f, 0x49,
    0x55, 0xb2, 0x52, 0xca, 0xcf, 0x56, 0xaa, 0x05, 0x00, 0x5e, 0xe9, 0x1e, 0x3e, 0x0d, 0x00, 0x00,
    0x00,
];
const ZLIB: &[u8] = &[
    0x78, 0x9c, 0xab, 0x56, 0x4a, 0xce, 0x4f, 0x49, 0x55, 0xb2, 0x52, 0xca, 0xcf, 0x56, 0xaa, 0x05,
    0x00, 0x1d, 0xd9, 0x04, 0x30,
];
const BROTLI: &[u8] = &[
    0x8b, 0x06, 0x80, 0x7b, 0x22, 0x63, 0x6f, 0x64, 0x65, 0x22, 0x3a, 0x22, 0x6f, 0x6b, 0x22, 0x7d,
    0x03,
];
const ZSTD: &[u8] = &[
    0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x0d, 0x69, 0x00, 0x00, 0x7b, 0x22, 0x63, 0x6f, 0x64, 0x65, 0x22,
    0x3a, 0x22, 0x6f, 0x6b, 0x22, 0x7d,
];

async fn failed(answer: impl Fn() -> Answer + Send + Sync + 'static) -> Error {
    let server = Server::start(move |_, _| answer());
    let client = platform::client(&server);
    platform::start(&client).send().await.unwrap_err()
}

#[tokio::test]
async fn a_compressed_body_is_named_and_not_shown_and_the_error_says_what_to_do() {
    for status in [200, 400, 500] {
        for (coding, body) in [
            ("gzip", GZIP),
            ("deflate", ZLIB),
            ("br", BROTLI),
            ("zstd", ZSTD),
        ] {
            let headers = [("content-encoding", coding)];
            let error = failed(move || Answer::new(status, &headers, body)).await;
            assert!(matches!(&error, Error::UnexpectedReply(_)), "{error:?}");
            assert_eq!(error.status(), Some(status));
            let text = error.to_string();
            for part in [
                &format!("compressed with {coding}"),
                "proxy",
                "`.http_client(..)`",
            ] {
                assert!(text.contains(part), "{text}");
            }
            let printable = |text: &str| text.chars().all(|c| !c.is_control() && c != '\u{fffd}');
            assert!(
                printable(&text) && printable(&format!("{error:?}")),
                "{text}"
            );
            assert!(!text.contains("the reply:"), "{text}");
        }
    }
    for (coding, body) in [("gzip", GZIP), ("zstd", ZSTD)] {
        let error = failed(move || Answer::new(200, &[], body)).await;
        let text = error.to_string();
        assert!(
            text.contains(&format!("compressed with {coding}")),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_is_told_by_its_length() {
    let error = failed(|| Answer::new(200, &[], *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")).await;
    let text = error.to_string();
    assert!(
        text.contains("the reply: 16 bytes that are not text"),
        "{text}"
    );
}

#[tokio::test]
async fn json_behind_a_byte_order_mark_is_read() {
    let server = Server::start(|_, _| Answer::new(200, &[], "\u{feff}{\"code\": \"ok\"}"));
    let client = platform::client(&server);
    let reply = platform::start(&client).send().await.unwrap();
    assert_eq!(reply.code.as_deref(), Some("ok"));
    let request = JsonRequest::new().path("roomId", "r");
    let request = request.body(serde_json::json!({"unionId": "u"}));
    let reply = client.call_json(&START, request).send().await.unwrap();
    assert_eq!(reply["code"], "ok");
    let body = "\u{feff}{\"code\": \"roomClosed\", \"message\": \"the meeting has ended\"}";
    let error = failed(move || Answer::new(400, &[], body)).await;
    assert_eq!(error.code(), Some("roomClosed"));
    let error =
        failed(|| Answer::new(200, &[], "\u{feff}{\"errcode\": 7, \"errmsg\": \"m\"}")).await;
    assert_eq!(error.code(), Some("7"));
    let error = failed(|| Answer::new(200, &[], "\u{feff}<html>")).await;
    assert!(
        error.to_string().contains("a web page instead of a reply"),
        "{error}"
    );
}

#[tokio::test]
async fn an_empty_success_says_that_the_operation_may_have_been_carried_out() {
    let doubt = "the operation may have been carried out";
    for (status, body) in [
        (204, ""),
        (200, ""),
        (200, "null"),
        (200, "<html>"),
        (502, "<html>"),
    ] {
        let server = Server::start(move |_, _| Answer::new(status, &[], body));
        let client = platform::client(&server);
        let error = platform::start(&client)
            .send()
            .await
            .unwrap_err()
            .to_string();
        assert!(error.contains(doubt), "{status} {body:?}: {error}");
        // What may be carried out twice is simply sent again.
        let error = platform::start(&client)
            .idempotent()
            .send()
            .await
            .unwrap_err();
        assert!(!error.to_string().contains(doubt), "{error}");
        assert!(
            !find(&client)
                .send()
                .await
                .unwrap_err()
                .to_string()
                .contains(doubt)
        );
    }
    // What was refused was not carried out.
    for status in [302, 404] {
        let error = failed(move || Answer::new(status, &[], "<html>")).await;
        assert!(!error.to_string().contains(doubt), "{error}");
    }
}

fn find(client: &Client) -> Call<StartReply, ApiError> {
    Call::new(
        client,
        &FIND,
        vec!["r".to_owned()],
        Some(&platform::request()),
    )
}
