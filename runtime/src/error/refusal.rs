//! Reads error replies.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER};
use serde_json::{Map, Value};

use super::denial::{self, Denial};
use super::{ApiError, ApiErrorParts, Attempts, Error, UnexpectedReply, classify};
use crate::endpoint::Endpoint;
use crate::envelope::{Envelope, field, flagged_code, flagged_message, is_spelling_of, text};
use crate::excerpt;
use crate::model::Json;
use crate::operation::{ErrorClass, Operation, TokenKind};
use crate::secret::Scrubber;

/// A reply, and what is known of the call that it answers.
pub(crate) struct Received<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) operation: &'static Operation,
    /// Whose token was sent, if that is known.
    pub(crate) token_kind: Option<TokenKind>,
    pub(crate) status: u16,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl Received<'_> {
    /// The request id in the headers.
    pub(crate) fn request_id(&self) -> Option<String> {
        let mut names = self.endpoint.api.request_id_headers.iter();
        names.find_map(|name| self.text_header(name))
    }

    pub(crate) fn content_type(&self) -> Option<String> {
        self.text_header(CONTENT_TYPE.as_str())
    }

    /// Whether the reply says that it is a page for people.
    pub(crate) fn has_page(&self) -> bool {
        let kind = self.headers.get(CONTENT_TYPE);
        kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    }

    /// The reason why a compressed body cannot be read. Some proxies decompress a body and still name its coding: only
    /// an unreadable body counts.
    pub(crate) fn unreadable(&self) -> Option<String> {
        let coding = self.coding()?;
        Some(format!(
            "the body is compressed with {coding}, which the client does not ask for and cannot read: have the proxy or \
             the server send it plain, or give `.http_client(..)` a reqwest client that decompresses"
        ))
    }

    fn coding(&self) -> Option<String> {
        let named = self.text_header(CONTENT_ENCODING.as_str());
        let named = named.filter(|name| !name.eq_ignore_ascii_case("identity"));
        match named {
            Some(name) if std::str::from_utf8(self.body).is_err() => Some(excerpt::shorten(&name)),
            _ if self.body.starts_with(b"\x1f\x8b") => Some("gzip".to_owned()),
            _ if self.body.starts_with(b"\x28\xb5\x2f\xfd") => Some("zstd".to_owned()),
            _ => None,
        }
    }

    fn text_header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?;
        let text = String::from_utf8_lossy(value.as_bytes());
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The error for something that is not a reply of the platform.
    pub(crate) fn unexpected(&self, reason: &str, scrubber: &Scrubber) -> Box<UnexpectedReply> {
        let text = match self.coding() {
            Some(_) => String::new(),
            None => scrubber.json_text(&excerpt::beginning(self.body)),
        };
        Box::new(UnexpectedReply {
            operation: self.operation,
            status: self.status,
            content_type: self
                .content_type()
                .map(|text| excerpt::shorten(&scrubber.text(&text))),
            request_id: self
                .request_id()
                .map(|text| excerpt::shorten(&scrubber.text(&text))),
            message: scrubber.text(reason),
            excerpt: excerpt::shorten(&text),
            wait: wait_asked(self.headers),
            attempts: Attempts::none(self.operation),
        })
    }
}

/// The error that a reply is; `None` for a reply with a status of success and no error in its body.
pub(crate) fn api_failure(
    received: &Received<'_>,
    scrubber: impl FnOnce() -> Scrubber,
) -> Option<Error> {
    let success = (200..300).contains(&received.status);
    let denial = if success {
        Some(denial::of(
            received.endpoint,
            received.operation,
            received.body,
        )?)
    } else {
        None
    };
    let scrubber = &scrubber();
    let api = received.endpoint.api;
    let Some(object) = api.envelope.read_object(received.body) else {
        return Some(no_envelope(received, scrubber));
    };
    let Some(refusal) = Refusal::read(&api.envelope, &object, denial) else {
        return Some(no_envelope(received, scrubber));
    };
    let (row, details) = match classify::matching_row(
        received.operation,
        received.status,
        &refusal.code,
        &refusal.message,
    ) {
        Some((row, details)) => (Some(row), details),
        None => (None, Vec::new()),
    };
    let class = refusal
        .class
        .or_else(|| classify::class(api.errors, row.as_ref(), received.status, &refusal.code));
    let details = details
        .into_iter()
        .map(|detail| scrubber.text(detail))
        .collect();
    let mut body = exactly(received.body).unwrap_or_else(|| object.into());
    scrubber.value(&mut body);
    let access_denied_detail = access_denied_detail(&body);
    let request_id = refusal.request_id.or_else(|| received.request_id());
    let error = ApiError::from(ApiErrorParts {
        operation: received.operation,
        token_kind: received.token_kind,
        variant: row.map(|row| row.variant),
        status: received.status,
        code: scrubber.text(&refusal.code),
        message: scrubber.text(&refusal.message),
        request_id: request_id.map(|id| scrubber.text(&id)),
        required_scopes: access_denied_detail
            .as_ref()
            .map(scopes)
            .unwrap_or_default(),
        access_denied_detail,
        class,
        details,
        wait: refusal.wait.or_else(|| wait_asked(received.headers)),
        body,
        attempts: Attempts::none(received.operation),
    });
    // The operation's own row says more than a family does.
    let family = class.filter(|_| row.is_none());
    Some(match family {
        Some(ErrorClass::TokenRejected | ErrorClass::Credentials) => Error::Authentication(error),
        Some(ErrorClass::Permission) => Error::Permission(error),
        Some(ErrorClass::Throttled | ErrorClass::ThrottledMinute) => Error::Throttled(error),
        Some(ErrorClass::Quota) => Error::Quota(error),
        _ => Error::Api(error),
    })
}

fn no_envelope(received: &Received<'_>, scrubber: &Scrubber) -> Error {
    let reason = match received.status {
        300..400 => {
            let target = received.text_header(LOCATION.as_str());
            let target = target
                .as_deref()
                .map_or("an unnamed location", without_query);
            format!("a redirect to {target}, which is not followed")
        }
        _ if received.body.is_empty() => "an error without a body".to_owned(),
        _ => received
            .unreadable()
            .unwrap_or_else(|| "an error that is not in the platform's format".to_owned()),
    };
    Error::UnexpectedReply(received.unexpected(&reason, scrubber))
}

fn without_query(target: &str) -> &str {
    target.split(['?', '#']).next().unwrap_or("")
}

/// What an error's body says.
struct Refusal {
    code: String,
    message: String,
    request_id: Option<String>,
    class: Option<ErrorClass>,
    wait: Option<Duration>,
}

impl Refusal {
    /// Reads an error's body; `None` if it says nothing. `denial` is how a body that came with a status of success
    /// says that it is one.
    fn read(
        envelope: &Envelope,
        object: &Map<String, Value>,
        denial: Option<Denial>,
    ) -> Option<Self> {
        let blocked = denial == Some(Denial::Blocked)
            || field(object, &["punish"]).is_some() && object.contains_key("status");
        let whole = object;
        let (object, flag) = match denial {
            Some(Denial::Flag(flag)) => (whole, Some(flag.to_owned())),
            Some(Denial::Inner(outer, flag)) => {
                let inner = whole.get(outer).and_then(Value::as_object);
                (inner.unwrap_or(whole), Some(format!("{outer}.{flag}")))
            }
            _ => (whole, None),
        };
        let (code, message) = if blocked {
            let status = field(object, &["status"]).and_then(text);
            (status, envelope.message_of(object))
        } else if flag.is_some() {
            (flagged_code(object), flagged_message(object))
        } else {
            (envelope.code_of(object), envelope.message_of(object))
        };
        if code.is_none() && message.is_none() && flag.is_none() {
            return None;
        }
        let wait = field(object, &["wait"])
            .and_then(Value::as_u64)
            .map(Duration::from_secs);
        Some(Self {
            message: match (message, flag) {
                (Some(message), _) => message,
                (None, Some(flag)) if code.is_none() => {
                    format!("the reply says `{flag}: false`, and nothing more")
                }
                (None, _) if blocked => "this address is blocked for a while".to_owned(),
                (None, _) => String::new(),
            },
            code: code.unwrap_or_default(),
            request_id: field(whole, envelope.request_id).and_then(text),
            class: blocked.then_some(ErrorClass::Throttled),
            wait: wait.filter(|_| blocked),
        })
    }
}

/// The body with its digits and the order of its keys; `None` if it is not valid JSON.
fn exactly(body: &[u8]) -> Option<Json> {
    let body: Json = String::from_utf8_lossy(body).parse().ok()?;
    body.as_object().is_some().then_some(body)
}

fn access_denied_detail(body: &Json) -> Option<Json> {
    let mut fields = body.as_object()?.iter();
    let detail =
        fields.find(|(key, value)| is_spelling_of(key, "accessdenieddetail") && !value.is_null());
    detail.map(|(_, detail)| detail.clone())
}

fn scopes(detail: &Json) -> Vec<String> {
    let detail = Value::from(detail.clone());
    let scopes = detail
        .as_object()
        .and_then(|detail| field(detail, &["requiredscopes"]));
    match scopes {
        Some(Value::Array(scopes)) => scopes.iter().filter_map(text).collect(),
        Some(scope) => text(scope).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The wait that the header asks for, in seconds or up to a date.
pub(crate) fn wait_asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let value = text(RETRY_AFTER)?;
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(value).ok()?;
    // Clocks differ: the server's own says what its date means.
    let now = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    let wait = until.duration_since(now.unwrap_or_else(SystemTime::now));
    Some(wait.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::wait_asked;

    fn wait(headers: &[(&'static str, &str)]) -> Option<Duration> {
        let headers = headers.iter().map(|(name, value)| {
            let value = HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""));
            (HeaderName::from_static(name), value)
        });
        wait_asked(&headers.collect::<HeaderMap>())
    }

    #[test]
    fn a_wait_is_seconds_or_a_date_by_the_servers_own_clock() {
        let date = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");
        let later = ("retry-after", "Wed, 21 Oct 2015 07:28:07 GMT");
        let earlier = ("retry-after", "Wed, 21 Oct 2015 07:27:00 GMT");
        assert_eq!(
            wait(&[("retry-after", " 7 ")]),
            Some(Duration::from_secs(7))
        );
        assert_eq!(wait(&[date, later]), Some(Duration::from_secs(7)));
        assert_eq!(wait(&[date, earlier]), Some(Duration::ZERO));
        assert_eq!(wait(&[later]), Some(Duration::ZERO), "long ago");
        let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(30));
        let waited = wait(&[("retry-after", &soon)]).unwrap_or_default();
        assert!((25..=30).contains(&waited.as_secs()), "{waited:?}");
        for nonsense in ["", "-1", "1.5", "soon", "99999999999999999999999"] {
            assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
        }
        assert_eq!(wait(&[]), None);
    }
}
