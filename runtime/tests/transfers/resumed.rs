//! A connection that breaks within the file.

use super::*;

const CONTENT: &str = "0123456789";
const TAG: &str = "\"CACF99600561A31D494569C979E6FB81\"";

/// The first answer: the whole file is announced, and this much of it comes.
fn cut(bytes: usize, headers: &str) -> Answer {
    let content = &CONTENT[..bytes];
    Answer::raw(format!(
        "HTTP/1.1 200 X\r\ncontent-length: 10\r\n{headers}\r\n{content}"
    ))
}

fn resumable(bytes: usize) -> Answer {
    cut(bytes, &format!("accept-ranges: bytes\r\netag: {TAG}\r\n"))
}

fn rest(from: usize, range: &str, tag: &str) -> Answer {
    Answer::new(
        206,
        &[("content-range", range), ("etag", tag)],
        &CONTENT[from..],
    )
}

#[tokio::test]
async fn a_download_goes_on_where_it_stopped() {
    let server = Server::start(|number, _| match number {
        0 => resumable(4),
        1 => Answer::raw(format!(
            "HTTP/1.1 206 X\r\ncontent-length: 6\r\ncontent-range: bytes 4-9/10\r\netag: {TAG}\r\n\r\n456"
        )),
        _ => rest(7, "bytes 7-9/10", TAG),
    });
    let url = signed(&server).header("Authorization", "a");
    let bytes = client(&server).download(url).bytes(10).await.unwrap();
    assert_eq!(bytes, CONTENT);
    let requests = server.requests();
    assert_eq!(requests[0].header("range"), None);
    assert_eq!(requests[0].header("if-match"), None);
    for (request, range) in requests[1..].iter().zip(["bytes=4-", "bytes=7-"]) {
        assert_eq!(request.target, requests[0].target);
        assert_eq!(request.header("range"), Some(range));
        assert_eq!(request.header("if-match"), Some(TAG));
        assert_eq!(request.header("authorization"), Some("a"));
    }
    assert_eq!(requests.len(), 3);
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_first_byte_begins_again() {
    let server = Server::start(|number, _| match number {
        0 => cut(0, ""),
        _ => Answer::new(200, &[], "other"),
    });
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap();
    assert_eq!(bytes, "other");
}

#[tokio::test]
async fn a_download_that_begins_again_is_compared_with_the_expected_size() {
    let server = Server::start(|number, _| match number {
        0 => cut(0, ""),
        _ => Answer::new(200, &[], "01234567890"),
    });
    let download = client(&server).download(signed(&server)).expected_size(10);
    let error = download.bytes(100).await.unwrap_err();
    assert_eq!(error.kind(), Kind::Size);
    assert!(
        error.to_string().contains("has 11 bytes, expected 10"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_ignores_the_range_repeats_nothing() {
    let server = Server::start(|number, _| match number {
        0 => resumable(4),
        _ => Answer::new(200, &[("etag", TAG)], CONTENT),
    });
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap();
    assert_eq!(bytes, CONTENT);
}

#[tokio::test]
async fn attempts_are_counted_anew_after_each_byte() {
    // Every answer brings one byte: ten times the attempts that the policy allows without one.
    let server = Server::start(|number, _| match number {
        0 => resumable(1),
        at if at < 9 => Answer::raw(format!(
            "HTTP/1.1 206 X\r\ncontent-length: {}\r\ncontent-range: bytes {at}-9/10\r\netag: {TAG}\r\n\r\n{at}",
            10 - at
        )),
        _ => rest(9, "bytes 9-9/10", TAG),
    });
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap();
    assert_eq!(
        (&bytes[..], server.requests().len()),
        (CONTENT.as_bytes(), 10)
    );
}

#[tokio::test]
async fn a_connection_that_brings_no_further_byte_is_given_up_with_the_position() {
    let server = Server::start(|number, _| match number {
        0 => resumable(4),
        _ => Answer::raw("HTTP/1.1 206 X\r\n"),
    });
    let error = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Transport(TransportErrorKind::Broken));
    assert!(error.to_string().ends_with("; 3 attempts"), "{error}");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn a_file_that_changed_meanwhile_is_an_error() {
    let answers: [fn() -> Answer; 5] = [
        || Answer::new(412, &[], "<Error><Code>PreconditionFailed</Code></Error>"),
        || Answer::new(416, &[], "<Error><Code>InvalidRange</Code></Error>"),
        || Answer::new(200, &[("etag", "\"other\"")], CONTENT),
        || rest(4, "bytes 4-9/10", "\"other\""),
        || Answer::new(206, &[("content-range", "bytes 4-9/10")], &CONTENT[4..]),
    ];
    for answer in answers {
        let server =
            Server::start(move |number, _| if number == 0 { resumable(4) } else { answer() });
        let mut file = client(&server)
            .download(signed(&server))
            .open()
            .await
            .unwrap();
        let error = read(&mut file).await.unwrap_err();
        assert_eq!(error.kind(), Kind::Changed, "{error}");
        let wanted = "the file changed on the server after 4 bytes: begin again";
        assert!(error.to_string().contains(wanted), "{error}");
        assert!(!error.is_retryable());
        assert!(file.next().await.is_none());
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn another_range_than_the_one_asked_for_is_an_error() {
    let ranges = [
        "bytes 3-9/10",
        "bytes 4-9/11",
        "bytes */10",
        "items 4-9/10",
        "4-9/10",
        "",
    ];
    for range in ranges {
        let server = Server::start(move |number, _| {
            if number == 0 {
                resumable(4)
            } else {
                rest(4, range, TAG)
            }
        });
        let error = client(&server)
            .download(signed(&server))
            .bytes(10)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), Kind::Changed, "{range}: {error}");
        let wanted = "the server was asked for the bytes from 4 on and gave";
        assert!(error.to_string().contains(wanted), "{error}");
    }
    // A server need not know the size.
    let server = Server::start(|number, _| match number {
        0 => resumable(4),
        _ => rest(4, "bytes 4-9/*", TAG),
    });
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap();
    assert_eq!(bytes, CONTENT);
}

#[tokio::test]
async fn nothing_is_resumed_where_the_server_does_not_promise_it() {
    let heads = [
        String::new(),
        "accept-ranges: bytes\r\n".to_owned(),
        format!("accept-ranges: none\r\netag: {TAG}\r\n"),
        format!("etag: {TAG}\r\n"),
        format!("accept-ranges: bytes\r\netag: W/{TAG}\r\n"),
    ];
    for head in heads {
        let said = head.clone();
        let server = Server::start(move |_, _| cut(4, &head));
        let error = client(&server)
            .download(signed(&server))
            .bytes(10)
            .await
            .unwrap_err();
        assert_eq!(
            error.kind(),
            Kind::Transport(TransportErrorKind::BodyCut),
            "{said}"
        );
        let text = error.to_string();
        let wanted =
            "after 4 of 10 bytes; the server does not let a download be resumed: begin again";
        assert!(text.contains(wanted), "{text}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_url_that_expires_meanwhile_is_an_error_of_the_store() {
    let server = Server::start(|number, _| match number {
        0 => resumable(4),
        _ => Answer::new(
            403,
            &[],
            "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>",
        ),
    });
    let error = client(&server)
        .download(signed(&server))
        .bytes(10)
        .await
        .unwrap_err();
    assert!(error.is_expired(), "{error}");
}
