//! Requests whose values come at run time, as JSON.

use serde_json::{Map, Value};

use crate::error::InvalidArgument;
use crate::model::{Location, ModelInfo, View};
use crate::operation::{Body, Operation};

/// The values of a request as JSON, for programs that know only at run time what they call.
///
/// It is sent exactly as a typed request with these values would be. Names that the operation does not have, and
/// required values that are missing, come out of the call's `send` as invalid arguments; the values' types are
/// left to the server.
#[derive(Clone, Default)]
pub struct JsonRequest {
    path: Map<String, Value>,
    query: Map<String, Value>,
    headers: Map<String, Value>,
    body: Option<Value>,
    allow_missing: bool,
}

impl JsonRequest {
    /// A request without values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a path parameter.
    pub fn path(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.path.insert(name.into(), value.into());
        self
    }

    /// Sets a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.query.insert(name.into(), value.into());
        self
    }

    /// Sets a header that is a field of the operation.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Value>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Lets the server decide what is required. Some of what is documented as required is not.
    pub fn allow_missing(mut self) -> Self {
        self.allow_missing = true;
        self
    }

    /// Sorts the values into the operation's path values and fields.
    pub(crate) fn resolve(
        mut self,
        operation: &'static Operation,
    ) -> Result<(Vec<String>, Option<JsonFields>), Box<InvalidArgument>> {
        let names = operation.path_params.iter();
        // One that is missing is left to be reported with the path's template.
        let path = names
            .map(|name| self.path.remove(*name).map_or(String::new(), plain))
            .collect();
        let mut fields = JsonFields {
            info: None,
            values: Vec::new(),
            allow_missing: self.allow_missing,
        };
        if let Some(info) = operation.request_info() {
            fields.info = Some(info);
            for field in info.fields() {
                let value = match field.location() {
                    Location::Query => self.query.remove(field.name()),
                    Location::Header => self.headers.remove(field.name()),
                    Location::Body if operation.body == Body::Whole => self.body.take(),
                    Location::Body => match &mut self.body {
                        Some(Value::Object(body)) => body.remove(field.name()),
                        _ => None,
                    },
                };
                fields.values.push(value.filter(|value| !value.is_null()));
            }
        }
        let unknown = self.leftovers(operation)?;
        if !unknown.is_empty() {
            let reason = "is not an argument of the operation";
            return Err(InvalidArgument::new(operation, unknown.join(", "), reason));
        }
        Ok((path, fields.info.is_some().then_some(fields)))
    }

    /// The names of what the operation has no place for.
    fn leftovers(
        &self,
        operation: &'static Operation,
    ) -> Result<Vec<String>, Box<InvalidArgument>> {
        let places = [
            ("path", &self.path),
            ("query", &self.query),
            ("headers", &self.headers),
        ];
        let names = places
            .iter()
            .flat_map(|(place, values)| values.keys().map(move |name| format!("{place}.{name}")));
        let mut names: Vec<String> = names.collect();
        match &self.body {
            None | Some(Value::Null) => {}
            Some(_) if operation.body == Body::None => names.push("body".to_owned()),
            Some(Value::Object(body)) => {
                names.extend(body.keys().map(|name| format!("body.{name}")));
            }
            Some(_) => {
                let reason = "is not an object, as the operation's body is";
                return Err(InvalidArgument::new(operation, "body", reason));
            }
        }
        Ok(names)
    }
}

/// Values are not shown: which of them are secret depends on the operation.
impl std::fmt::Debug for JsonRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = self.body.as_ref().and_then(Value::as_object);
        f.debug_struct("JsonRequest")
            .field("path", &self.path.keys())
            .field("query", &self.query.keys())
            .field("headers", &self.headers.keys())
            .field("body", &body.map(Map::keys))
            .finish_non_exhaustive()
    }
}

fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// A request's values in the order of its fields.
pub(crate) struct JsonFields {
    info: Option<&'static ModelInfo>,
    values: Vec<Option<Value>>,
    allow_missing: bool,
}

const NO_FIELDS: ModelInfo = ModelInfo("", &[]);

impl JsonFields {
    pub(crate) fn info(&self) -> &'static ModelInfo {
        self.info.unwrap_or(&NO_FIELDS)
    }

    pub(crate) fn view(&self, index: usize) -> View<'_> {
        match self.values.get(index) {
            Some(Some(value)) => View::Json(value),
            _ => View::Unset,
        }
    }

    pub(crate) fn allows_missing(&self) -> bool {
        self.allow_missing
    }
}
