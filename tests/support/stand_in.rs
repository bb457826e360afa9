//! The stand-in for DingTalk: a server on a loopback port that keeps every request it gets.
//!
//! It runs on a thread with a runtime of its own, so that a blocking test or example can use it
//! too, and stops when it is dropped.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use super::platform::{Answer, Platform, Reply};
use super::spec::Spec;

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub method: String,
    /// The path byte for byte, without the query.
    pub path: String,
    /// The query's pairs, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The headers in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The request id it was answered with.
    pub request_id: String,
}

/// A stand-in for DingTalk on loopback.
#[derive(Debug)]
pub struct StandIn {
    url: String,
    state: Arc<State>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct State {
    /// `None` answers everything with `{}`: for tests that look at the requests alone.
    platform: Option<Mutex<Platform>>,
    recorded: Mutex<Vec<Recorded>>,
    /// How many requests came in all: their ids are made from it.
    count: AtomicUsize,
}

impl StandIn {
    /// Starts a stand-in that answers as this spec says.
    pub fn start(spec: impl Into<Arc<Spec>>) -> io::Result<Self> {
        Self::serve(Some(Mutex::new(Platform::new(spec.into()))))
    }

    /// Starts a stand-in that answers everything with `200 {}`.
    pub fn that_accepts_everything() -> io::Result<Self> {
        Self::serve(None)
    }

    /// Its base URL, for example `http://127.0.0.1:40123`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Takes out all requests that came since it was last asked.
    pub fn take_requests(&self) -> Vec<Recorded> {
        std::mem::take(&mut lock(&self.state.recorded))
    }

    /// Answers the next good call of an operation in this way. Calls of it add up.
    ///
    /// # Panics
    /// If the spec has no such operation.
    pub fn answer_next(&self, service: &str, action: &str, answer: Answer) {
        if let Some(platform) = &self.state.platform {
            lock(platform).answer_next(service, action, answer);
        }
    }

    /// Accepts this token, besides those that were fetched here.
    pub fn accept_token(&self, token: &str) {
        if let Some(platform) = &self.state.platform {
            lock(platform).accept_token(token);
        }
    }

    /// Makes all tokens bad. Those fetched from here on differ from those fetched before.
    pub fn expire_tokens(&self) {
        if let Some(platform) = &self.state.platform {
            lock(platform).expire_tokens();
        }
    }

    fn serve(platform: Option<Mutex<Platform>>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(State {
            platform,
            recorded: Mutex::default(),
            count: AtomicUsize::new(0),
        });
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let served = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            // Dropping the runtime at the end closes the connections that are still open.
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => {}
                    error = accept(listener, served) => eprintln!("the stand-in: {error:?}"),
                }
            });
        });
        Ok(Self {
            url,
            state,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Recorded {
    /// The value of a header; names are told apart without regard to case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a parameter of the query.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        pairs
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `None` if there was no body.
    ///
    /// # Panics
    /// If there was one that is not JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        if self.body.is_empty() {
            return None;
        }
        match serde_json::from_slice(&self.body) {
            Ok(json) => Some(json),
            Err(error) => panic!("{}: {error}", String::from_utf8_lossy(&self.body)),
        }
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) -> io::Result<Infallible> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let state = Arc::clone(&state);
        let service = service_fn(move |request| {
            let state = Arc::clone(&state);
            async move { handle(&state, request).await }
        });
        tokio::spawn(async move {
            // A client may go away at any time; that is not an error of the stand-in.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn handle(
    state: &State,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (head, body) = request.into_parts();
    let query = head.uri.query().unwrap_or_default();
    let mut recorded = Recorded {
        method: head.method.to_string(),
        path: head.uri.path().to_owned(),
        query: form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect(),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes());
                (name.as_str().to_owned(), value.into_owned())
            })
            .collect(),
        body: body.collect().await?.to_bytes().to_vec(),
        request_id: String::new(),
    };
    let number = state.count.fetch_add(1, Ordering::Relaxed) + 1;
    recorded.request_id = format!("stand-in-{number:04}");
    let (reply, header) = match &state.platform {
        Some(platform) => {
            let mut platform = lock(platform);
            let reply = platform.answer(&recorded, &recorded.request_id);
            (reply, platform.request_id_header())
        }
        None => (
            Reply::json(200, &serde_json::json!({})),
            "x-acs-request-id".to_owned(),
        ),
    };
    let response = Response::builder()
        .status(reply.status)
        .header("content-type", reply.content_type)
        .header(header, &recorded.request_id)
        .body(Full::new(Bytes::from(reply.body)));
    lock(&state.recorded).push(recorded);
    // The parts above are all valid: a response that cannot be built is a bug of the stand-in.
    Ok(response.unwrap_or_else(|error| panic!("{error}")))
}

/// A panic in one test must not hide what another one has to say.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
