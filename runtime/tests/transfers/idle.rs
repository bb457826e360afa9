//! A server that falls silent.

use std::pin::Pin;
use std::task::{Context, Poll};

use dingtalk_runtime::http::Response;
use dingtalk_runtime::{BoxFuture, HttpRequest, Limits, ReplyStream, Transport, TransportError};
use futures_core::Stream;

use super::*;

/// Answers with a piece, and then with nothing.
struct Silent {
    head: bool,
}

struct OnePiece(Option<Bytes>);

impl Stream for OnePiece {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.take() {
            Some(piece) => Poll::Ready(Some(Ok(piece))),
            None => Poll::Pending,
        }
    }
}

impl Transport for Silent {
    fn send(
        &self,
        _: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(std::future::pending())
    }

    fn open(
        &self,
        _: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<Response<ReplyStream>, TransportError>> {
        if !self.head {
            return Box::pin(std::future::pending());
        }
        let body = ReplyStream::new(OnePiece(Some(Bytes::from_static(b"0123"))));
        Box::pin(std::future::ready(Ok(Response::new(body))))
    }
}

fn client(head: bool) -> Client {
    ClientBuilder::<Client>::new(&support::platform::PLATFORM)
        .token(TOKEN)
        .transport(Silent { head })
        .retry(RetryPolicy::none())
        .build()
        .unwrap()
}

const URL: &str = "https://files.example/f?Signature=SENTINEL";

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_in_time_is_an_error() {
    let download = client(false).download(URL);
    let error = download
        .idle_timeout(Duration::from_secs(7))
        .open()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Transport(TransportErrorKind::Timeout));
    assert!(
        error
            .to_string()
            .ends_with("no reply in time: nothing came for 7s"),
        "{error}"
    );
    let file = FilePart::bytes("a", &b"x"[..]);
    let upload = client(false)
        .upload(URL, file)
        .idle_timeout(Duration::from_secs(7));
    let error = upload.send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("nothing came for 7s, after 0 of 1 bytes"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_wait_for_each_piece_begins_when_it_is_asked_for() {
    let download = client(true)
        .download(URL)
        .idle_timeout(Duration::from_secs(7));
    let mut file = download.open().await.unwrap();
    assert_eq!(file.next().await.unwrap().unwrap(), "0123");
    // A slow reader is no silent server.
    tokio::time::advance(Duration::from_secs(60)).await;
    let asked = tokio::time::Instant::now();
    let error = file.next().await.unwrap().unwrap_err();
    assert_eq!(asked.elapsed().as_secs(), 7);
    assert_eq!(error.kind(), Kind::Transport(TransportErrorKind::Timeout));
    assert!(
        error
            .to_string()
            .contains("nothing came for 7s, after 4 bytes"),
        "{error}"
    );
    no_secret(&error.to_string());
}
