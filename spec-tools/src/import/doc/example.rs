//! The example of an operation: what of the page's fits the facts.

mod fit;

use serde_json::Value as Plain;

use super::path::{address, values};
use super::shape::single;
use super::{At, Findings, Json, Known, Reply, Request, SpecType, TOKEN, Value};
use crate::spec::{Example, ExampleRequest, ExampleResponse, Field, Fields, Ordered, Shape};
use fit::{Fit, UNFIT, UNKNOWN, typed};

/// Takes an example over as far as it fits. One that leaves out what is required is none.
pub(super) fn read(
    known: Known<'_>,
    request: &Request,
    reply: Option<&Reply>,
    findings: &mut Findings,
) -> Option<Example> {
    let mut fit = Fit {
        known,
        request: true,
        misfits: Vec::new(),
        missing: Vec::new(),
    };
    let made = fit.request(request);
    fit.request = false;
    let response = reply.and_then(|reply| fit.reply(reply));
    let missing = !fit.missing.is_empty();
    fit.tell(request.at, findings);
    (!missing).then_some(Example {
        request: made,
        response,
    })
}

impl<'a> Fit<'a> {
    fn request(&mut self, request: &Request) -> ExampleRequest {
        let (operation, at) = (self.known.operation, request.at);
        let path = address(&request.path).path;
        let found = values(&operation.path, &path).or_else(|| {
            // The version may be missing in one of them.
            let (_, rest) = operation.path.strip_prefix('/')?.split_once('/')?;
            values(rest, path.trim_start_matches('/'))
        });
        let found = found.unwrap_or_default();
        let path = self.texts(&operation.path_params, &found, at, true);
        let query = self.texts(&operation.query, &request.query, at, false);
        self.unknown_texts(&operation.query, request.query.iter(), at);
        let headers = self.texts(&operation.headers, &request.headers, at, false);
        let is_own = |(name, _): &&(String, String)| {
            name.starts_with("x-") && !name.eq_ignore_ascii_case(TOKEN)
        };
        let others = request.headers.iter().filter(is_own);
        self.unknown_texts(&operation.headers, others, at);
        let json = request.body.json.as_ref();
        let body = self.body(self.known.body(), json, "the body");
        if json.is_none()
            && operation
                .body_type
                .as_ref()
                .is_some_and(|whole| whole.required)
        {
            self.missing.push("the body".to_owned());
        }
        ExampleRequest {
            path,
            query,
            headers,
            body,
        }
    }

    fn reply(&mut self, reply: &Reply) -> Option<ExampleResponse> {
        let known = self.known.reply();
        let body = self.body(known, reply.body.json.as_ref(), "the reply");
        (body.is_some() || known.is_none()).then_some(ExampleResponse {
            status: reply.status,
            body,
        })
    }

    fn body(
        &mut self,
        known: Option<SpecType<'a>>,
        json: Option<&Json>,
        name: &str,
    ) -> Option<Plain> {
        match (known.map(|known| known.shape), json) {
            (Some(Shape::Object(fields)), Some(json)) => {
                let made = self.object(fields, json, "");
                made.or_else(|| self.misfit(&UNFIT, name, json.at))
            }
            (Some(Shape::Object(fields)), None) => {
                self.require(fields, |_| false, "");
                None
            }
            (Some(_), Some(json)) if json.value == Value::Null => {
                (!self.request).then_some(Plain::Null)
            }
            (Some(shape), Some(json)) => self.shape(shape, json, name),
            (None, Some(json)) if !is_empty(json) => self.misfit(&UNKNOWN, name, json.at),
            _ => None,
        }
    }

    /// Values of the path, the query or the headers, which are texts as they are. Those of the path
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
            Shape::Enum(_, integer) => typed(&single(integer), text),
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

    fn unknown_texts<'n>(
        &mut self,
        fields: &Fields,
        texts: impl Iterator<Item = &'n (String, String)>,
        at: At,
    ) {
        for (name, _) in texts {
            let mut fields = fields.iter();
            if !fields.any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                self.misfit::<()>(&UNKNOWN, name, at);
            }
        }
    }
}

fn is_empty(json: &Json) -> bool {
    json.value == Value::Null || json.value == Value::Object(Vec::new())
}
