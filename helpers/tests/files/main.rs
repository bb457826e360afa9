//! Which calls a download or an upload takes, and what each carries.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::sync::{Arc, Mutex};

use dingtalk_api::oapi_media::upload::MediaType;
use dingtalk_api::{
    BoxFuture, Bytes, Client, FilePart, HttpRequest, Limits, RetryPolicy, Transport,
    TransportError, http,
};
use dingtalk_helpers::{Files, FilesError, RemoteFile, StorageFolder};

const SIGNED: &str = "https://zjk.trans.dingtalk.com/oss/f?Expires=1&Signature=SENTINEL%2Bc%3D";

type Answer = (u16, String);

/// Answers each request by its method and path, and keeps it: method, URL, headers but `content-type`, and body.
#[derive(Clone)]
struct StandIn {
    answer: Arc<dyn Fn(&str) -> Answer + Send + Sync>,
    sent: Arc<Mutex<Vec<Sent>>>,
}

#[derive(Debug, Clone)]
struct Sent {
    call: String,
    url: String,
    headers: http::HeaderMap,
    body: Bytes,
}

impl StandIn {
    fn new(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            answer: Arc::new(answer),
            sent: Arc::default(),
        }
    }

    fn files(&self) -> Files {
        let client = Client::builder()
            .token("the-token")
            .retry(RetryPolicy::none());
        let client = client.transport(self.clone()).build().unwrap();
        Files::new(&client)
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    fn calls(&self) -> Vec<String> {
        self.sent().into_iter().map(|sent| sent.call).collect()
    }
}

impl Transport for StandIn {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let call = format!("{} {}", request.method, request.url.path());
            let body = match request.body {
                Some(body) => body.read().await.unwrap(),
                None => Bytes::new(),
            };
            let (status, text) = (self.answer)(&call);
            self.sent.lock().unwrap().push(Sent {
                call,
                url: request.url.to_string(),
                headers: request.headers,
                body,
            });
            let reply = http::Response::builder().status(status);
            Ok(reply.body(text.into()).unwrap())
        })
    }
}

fn signature(headers: &str) -> String {
    format!(r#"{{"resourceUrls":["{SIGNED}","https://second"],"headers":{headers}}}"#)
}

const UPLOAD_INFO: &str = "POST /v1.0/storage/spaces/s/files/uploadInfos/query";
const COMMIT: &str = "POST /v1.0/storage/spaces/s/files/commit";

fn platform(call: &str) -> Answer {
    let headers = r#"{"Authorization":"OSS a:b=","x-oss-date":"d"}"#;
    let text = match call {
        "POST /v1.0/robot/messageFiles/download" => format!(r#"{{"downloadUrl":"{SIGNED}"}}"#),
        "POST /v1.0/storage/spaces/s/dentries/d/downloadInfos/query" => {
            format!(r#"{{"headerSignatureInfo":{}}}"#, signature(headers))
        }
        "GET /v1.0/drive/spaces/s/files/d/downloadInfos" => format!(
            r#"{{"downloadInfo":{{"resourceUrl":"{SIGNED}","expirationSeconds":900,"headers":{headers}}}}}"#
        ),
        UPLOAD_INFO => format!(
            r#"{{"uploadKey":"k","headerSignatureInfo":{}}}"#,
            signature(headers)
        ),
        COMMIT => r#"{"dentry":{"id":"e","name":"报告 (终).pdf"}}"#.to_owned(),
        "POST /media/upload" => r#"{"errcode":0,"media_id":"@lAzP"}"#.to_owned(),
        "GET /oss/f" => "content".to_owned(),
        "PUT /oss/f" => String::new(),
        other => panic!("{other}"),
    };
    (200, text)
}

fn everywhere() -> [RemoteFile; 3] {
    let id = |id: &str| id.to_owned();
    [
        RemoteFile::RobotMessage {
            download_code: id("c"),
            robot_code: id("r"),
        },
        RemoteFile::Storage {
            space_id: id("s"),
            dentry_id: id("d"),
            union_id: id("u"),
        },
        RemoteFile::Drive {
            space_id: id("s"),
            file_id: id("d"),
            union_id: id("u"),
        },
    ]
}

#[tokio::test]
async fn a_file_is_located_and_its_url_is_called_with_the_headers_of_the_reply_alone() {
    for (file, headers) in everywhere().into_iter().zip([0, 2, 2]) {
        let platform = StandIn::new(platform);
        let download = platform.files().download(&file).await.unwrap();
        assert_eq!(download.bytes(7).await.unwrap(), "content");
        let sent = platform.sent();
        let [located, fetched] = &*sent else {
            panic!("{sent:?}")
        };
        assert!(located.headers.contains_key("x-acs-dingtalk-access-token"));
        assert_eq!(fetched.url, SIGNED);
        assert_eq!(fetched.headers.len(), headers, "{fetched:?}");
        if headers > 0 {
            assert_eq!(fetched.headers["authorization"], "OSS a:b=");
            assert_eq!(fetched.headers["x-oss-date"], "d");
        }
    }
}

#[tokio::test]
async fn a_reply_without_a_url_is_an_error_that_names_the_field() {
    let replies = [
        (
            "{}",
            "robot_1_0/RobotMessageFileDownload",
            "the reply has no `downloadUrl`",
        ),
        (
            r#"{"protocol":"HEADER_SIGNATURE"}"#,
            "storage_1_0/GetFileDownloadInfo",
            "the reply has no `resourceUrls`",
        ),
        (
            r#"{"region":"r"}"#,
            "drive_1_0/GetDownloadInfo",
            "the reply has no `resourceUrl`",
        ),
    ];
    for (file, (reply, operation, wanted)) in everywhere().into_iter().zip(replies) {
        let platform = StandIn::new(move |_| (200, reply.to_owned()));
        let said = platform
            .files()
            .locate(&file)
            .await
            .unwrap_err()
            .to_string();
        assert!(said.contains(operation) && said.contains(wanted), "{said}");
    }
}

#[tokio::test]
async fn an_upload_asks_where_sends_the_bytes_and_commits_name_and_size() {
    let platform = StandIn::new(platform);
    let file = FilePart::bytes("报告 (终).pdf", &b"content"[..]);
    let folder = StorageFolder::root("s", "u").folder("p");
    let upload = platform
        .files()
        .upload(folder, file)
        .on_conflict("OVERWRITE");
    let entry = upload.send().await.unwrap();
    assert_eq!(entry.id.as_deref(), Some("e"));
    assert_eq!(platform.calls(), [UPLOAD_INFO, "PUT /oss/f", COMMIT]);
    let sent = platform.sent();
    let put = sent.get(1).unwrap();
    assert_eq!((&*put.url, &put.body[..]), (SIGNED, &b"content"[..]));
    assert_eq!(put.headers.len(), 2, "{put:?}");
    let commit: dingtalk_api::model::Json = std::str::from_utf8(&sent.get(2).unwrap().body)
        .unwrap()
        .parse()
        .unwrap();
    let wanted = dingtalk_api::json!({
        "name": "报告 (终).pdf", "parentId": "p", "uploadKey": "k",
        "option": {"conflictStrategy": "OVERWRITE", "size": 7},
    });
    assert_eq!(commit, wanted);
}

#[tokio::test]
async fn a_file_that_the_store_refuses_is_not_committed_and_keeps_the_stores_code() {
    let platform = StandIn::new(|call| match call {
        "PUT /oss/f" => (
            403,
            "<Error><Code>SignatureDoesNotMatch</Code></Error>".to_owned(),
        ),
        call => platform(call),
    });
    let file = FilePart::bytes("a.pdf", &b"content"[..]);
    let upload = platform.files().upload(StorageFolder::root("s", "u"), file);
    let error = upload.send().await.unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("SENTINEL"),
        "{error:?}"
    );
    let FilesError::Transfer(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
    assert_eq!(platform.calls(), [UPLOAD_INFO, "PUT /oss/f"]);
}

/// Reported in public: a name with spaces and Chinese, and an ID that comes with `@`, which not every operation wants.
#[tokio::test]
async fn a_media_file_keeps_its_name_and_its_id_has_both_forms() {
    let platform = StandIn::new(platform);
    let file = FilePart::bytes("报告 (终).pdf", &b"content"[..]);
    let id = platform
        .files()
        .upload_media(MediaType::File, file)
        .await
        .unwrap();
    assert_eq!((id.as_str(), id.bare()), ("@lAzP", "lAzP"));
    let sent = platform.sent();
    let form = String::from_utf8_lossy(&sent.first().unwrap().body);
    assert!(
        form.contains("name=\"media\"; filename=\"报告 (终).pdf\"\r\n"),
        "{form}"
    );
}
