//! The example of an operation: what of the page's fits the facts.

use serde_json::Value as Plain;

use super::basics::{address, values};
use super::finding::Findings;
use super::http::{Reply, Request};
use super::json::{Json, Value};
use super::known::Known;
use super::source::At;
use super::tables::TOKEN;
use crate::diagnostic::shown;
use crate::spec::{
    EnumKey, EnumValue, Example, ExampleRequest, ExampleResponse, Field, Fields, NamedType,
    Operation, Ordered, ScalarOrNamed, Shape, TypeNode,
};

/// Takes an example over as far as it fits. One that leaves out what is required is none.
pub(super) fn read(
    operation: &Operation,
    known: Option<Known<'_>>,
    request: &Request,
    reply: Option<&Reply>,
    findings: &mut Findings,
) -> Option<Example> {
    let mut fit = Fit {
        own: &operation.types,
        known,
        request: true,
        changed: Vec::new(),
        unknown: Vec::new(),
        unfit: Vec::new(),
        missing: Vec::new(),
    };
    let made = fit.request(operation, request);
    fit.request = false;
    let response = reply.and_then(|reply| fit.reply(operation, reply));
    let missing = !fit.missing.is_empty();
    fit.tell(request.at, findings);
    (!missing).then_some(Example {
        request: made,
        response,
    })
}

struct Fit<'a> {
    own: &'a Ordered<String, NamedType>,
    known: Option<Known<'a>>,
    /// In a request what is required must be there.
    request: bool,
    changed: Vec<(String, At)>,
    unknown: Vec<(String, At)>,
    unfit: Vec<(String, At)>,
    missing: Vec<String>,
}

impl<'a> Fit<'a> {
    fn request(&mut self, operation: &'a Operation, request: &Request) -> ExampleRequest {
        let at = request.at;
        let path = address(&request.path).path;
        let found = values(&operation.path, &path).or_else(|| {
            // The version may be missing in one of them.
            let rest = |path: &str| {
                path.strip_prefix('/')
                    .and_then(|p| p.split_once('/'))
                    .map(|(_, rest)| rest.to_owned())
            };
            values(&rest(&operation.path)?, path.trim_start_matches('/'))
        });
        let mut made = ExampleRequest::default();
        let found = found.unwrap_or_default();
        made.path = self.texts(&operation.path_params, &found, at, true);
        let query: Vec<(String, String)> = request.query.clone();
        made.query = self.texts(&operation.query, &query, at, false);
        self.unknown_texts(
            &operation.query,
            query.iter().map(|(name, _)| name.as_str()),
            at,
        );
        let headers: Vec<(String, String)> = request
            .headers
            .iter()
            .map(|(name, value, _)| (name.clone(), value.clone()))
            .collect();
        made.headers = self.texts(&operation.headers, &headers, at, false);
        let others = headers
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| name.starts_with("x-") && !name.eq_ignore_ascii_case(TOKEN));
        self.unknown_texts(&operation.headers, others, at);
        let json = request.body.json.as_ref();
        made.body = match (&operation.body, &operation.body_type, json) {
            (Some(fields), _, Some(json)) => self.object(fields, json, "").or_else(|| {
                self.unfit.push(("the body".to_owned(), json.at));
                None
            }),
            (None, Some(whole), Some(json)) => self.field(whole, json, "the body"),
            (Some(fields), _, None) => {
                self.require(fields, |_| false, "");
                None
            }
            (None, Some(whole), None) => {
                if whole.required {
                    self.missing.push("the body".to_owned());
                }
                None
            }
            (None, None, Some(json)) if !is_empty(json) => {
                self.unknown.push(("the body".to_owned(), json.at));
                None
            }
            (None, None, _) => None,
        };
        made
    }

    fn reply(&mut self, operation: &'a Operation, reply: &Reply) -> Option<ExampleResponse> {
        let json = reply.body.json.as_ref();
        let body = match (&operation.response, &operation.response_type, json) {
            (Some(fields), _, Some(json)) => self.object(fields, json, "").or_else(|| {
                self.unfit.push(("the reply".to_owned(), json.at));
                None
            }),
            (None, Some(whole), Some(json)) => self.field(whole, json, "the reply"),
            (None, None, Some(json)) if !is_empty(json) => {
                self.unknown.push(("the reply".to_owned(), json.at));
                None
            }
            _ => None,
        };
        let wanted = operation.response.is_some() || operation.response_type.is_some();
        (body.is_some() || !wanted).then_some(ExampleResponse {
            status: reply.status,
            body,
        })
    }

    /// Values of the path, the query or the headers, which are texts as they stand. Those of the path
    /// must all be there.
    fn texts(
        &mut self,
        fields: &'a Fields,
        texts: &[(String, String)],
        at: At,
        all: bool,
    ) -> Ordered<String, Plain> {
        let mut out = Vec::new();
        for (name, field) in fields.iter() {
            let found = texts
                .iter()
                .find(|(known, _)| known == name || known.eq_ignore_ascii_case(name));
            let value = found.and_then(|(_, text)| self.text(field, text, name, at));
            match value {
                Some(value) => out.push((name.clone(), value)),
                None if all || field.required => self.missing.push(name.clone()),
                None => {}
            }
        }
        out.into_iter().collect()
    }

    fn text(&mut self, field: &'a Field, text: &str, name: &str, at: At) -> Option<Plain> {
        let unusual = text.is_empty() || text == "." || text == "..";
        if unusual {
            return None;
        }
        let shape = self.resolved(field.shape()?);
        let json = |value: Value| Json { value, at };
        let value = match shape {
            Shape::Name(ScalarOrNamed::Integer) | Shape::Enum(_, true) => {
                text.parse::<i64>().ok().map(|n| Value::Number(n.into()))
            }
            Shape::Name(ScalarOrNamed::Number) => serde_json::from_str::<serde_json::Number>(text)
                .ok()
                .map(Value::Number),
            Shape::Name(ScalarOrNamed::Boolean) => match text {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Shape::List(_) | Shape::Map(_) | Shape::Object(_) => {
                let read = super::json::read([(at.line, text)].into_iter());
                read.json
                    .map(|json| json.value)
                    .filter(|value| !matches!(value, Value::Word(_)))
            }
            Shape::Name(_) | Shape::Enum(..) => Some(Value::Text(text.to_owned())),
        };
        let Some(value) = value else {
            self.unfit.push((name.to_owned(), at));
            return None;
        };
        self.shape(shape, &json(value), name)
    }

    fn unknown_texts<'n>(&mut self, fields: &Fields, names: impl Iterator<Item = &'n str>, at: At) {
        for name in names {
            if !fields
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                self.unknown.push((name.to_owned(), at));
            }
        }
    }

    fn object(&mut self, fields: &'a Fields, json: &Json, path: &str) -> Option<Plain> {
        let Value::Object(entries) = &json.value else {
            return None;
        };
        let mut out = serde_json::Map::new();
        for entry in entries {
            let inner = join(path, &entry.key);
            let Some(field) = fields.get(&entry.key) else {
                self.unknown.push((inner, entry.at));
                continue;
            };
            if let Some(value) = self.field(field, &entry.json, &inner) {
                out.insert(entry.key.clone(), value);
            }
        }
        self.require(fields, |name| out.contains_key(name), path);
        Some(Plain::Object(out))
    }

    fn require(&mut self, fields: &Fields, has: impl Fn(&str) -> bool, path: &str) {
        let required = fields
            .iter()
            .filter(|(name, field)| self.request && field.required && !has(name));
        let missing: Vec<String> = required.map(|(name, _)| join(path, name)).collect();
        self.missing.extend(missing);
    }

    fn field(&mut self, field: &'a Field, json: &Json, path: &str) -> Option<Plain> {
        match json.value {
            Value::Null if self.request => None,
            Value::Null => Some(Plain::Null),
            _ => self.shape(field.shape()?, json, path),
        }
    }

    fn node(&mut self, node: &'a TypeNode, json: &Json, path: &str) -> Option<Plain> {
        self.shape(node.shape()?, json, path)
    }

    fn shape(&mut self, shape: Shape<'a>, json: &Json, path: &str) -> Option<Plain> {
        match (self.resolved(shape), &json.value) {
            (Shape::Object(fields), Value::Object(_)) => self.object(fields, json, path),
            (Shape::List(element), Value::List(items)) => {
                let items = items
                    .iter()
                    .filter_map(|item| self.node(element, item, path));
                Some(items.collect())
            }
            (Shape::Map(value), Value::Object(entries)) => {
                let mut out = serde_json::Map::new();
                for entry in entries {
                    if let Some(value) = self.node(value, &entry.json, &join(path, &entry.key)) {
                        out.insert(entry.key.clone(), value);
                    }
                }
                Some(Plain::Object(out))
            }
            (Shape::Name(name), _) => self.scalar(name, json, path),
            (Shape::Enum(values, integer), _) => self.one_of(values, integer, json, path),
            _ => {
                self.unfit.push((path.to_owned(), json.at));
                None
            }
        }
    }

    fn scalar(&mut self, name: &ScalarOrNamed, json: &Json, path: &str) -> Option<Plain> {
        use ScalarOrNamed::{Boolean, Integer, Json as Any, Number, String as Text};
        let value = match (name, &json.value) {
            (Any, _) => return Some(json.value.plain()),
            (Text, Value::Text(text)) => return Some(text.clone().into()),
            (Number, Value::Number(number)) => return Some(number.clone().into()),
            (Integer, Value::Number(number)) if number.is_i64() => {
                return Some(number.clone().into());
            }
            (Boolean, Value::Bool(value)) => return Some((*value).into()),
            (Text, Value::Number(number)) => Some(number.to_string().into()),
            (Text, Value::Bool(value)) => Some(value.to_string().into()),
            (Integer, Value::Text(text)) => text.trim().parse::<i64>().ok().map(Plain::from),
            (Number, Value::Text(text)) => serde_json::from_str::<serde_json::Number>(text.trim())
                .ok()
                .map(Plain::from),
            (Boolean, Value::Text(text)) => match text.trim() {
                "true" => Some(true.into()),
                "false" => Some(false.into()),
                _ => None,
            },
            _ => None,
        };
        let list = if value.is_some() {
            &mut self.changed
        } else {
            &mut self.unfit
        };
        list.push((path.to_owned(), json.at));
        value
    }

    fn one_of(
        &mut self,
        values: &Ordered<EnumKey, EnumValue>,
        integer: bool,
        json: &Json,
        path: &str,
    ) -> Option<Plain> {
        let name = if integer {
            ScalarOrNamed::Integer
        } else {
            ScalarOrNamed::String
        };
        let value = self.scalar(&name, json, path)?;
        let is = |key: &EnumKey| match key {
            EnumKey::Integer(number) => value.as_i64() == Some(*number),
            EnumKey::Text(text) => value.as_str() == Some(text),
        };
        if values.iter().any(|(key, _)| is(key)) {
            return Some(value);
        }
        self.unfit.push((path.to_owned(), json.at));
        None
    }

    fn resolved(&self, shape: Shape<'a>) -> Shape<'a> {
        let Shape::Name(ScalarOrNamed::Named(name)) = shape else {
            return shape;
        };
        if let Some(fields) = self.own.get(name).and_then(|def| def.object.as_ref()) {
            return Shape::Object(fields);
        }
        self.known
            .map_or(shape, |known| known.held(shape).resolved())
    }

    fn tell(self, at: At, findings: &mut Findings) {
        let names = |all: &[(String, At)]| {
            let mut names: Vec<String> = all.iter().map(|(name, _)| shown(name)).collect();
            names.dedup();
            names.join(", ")
        };
        if let Some((_, at)) = self.unknown.first() {
            let message = format!(
                "the example has {}, which no table describes",
                names(&self.unknown)
            );
            findings.left_out(*at, message, "if it is a field, add it");
        }
        if let Some((_, at)) = self.unfit.first() {
            let message = format!(
                "the example's value of {} does not fit its type",
                names(&self.unfit)
            );
            findings.left_out(*at, message, "the example in the spec is without it");
        }
        if let Some((_, at)) = self.changed.first() {
            let message = format!(
                "the example's value of {} is of another type",
                names(&self.changed)
            );
            findings.note(*at, message, "it was written in the type of the field");
        }
        if !self.missing.is_empty() {
            let missing: Vec<String> = self.missing.iter().map(|name| shown(name)).collect();
            let message = format!(
                "the example leaves out {}, which is required",
                missing.join(", ")
            );
            findings.left_out(at, message, "the spec has no example; write one");
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() || path.starts_with("the ") {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn is_empty(json: &Json) -> bool {
    match &json.value {
        Value::Object(entries) => entries.is_empty(),
        Value::Null => true,
        _ => false,
    }
}
