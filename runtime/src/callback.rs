//! Events over HTTP: the platform posts them, encrypted and signed, to the user's server.

mod application;
mod error;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Request, Response};
use reqwest::Url;

use self::application::Application;
pub use self::error::CallbackError;
use crate::build_error::BuildError;
use crate::clock::since_1970;
use crate::event::{FromEvent, RawEvent};
use crate::model::Json;

/// The default maximum difference between a request's time and this machine's.
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// The events with which the platform tests an address. They are answered like all others.
const CHECKS: [&str; 3] = [
    "check_url",
    "check_create_suite_url",
    "check_update_suite_url",
];

/// Receives events over HTTP callbacks: verifies, decrypts and decodes what the platform posts, and makes the answer.
///
/// It uses the types of the crate `http`, so it works with any server. Respond within about a second: handle events in
/// a separate task, or store them first. An event may be delivered more than once, with the same
/// [id](crate::EventHeader::event_id).
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{Bytes, HttpCallback, RawEvent, http};
///
/// # fn example(aes_key: &str) -> Result<(), Box<dyn std::error::Error>> {
/// // The token and the key are set together with the address; the owner is the application's key.
/// let callback = HttpCallback::new("token", aes_key, "dingxxxx")?;
///
/// // In a handler of the server:
/// let serve = |request: http::Request<Bytes>| -> http::Response<Bytes> {
///     match callback.receive(&request) {
///         Ok(delivery) => {
///             for event in delivery.events::<RawEvent>() {
///                 println!("{:?}", event.header.event_type);
///             }
///             delivery.response()
///         }
///         Err(error) => error.response(),
///     }
/// };
/// # Ok(())
/// # }
/// ```
pub struct HttpCallback {
    applications: Vec<Application>,
    window: Duration,
}

impl HttpCallback {
    /// A receiver for one application: the token and the AES key that were set together with the address, and the
    /// owner, which is the application's key, the suite's key, or, for events that an organization subscribed to by a
    /// call, its corp id.
    ///
    /// # Errors
    /// If an argument is empty or has white space around it, or the key is not 43 characters of base 64.
    pub fn new(
        token: impl Into<String>,
        aes_key: &str,
        owner: impl Into<String>,
    ) -> Result<Self, BuildError> {
        Ok(Self {
            applications: vec![Application::new(
                "HttpCallback::new",
                token.into(),
                aes_key,
                owner.into(),
            )?],
            window: WINDOW,
        })
    }

    /// Receives for another application too, at the same address.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn application(
        mut self,
        token: impl Into<String>,
        aes_key: &str,
        owner: impl Into<String>,
    ) -> Result<Self, BuildError> {
        let application = Application::new(
            "HttpCallback::application",
            token.into(),
            aes_key,
            owner.into(),
        )?;
        self.applications.push(application);
        Ok(self)
    }

    /// The maximum difference between a request's time and this machine's; default: 5 minutes. An older request may have
    /// been recorded and sent again.
    pub fn window(mut self, window: Duration) -> Self {
        self.window = window;
        self
    }

    /// Verifies and decrypts a request: its query and its whole body.
    ///
    /// # Errors
    /// If the request does not come from the platform, is too old, or is for another application. Answer with
    /// [`CallbackError::response`].
    pub fn receive(&self, request: &Request<impl AsRef<[u8]>>) -> Result<Delivery, CallbackError> {
        let signed = Signed::read(request)?;
        let age = signed
            .age()
            .ok_or(CallbackError::Request("the timestamp is not a number"))?;
        let mut failure = CallbackError::Signature;
        for application in &self.applications {
            if !application.has_signed(&signed) {
                continue;
            }
            if age > self.window {
                let window = self.window;
                return Err(CallbackError::Expired { age, window });
            }
            // Applications may share a token.
            match application.decrypt(&signed.encrypted) {
                Ok(text) => return Delivery::new(application, &text),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

/// Shows neither tokens nor keys.
impl fmt::Debug for HttpCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let owners = self.applications.iter().map(Application::owner);
        f.debug_struct("HttpCallback")
            .field("owners", &owners.collect::<Vec<_>>())
            .field("window", &self.window)
            .finish_non_exhaustive()
    }
}

/// The parts of a request that are signed, and the signature.
struct Signed {
    signature: String,
    timestamp: String,
    nonce: String,
    encrypted: String,
}

impl Signed {
    fn read(request: &Request<impl AsRef<[u8]>>) -> Result<Self, CallbackError> {
        let query = request.uri().query().unwrap_or_default();
        let url = Url::parse(&format!("http://query/?{query}"));
        let url = url.map_err(|_| CallbackError::Request("the query cannot be read"))?;
        let value = |names: &[&str], missing| {
            let mut pairs = url.query_pairs();
            let found = pairs.find(|(name, _)| names.contains(&&**name));
            let found = found.ok_or(CallbackError::Request(missing))?;
            Ok(found.1.into_owned())
        };
        let body = serde_json::from_slice::<Json>(request.body().as_ref());
        let encrypted = body
            .ok()
            .and_then(|body| body.get("encrypt")?.as_str().map(str::to_owned));
        Ok(Self {
            signature: value(
                &["msg_signature", "signature"],
                "the query has no signature",
            )?,
            timestamp: value(&["timestamp"], "the query has no timestamp")?,
            nonce: value(&["nonce"], "the query has no nonce")?,
            encrypted: encrypted.ok_or(CallbackError::Request("the body has no text `encrypt`"))?,
        })
    }

    /// The difference between its time and now. The time is in milliseconds, or in seconds in older examples.
    fn age(&self) -> Option<Duration> {
        let number: u64 = self.timestamp.parse().ok()?;
        let sent = match number {
            0..100_000_000_000 => Duration::from_secs(number),
            _ => Duration::from_millis(number),
        };
        Some(sent.abs_diff(since_1970()))
    }
}

/// What one request delivers, and the answer to it. `Debug` shows only the owner.
#[must_use = "the platform delivers it again unless it is answered"]
pub struct Delivery {
    owner: String,
    body: Json,
    answer: Bytes,
}

impl Delivery {
    fn new(application: &Application, text: &str) -> Result<Self, CallbackError> {
        Ok(Self {
            owner: application.owner().to_owned(),
            body: text.parse().map_err(|_| CallbackError::Json)?,
            answer: Bytes::from(application.answer(&since_1970().as_millis().to_string())?),
        })
    }

    /// The events: one, or all that the request lists. None if the platform is only testing the address.
    pub fn events<E: FromEvent>(&self) -> Vec<E> {
        let mut events = RawEvent::from_http(self.body.clone());
        events.retain(|event| {
            let name = event.header.event_type.as_deref();
            !name.is_some_and(|name| CHECKS.contains(&name))
        });
        events.into_iter().map(E::from_event).collect()
    }

    /// The decrypted body.
    pub fn body(&self) -> &Json {
        &self.body
    }

    /// The owner of the application that it is for, as given to [`HttpCallback::new`].
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The answer that confirms the delivery to the platform: `success`, encrypted and signed.
    pub fn response(&self) -> Response<Bytes> {
        json_response(self.answer.clone())
    }
}

/// Shows neither the body, which may hold secrets, nor the answer, which is signed.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("owner", &self.owner)
            .finish_non_exhaustive()
    }
}

fn json_response(body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
