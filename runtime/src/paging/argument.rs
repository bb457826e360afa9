//! The argument that says which page is wanted, in a request that is encoded already.

use crate::error::InvalidArgument;
use crate::model::{FieldInfo, Json, JsonObject, Kind, Location};
use crate::operation::{Body, Operation, Paging};
use crate::path::push_encoded;
use crate::request::{Encoded, LONGEST};
use percent_encoding::percent_decode_str;
use reqwest::Url;

type Result<T> = std::result::Result<T, Box<InvalidArgument>>;

/// A field of the request, in the query or in a body of fields.
#[derive(Clone, Copy)]
pub(super) struct Argument {
    operation: &'static Operation,
    info: &'static FieldInfo,
    number: bool,
}

/// What the spec says of the operation's pages.
pub(super) fn paging(operation: &'static Operation) -> Result<&'static Paging> {
    operation.paging.ok_or_else(|| {
        let reason = "are not what the operation is known to reply: the spec does not say how";
        InvalidArgument::new(operation, "pages", reason)
    })
}

/// The argument that says which page is wanted.
pub(super) fn of(operation: &'static Operation) -> Result<Argument> {
    let name = paging(operation)?.cursor;
    Argument::find(operation, name).ok_or_else(|| {
        let reason = "is not an argument in the query or the body of the operation";
        InvalidArgument::new(operation, name, reason)
    })
}

impl Argument {
    pub(super) fn find(operation: &'static Operation, name: &str) -> Option<Self> {
        let Kind::Object(make) = operation.request?() else {
            return None;
        };
        let model = make();
        let mut fields = model.info().fields().iter().enumerate();
        let (index, info) = fields.find(|(_, info)| {
            info.name() == name
                && match info.location() {
                    Location::Query => true,
                    Location::Body => operation.body == Body::Fields,
                    Location::Path | Location::Header => false,
                }
        })?;
        let kind = model.get(index).kind();
        Some(Self {
            operation,
            info,
            number: matches!(kind, Kind::Integer | Kind::Number | Kind::IntegerEnum(_)),
        })
    }

    /// The value as text; `None` if there is none.
    pub(super) fn read(self, request: &Encoded) -> Option<String> {
        if self.info.location() == Location::Query {
            let name = self.encoded_name();
            return pairs(&request.url)
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned());
        }
        match self.body(request).ok()?.get(self.info.name())? {
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
                .ok_or_else(|| self.invalid("takes a number, and the page's token is none"))?
        } else {
            Json::String(value.to_owned())
        };
        if self.info.location() == Location::Query {
            self.set_pair(&mut request.url, value)?;
        } else {
            let mut body = self.body(request)?;
            body.insert(self.info.name(), json);
            request.body = Some(Json::Object(body).to_string().into());
        }
        if self.info.secret() {
            request.add_secret(value);
        }
        Ok(())
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it is only ever used boxed")]
    pub(super) fn invalid(self, reason: impl Into<String>) -> Box<InvalidArgument> {
        InvalidArgument::new(self.operation, self.info.name(), reason)
    }

    fn encoded_name(self) -> String {
        let mut name = String::new();
        push_encoded(&mut name, self.info.name());
        name
    }

    fn body(self, request: &Encoded) -> Result<JsonObject> {
        let Some(body) = &request.body else {
            return Ok(JsonObject::new());
        };
        match serde_json::from_slice(body) {
            Ok(Json::Object(object)) => Ok(object),
            Ok(_) => Err(self.invalid("cannot be put into the body: it is no object")),
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

/// The pairs of a query, as they are encoded.
fn pairs(url: &Url) -> impl Iterator<Item = &str> {
    let query = url.query().unwrap_or_default();
    query.split('&').filter(|pair| !pair.is_empty())
}
