//! What a download sends, and where its bytes go.

use std::sync::{Arc, Mutex};

use super::*;

#[tokio::test]
async fn a_download_sends_the_given_headers_and_neither_token_nor_content_type_nor_the_clients_headers()
 {
    let server = Server::start(|_, _| Answer::new(200, &[], "content"));
    let url = signed(&server).headers([("Authorization", "OSS a:b="), ("x-oss-date", "d")]);
    let bytes = client(&server).download(url).bytes(100).await.unwrap();
    assert_eq!(bytes, "content");
    let request = server.request();
    assert_eq!(request.method, "GET");
    let sent = request.headers.iter();
    let mut sent: Vec<_> = sent
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| !["host", "user-agent", "accept"].contains(&name.as_str()))
        .collect();
    sent.sort();
    let wanted = [("authorization", "OSS a:b="), ("x-oss-date", "d")];
    assert_eq!(
        sent,
        wanted.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    no_secret(&format!("{:?}", request.headers));
}

#[tokio::test]
async fn the_stream_knows_size_position_and_headers() {
    let server =
        Server::start(|_, _| Answer::new(200, &[("x-oss-request-id", "r1")], "0123456789"));
    let mut file = client(&server)
        .download(signed(&server))
        .open()
        .await
        .unwrap();
    assert_eq!((file.size(), file.position()), (Some(10), 0));
    assert_eq!(file.headers()["x-oss-request-id"], "r1");
    assert_eq!(read(&mut file).await.unwrap(), b"0123456789");
    assert_eq!(file.position(), 10);
    assert!(file.next().await.is_none());
}

#[tokio::test]
async fn progress_ends_with_the_whole_size() {
    let server = Server::start(|_, _| Answer::new(200, &[], "0123456789"));
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&told);
    let download = client(&server).download(signed(&server));
    let download = download.on_progress(move |progress| log.lock().unwrap().push(progress));
    download.bytes(10).await.unwrap();
    let last = *told.lock().unwrap().last().unwrap();
    assert_eq!((last.bytes, last.total), (10, Some(10)));
}

#[tokio::test]
async fn a_writer_gets_all_bytes() {
    let content = "x".repeat(300_000);
    let body = content.clone();
    let server = Server::start(move |_, _| Answer::new(200, &[], &body));
    let mut written = Vec::new();
    let download = client(&server).download(signed(&server));
    assert_eq!(download.to_writer(&mut written).await.unwrap(), 300_000);
    assert!(written == content.as_bytes());
}

#[tokio::test]
async fn a_file_of_any_name_is_written_and_replaces_an_older_one() {
    let server = Server::start(|_, _| Answer::new(200, &[], "new"));
    let folder = Folder::new();
    let longest = "报".repeat(85);
    for name in ["报告 (终).pdf", "a b.txt", &longest] {
        let path = folder.file(name);
        std::fs::write(&path, "older").unwrap();
        let download = client(&server).download(signed(&server));
        assert_eq!(download.to_file(&path).await.unwrap(), 3);
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        std::fs::remove_file(&path).unwrap();
    }
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn a_file_whose_download_fails_is_left_as_it_was() {
    let cut = "HTTP/1.1 200 X\r\ncontent-length: 10\r\n\r\n012";
    for answer in [cut, "HTTP/1.1 403 X\r\ncontent-length: 0\r\n\r\n"] {
        let server = Server::start(move |_, _| Answer::raw(answer));
        let folder = Folder::new();
        let path = folder.file("a.txt");
        std::fs::write(&path, "older").unwrap();
        let download = client(&server).download(signed(&server));
        download.to_file(&path).await.unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), b"older");
        assert_eq!(folder.names(), ["a.txt"]);
    }
}

#[tokio::test]
async fn a_place_where_no_file_can_be_is_an_error_before_anything_is_sent() {
    let server = Server::start(|_, _| Answer::new(200, &[], "x"));
    let folder = Folder::new();
    for path in [folder.0.clone(), folder.file("missing/a.txt")] {
        let download = client(&server).download(signed(&server));
        let error = download.to_file(&path).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Local);
        let said = error.to_string();
        assert!(
            said.contains(&format!("cannot write to {}: ", path.display())),
            "{said}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_dropped_download_leaves_no_file() {
    let (begun, wait) = tokio::sync::oneshot::channel();
    let begun = Mutex::new(Some(begun));
    let (_keep, held) = std::sync::mpsc::channel::<()>();
    let held = Mutex::new(held);
    let server = Server::start(move |_, _| {
        begun.lock().unwrap().take().unwrap().send(()).unwrap();
        let _ = held.lock().unwrap().recv();
        Answer::new(200, &[], "x")
    });
    let folder = Folder::new();
    let path = folder.file("a.txt");
    let download = client(&server).download(signed(&server));
    tokio::select! {
        _ = download.to_file(&path) => panic!(),
        begun = wait => begun.unwrap(),
    }
    assert_eq!(folder.names(), [""; 0]);
}

#[tokio::test]
async fn a_file_over_the_limit_is_an_error_with_both_numbers() {
    let server = Server::start(|_, _| Answer::new(200, &[], "0123456789"));
    let error = client(&server)
        .download(signed(&server))
        .bytes(9)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), Kind::TooLarge);
    assert!(
        error
            .to_string()
            .ends_with("the file has 10 bytes, of at most 9"),
        "{error}"
    );
    let chunked =
        "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n";
    let server = Server::start(move |_, _| Answer::raw(chunked));
    let error = client(&server)
        .download(signed(&server))
        .bytes(9)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the file has more than 9 bytes"),
        "{error}"
    );
    let whole = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap();
    assert_eq!(whole, "0123456789");
}

#[tokio::test]
async fn a_size_other_than_the_expected_one_is_an_error_with_both_numbers() {
    let server = Server::start(|_, _| Answer::new(200, &[], "0123456789"));
    let client = client(&server);
    for expected in [9, 11] {
        let download = client.download(signed(&server)).expected_size(expected);
        let error = download.open().await.unwrap_err();
        assert_eq!(error.kind(), Kind::Size);
        let wanted = format!("the file has 10 bytes, expected {expected}");
        assert!(error.to_string().contains(&wanted), "{error}");
    }
    let download = client.download(signed(&server)).expected_size(10);
    assert_eq!(download.bytes(10).await.unwrap(), "0123456789");
}

#[tokio::test]
async fn a_file_without_an_announced_size_is_compared_with_the_expected_one() {
    let chunked = "HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n5\r\n01234\r\n0\r\n\r\n";
    let server = Server::start(move |_, _| Answer::raw(chunked));
    let client = client(&server);
    for (expected, wanted) in [
        (6, "the file has 5 bytes, expected 6"),
        (4, "the server sent more than the 4 bytes that the file has"),
    ] {
        let download = client.download(signed(&server)).expected_size(expected);
        let error = download.bytes(100).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Size);
        assert!(error.to_string().contains(wanted), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_sends_more_than_it_said_gives_what_it_said() {
    let server =
        Server::start(|_, _| Answer::raw("HTTP/1.1 200 X\r\ncontent-length: 3\r\n\r\n012345"));
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(100)
        .await
        .unwrap();
    assert_eq!(bytes, "012");
}
