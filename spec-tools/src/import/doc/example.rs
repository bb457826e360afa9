//! The example of an operation: what of the page's fits the facts.

mod fit;

use serde_json::Value as Plain;

use super::finding::Findings;
use super::http::{Reply, Request};
use super::json::{Json, Value};
use super::known::Known;
use super::path::{address, values};
use super::source::At;
use super::tables::TOKEN;
use crate::spec::{
    Example, ExampleRequest, ExampleResponse, Field, Fields, Operation, Ordered, ScalarOrNamed,
    Shape,
};
use fit::{Fit, UNFIT, UNKNOWN, typed};

/// Takes an example over as far as it fits. One that leaves out what is required is none.
pub(super) fn read(
    known: Known<'_>,
    request: &Request,
    reply: Option<&Reply>,
    findings: &mut Findings,
) -> Option<Example> {
    let operation = known.operation;
    let mut fit = Fit {
        types: known.types,
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
            let (_, rest) = operation.path.strip_prefix('/')?.split_once('/')?;
            values(rest, path.trim_start_matches('/'))
        });
        let mut made = ExampleRequest::default();
        let found = found.unwrap_or_default();
        made.path = self.texts(&operation.path_params, &found, at, true);
        let query = &request.query;
        made.query = self.texts(&operation.query, query, at, false);
        let names = query.iter().map(|(name, _)| name.as_str());
        self.unknown_texts(&operation.query, names, at);
        let headers = &request.headers;
        made.headers = self.texts(&operation.headers, headers, at, false);
        let others = headers.iter().map(|(name, _)| name.as_str());
        let others =
            others.filter(|name| name.starts_with("x-") && !name.eq_ignore_ascii_case(TOKEN));
        self.unknown_texts(&operation.headers, others, at);
        let json = request.body.json.as_ref();
        let (fields, whole) = (operation.body.as_ref(), operation.body_type.as_deref());
        made.body = self.body(fields, whole, json, "the body");
        made
    }

    fn reply(&mut self, operation: &'a Operation, reply: &Reply) -> Option<ExampleResponse> {
        let json = reply.body.json.as_ref();
        let fields = operation.response.as_ref();
        let whole = operation.response_type.as_deref();
        let body = self.body(fields, whole, json, "the reply");
        let wanted = fields.is_some() || whole.is_some();
        (body.is_some() || !wanted).then_some(ExampleResponse {
            status: reply.status,
            body,
        })
    }

    fn body(
        &mut self,
        fields: Option<&'a Fields>,
        whole: Option<&'a Field>,
        json: Option<&Json>,
        name: &str,
    ) -> Option<Plain> {
        match (fields, whole, json) {
            (Some(fields), _, Some(json)) => {
                let made = self.object(fields, json, "");
                return made.or_else(|| self.misfit(&UNFIT, name, json.at));
            }
            (None, Some(whole), Some(json)) => return self.field(whole, json, name),
            (None, None, Some(json)) if !is_empty(json) => {
                return self.misfit(&UNKNOWN, name, json.at);
            }
            (Some(fields), _, None) => self.require(fields, |_| false, ""),
            (None, Some(whole), None) if self.request && whole.required => {
                self.missing.push(name.to_owned());
            }
            _ => {}
        }
        None
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
            let mut texts = texts.iter();
            let found = texts.find(|(known, _)| known.eq_ignore_ascii_case(name));
            match found.and_then(|(_, text)| self.text(field, text, name, at)) {
                Some(value) => out.push((name.clone(), value)),
                None if all || field.required => self.missing.push(name.clone()),
                None => {}
            }
        }
        out.into_iter().collect()
    }

    fn text(&mut self, field: &'a Field, text: &str, name: &str, at: At) -> Option<Plain> {
        if matches!(text, "" | "." | "..") {
            return None;
        }
        let shape = self.resolved(field.shape()?);
        let value = match shape {
            Shape::Enum(_, true) => typed(&ScalarOrNamed::Integer, text),
            Shape::Enum(_, false) => typed(&ScalarOrNamed::String, text),
            Shape::Name(name) => typed(name, text),
            Shape::List(_) | Shape::Map(_) | Shape::Object(_) => {
                let read = super::json::read([(at.line, text)].into_iter());
                let value = read.json.map(|json| json.value);
                value.filter(|value| !matches!(value, Value::Word(_)))
            }
        };
        let Some(value) = value else {
            return self.misfit(&UNFIT, name, at);
        };
        self.shape(shape, &Json { value, at }, name)
    }

    fn unknown_texts<'n>(&mut self, fields: &Fields, names: impl Iterator<Item = &'n str>, at: At) {
        for name in names {
            if !fields
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                self.misfit::<()>(&UNKNOWN, name, at);
            }
        }
    }
}

fn is_empty(json: &Json) -> bool {
    json.value == Value::Null || json.value == Value::Object(Vec::new())
}
