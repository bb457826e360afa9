//! A request, read through the operation's fields: the opposite of what a client does to send it.

mod text;

use dingtalk_api::generated::{Body, Encoding, Location, ModelInfo, TokenPlace};
use dingtalk_api::generated::{FieldInfo, FieldType};
use dingtalk_api::model::{Json, JsonObject};
use dingtalk_api::{Bytes, FilePart, JsonRequest};

use self::text::{pairs, value};
use crate::multipart;
use crate::platform::Request;
use crate::route::Known;

/// A request's values by name.
#[derive(Clone, Default)]
pub(crate) struct Received {
    pub(crate) path: JsonObject,
    pub(crate) query: JsonObject,
    pub(crate) headers: JsonObject,
    pub(crate) body: Json,
    pub(crate) files: Vec<File>,
    /// What a client's check cannot see, because it sends such values in the right form.
    mistakes: Vec<(String, String)>,
}

/// A file that was uploaded.
#[derive(Clone, PartialEq)]
pub(crate) struct File {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) content: Bytes,
}

impl Received {
    pub(crate) fn read(
        known: &Known,
        path: Vec<(&'static str, String)>,
        request: &Request<'_>,
    ) -> Self {
        let mut read = Self::default();
        for (name, text) in path {
            let field = known.field(Location::Path, name);
            let value = field.map_or_else(
                || text.as_str().into(),
                |(info, kind)| value(info, kind, &text),
            );
            read.path.insert(name, value);
        }
        let query = request.head.uri.query().unwrap_or_default();
        let query = form_urlencoded::parse(query.as_bytes());
        let query = query.filter(|(name, _)| !is_credential(known, name));
        read.query = pairs(known, Location::Query, query);
        for (info, kind) in known.fields(Location::Header) {
            if let Some(text) = request.header(info.name()) {
                read.headers.insert(info.name(), value(info, kind, text));
            }
        }
        match known.operation.body {
            Body::None => {}
            Body::Form => {
                let fields = form_urlencoded::parse(&request.body);
                read.body = pairs(known, Location::Body, fields).into();
            }
            Body::Multipart => read.multipart(known, request),
            Body::Fields | Body::Bare => read.json(known, &request.body),
        }
        read
    }

    fn json(&mut self, known: &Known, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        if text.trim().is_empty() {
            return;
        }
        match text.parse() {
            Ok(body) => self.body = body,
            Err(error) => return self.mistake("body", format!("must be JSON: {error}")),
        }
        if !known.is_encoded {
            return;
        }
        let mut body = std::mem::take(&mut self.body);
        if known.operation.body == Body::Bare {
            if let Some((info, kind)) = known.fields(Location::Body).next() {
                self.decode("body", info, kind, &mut body);
            }
        } else if let Json::Object(entries) = &mut body {
            let fields: Vec<_> = known.fields(Location::Body).collect();
            self.entries("body", &fields, entries);
        }
        self.body = body;
    }

    /// Undoes the encodings of an object's fields.
    fn entries(
        &mut self,
        place: &str,
        fields: &[(&'static FieldInfo, FieldType)],
        entries: &mut JsonObject,
    ) {
        for (info, kind) in fields {
            if let Some(value) = entries.get_mut(info.name()) {
                self.decode(&format!("{place}.{}", info.name()), info, *kind, value);
            }
        }
    }

    fn decode(&mut self, place: &str, info: &'static FieldInfo, kind: FieldType, value: &mut Json) {
        if value.is_null() {
            return;
        }
        match (info.encoding(), value.as_str()) {
            (Encoding::JsonString, Some(_)) => {}
            (Encoding::JsonString, None) => {
                let reason = format!("must be a string that holds JSON, found {}", noun(value));
                self.mistake(place, reason);
            }
            (Encoding::Comma, Some(text)) => *value = text::value(info, kind, text),
            (Encoding::Comma, None) => {
                let reason = format!(
                    "must be a string with commas between the items, found {}",
                    noun(value)
                );
                self.mistake(place, reason);
            }
            _ => self.inside(place, kind, value),
        }
    }

    fn inside(&mut self, place: &str, kind: FieldType, value: &mut Json) {
        match (kind, value) {
            (FieldType::List(of), Json::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.inside(&format!("{place}[{index}]"), of.get(), item);
                }
            }
            (FieldType::Map(of), Json::Object(entries)) => {
                for (key, item) in entries.iter_mut() {
                    self.inside(&format!("{place}.{key}"), of.get(), item);
                }
            }
            (FieldType::Object(_), Json::Object(entries)) => {
                self.entries(place, &kind.fields(), entries);
            }
            _ => {}
        }
    }

    fn multipart(&mut self, known: &Known, request: &Request<'_>) {
        let kind = request.header("content-type").unwrap_or_default();
        let parts = match multipart::parts(kind, &request.body) {
            Ok(parts) => parts,
            Err(reason) => return self.mistake("body", reason),
        };
        let mut texts = Vec::new();
        for part in parts {
            let content = || String::from_utf8_lossy(&part.content).into_owned();
            match part.file {
                Some(name) => self.files.push(File {
                    field: part.field,
                    name,
                    content: part.content,
                }),
                None => texts.push((part.field.into(), content().into())),
            }
        }
        self.body = pairs(known, Location::Body, texts.into_iter()).into();
    }

    /// The value of a path parameter, or of a field of the query or of the body.
    pub(crate) fn value(&self, name: &str) -> Option<&Json> {
        let of = self.path.get(name).or_else(|| self.query.get(name));
        of.or_else(|| self.body.get(name))
    }

    fn mistake(&mut self, place: &str, reason: String) {
        self.mistakes.push((place.to_owned(), reason));
    }

    /// Checks it as a client checks what it is about to send; the error names the places.
    pub(crate) async fn check(&self, known: &Known, size: usize) -> Result<(), String> {
        let mut mistakes: Vec<_> = self
            .mistakes
            .iter()
            .map(|(place, reason)| format!("`{place}` {reason}"))
            .collect();
        if let Some(most) = known.operation.max_bytes()
            && size > usize::try_from(most).unwrap_or(usize::MAX)
        {
            mistakes.push(format!(
                "`body` must have at most {most} bytes, found {size}"
            ));
        }
        let mut request = JsonRequest::new();
        for (name, value) in self.path.iter() {
            request = request.path(name, value.clone());
        }
        for (name, value) in self.query.iter() {
            request = request.query(name, value.clone());
        }
        for (name, value) in self.headers.iter() {
            request = request.header(name, value.clone());
        }
        for file in &self.files {
            request = request.file(
                &*file.field,
                FilePart::bytes(&*file.name, file.content.clone()),
            );
        }
        // A body that is not JSON is a mistake already, and one that no field takes is read by nobody.
        if mistakes.is_empty() {
            request = request.body(self.body.clone());
            if let Err(error) = request.check(known.operation).await {
                mistakes.push(error.message().to_owned());
            }
        }
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(mistakes.join("; "))
        }
    }
}

/// Whether a name of the query is that of a token, a signature or a webhook.
fn is_credential(known: &Known, name: &str) -> bool {
    let is_token = matches!(known.api.token, TokenPlace::Query(token) if token == name);
    let mut signatures = known
        .api
        .signatures
        .iter()
        .filter(|way| known.operation.signature() == Some(way.name));
    is_token && known.operation.needs_token()
        || known.operation.webhook() == Some(name)
        || signatures.any(|way| way.query.iter().any(|(field, _)| *field == name))
}

fn noun(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// Whether a value of this type has an encoding somewhere inside.
pub(crate) fn is_encoded(
    info: &FieldInfo,
    kind: FieldType,
    seen: &mut Vec<*const ModelInfo>,
) -> bool {
    if matches!(info.encoding(), Encoding::JsonString | Encoding::Comma) {
        return true;
    }
    let mut inner = kind;
    while let FieldType::List(of) | FieldType::Map(of) = inner {
        inner = of.get();
    }
    let FieldType::Object(object) = inner else {
        return false;
    };
    let address = std::ptr::from_ref(object.info());
    if seen.contains(&address) {
        return false;
    }
    seen.push(address);
    inner
        .fields()
        .into_iter()
        .any(|(info, kind)| is_encoded(info, kind, seen))
}
