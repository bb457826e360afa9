//! Large files are streamed, and a request whose file fails is broken off.

use super::*;

/// Takes one request, calls `begun` after its head, and returns how many bytes of its body came and how many were
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

/// The error of a call whose body is not sent to its end.
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
