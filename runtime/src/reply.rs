//! Replies.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::error::Attempts;
use crate::model::{self, Element, Misfit, Slot, View};
use crate::operation::{Api, Operation};
use crate::secret::Secret;

/// A reply with a status of success and no error in its body, before it is read.
pub(crate) struct RawReply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The part of the body that is documented.
    pub(crate) result: Bytes,
    pub(crate) attempts: Attempts,
    /// The token it was got with: no error may show it.
    pub(crate) token: Option<HeaderValue>,
    /// What else no error may show: what it was signed with.
    pub(crate) secrets: Vec<Secret>,
}

/// A reply: the documented body, with status, headers and request id.
pub struct Reply<R> {
    status: u16,
    headers: HeaderMap,
    attempts: u32,
    api: &'static Api,
    operation: &'static Operation,
    /// The request's id, where the body has it.
    request_id: Option<String>,
    json: Bytes,
    misfits: Vec<Misfit>,
    body: R,
}

impl<R> Reply<R> {
    pub(crate) fn new(
        operation: &'static Operation,
        api: &'static Api,
        raw: RawReply,
        misfits: Vec<Misfit>,
        body: R,
    ) -> Self {
        Self {
            api,
            operation,
            request_id: api.envelope.request_id_in(&raw.body),
            json: raw.result,
            status: raw.status,
            headers: raw.headers,
            attempts: raw.attempts.made,
            misfits,
            body,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The id under which the platform's support finds the request, if the reply names it.
    pub fn request_id(&self) -> Option<&str> {
        let mut names = self.api.request_id_headers.iter();
        let found = names.find_map(|name| self.headers.get(*name)?.to_str().ok());
        found.or(self.request_id.as_deref())
    }

    /// How often the call was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The values that were left out of the body because they do not have their documented type; at most a hundred.
    ///
    /// A call by name leaves nothing out.
    pub fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// The documented body.
    pub fn body(&self) -> &R {
        &self.body
    }

    /// The undocumented keys of the reply, with their paths, for example `result[].mood`. A call by name (`call_json`)
    /// returns their values.
    ///
    /// A reply without any documented key is an error instead.
    pub fn unknown_keys(&self) -> Vec<String> {
        self.operation.unknown_keys(&self.api.envelope, &self.json)
    }

    /// The body alone.
    pub fn into_body(self) -> R {
        self.body
    }
}

/// The headers' values are not shown: they may be secrets.
impl<R: fmt::Debug> fmt::Debug for Reply<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers.keys())
            .field("request_id", &self.request_id())
            .field("misfits", &self.misfits)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A type that a reply's body can have: any type of a field, or `()` for an operation without a reply.
pub trait ReplyBody: Sized + 'static {
    /// Reads the body's JSON, and says what in it had to be left out.
    #[doc(hidden)]
    fn decode(json: &[u8]) -> Result<(Self, Vec<Misfit>), serde_json::Error>;

    /// What was read.
    #[doc(hidden)]
    fn view(&self) -> View<'_>;

    /// The same, to be changed.
    #[doc(hidden)]
    fn slot(&mut self) -> Slot<'_>;
}

#[doc(hidden)]
impl<T: Element> ReplyBody for T {
    fn decode(json: &[u8]) -> Result<(Self, Vec<Misfit>), serde_json::Error> {
        model::from_reply(json)
    }

    fn view(&self) -> View<'_> {
        self.as_view()
    }

    fn slot(&mut self) -> Slot<'_> {
        self.as_slot()
    }
}

impl ReplyBody for () {
    fn decode(_: &[u8]) -> Result<(Self, Vec<Misfit>), serde_json::Error> {
        Ok(((), Vec::new()))
    }

    fn view(&self) -> View<'_> {
        View::Unset
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Nothing
    }
}
