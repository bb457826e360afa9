//! What an upload sends.

use std::sync::{Arc, Mutex};

use super::*;

#[tokio::test]
async fn an_upload_puts_the_bytes_with_the_given_headers_and_its_length_and_no_content_type() {
    let server = Server::start(|_, _| Answer::new(200, &[("etag", "\"e\"")], ""));
    let folder = Folder::new();
    let path = folder.file("报告 (终).pdf");
    let content: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    std::fs::write(&path, &content).unwrap();
    let url = signed(&server).headers([("Authorization", "OSS a:b="), ("x-oss-date", "d")]);
    // The content type is the signature's business, not the file's.
    let file = FilePart::path(&path).content_type("application/pdf");
    let done = client(&server).upload(url, file).send().await.unwrap();
    assert_eq!(done.bytes(), 300_000);
    assert_eq!(done.headers()["etag"], "\"e\"");
    let request = server.request();
    assert_eq!(request.method, "PUT");
    assert!(request.body == content);
    let sent = request.headers.iter();
    let mut sent: Vec<_> = sent
        .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
        .filter(|line| {
            !["host:", "user-agent:", "accept:"]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .collect();
    sent.sort();
    assert_eq!(
        sent,
        [
            "authorization: OSS a:b=",
            "content-length: 300000",
            "x-oss-date: d"
        ]
    );
}

#[tokio::test]
async fn a_content_type_that_the_platform_gave_is_sent_even_if_it_is_empty() {
    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    for kind in ["application/octet-stream", ""] {
        let url = signed(&server).header("Content-Type", kind);
        let file = FilePart::bytes("a", &b"x"[..]);
        client(&server).upload(url, file).send().await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.last().unwrap().header("content-type"), Some(kind));
    }
}

#[tokio::test]
async fn progress_counts_to_the_whole_size() {
    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let content = vec![7; 200_000];
    let file = FilePart::reader("a", 200_000, std::io::Cursor::new(content));
    let upload = client(&server).upload(signed(&server), file);
    let upload = upload.on_progress(move |progress| log.lock().unwrap().push(progress));
    upload.send().await.unwrap();
    let told = told.lock().unwrap();
    assert!(
        told.len() > 1 && told.is_sorted_by_key(|progress| progress.bytes),
        "{told:?}"
    );
    let last = told.last().unwrap();
    assert_eq!((last.bytes, last.total), (200_000, Some(200_000)));
}

#[tokio::test]
async fn bytes_and_paths_are_sent_again_and_a_reader_is_not() {
    let busy = || {
        Server::start(|number, _| {
            let status = if number == 0 { 503 } else { 200 };
            Answer::new(status, &[], "")
        })
    };
    let folder = Folder::new();
    let path = folder.file("a");
    std::fs::write(&path, "abc").unwrap();
    for file in [FilePart::bytes("a", &b"abc"[..]), FilePart::path(&path)] {
        let server = busy();
        client(&server)
            .upload(signed(&server), file)
            .send()
            .await
            .unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert!(requests.iter().all(|request| request.body == b"abc"));
    }
    let server = busy();
    let file = FilePart::reader("a", 3, &b"abc"[..]);
    let error = client(&server)
        .upload(signed(&server), file)
        .send()
        .await
        .unwrap_err();
    let wanted = "a reader cannot be sent again, unlike bytes or a path";
    assert!(error.to_string().ends_with(wanted), "{error}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_is_an_error_before_anything_is_sent() {
    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    let folder = Folder::new();
    for (file, wanted) in [
        (
            FilePart::path(folder.file("none.pdf")),
            "the file \"none.pdf\" cannot be read",
        ),
        (FilePart::path(&folder.0), "must be a file, found a folder"),
        (FilePart::bytes("a", Bytes::new()), "must not be empty"),
    ] {
        let error = client(&server)
            .upload(signed(&server), file)
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid);
        assert!(error.to_string().contains(wanted), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_file_of_another_length_than_announced_breaks_the_upload_off() {
    let server = Server::start(|_, _| Answer::new(200, &[], ""));
    let file = FilePart::reader("a", 5, &b"abc"[..]);
    let error = client(&server)
        .upload(signed(&server), file)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        error.kind(),
        Kind::Transport(TransportErrorKind::RequestBody)
    );
    let wanted = "gave 3 bytes instead of 5, after 3 of 5 bytes";
    assert!(error.to_string().contains(wanted), "{error}");
    assert!(!error.is_retryable());
}

/// The store refuses the head, and reads no body.
#[tokio::test]
async fn a_refusal_that_comes_before_the_body_was_sent_keeps_its_code() {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap() > 2 {
            line.clear();
        }
        let body = "<Error><Code>AccessDenied</Code></Error>";
        let head = format!(
            "HTTP/1.1 403 X\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        (&stream).write_all(head.as_bytes()).unwrap();
        // Until the client has gone.
        std::io::copy(&mut reader, &mut std::io::sink()).ok();
    });
    let client = builder(format!("http://{address}")).build().unwrap();
    let folder = Folder::new();
    let path = folder.file("large");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(20 << 20)
        .unwrap();
    let url = format!("http://{address}/f?Signature=SENTINEL");
    let error = client
        .upload(url, FilePart::path(&path))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("AccessDenied"), "{error}");
    drop(client);
    // The runtime closes the connection meanwhile.
    tokio::task::spawn_blocking(|| server.join().unwrap())
        .await
        .unwrap();
}
