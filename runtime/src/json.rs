//! Requests whose values are known only at run time, as JSON.

mod check;

use self::check::{Check, in_order};
use crate::error::InvalidArgument;
use crate::model::{
    FieldInfo, FieldType, FilePart, Json, JsonObject, Location, Map, ModelInfo, TypeOf, View,
    of_field,
};
use crate::operation::{Body, Operation, PathParam};
use crate::secret::Secret;

/// The values of a request as JSON, for programs that know only at run time what they call.
///
/// It is sent exactly like a typed request with these values. What a typed request could not hold or send is an error:
/// values of other types or beyond their limits, unknown names, and missing required values, at any depth. The call's
/// `send` reports all of them at once, as one [`InvalidArgument`](crate::InvalidArgument).
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{JsonRequest, json};
///
/// let request = JsonRequest::new()
///     .path("conferenceId", "61289f392xxx")
///     .body(json!({"unionId": "WFBkgxxx"}));
/// ```
#[derive(Clone, Default)]
pub struct JsonRequest {
    path: JsonObject,
    query: JsonObject,
    headers: JsonObject,
    body: Option<Json>,
    files: Map<FilePart>,
    unchecked: bool,
    masked: bool,
    received: bool,
}

impl JsonRequest {
    /// A request without values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a path parameter.
    pub fn path(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.path.insert(name, value);
        self
    }

    /// Sets a query parameter.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.query.insert(name, value);
        self
    }

    /// Sets a header that is a field of the operation.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Json>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets a field of the body that is a file.
    pub fn file(mut self, name: impl Into<String>, file: FilePart) -> Self {
        self.files.insert(name.into(), file);
        self
    }

    /// Leaves it to the server to check required fields, types and limits, because the documentation is not always right. Only
    /// a name that the request has no place for remains a mistake.
    pub fn unchecked(mut self) -> Self {
        self.unchecked = true;
        self
    }

    /// Sends `***` for each secret value, for a [transport](crate::ClientBuilder::transport) that shows requests
    /// instead of sending them.
    pub fn masked(mut self) -> Self {
        self.masked = true;
        self
    }

    pub(crate) fn is_masked(&self) -> bool {
        self.masked
    }

    /// Values that came over the wire: what travels as JSON text is a text.
    pub(crate) fn received(mut self) -> Self {
        self.received = true;
        self
    }

    /// Sorts the values into the operation's path values and fields.
    pub(crate) fn resolve(
        mut self,
        operation: &'static Operation,
    ) -> Result<(Vec<String>, JsonFields), Box<InvalidArgument>> {
        if operation.body.has_fields()
            && let Some(body) = &self.body
            && !(body.as_object().is_some() || body.is_null())
        {
            let reason = format!("must be an object, found {}", check::noun(body));
            return Err(InvalidArgument::new(operation, "body", reason));
        }
        let mut check = Check::new(self.unchecked, self.masked, self.received);
        let mut path = Vec::new();
        for PathParam(info, kind) in operation.path_params {
            let mut value = self.path.remove(info.name()).unwrap_or_default();
            check.argument(operation, info, kind.get(), std::iter::empty(), &mut value);
            path.push(plain(value));
        }
        let mut values = Vec::new();
        let request = operation.request.map(TypeOf::get);
        let limits = request.map_or(&[][..], FieldType::limits);
        let fields = request.map_or_else(Vec::new, FieldType::fields);
        for (index, (info, kind)) in fields.into_iter().enumerate() {
            if matches!(kind, FieldType::File)
                && let Some(file) = self.files.remove(info.name())
            {
                values.push(Some(Value::File(file)));
                continue;
            }
            if info.is_flattened() {
                let limits = of_field(limits, index);
                let own = check.flattened(info, kind, limits, &mut self.body);
                values.push(own.map(Value::Json));
                continue;
            }
            let mut value = self.take(operation, info).unwrap_or_default();
            let limits = of_field(limits, index);
            check.argument(operation, info, kind, limits, &mut value);
            values.push(
                Some(value)
                    .filter(|value| !value.is_null())
                    .map(Value::Json),
            );
        }
        self.report_leftovers(operation, &mut check);
        let fields = JsonFields {
            info: operation.request_info(),
            values,
            unchecked: self.unchecked,
            secrets: check.finish(operation)?,
        };
        Ok((path, fields))
    }

    /// Takes out the value of a field.
    fn take(&mut self, operation: &Operation, info: &FieldInfo) -> Option<Json> {
        match info.location() {
            Location::Path => None,
            Location::Query => self.query.remove(info.name()),
            // The names of headers are alike in capitals and in small letters.
            Location::Header => {
                let is_it = |name: &&String| name.eq_ignore_ascii_case(info.name());
                let name = self.headers.keys().find(is_it)?.clone();
                self.headers.remove(&name)
            }
            Location::Body if operation.body == Body::Bare => self.body.take(),
            Location::Body => self.body.as_mut()?.as_object_mut()?.remove(info.name()),
        }
    }

    /// What the operation has no place for.
    fn report_leftovers(&self, operation: &Operation, check: &mut Check) {
        let fields = operation.fields();
        for (location, values) in [
            (Location::Path, &self.path),
            (Location::Query, &self.query),
            (Location::Header, &self.headers),
        ] {
            for name in in_order(values) {
                check.unknown_argument(&fields, location, name);
            }
        }
        for name in self.files.keys() {
            check.unknown_file(&fields, name);
        }
        match &self.body {
            None | Some(Json::Null) => {}
            Some(Json::Object(body)) if operation.body.has_fields() => {
                for name in in_order(body) {
                    check.unknown_argument(&fields, Location::Body, name);
                }
            }
            Some(_) => check.mistake(&"body", "is not accepted: the operation has no body"),
        }
    }
}

/// Values are not shown: which of them are secret depends on the operation.
impl std::fmt::Debug for JsonRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = self.body.as_ref().and_then(Json::as_object);
        let keys = |object: Option<&JsonObject>| -> Vec<String> {
            object
                .into_iter()
                .flat_map(JsonObject::keys)
                .cloned()
                .collect()
        };
        f.debug_struct("JsonRequest")
            .field("path", &keys(Some(&self.path)))
            .field("query", &keys(Some(&self.query)))
            .field("headers", &keys(Some(&self.headers)))
            .field("body", &keys(body))
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

fn plain(value: Json) -> String {
    match value {
        Json::String(text) => text,
        Json::Null => String::new(),
        value => value.to_string(),
    }
}

enum Value {
    Json(Json),
    File(FilePart),
}

/// A request's values in the order of its fields.
pub(crate) struct JsonFields {
    info: Option<&'static ModelInfo>,
    values: Vec<Option<Value>>,
    unchecked: bool,
    secrets: Vec<Secret>,
}

const NO_FIELDS: ModelInfo = ModelInfo("", &[]);

impl JsonFields {
    pub(crate) fn info(&self) -> &'static ModelInfo {
        self.info.unwrap_or(&NO_FIELDS)
    }

    pub(crate) fn view(&self, index: usize) -> View<'_> {
        match self.values.get(index) {
            Some(Some(Value::Json(value))) => View::Json(value),
            Some(Some(Value::File(file))) => View::File(file),
            _ => View::Unset,
        }
    }

    /// Whether the server alone checks limits.
    pub(crate) fn are_unchecked(&self) -> bool {
        self.unchecked
    }

    /// The texts that no error may show.
    pub(crate) fn secrets(&self) -> &[Secret] {
        &self.secrets
    }
}
