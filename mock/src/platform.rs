//! What the mock knows, and how it answers a request.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use dingtalk_api::{http, json};
use dingtalk_catalogue::Catalogue;

use crate::answer::Answer;
use crate::envelope;
use crate::route::Known;
use crate::routes::Routes;
use crate::stream::Gateway;

/// All that is behind the server.
pub(crate) struct Platform {
    routes: Routes,
    requests: AtomicU64,
    /// Stream connections.
    pub(crate) streams: Gateway,
}

/// A request as it came.
pub(crate) struct Request<'a> {
    pub(crate) head: http::request::Parts,
    /// The id it is answered with.
    pub(crate) id: &'a str,
}

impl Platform {
    pub(crate) fn new(catalogue: &'static Catalogue) -> io::Result<Self> {
        Ok(Self {
            routes: Routes::new(catalogue).map_err(io::Error::other)?,
            requests: AtomicU64::new(0),
            streams: Gateway::new(),
        })
    }

    pub(crate) fn next_request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("mock-{number:08}")
    }

    pub(crate) fn answer(&self, request: &Request<'_>) -> Answer {
        let (method, path) = (request.head.method.as_str(), request.head.uri.path());
        let Some((route, _)) = self.routes.find(method, path) else {
            let message = format!("no operation has {method} {path}");
            let body = json!({"code": "InvalidAction.NotFound", "message": message, "requestid": request.id});
            return Answer::json(404, body.to_string());
        };
        match route.known() {
            Ok(known) => reply(known, request.id),
            Err(error) => Answer::new(500, "text/plain", error.to_string()),
        }
    }
}

/// The reply that the spec has as an example.
fn reply(known: &Known, request_id: &str) -> Answer {
    let example = known.example.as_ref();
    let status = example.map_or(200, |example| example.status);
    let body = example.and_then(|example| example.body);
    Answer::json(status, envelope::success(known, body, request_id))
}
