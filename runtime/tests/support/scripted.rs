//! A transport that answers from a script, without a network: for tests under tokio's paused clock, which would run
//! away while a real reply is waited for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use dingtalk_runtime::{
    BoxFuture, Bytes, Client, ClientBuilder, HttpRequest, Limits, Transport, TransportError,
    TransportErrorKind, http,
};
use tokio::time::Instant;

/// What one request gets.
#[derive(Clone)]
pub enum Step {
    Reply(u16, Vec<(&'static str, String)>, String),
    Fail(TransportErrorKind),
    /// Nothing, ever.
    Silence,
    /// The step after a while.
    After(Duration, Box<Step>),
}

impl Step {
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Reply(status, Vec::new(), body.to_string())
    }

    pub fn code(status: u16, code: &str) -> Self {
        Self::json(
            status,
            &serde_json::json!({"code": code, "message": "m", "requestid": "q"}),
        )
    }

    pub fn ok() -> Self {
        Self::json(200, &serde_json::json!({}))
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Reply(_, headers, _) = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }
}

type Script = dyn Fn(usize, &HttpRequest) -> Step + Send + Sync;

/// Answers each request with what the script says of it. Requests are numbered from 0.
#[derive(Clone)]
pub struct Scripted {
    script: Arc<Script>,
    sent: Arc<Mutex<Vec<(String, Instant)>>>,
}

impl Scripted {
    pub fn new(script: impl Fn(usize, &HttpRequest) -> Step + Send + Sync + 'static) -> Self {
        Self {
            script: Arc::new(script),
            sent: Arc::default(),
        }
    }

    /// These steps, then success.
    pub fn steps(steps: impl Into<Vec<Step>>) -> Self {
        let steps = steps.into();
        Self::new(move |number, _| steps.get(number).cloned().unwrap_or_else(Step::ok))
    }

    pub fn always(step: Step) -> Self {
        Self::new(move |_, _| step.clone())
    }

    /// A builder with this transport and a token.
    pub fn builder(&self) -> ClientBuilder<Client> {
        ClientBuilder::new(&super::platform::PLATFORM)
            .token("the-token")
            .transport(self.clone())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// When each request was sent.
    pub fn times(&self) -> Vec<Instant> {
        let sent = self.sent.lock().unwrap();
        sent.iter().map(|(_, time)| *time).collect()
    }

    /// How long each request was sent after the one before.
    pub fn waits(&self) -> Vec<Duration> {
        self.times()
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .collect()
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        let number = {
            let mut sent = self.sent.lock().unwrap();
            sent.push((request.url.path().to_owned(), Instant::now()));
            sent.len() - 1
        };
        let step = (self.script)(number, &request);
        Box::pin(play(step))
    }
}

async fn play(mut step: Step) -> Result<http::Response<Bytes>, TransportError> {
    loop {
        match step {
            Step::Reply(status, headers, body) => {
                let mut reply = http::Response::builder().status(status);
                for (name, value) in headers {
                    reply = reply.header(name, value);
                }
                return Ok(reply.body(Bytes::from(body)).unwrap());
            }
            Step::Fail(kind) => return Err(TransportError::new(kind)),
            Step::Silence => std::future::pending().await,
            Step::After(wait, next) => {
                tokio::time::sleep(wait).await;
                step = *next;
            }
        }
    }
}
