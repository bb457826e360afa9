//! Whether a reply with a success status reports a failure.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde_json::{Map, Value};

use crate::endpoint::Endpoint;
use crate::envelope::{Envelope, field, is_false, is_spelling_of, text};
use crate::model::{FieldInfo, FieldType, TypeOf};
use crate::operation::{Operation, ReplyKind};

static NO: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("false"));

/// How a reply with a success status reports a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    /// This address is blocked.
    Blocked,
    /// By a code.
    Code,
    /// By `false` in this field.
    Flag(&'static str),
    /// By `false` in the second field, which is in the object of the first.
    Inner(&'static str, &'static str),
}

/// How a reply with a success status reports a failure; `None` if it does not.
///
/// Looking for the words that it takes costs a fraction of parsing, and most bodies do without them. Where they are
/// found, the top of the body is read and no more.
pub(super) fn of(
    endpoint: &Endpoint,
    operation: &'static Operation,
    body: &[u8],
) -> Option<Denial> {
    let (suspicious, no) = (endpoint.telltales.are_in(body), NO.find(body).is_some());
    if !suspicious && !no {
        return None;
    }
    let envelope = &endpoint.api.envelope;
    let reply = Documented::of(operation, envelope);
    let inner = if no { reply.inner_flag() } else { None };
    let flags = reply.flag().into_iter().chain(inner.map(|(_, flag)| flag));
    let flags = flags.chain(envelope.flag.iter().copied());
    if !suspicious && !denies(body, flags) {
        return None;
    }
    let top = envelope.top_level(body)?;
    if field(&top, &["punish"]).is_some() && top.contains_key("status") {
        return Some(Denial::Blocked);
    }
    let failed = |name: &&str| {
        let code = field(&top, &[*name]).and_then(text);
        code.is_some_and(|code| !envelope.means_success(&code))
    };
    if envelope.certain.iter().any(failed) {
        return Some(Denial::Code);
    }
    if let Some(flag) = reply.flag()
        && top.get(flag).is_some_and(is_false)
    {
        return Some(Denial::Flag(flag));
    }
    if let Some((outer, flag)) = inner
        && envelope
            .read_object(body)
            .as_ref()
            .and_then(|object| object.get(outer)?.get(flag))
            .is_some_and(is_false)
    {
        return Some(Denial::Inner(outer, flag));
    }
    if envelope.every_reply {
        let denied = |name: &&&str| field(&top, &[**name]).is_some_and(is_false);
        return envelope
            .flag
            .iter()
            .find(denied)
            .map(|flag| Denial::Flag(flag));
    }
    let success = field(&top, &["success"]);
    if success.is_some_and(is_false) && reply.explains_failure(&top) {
        return Some(Denial::Flag("success"));
    }
    (success.is_none() && reply.is_replaced(&top)).then_some(Denial::Code)
}

/// What the operation is documented to reply.
struct Documented<'a> {
    envelope: &'a Envelope,
    kind: Option<FieldType>,
    fields: &'static [FieldInfo],
    /// Any keys may come: free JSON, a map, or what no model describes.
    open: bool,
}

impl<'a> Documented<'a> {
    fn of(operation: &'static Operation, envelope: &'a Envelope) -> Self {
        let kind = operation.reply_type.map(TypeOf::get);
        let fields: &[_] = match kind {
            Some(FieldType::Object(object)) => object.info().fields(),
            _ => &[],
        };
        let nothing = operation.reply == ReplyKind::Nothing;
        Self {
            envelope,
            kind,
            fields,
            open: !(nothing || matches!(kind, Some(FieldType::Object(_)))),
        }
    }

    /// The field that says whether the call worked.
    fn flag(&self) -> Option<&'static str> {
        flag(self.fields)
    }

    /// The field that says so in an object of the reply, after that object's field.
    fn inner_flag(&self) -> Option<(&'static str, &'static str)> {
        let fields = self.kind.map_or_else(Vec::new, FieldType::fields);
        let mut flags = fields.into_iter().filter_map(|(outer, kind)| {
            let FieldType::Object(object) = kind else {
                return None;
            };
            let flag = flag(object.info().fields())?;
            Some((outer.name(), flag))
        });
        flags.next()
    }

    /// Whether the reply is documented to have a field of this name, which has small letters alone.
    fn has(&self, name: &str) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| is_spelling_of(field.name(), name))
    }

    /// Whether a code or a message accompanies `success: false`. If `success` is a documented answer, they may be, too.
    fn explains_failure(&self, top: &Map<String, Value>) -> bool {
        let answer = self.has("success");
        let says = |name: &&str| {
            let said = field(top, &[*name]).and_then(text);
            said.is_some_and(|said| !self.envelope.means_success(&said))
                && !(answer && self.has(name))
        };
        let Envelope { code, message, .. } = self.envelope;
        code.iter().chain(*message).any(says)
    }

    /// Whether an error came instead of what is documented: a code, and a message or nothing but an envelope.
    ///
    /// A reply of free keys may have these as data; so there, both must be there and nothing else.
    fn is_replaced(&self, top: &Map<String, Value>) -> bool {
        let foreign =
            |name: &&str| !self.has(name) && field(top, &[*name]).and_then(text).is_some();
        let failed = |name: &&str| {
            let said = field(top, &[*name]).and_then(text);
            foreign(name) && said.is_some_and(|said| !self.envelope.means_success(&said))
        };
        if !self.envelope.code.iter().any(failed) {
            return false;
        }
        let mut messages = self.envelope.message.iter();
        let message = messages.any(|name| !self.envelope.uncertain.contains(name) && foreign(name));
        let bare = top.keys().all(|key| self.envelope.has(key));
        if self.open {
            message && bare
        } else {
            message || bare
        }
    }
}

fn flag(fields: &'static [FieldInfo]) -> Option<&'static str> {
    let flag = fields.iter().find(|field| field.is_success_flag());
    flag.map(FieldInfo::name)
}

/// Whether any success flag in the body is `false`.
fn denies<'a>(body: &[u8], flags: impl Iterator<Item = &'a str> + Clone) -> bool {
    let names = ["success"].into_iter().chain(flags);
    NO.find_iter(body).any(|at| {
        let before = body.get(..at).unwrap_or_default();
        let before = before
            .strip_suffix(b"\"")
            .unwrap_or(before)
            .trim_ascii_end();
        let Some(key) = before.strip_suffix(b":") else {
            return false;
        };
        let key = key.trim_ascii_end().strip_suffix(b"\"").unwrap_or_default();
        names.clone().any(|name| {
            let end = key
                .len()
                .checked_sub(name.len())
                .and_then(|at| key.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        })
    })
}
