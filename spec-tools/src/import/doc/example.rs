//! The example of an operation: what of the page's fits the facts.

mod fit;

use serde_json::Value as Plain;

use super::finding::Findings;
use super::http::{Reply, Request};
use super::json::{Json, Value};
use super::path::{address, values};
use super::source::At;
use super::spec_type::Known;
use super::tables::TOKEN;
use crate::spec::{
    Example, ExampleRequest, ExampleResponse, Field, Fields, Operation, Ordered, ScalarOrNamed,
    Shape,
};
use fit::{Fit, Misfit};

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
        misfits: Vec::new(),
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
                self.misfit(Misfit::Unfit, "the body", json.at);
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
                self.misfit(Misfit::Unknown, "the body", json.at);
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
                self.misfit(Misfit::Unfit, "the reply", json.at);
                None
            }),
            (None, Some(whole), Some(json)) => self.field(whole, json, "the reply"),
            (None, None, Some(json)) if !is_empty(json) => {
                self.misfit(Misfit::Unknown, "the reply", json.at);
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
            self.misfit(Misfit::Unfit, name, at);
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
                self.misfit(Misfit::Unknown, name, at);
            }
        }
    }
}

fn is_empty(json: &Json) -> bool {
    match &json.value {
        Value::Object(entries) => entries.is_empty(),
        Value::Null => true,
        _ => false,
    }
}
