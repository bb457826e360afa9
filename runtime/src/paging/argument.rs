//! The argument that selects the page, in a request that is already encoded.

use percent_encoding::percent_decode_str;
use reqwest::Url;

use crate::error::{InvalidArgument, PageLimit};
use crate::model::{FieldInfo, FieldType, Json, JsonObject, Location, ValueLimit, of_field};
use crate::operation::{Body, FieldPath, Operation, Paging, PagingStyle};
use crate::path::push_encoded;
use crate::request::{Encoded, LONGEST, Payload};

type Result<T> = std::result::Result<T, Box<InvalidArgument>>;

/// A field of the request: in the query, in a body of fields, or inside objects of such a body.
#[derive(Clone, Copy)]
pub(super) struct Argument {
    operation: &'static Operation,
    /// Where it is; one name at least.
    path: FieldPath,
    location: Location,
    info: &'static FieldInfo,
    number: bool,
    /// Its documented maximum.
    max: Option<f64>,
}

/// What the spec says of the operation's pages.
pub(super) fn paging(operation: &'static Operation) -> Result<&'static Paging> {
    operation.paging.ok_or_else(|| {
        let reason = "are unknown: the spec does not say how to page this operation";
        InvalidArgument::new(operation, "pages", reason)
    })
}

/// The argument that says which page is wanted.
pub(super) fn of(operation: &'static Operation) -> Result<Argument> {
    let path = paging(operation)?.cursor;
    Argument::find(operation, path).ok_or_else(|| {
        let reason = "is not in the query or the body of the operation";
        InvalidArgument::new(operation, path.join("."), reason)
    })
}

impl Argument {
    pub(super) fn find(operation: &'static Operation, path: FieldPath) -> Option<Self> {
        let (first, inner) = path.split_first()?;
        let (mut info, mut kind, mut max) = field(operation.request?.get(), |info| {
            info.name() == *first
                && match info.location() {
                    Location::Query => inner.is_empty(),
                    Location::Body => operation.body == Body::Fields,
                    Location::Path | Location::Header => false,
                }
        })?;
        let location = info.location();
        for name in inner {
            (info, kind, max) = field(kind, |info| info.name() == *name)?;
        }
        Some(Self {
            operation,
            path,
            location,
            info,
            number: matches!(
                kind,
                FieldType::Integer | FieldType::Number | FieldType::IntegerEnum(_)
            ),
            max,
        })
    }

    /// The size of a page, if the request says one. Where a number of items is skipped, the platform may take that for
    /// nothing without a size: it is set to its maximum.
    pub(super) fn size(self, request: &mut Encoded, style: PagingStyle) -> Result<Option<u64>> {
        let given = self.read(request);
        let size = given.as_deref().and_then(|text| text.parse().ok());
        match (style, size, self.max) {
            (PagingStyle::Offset, None | Some(0), _) if given.is_some() => {
                Err(self.invalid("must be a number of items, at least 1"))
            }
            (PagingStyle::Offset, None, Some(max)) => {
                self.write(request, &max.to_string())?;
                self.size(request, style)
            }
            (PagingStyle::Offset, None, None) => Err(self.invalid(
                "must be set: the pages begin one size apart, and the spec knows no maximum to take instead",
            )),
            (_, size, _) => Ok(size),
        }
    }

    /// The value as text; `None` if there is none.
    pub(super) fn read(self, request: &Encoded) -> Option<String> {
        if self.location == Location::Query {
            let name = self.encoded_name();
            return pairs(&request.url)
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned());
        }
        let body = Json::Object(self.body(request).ok()?);
        let value = self
            .path
            .iter()
            .try_fold(&body, |object, name| object.get(name))?;
        match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Gives the argument another value.
    pub(super) fn write(self, request: &mut Encoded, value: &str) -> Result<()> {
        let json = if self.number {
            let number = value.parse().ok();
            number
                .filter(|json: &Json| json.as_number().is_some())
                .ok_or_else(|| self.invalid("must be a number, but the page's token is not one"))?
        } else {
            Json::String(value.to_owned())
        };
        if self.location == Location::Query {
            self.set_pair(&mut request.url, value)?;
        } else {
            let mut body = self.body(request)?;
            self.put(&mut body, json)?;
            request.body = Some(Json::Object(body).to_string().into());
        }
        if self.info.is_secret() {
            request.add_secret(value);
        }
        Ok(())
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it is only ever used boxed")]
    pub(super) fn invalid(self, reason: impl Into<String>) -> Box<InvalidArgument> {
        InvalidArgument::new(self.operation, self.path.join("."), reason)
    }

    /// The error for pages that were to end before this one.
    pub(super) fn limit(self, next: &str) -> PageLimit {
        PageLimit::new(self.operation, next, self.info.is_secret())
    }

    /// Sets the value, and creates missing objects on its path.
    fn put(self, body: &mut JsonObject, json: Json) -> Result<()> {
        let Some((last, objects)) = self.path.split_last() else {
            return Ok(());
        };
        let mut object = body;
        for name in objects {
            if object.get(name).is_none_or(Json::is_null) {
                object.insert(*name, JsonObject::new());
            }
            let place = object.get_mut(name);
            object = place.and_then(Json::as_object_mut).ok_or_else(|| {
                self.invalid(format!(
                    "cannot be put into the body: `{name}` is not an object"
                ))
            })?;
        }
        object.insert(*last, json);
        Ok(())
    }

    fn encoded_name(self) -> String {
        let mut name = String::new();
        push_encoded(&mut name, self.info.name());
        name
    }

    fn body(self, request: &Encoded) -> Result<JsonObject> {
        let Some(Payload::Bytes(body)) = &request.body else {
            return Ok(JsonObject::new());
        };
        match serde_json::from_slice(body) {
            Ok(Json::Object(object)) => Ok(object),
            Ok(_) => Err(self.invalid("cannot be put into the body, which is not an object")),
            Err(error) => Err(self.invalid(format!("cannot be put into the body: {error}"))),
        }
    }

    fn set_pair(self, url: &mut Url, value: &str) -> Result<()> {
        let name = self.encoded_name();
        let others = pairs(url).filter(|pair| pair.split('=').next() != Some(&*name));
        let mut query = others.fold(String::new(), |query, pair| query + pair + "&");
        query.push_str(&name);
        query.push('=');
        push_encoded(&mut query, value);
        url.set_query(Some(&query));
        if url.as_str().len() > LONGEST {
            return Err(self.invalid("is too long for an address"));
        }
        Ok(())
    }
}

/// A field of an object, what it holds, and its maximum.
fn field(
    object: FieldType,
    wanted: impl Fn(&FieldInfo) -> bool,
) -> Option<(&'static FieldInfo, FieldType, Option<f64>)> {
    let fields = object.fields();
    let index = fields.iter().position(|(info, _)| wanted(info))?;
    let (info, kind) = *fields.get(index)?;
    let max = of_field(object.limits(), index).find_map(|limit| match limit {
        ValueLimit::Max(max) => Some(max),
        _ => None,
    });
    Some((info, kind, max))
}

/// The pairs of a query, as they are encoded.
fn pairs(url: &Url) -> impl Iterator<Item = &str> {
    let query = url.query().unwrap_or_default();
    query.split('&').filter(|pair| !pair.is_empty())
}
