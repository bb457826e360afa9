//! What a second attempt may send.

use super::*;

#[tokio::test]
async fn bytes_and_paths_are_sent_again() {
    let file = Temporary::new("p.png", b"content");
    for part in [FilePart::path(&file.0), png(b"content")] {
        let server = Server::start(|number, _| {
            Answer::json(200, &if number == 0 { throttled() } else { done() })
        });
        upload_file(&client(&server), part).await.unwrap();
        let sent = server.requests();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].body, sent[1].body);
    }
}

#[tokio::test]
async fn a_file_that_goes_away_between_attempts_leaves_the_error_of_the_first() {
    let file = Temporary::new("p.png", b"content");
    let path = file.0.clone();
    let server = Server::start(move |_, _| {
        fs::remove_file(&path).unwrap();
        Answer::json(200, &throttled())
    });
    let error = upload_file(&client(&server), FilePart::path(&file.0)).await;
    let error = error.unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error:?}");
    let why = "1 attempt, no more: a file cannot be read again";
    assert!(error.to_string().contains(why), "{error}");
}

#[tokio::test]
async fn a_reader_that_was_read_is_not_sent_again_and_the_error_says_why() {
    let server = Server::always(200, throttled());
    let part = FilePart::reader("a.png", 3, &b"abc"[..]);
    let error = upload_file(&client(&server), part.clone())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Throttled(_)), "{error:?}");
    let why = "1 attempt, no more: a reader cannot be sent again, unlike bytes or a path";
    assert!(error.to_string().contains(why), "{error}");
    assert_eq!(server.requests().len(), 1);
    let error = upload_file(&client(&server), part).await.unwrap_err();
    let again = "`media` has been read already: a reader can be sent once, bytes and paths any number of times";
    assert_eq!(error.message(), again);
    assert_eq!(server.requests().len(), 1);
}

/// A server that gives the tokens `token-1`, `token-2`, .., and rejects the first.
fn expired() -> Server {
    let given = AtomicUsize::new(0);
    Server::start(move |_, request| {
        let reply = if request.path() == "/v1.0/tokens" {
            let number = given.fetch_add(1, Ordering::Relaxed) + 1;
            serde_json::json!({"accessToken": format!("token-{number}"), "expireIn": 7200})
        } else if request.target.ends_with("=token-1") {
            serde_json::json!({"errcode": 42001, "errmsg": "expired"})
        } else {
            done()
        };
        Answer::json(200, &reply)
    })
}

fn app(server: &Server) -> Client {
    let builder = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", server.url())
        .base_url(server.url());
    builder.app("key", "secret").build().unwrap()
}

#[tokio::test]
async fn bytes_are_sent_again_with_another_token() {
    let server = expired();
    upload_file(&app(&server), png(b"abc")).await.unwrap();
    assert_eq!(server.count("/media/upload"), 2);
    assert_eq!(server.count("/v1.0/tokens"), 2);
}

#[tokio::test]
async fn a_reader_that_was_read_is_not_sent_again_but_the_next_call_has_another_token() {
    let server = expired();
    let client = app(&server);
    let part = FilePart::reader("a.png", 3, &b"abc"[..]);
    let error = upload_file(&client, part).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(
        error.to_string().contains("a reader cannot be sent again"),
        "{error}"
    );
    assert_eq!(server.count("/media/upload"), 1);
    upload_file(&client, png(b"abc")).await.unwrap();
    assert_eq!(server.count("/media/upload"), 2, "at once");
    assert_eq!(server.count("/v1.0/tokens"), 2);
}

#[tokio::test]
async fn a_reader_is_not_the_reason_where_no_other_token_could_be_had() {
    let expired = serde_json::json!({"errcode": 42001, "errmsg": "expired"});
    let server = Server::always(200, expired);
    let part = FilePart::reader("a.png", 3, &b"abc"[..]);
    let error = upload_file(&client(&server), part).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(!error.to_string().contains("reader"), "{error}");
    assert_eq!(server.requests().len(), 1);
}

/// Fails to connect once, then reads the body and answers.
#[derive(Default)]
struct SecondTry(AtomicUsize);

impl Transport for SecondTry {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            if self.0.fetch_add(1, Ordering::Relaxed) == 0 {
                return Err(TransportError::new(TransportErrorKind::Connect));
            }
            let body = request.body.unwrap();
            let length = body.length();
            assert!(body.as_bytes().is_none(), "a stream");
            let body = body.read().await.unwrap();
            assert_eq!(body.len() as u64, length);
            assert!(body.windows(7).any(|found| found == b"\r\nabc\r\n"));
            Ok(http::Response::new(done().to_string().into()))
        })
    }
}

#[tokio::test]
async fn a_reader_that_was_not_read_is_sent_again_through_any_transport() {
    let client = builder("http://127.0.0.1:9").transport(SecondTry::default());
    let part = FilePart::reader("a.png", 3, &b"abc"[..]);
    upload_file(&client.build().unwrap(), part).await.unwrap();
}
