//! The requests that came.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use dingtalk_api::model::Json;
use dingtalk_api::{Bytes, http};

use crate::received::Received;

/// How many bytes of requests are kept.
const KEPT: usize = 8 << 20;

/// What a request takes besides its body.
const OVERHEAD: usize = 1 << 10;

/// A request that the mock received.
///
/// `Debug` shows no tokens and no secrets.
#[derive(Clone)]
pub struct RecordedRequest(Arc<Recorded>);

pub(crate) struct Recorded {
    pub(crate) service: &'static str,
    pub(crate) action: &'static str,
    pub(crate) method: http::Method,
    pub(crate) path: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) received: Received,
    /// The names of fields whose values must not be shown.
    pub(crate) secrets: Arc<[&'static str]>,
    pub(crate) status: u16,
    pub(crate) size: usize,
}

impl RecordedRequest {
    /// The service of the operation; empty if no operation has this method and path.
    pub fn service(&self) -> &'static str {
        self.0.service
    }

    /// The operation, for example `BatchSendOTO`; empty if none has this method and path.
    pub fn action(&self) -> &'static str {
        self.0.action
    }

    /// The HTTP method.
    pub fn method(&self) -> &str {
        self.0.method.as_str()
    }

    /// The path as it came, without the query.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The value of a path parameter; null if there is none.
    pub fn path_value(&self, name: &str) -> &Json {
        self.0.received.path.get(name).unwrap_or(&Json::Null)
    }

    /// The value of a field of the query, as the operation's type; null if it was not sent.
    pub fn query(&self, name: &str) -> &Json {
        self.0.received.query.get(name).unwrap_or(&Json::Null)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    /// The body, or the fields of a form; null if there was none. Lists that travel as text with commas are lists; JSON
    /// that travels in a string is that string.
    pub fn body(&self) -> &Json {
        &self.0.received.body
    }

    /// The name and the content of an uploaded file.
    pub fn file(&self, field: &str) -> Option<(&str, &Bytes)> {
        let mut files = self.0.received.files.iter();
        let file = files.find(|file| file.field == field)?;
        Some((&file.name, &file.content))
    }

    /// The HTTP status that it was answered with.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// What may be shown of it.
    pub(crate) fn shown(&self) -> Json {
        let Recorded {
            received, secrets, ..
        } = &*self.0;
        let hidden = |values: &Json| {
            let mut values = values.clone();
            hide(&mut values, secrets);
            values
        };
        let files = received.files.iter();
        let files = files.map(|file| {
            (
                file.field.clone(),
                Json::from(vec![Json::from(&*file.name), file.content.len().into()]),
            )
        });
        // The path of an unknown operation is all there is to see; that of a known one may hold a secret.
        let path = if self.action().is_empty() {
            self.path().into()
        } else {
            hidden(&received.path.clone().into())
        };
        let parts = [
            ("service", self.service().into()),
            ("action", self.action().into()),
            ("method", self.method().into()),
            ("path", path),
            ("query", hidden(&received.query.clone().into())),
            ("headers", hidden(&received.headers.clone().into())),
            ("body", hidden(&received.body)),
            ("files", files.collect()),
            ("status", self.status().into()),
        ];
        parts.into_iter().collect()
    }
}

/// Replaces the values of secret fields.
fn hide(json: &mut Json, secrets: &[&str]) {
    match json {
        Json::Object(object) => {
            for (name, value) in object.iter_mut() {
                if secrets.contains(&&**name) {
                    *value = "***".into();
                } else {
                    hide(value, secrets);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| hide(item, secrets)),
        _ => {}
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.shown(), f)
    }
}

/// The newest requests, the oldest first.
#[derive(Default)]
pub(crate) struct Log {
    requests: VecDeque<RecordedRequest>,
    size: usize,
}

impl Log {
    pub(crate) fn push(&mut self, recorded: Recorded) {
        self.size += recorded.size + OVERHEAD;
        self.requests.push_back(RecordedRequest(Arc::new(recorded)));
        while self.size > KEPT && self.requests.len() > 1 {
            let oldest = self.requests.pop_front();
            self.size -= oldest.map_or(0, |oldest| oldest.0.size + OVERHEAD);
        }
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}
