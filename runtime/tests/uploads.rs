//! Files in a request: what is on the wire, what is refused before that, and what a retry may send again.
//!
//! Platform and operations are generated from `tests/golden/spec`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

#[path = "../../tests/golden/generated/src/old_people/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod old_people;
#[path = "../../tests/golden/generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod platform;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use dingtalk_runtime::generated::ClientBuilder;
use dingtalk_runtime::{
    BoxFuture, Bytes, Client, Error, FilePart, HttpRequest, JsonRequest, Limits, RetryPolicy,
    Transport, TransportError, TransportErrorKind, http, json,
};
use old_people::OldPeople;
use old_people::upload_photo::{
    Size, Type, UploadPhotoError, UploadPhotoRequest, UploadPhotoResponse, operation,
};
use serde_json::Value;
use support::{Answer, Request, Server};

const TOKEN: &str = "SENTINEL-token";

fn builder(url: impl Into<String>) -> ClientBuilder<Client> {
    let at_once = RetryPolicy::new()
        .base_backoff(Duration::ZERO)
        .throttled_wait(Duration::ZERO);
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", url)
        .token(TOKEN)
        .retry(at_once)
}

fn client(server: &Server) -> Client {
    builder(server.url()).build().unwrap()
}

fn done() -> Value {
    serde_json::json!({"errcode": 0, "errmsg": "ok", "media_id": "@m1"})
}

fn throttled() -> Value {
    serde_json::json!({"errcode": 90018, "errmsg": "too fast"})
}

fn png(content: &'static [u8]) -> FilePart {
    FilePart::bytes("a.png", content)
}

async fn upload(
    client: &Client,
    request: UploadPhotoRequest,
) -> Result<UploadPhotoResponse, Error<UploadPhotoError>> {
    OldPeople::new(client).upload_photo(request).send().await
}

async fn upload_file(client: &Client, file: FilePart) -> Result<(), Error<UploadPhotoError>> {
    let request = UploadPhotoRequest::new(Type::Image, file);
    upload(client, request).await.map(drop)
}

/// A file that goes away with the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("dingtalk-uploads-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        Self(path)
    }

    /// A file of zeros that takes no space.
    fn zeros(size: u64) -> Self {
        let file = Self::new("zeros.png", b"");
        file.resize(size);
        file
    }

    fn resize(&self, size: u64) {
        resize(&self.0, size);
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn resize(path: &Path, size: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(size).unwrap();
}

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

/// Sends nothing, and returns what is wrong.
async fn mistake(kind: Type, file: FilePart) -> String {
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new(kind, file);
    let error = upload(&client(&server), request).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error}");
    assert_eq!(server.requests().len(), 0);
    error.message().to_owned()
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_is_refused_before_anything_is_sent() {
    let empty = Temporary::new("empty.png", b"");
    let path = empty.0.display();
    let folder = empty.0.parent().unwrap();
    let found = mistake(Type::Image, FilePart::path(&empty.0)).await;
    assert_eq!(
        found,
        "`media` must not be empty, found 0 bytes in \"empty.png\""
    );
    let found = mistake(Type::Image, png(b"")).await;
    assert_eq!(
        found,
        "`media` must not be empty, found 0 bytes in \"a.png\""
    );
    let found = mistake(Type::Image, FilePart::path(folder)).await;
    let wanted = format!(
        "`media` must be a file, found a folder: {}",
        folder.display()
    );
    assert_eq!(found, wanted);
    let found = mistake(Type::Image, FilePart::path(folder.join("none.png"))).await;
    let wanted = format!("`media` cannot be read: {}/none.png: ", folder.display());
    assert!(found.starts_with(&wanted), "{found}");
    let found = mistake(Type::Image, FilePart::bytes("", &b"x"[..])).await;
    assert_eq!(found, "`media` has no file name: set one with `.name(..)`");
    let found = mistake(Type::Image, png(b"x").content_type("a\r\nb: c")).await;
    assert_eq!(
        found,
        "`media` has a content type that contains a line break or another control character"
    );
    #[cfg(unix)]
    {
        let found = mistake(Type::Image, FilePart::path("/dev/null").name("a.png")).await;
        assert_eq!(found, "`media` must be a regular file: /dev/null");
    }
    assert!(path.to_string().ends_with("empty.png"));
}

#[tokio::test]
async fn limits_follow_the_field_that_they_depend_on() {
    let large = Temporary::zeros(1001);
    let found = mistake(Type::Image, FilePart::path(&large.0)).await;
    assert_eq!(
        found,
        "`media` must have at most 1000 bytes where `type` is `image`, found 1001"
    );
    let found = mistake(Type::Voice, FilePart::reader("a", 21, tokio::io::empty())).await;
    assert_eq!(
        found,
        "`media` must have at most 20 bytes where `type` is `voice`, found 21"
    );
    let found = mistake(Type::Image, FilePart::bytes("a.pdf", &b"x"[..])).await;
    assert_eq!(
        found,
        "`media` must have a name that ends in .jpg or .png where `type` is `image`, found \"a.pdf\""
    );
    // No limit is known of a value that is not.
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new("new".into(), FilePart::path(&large.0));
    upload(&client(&server), request).await.unwrap();
}

#[tokio::test]
async fn all_mistakes_of_files_are_reported_at_once() {
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new(Type::Image, FilePart::bytes("a.pdf", &b"x"[..]))
        .thumbnail(FilePart::bytes("b.png", vec![0; 101]));
    let error = upload(&client(&server), request).await.unwrap_err();
    let Error::InvalidArgument(error) = error else {
        panic!("{error}");
    };
    let found: Vec<_> = error.mistakes().map(|(field, _)| field).collect();
    assert_eq!(found, ["media", "thumbnail"]);
    let limit = "must have at most 100 bytes, found 101";
    assert_eq!(error.mistakes().nth(1), Some(("thumbnail", limit)));
}

#[tokio::test]
async fn files_of_a_call_by_name_are_checked_like_other_values() {
    let server = Server::always(200, done());
    let client = client(&server);
    let mistakes = async |request: JsonRequest| {
        let error = client.call_json(operation(), request).send().await;
        error.unwrap_err().message().to_owned()
    };
    let body = json!({"type": "image"});
    let request = JsonRequest::new().body(body.clone());
    assert_eq!(mistakes(request.clone()).await, "`body.media` is required");
    assert_eq!(
        mistakes(request.file("medium", png(b"x"))).await,
        "`body.media` is required; `files.medium` is not a field that takes a file; did you mean `media`?"
    );
    let request = JsonRequest::new().body(json!({"type": "image", "media": "a.png"}));
    assert_eq!(
        mistakes(request).await,
        "`body.media` must be a file, set with `.file(..)`, found the string \"a.png\""
    );
    let request = JsonRequest::new()
        .body(body.clone())
        .file("tags", png(b"x"));
    assert_eq!(
        mistakes(request).await,
        "`body.media` is required; `files.tags` is not a file"
    );
    let request = JsonRequest::new().body(body.clone());
    let too_large = request.file("media", FilePart::bytes("a.png", vec![0; 1001]));
    assert_eq!(
        mistakes(too_large.clone()).await,
        "`media` must have at most 1000 bytes where `type` is `image`, found 1001"
    );
    assert_eq!(server.requests().len(), 0);
    // Without checks, the server decides.
    let call = client.call_json(operation(), too_large.unchecked());
    call.send().await.unwrap();
}

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

/// A server that rejects the first token.
fn expired() -> Server {
    Server::start(|_, request| {
        let reply = match request.path() {
            "/v1.0/tokens" => serde_json::json!({"accessToken": "new", "expireIn": 7200}),
            _ if request.target.ends_with("=new") && request.connection == usize::MAX => done(),
            _ => serde_json::json!({"errcode": 42001, "errmsg": "expired"}),
        };
        Answer::json(200, &reply)
    })
}

#[tokio::test]
async fn a_token_is_replaced_only_if_the_file_can_be_sent_again() {
    let server = expired();
    let client = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", server.url())
        .base_url(server.url())
        .app("key", "secret")
        .build()
        .unwrap();
    let part = FilePart::reader("a.png", 3, &b"abc"[..]);
    let error = upload_file(&client, part).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert!(
        error.to_string().contains("a reader cannot be sent again"),
        "{error}"
    );
    assert_eq!(server.count("/media/upload"), 1);
    assert_eq!(server.count("/v1.0/tokens"), 2, "the rejected one is gone");
    upload_file(&client, png(b"abc")).await.unwrap_err();
    assert_eq!(
        server.count("/media/upload"),
        3,
        "once more, with another token"
    );
}

#[tokio::test]
async fn a_length_that_means_not_known_and_a_name_with_a_control_character_are_refused() {
    let server = Server::always(200, done());
    let endless = FilePart::reader("a.png", u64::MAX, &b"abc"[..]);
    let hidden = png(b"abc").name("a.exe\0.png");
    for (part, expected) in [
        (endless, "bytes, found 18446744073709551615"),
        (hidden, "has a file name with a control character"),
    ] {
        let error = upload_file(&client(&server), part).await.unwrap_err();
        assert!(error.message().contains(expected), "{error}");
    }
    assert!(server.requests().is_empty());
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

#[test]
fn debug_shows_name_and_size_alone_and_a_request_can_be_cloned_and_compared() {
    let secret = png(b"SENTINEL");
    assert_eq!(
        format!("{secret:?}"),
        "FilePart { name: \"a.png\", size: 8, .. }"
    );
    let path = FilePart::path("/SENTINEL/b.png");
    assert_eq!(format!("{path:?}"), "FilePart { name: \"b.png\", .. }");
    let request = UploadPhotoRequest::new(Type::Image, secret).thumbnail(path);
    let copy = request.clone();
    assert_eq!(copy, request);
    assert!(!format!("{copy:?}").contains("SENTINEL"), "{copy:?}");
    assert_ne!(copy, request.thumbnail(png(b"x")));
    let reader = |content: &'static [u8]| FilePart::reader("r", content.len() as u64, content);
    assert_ne!(reader(b"r"), reader(b"r"));
}

/// Takes one request, whose beginning is shown to `begun`, and gives how much of its body came and how much was
/// announced.
fn count(begun: impl FnOnce() + Send + 'static) -> (String, JoinHandle<(u64, u64)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(&stream);
        let mut announced = 0;
        loop {
            let mut line = String::new();
            // A client that fails early may not even send the head.
            if !matches!(reader.read_line(&mut line), Ok(1..)) {
                return (0, 0);
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(length) = line.strip_prefix("content-length: ") {
                announced = length.parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        begun();
        // A client that breaks the request off may reset the connection.
        let (mut came, mut buffer) = (0, vec![0; 1 << 16]);
        while came < announced {
            match reader.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(count) => came += count as u64,
            }
        }
        if came == announced {
            let reply = done().to_string();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", reply.len());
            (&stream).write_all((head + &reply).as_bytes()).unwrap();
        }
        (came, announced)
    });
    (url, server)
}

const SIZE: u64 = 50 << 20;

/// Calls with a file that is larger than the operation allows.
fn unchecked(url: &str, file: FilePart) -> Result<(), Error> {
    let client = builder(url).build().unwrap();
    let request = JsonRequest::new()
        .body(json!({"type": "image"}))
        .file("media", file)
        .unchecked();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let call = client.call_json(operation(), request);
    runtime.block_on(call.send()).map(drop)
}

#[test]
fn fifty_megabytes_are_streamed_with_flat_memory() {
    let file = Temporary::zeros(SIZE);
    let (url, server) = count(|| {});
    let mut outcome = None;
    let used = allocation_counter::measure(|| {
        outcome = Some(unchecked(&url, FilePart::path(&file.0)));
    });
    outcome.unwrap().unwrap();
    let (came, announced) = server.join().unwrap();
    assert!(came == announced && came > SIZE, "{came} of {announced}");
    assert!(used.bytes_max < 2 << 20, "{} bytes at once", used.bytes_max);
}

/// What a call says of which the body was not sent to its end.
fn broken_off(file: FilePart, begun: impl FnOnce() + Send + 'static) -> String {
    let (url, server) = count(begun);
    let error = unchecked(&url, file).unwrap_err();
    let (came, announced) = server.join().unwrap();
    assert!(came == 0 || came < announced, "the request looked whole");
    let Error::Transport(failure) = &error else {
        panic!("{error:?}");
    };
    assert_eq!(failure.error().kind(), TransportErrorKind::RequestBody);
    assert_eq!(failure.attempts(), 1);
    let said = format!("{error} {error:?}");
    assert!(
        !said.contains("SENTINEL") && !said.contains("may have been"),
        "{said}"
    );
    error.message().to_owned()
}

#[test]
fn a_file_that_changes_while_it_is_sent_is_an_error_with_both_sizes() {
    for (new, words) in [
        (1 << 20, "from 52428800 bytes to 1048576"),
        (SIZE + 7, "from 52428800 bytes to 52428807"),
    ] {
        let file = Temporary::zeros(SIZE);
        let path = file.0.clone();
        let said = broken_off(FilePart::path(&file.0), move || resize(&path, new));
        let what = format!(
            "`media` ({}) changed while it was sent: {words}",
            file.0.display()
        );
        assert_eq!(said, format!("the upload was broken off: {what}"));
    }
}

#[test]
fn a_reader_of_another_length_is_an_error_with_both_lengths() {
    let short = FilePart::reader("a.png", 5, &b"abc"[..]);
    let said = broken_off(short, || {});
    assert!(
        said.ends_with("the reader of `media` gave 3 bytes instead of 5"),
        "{said}"
    );
    let long = FilePart::reader("a.png", 5, &b"abcdefgh"[..]);
    let said = broken_off(long, || {});
    assert!(
        said.ends_with("the reader of `media` gave at least 8 bytes instead of 5"),
        "{said}"
    );
}

#[test]
fn a_reader_that_fails_is_an_error_with_its_reason() {
    struct Failing;

    impl tokio::io::AsyncRead for Failing {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err(std::io::Error::other("the disk is gone")))
        }
    }

    let said = broken_off(FilePart::reader("a.png", 5, Failing), || {});
    let wanted = "the reader of `media` cannot be read after 0 bytes: the disk is gone";
    assert!(said.ends_with(wanted), "{said}");
}
