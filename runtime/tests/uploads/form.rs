//! Forms with files on the wire.

use super::*;

/// The body with its boundary as `BOUNDARY`.
fn parts(request: &Request) -> String {
    let kind = request.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(boundary.len(), 32, "{boundary}");
    let length = request.header("content-length").unwrap();
    assert_eq!(length, request.body.len().to_string());
    let body = String::from_utf8(request.body.clone()).unwrap();
    body.replace(boundary, "BOUNDARY")
}

#[tokio::test]
async fn each_part_is_on_the_wire_byte_for_byte() {
    let server = Server::always(200, done());
    let file = FilePart::bytes("报告 \"1\"\r\n.png", &b"\x01\r\n--\x02"[..]);
    let request = UploadPhotoRequest::new(Type::Image, file)
        .thumbnail(FilePart::reader("small.PNG", 3, &b"abc"[..]).content_type("image/png"))
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .size(Size::new().width(5));
    let reply = upload(&client(&server), request).await.unwrap();
    assert_eq!(reply.media_id.as_deref(), Some("@m1"));
    let sent = server.request();
    assert_eq!(sent.target, format!("/media/upload?access_token={TOKEN}"));
    assert_eq!(
        parts(&sent),
        "--BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"type\"\r\n\r\n\
         image\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"media\"; filename=\"报告 %221%22%0D%0A.png\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n\
         \x01\r\n--\x02\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"thumbnail\"; filename=\"small.PNG\"\r\n\
         Content-Type: image/png\r\n\r\n\
         abc\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"tags\"\r\n\r\n\
         a,b\r\n\
         --BOUNDARY\r\n\
         Content-Disposition: form-data; name=\"size\"\r\n\r\n\
         {\"width\":5}\r\n\
         --BOUNDARY--\r\n"
    );
}

#[tokio::test]
async fn a_call_by_name_sends_the_same_as_a_typed_one() {
    let server = Server::always(200, done());
    let (client, file) = (client(&server), Temporary::new("照片.png", b"photo"));
    upload_file(&client, FilePart::path(&file.0)).await.unwrap();
    let request = JsonRequest::new()
        .body(json!({"type": "image"}))
        .file("media", FilePart::path(&file.0));
    let reply = client.call_json(operation(), request).send().await.unwrap();
    assert_eq!(reply, json!({"media_id": "@m1"}));
    let sent = server.requests();
    assert_eq!(parts(&sent[0]), parts(&sent[1]));
    assert!(parts(&sent[0]).contains("filename=\"照片.png\""));
    assert_ne!(sent[0].body, sent[1].body, "each call has its own boundary");
}

#[tokio::test]
async fn a_refusal_is_the_operations_error() {
    let refused = serde_json::json!({"errcode": 40004, "errmsg": "不合法的媒体文件类型"});
    let server = Server::always(200, refused);
    let error = upload_file(&client(&server), png(b"x")).await.unwrap_err();
    let Error::Api(UploadPhotoError::Code40004(error)) = error else {
        panic!("{error}");
    };
    assert_eq!(error.code(), "40004");
}
