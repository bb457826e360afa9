//! Requests as they are sent.

mod inspect;
mod multipart;

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::header::HeaderName;
use reqwest::Url;
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};

use self::inspect::Inspection;
pub(crate) use self::multipart::{Multipart, is_spent, open_file};
use crate::base_url::BaseUrl;
use crate::endpoint::Endpoint;
use crate::error::InvalidArgument;
use crate::headers::header_value;
use crate::json::{JsonFields, JsonRequest};
use crate::model::encode::flattened;
use crate::model::{
    self, Encoding, FieldInfo, FieldType, Location, Model, ModelInfo, TypeOf, View, joined,
    of_field,
};
use crate::operation::{Body, Operation};
use crate::secret::Secret;
use crate::{path, query};

type Result<T> = std::result::Result<T, Box<InvalidArgument>>;

/// An encoded request, without the token and the options of the call.
pub(crate) struct Encoded {
    pub(crate) endpoint: Arc<Endpoint>,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
    secrets: Vec<Secret>,
    /// Whether the request has an idempotency key.
    pub(crate) keyed: bool,
    secret_reply_fields: Vec<&'static str>,
}

/// What is sent as the body.
pub(crate) enum Payload {
    /// Bytes, which each attempt shares.
    Bytes(Bytes),
    /// A form with files, which each attempt opens anew.
    Multipart(Box<Multipart>),
}

impl<T: Into<Bytes>> From<T> for Payload {
    fn from(bytes: T) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// Where a request's values come from: a generated model, or JSON that came at run time.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    Model(&'a dyn Model),
    Json(&'a JsonFields),
}

impl<'a> Source<'a> {
    fn info(self) -> &'static ModelInfo {
        match self {
            Self::Model(model) => model.info(),
            Self::Json(fields) => fields.info(),
        }
    }

    fn view(self, index: usize) -> View<'a> {
        match self {
            Self::Model(model) => model.get(index).view(),
            Self::Json(fields) => fields.view(index),
        }
    }

    /// The texts that errors must mask; values beyond their limits are a mistake.
    fn secrets(self, operation: &'static Operation) -> Result<Vec<Secret>> {
        match self {
            Self::Model(model) => {
                let found = Inspection::of(model);
                if found.mistakes.is_empty() {
                    Ok(found.secrets)
                } else {
                    Err(InvalidArgument::all(operation, found.mistakes))
                }
            }
            // These were checked when they were sorted into fields.
            Self::Json(fields) => Ok(fields.secrets().to_vec()),
        }
    }
}

impl Encoded {
    /// Encodes a request; the error names the argument that cannot be sent.
    pub(crate) fn new(
        endpoint: &Arc<Endpoint>,
        operation: &'static Operation,
        path_values: &[String],
        source: Option<Source<'_>>,
    ) -> Result<Self> {
        let base = endpoint.base.as_ref().ok_or_else(|| {
            let api = endpoint.api.name;
            let reason = format!(
                "is not set for the API `{api}`: build the client with `.base_url_of({api:?}, ..)`, or with `.server(..)` \
                 for all APIs without one"
            );
            InvalidArgument::new(operation, "base_url", reason)
        })?;
        let fields = Fields { operation, source };
        let mut path = String::with_capacity(128);
        path.push_str(base.prefix());
        let params = || operation.path_params.iter().zip(path_values);
        let value = |name: &str| {
            let mut found = params().filter(|(param, _)| param.0.name() == name);
            found.next().map(|(_, value)| value.as_str())
        };
        path::fill(&mut path, operation.path, value)
            .map_err(|bad| InvalidArgument::new(operation, bad.parameter, bad.reason))?;
        let secrets = source.map(|source| source.secrets(operation));
        let mut secrets = secrets.transpose()?.unwrap_or_default();
        let secret = params().filter(|(param, _)| param.0.is_secret());
        secrets.extend(secret.map(|(_, value)| Secret(value.clone())));
        let body = fields.body()?;
        if let (Some(most), Some(Payload::Bytes(body))) = (operation.max_bytes(), &body)
            && body.len() as u64 > u64::from(most)
        {
            let reason = format!("must have at most {most} bytes, found {}", body.len());
            return Err(InvalidArgument::new(operation, "body", reason));
        }
        Ok(Self {
            endpoint: Arc::clone(endpoint),
            url: url(operation, base, &path, &fields.pairs(Location::Query))?,
            headers: fields.headers()?,
            body,
            secrets,
            keyed: fields.are_keyed(),
            secret_reply_fields: Vec::new(),
        })
    }

    /// A request with this body.
    pub(crate) fn json(
        endpoint: &Arc<Endpoint>,
        operation: &'static Operation,
        path_values: &[String],
        body: &serde_json::Value,
    ) -> Result<Self> {
        let mut encoded = Self::new(endpoint, operation, path_values, None)?;
        encoded.body = Some(body.to_string().into());
        Ok(encoded)
    }

    pub(crate) fn add_secret(&mut self, text: &str) {
        self.secrets.push(Secret(text.to_owned()));
    }

    /// Masks this field of the reply in errors, besides those that the operation's models mark.
    pub(crate) fn add_secret_reply_field(&mut self, name: &'static str) {
        self.secret_reply_fields.push(name);
    }

    pub(crate) fn secret_reply_fields(&self) -> &[&'static str] {
        &self.secret_reply_fields
    }

    /// Whether it cannot be sent again, because a file's reader has been read from.
    pub(crate) fn is_spent(&self) -> bool {
        matches!(&self.body, Some(Payload::Multipart(form)) if form.is_spent())
    }

    /// The texts that errors must mask.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        self.secrets.iter().map(|secret| secret.0.as_str())
    }
}

impl JsonRequest {
    /// Checks values that a server received as a call checks them before it sends them.
    ///
    /// # Errors
    /// What [`call_json`](crate::Client::call_json) would fail with.
    #[doc(hidden)]
    pub async fn check(self, operation: &'static Operation) -> Result<()> {
        let (_, fields) = self.received().resolve(operation)?;
        if operation.body != Body::Multipart {
            return Ok(());
        }
        let source = Some(Source::Json(&fields));
        let form = Fields { operation, source }.multipart();
        let opened = form.open().await;
        opened.map_or_else(
            |mistakes| Err(InvalidArgument::all(operation, mistakes)),
            |_| Ok(()),
        )
    }
}

/// The longest address that HTTP libraries take.
pub(crate) const LONGEST: usize = u16::MAX as usize - 1;

fn url(operation: &'static Operation, base: &BaseUrl, path: &str, query: &str) -> Result<Url> {
    let url = base.with(path, query);
    let length = url.as_str().len();
    if length > LONGEST {
        let reason = format!("is too long with its query: {length} bytes, of at most {LONGEST}");
        return Err(InvalidArgument::new(operation, operation.path, reason));
    }
    Ok(url)
}

/// The fields of a request.
#[derive(Clone, Copy)]
struct Fields<'a> {
    operation: &'static Operation,
    source: Option<Source<'a>>,
}

impl<'a> Fields<'a> {
    fn all(self) -> impl Iterator<Item = (&'static FieldInfo, View<'a>)> {
        self.source.into_iter().flat_map(|source| {
            let fields = source.info().fields().iter().enumerate();
            fields.map(move |(index, info)| (info, source.view(index)))
        })
    }

    /// The fields at a place that have a value.
    fn set(self, location: Location) -> impl Iterator<Item = (&'static FieldInfo, View<'a>)> {
        self.all()
            .filter(move |(info, view)| info.location() == location && !matches!(view, View::Unset))
    }

    /// The fields at a place as a query or a form writes them.
    fn pairs(self, location: Location) -> String {
        let mut pairs = String::new();
        for (info, view) in self.set(location) {
            query::push(&mut pairs, info, &view);
        }
        pairs
    }

    fn headers(self) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        for (info, view) in self.set(Location::Header) {
            let invalid = |reason: &str| InvalidArgument::new(self.operation, info.name(), reason);
            let name = HeaderName::from_bytes(info.name().as_bytes())
                .map_err(|_| invalid("is not a valid header name"))?;
            let mut value = header_value(&query::text(&view)).map_err(invalid)?;
            value.set_sensitive(info.is_secret());
            headers.insert(name, value);
        }
        Ok(headers)
    }

    fn body(self) -> Result<Option<Payload>> {
        let encoded = match self.operation.body {
            Body::None => return Ok(None),
            Body::Form => return Ok(Some(self.pairs(Location::Body).into())),
            Body::Multipart => {
                let form = Box::new(self.multipart());
                return Ok(Some(Payload::Multipart(form)));
            }
            Body::Fields => match self.source {
                Some(Source::Model(model)) => model::body(model),
                _ => serde_json::to_vec(&self),
            },
            Body::Bare => match self.set(Location::Body).next() {
                None => return Ok(None),
                Some((_, view)) => model::to_vec(view),
            },
        };
        let encoded = encoded.map_err(|error| {
            InvalidArgument::new(
                self.operation,
                "body",
                format!("cannot be encoded: {error}"),
            )
        })?;
        Ok(Some(encoded.into()))
    }

    fn multipart(self) -> Multipart {
        let limits = self.operation.request.map(TypeOf::get);
        let limits = limits.map_or(&[][..], FieldType::limits);
        let checked = !matches!(self.source, Some(Source::Json(fields)) if fields.are_unchecked());
        let mut form = Multipart::new();
        for (index, (info, view)) in self.all().enumerate() {
            match view {
                View::Unset => {}
                _ if info.location() != Location::Body => {}
                View::File(file) => {
                    let limits = of_field(limits, index).filter(|_| checked);
                    let limits =
                        limits.filter_map(|limit| limit.applicable(|name| self.text(name)));
                    form.add_file(info.name(), file.clone(), limits.collect());
                }
                view => form.add_text(info.name(), query::field_text(info, &view).into_owned()),
            }
        }
        form
    }

    /// The text of a field of the body.
    fn text(self, name: &str) -> Option<String> {
        let mut fields = self.set(Location::Body);
        let (info, view) = fields.find(|(info, _)| info.name() == name)?;
        Some(query::field_text(info, &view).into_owned())
    }

    /// Whether one of them is an idempotency key.
    fn are_keyed(self) -> bool {
        self.all().any(|(info, view)| {
            info.is_idempotency_key()
                && !matches!(view, View::Unset)
                && !query::text(&view).is_empty()
        })
    }
}

/// The body's fields as one object.
impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (info, view) in self.set(Location::Body) {
            match info.encoding() {
                _ if info.is_flattened() => flattened::<S>(view, &mut object)?,
                Encoding::Comma => {
                    let joined = joined(view).map_err(S::Error::custom)?;
                    object.serialize_entry(info.name(), &joined)?;
                }
                _ => object.serialize_entry(info.name(), &view)?,
            }
        }
        object.end()
    }
}
