//! Listens, and hands requests over.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use dingtalk_api::http;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};

use crate::answer::Sent;
use crate::platform::{Platform, Request};
#[cfg(feature = "stream")]
use crate::stream::Gateway;

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    task: AbortHandle,
}

impl Server {
    /// Listens on an address of this machine alone: what the mock knows is nobody else's business, and nobody outside
    /// should take it for the platform.
    pub(crate) async fn start(address: SocketAddr, platform: Arc<Platform>) -> io::Result<Self> {
        if !address.ip().is_loopback() {
            let reason = format!(
                "the mock listens on this machine alone, so {} is not possible: use 127.0.0.1",
                address.ip()
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let listener = TcpListener::bind(address).await?;
        Ok(Self {
            address: listener.local_addr()?,
            task: tokio::spawn(accept(listener, platform)).abort_handle(),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Dropping this closes all connections.
async fn accept(listener: TcpListener, platform: Arc<Platform>) {
    let mut connections = JoinSet::new();
    loop {
        // Accepting fails for want of a file descriptor, for example: later ones may succeed.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        connections.spawn(serve(stream, Arc::clone(&platform)));
    }
}

async fn serve(stream: TcpStream, platform: Arc<Platform>) {
    // Without it small replies wait for acknowledgements of earlier ones.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| answer(Arc::clone(&platform), request));
    // A client may go away at any time.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
}

async fn answer(
    platform: Arc<Platform>,
    request: http::Request<Incoming>,
) -> Result<http::Response<Sent>, hyper::Error> {
    #[cfg(feature = "stream")]
    if Gateway::takes(&request) {
        return Ok(platform.streams.upgrade(request));
    }
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let id = platform.next_request_id();
    let request = Request {
        head,
        body,
        id: &id,
    };
    let answer = platform.answer(request).await;
    if !answer.delay.is_zero() {
        tokio::time::sleep(answer.delay).await;
    }
    Ok(answer.into_response(&id))
}
