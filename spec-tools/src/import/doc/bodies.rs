//! The body and the reply of a page's operation, of its tables and its examples.

use super::builder::Builder;
use super::parameters::inferred;
use super::spec_type::SpecType;
use super::tables::Tables;
use crate::diagnostic::quoted;
use crate::spec::{Field, Fields, Operation, Shape};

impl<'a> Builder<'a> {
    /// Bodies of other kinds than JSON.
    pub(super) fn other_bodies(&mut self) {
        let requests = &self.sections.parts.requests;
        let mut headers = requests.iter().flat_map(|request| &request.headers);
        let other = headers.find(|(name, kind, _)| {
            name.eq_ignore_ascii_case("content-type") && !kind.to_ascii_lowercase().contains("json")
        });
        let Some((_, kind, at)) = other else { return };
        let question = format!("The example sends {}. Is the body JSON?", quoted(kind));
        let help = "the spec supports JSON bodies only";
        match self.known {
            Some(_) => self.note(*at, question, help),
            None => self.findings.ask(*at, question, help),
        }
    }

    /// Examples that are no JSON.
    pub(super) fn unread_json(&mut self) {
        let parts = &self.sections.parts;
        let requests = parts.requests.iter().chain(&parts.skeleton);
        let requests = requests.map(|request| &request.body);
        let bodies = requests.chain(parts.replies.iter().map(|reply| &reply.body));
        let mut told: Vec<&'static str> = Vec::new();
        for (at, what) in bodies.flat_map(|body| &body.slips) {
            if !told.contains(what) {
                told.push(what);
                let message = format!("the example is not valid JSON: {what}");
                self.note(*at, message, "check the example in the spec");
            }
        }
    }

    /// What the tables and the examples say of the body and of the reply.
    pub(super) fn contents(&mut self, operation: &mut Operation, tables: Tables) {
        let parts = &self.sections.parts;
        // The older layout has the request once more, with words for types.
        let requests = parts.requests.iter().chain(&parts.skeleton);
        let example = inferred(requests.map(|request| &request.body));
        let good = parts.replies.iter().filter(|reply| reply.status < 300);
        let reply_example = inferred(good.map(|reply| &reply.body));
        let known = self.known.map(|known| known.operation);
        let body = known.and_then(|op| self.known_whole(op.body.as_ref(), op.body_type.as_deref()));
        let rows = tables.has_body.then_some(tables.body);
        let body = self.content("body", rows, example, body);
        let reply = known
            .and_then(|op| self.known_whole(op.response.as_ref(), op.response_type.as_deref()));
        let rows = tables.has_reply.then_some(tables.reply);
        let reply = self.content("response", rows, reply_example, reply);
        self.findings.questions.extend(body.question);
        self.findings.questions.extend(reply.question);
        let has = |fields: &Fields, wanted: bool| !fields.is_empty() || wanted;
        operation.body = body.fields.filter(|fields| has(fields, tables.has_body));
        operation.body_type = body.whole.map(Box::new);
        let known_empty = known.is_some_and(|op| op.response.is_some());
        operation.response = reply.fields.filter(|fields| has(fields, known_empty));
        operation.response_type = reply.whole.map(Box::new);
    }

    /// What the spec has of a body or a reply.
    fn known_whole(
        &self,
        fields: Option<&'a Fields>,
        whole: Option<&'a Field>,
    ) -> Option<SpecType<'a>> {
        let shape = match fields {
            Some(fields) => Shape::Object(fields),
            None => whole?.shape()?,
        };
        Some(self.known?.spec_type(shape))
    }
}
