//! What the mock knows, and how it answers a request.

use std::borrow::Cow;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dingtalk_api::{Bytes, http};
use dingtalk_catalogue::Catalogue;

use crate::answer::Answer;
use crate::control;
use crate::envelope::{self, Refusal};
use crate::error::MockError;
use crate::log::{Log, Recorded};
use crate::received::Received;
use crate::route::{Known, Route};
use crate::routes::Routes;
use crate::rules::{Effect, Outcome, Rules};
use crate::state::{Call, State};
#[cfg(feature = "stream")]
use crate::stream::{self, Gateway};
use crate::tokens::Tokens;

/// The header with which a request asks for a fault.
const FAULT: &str = "x-mock-fault";

/// All that is behind the server.
pub(crate) struct Platform {
    catalogue: &'static Catalogue,
    routes: Routes,
    requests: AtomicU64,
    pub(crate) tokens: Mutex<Tokens>,
    pub(crate) rules: Mutex<Rules>,
    pub(crate) log: Mutex<Log>,
    pub(crate) state: Mutex<State>,
    /// Stream connections.
    #[cfg(feature = "stream")]
    pub(crate) streams: Gateway,
}

/// A request as it came.
pub(crate) struct Request<'a> {
    pub(crate) head: http::request::Parts,
    pub(crate) body: Bytes,
    /// The id it is answered with.
    pub(crate) id: &'a str,
}

impl Request<'_> {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name)?.to_str().ok()
    }

    /// A field of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.head.uri.query().unwrap_or_default();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let (_, value) = pairs.find(|(known, _)| known == name)?;
        Some(value.into_owned())
    }
}

impl Platform {
    pub(crate) fn new(catalogue: &'static Catalogue) -> io::Result<Self> {
        Ok(Self {
            catalogue,
            routes: Routes::new(catalogue).map_err(io::Error::other)?,
            requests: AtomicU64::new(0),
            tokens: Mutex::new(Tokens::new()),
            rules: Mutex::default(),
            log: Mutex::default(),
            state: Mutex::default(),
            #[cfg(feature = "stream")]
            streams: Gateway::new(),
        })
    }

    pub(crate) fn next_request_id(&self) -> String {
        let number = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        format!("mock-{number:08}")
    }

    /// The operation that the platform calls by this name.
    pub(crate) fn known(&self, service: &str, action: &str) -> Result<&Known, MockError> {
        let operation = self.catalogue.operation(service, action)?;
        let route = self
            .routes
            .of(operation)
            .ok_or_else(|| MockError::new("the catalogue is damaged"))?;
        Ok(route.known()?)
    }

    /// Answers a request, and keeps it.
    pub(crate) async fn answer(&self, request: Request<'_>) -> Answer {
        let path = request.head.uri.path();
        if let Some(path) = path.strip_prefix(control::PREFIX) {
            #[cfg(feature = "stream")]
            if path == "push" && request.head.method == http::Method::POST {
                return control::said(stream::push(self, &request.body).await);
            }
            return control::answer(self, path, &request);
        }
        let found = self.routes.find(request.head.method.as_str(), path);
        let (answer, operation, received) = match found {
            None => (self.unknown(&request), None, Received::default()),
            Some((route, values)) => self.call(route, values, &request).await,
        };
        lock(&self.log).push(Recorded {
            service: operation.map_or("", |known| known.operation.service()),
            action: operation.map_or("", |known| known.operation.action()),
            method: request.head.method,
            path: request.head.uri.path().to_owned(),
            headers: request.head.headers,
            size: request.body.len(),
            secrets: operation.map_or_else(|| [].into(), |known| Arc::clone(&known.secrets)),
            received,
            status: answer.status,
        });
        answer
    }

    async fn call<'p>(
        &self,
        route: &'p Route,
        values: Vec<(&'static str, String)>,
        request: &Request<'_>,
    ) -> (Answer, Option<&'p Known>, Received) {
        let known = match route.known() {
            Ok(known) => known,
            Err(error) => {
                return (
                    Answer::new(500, "text/plain", error.to_string()),
                    None,
                    Received::default(),
                );
            }
        };
        let received = Received::read(known, values, request);
        let asked = request
            .header(FAULT)
            .map(|fault| Effect::parse(known, fault));
        let asked = match asked.transpose() {
            Ok(asked) => asked,
            Err(error) => {
                let refusal = Refusal::new(400, "invalidMockFault", error.to_string());
                return (
                    refusal.answer(known.is_legacy(), request.id),
                    Some(known),
                    received,
                );
            }
        };
        let (service, action) = (known.operation.service(), known.operation.action());
        let fault = match &asked {
            Some(_) => None,
            None => lock(&self.rules).take(service, action, true),
        };
        let mut effect = fault.or(asked);
        let mut answer = match effect.as_ref().map(|effect| &effect.outcome) {
            Some(Outcome::Refuse(refusal)) => refusal.answer(known.is_legacy(), request.id),
            Some(Outcome::Raw(answer)) => answer.clone(),
            _ => {
                if let Err(refusal) = self.checked(known, &received, request).await {
                    refusal.answer(known.is_legacy(), request.id)
                } else {
                    if effect.is_none() {
                        effect = lock(&self.rules).take(service, action, false);
                    }
                    let own = effect.as_ref().and_then(|effect| match &effect.outcome {
                        Outcome::Reply(reply) => Some(reply.to_string()),
                        _ => None,
                    });
                    self.carried_out(known, &received, own, request)
                }
            }
        };
        if let Some(effect) = effect {
            answer.cut = effect.cut;
            answer.delay = effect.delay;
        }
        (answer, Some(known), received)
    }

    async fn checked(
        &self,
        known: &Known,
        received: &Received,
        request: &Request<'_>,
    ) -> Result<(), Refusal> {
        lock(&self.tokens).check(known, request)?;
        let checked = received.check(known, request.body.len()).await;
        checked.map_err(|message| Refusal::invalid(known, &message))
    }

    fn carried_out(
        &self,
        known: &Known,
        received: &Received,
        own: Option<String>,
        request: &Request<'_>,
    ) -> Answer {
        #[cfg(feature = "stream")]
        if own.is_none() && known.operation.path() == stream::OPEN {
            return self.streams.open(&request.head, &request.body, request.id);
        }
        let body = match own {
            Some(own) => Ok(Cow::Owned(own)),
            None => self.body(known, received, request),
        };
        let status = if known.is_legacy() {
            200
        } else {
            known.usual.status
        };
        match body {
            Ok(body) => Answer::json(status, envelope::success(known, &body, request.id)),
            Err(refusal) => refusal.answer(known.is_legacy(), request.id),
        }
    }

    /// What is documented of a reply: a token, what calls have made, or the usual.
    fn body<'k>(
        &self,
        known: &'k Known,
        received: &Received,
        request: &Request<'_>,
    ) -> Result<Cow<'k, str>, Refusal> {
        if let Some(fields) = lock(&self.tokens).answer(known, received)? {
            return Ok(Cow::Owned(known.usual.with(fields).to_string()));
        }
        let host = request.header("host").unwrap_or_default();
        let call = Call {
            known,
            received,
            host,
        };
        let made = lock(&self.state).answer(&call);
        match made {
            Some(made) => Ok(Cow::Owned(made?.to_string())),
            None => Ok(known.usual.text(received)),
        }
    }

    /// Forgets rules, requests, and all that calls have made.
    pub(crate) fn reset(&self) {
        lock(&self.rules).clear();
        lock(&self.log).clear();
        *lock(&self.state) = State::default();
    }

    /// What a path is answered that no operation has.
    fn unknown(&self, request: &Request<'_>) -> Answer {
        let (method, path) = (request.head.method.as_str(), request.head.uri.path());
        let help = match self.routes.nearest(method, path) {
            Some((method, path)) => format!("; did you mean {method} {path}?"),
            None => String::new(),
        };
        let message = format!("no operation has {method} {path}{help}");
        // Paths of the current API begin with its version.
        let is_versioned = path
            .strip_prefix("/v")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if is_versioned {
            Refusal::new(404, "InvalidAction.NotFound", message).answer(false, request.id)
        } else {
            Refusal::new(200, "404", message).answer(true, request.id)
        }
    }
}

/// A panic of one task must not hide what others have to say.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
