//! The body and the reply of a page's operation, of its tables and its examples.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::content::Content;
use super::known::Known;
use super::operation::Reader;
use super::request::{Making, sketch};
use super::sketch::Sketch;
use super::tables::Tables;
use crate::diagnostic::shown;
use crate::spec::{NamedType, Operation};

impl Reader<'_> {
    /// Bodies of other kinds than JSON.
    pub(super) fn other_bodies(&mut self, is_known: bool) {
        let headers = self
            .parts
            .requests
            .iter()
            .flat_map(|request| &request.headers);
        let mut kinds = headers.filter(|(name, ..)| name.eq_ignore_ascii_case("content-type"));
        let other = kinds.find(|(_, kind, _)| !kind.to_ascii_lowercase().contains("json"));
        let Some((_, kind, at)) = other else { return };
        let question = format!("The example sends {}. Is the body JSON?", shown(kind));
        let help = "the spec's bodies are JSON";
        if is_known {
            return self.findings.note(*at, question, help);
        }
        let question = self.findings.undecided(*at, question, help);
        self.questions.push(question);
    }

    /// Examples that are no JSON.
    pub(super) fn unread_json(&mut self) {
        let requests = self.parts.requests.iter().map(|request| &request.body);
        let skeleton = self.parts.skeleton.iter().map(|request| &request.body);
        let bodies = requests
            .chain(skeleton)
            .chain(self.parts.replies.iter().map(|reply| &reply.body));
        let mut told: Vec<&'static str> = Vec::new();
        for (at, what) in bodies.flat_map(|body| &body.slips) {
            if !told.contains(what) {
                told.push(what);
                self.findings.note(
                    *at,
                    format!("the example is no JSON: {what}"),
                    "look at the example in the spec",
                );
            }
        }
    }

    /// What the tables and the examples say of the body and of the reply.
    pub(super) fn contents(
        &mut self,
        operation: &mut Operation,
        tables: &Tables,
        known: Option<Known<'_>>,
        names: &BTreeSet<String>,
        types: &mut Vec<(String, NamedType)>,
    ) {
        let parts = self.parts;
        let bodies = parts.requests.iter().map(|request| &request.body);
        // The older layout has the request once more, with words for types.
        let skeleton = parts.skeleton.iter().map(|request| &request.body);
        let example = sketch(bodies.chain(skeleton));
        let good = parts.replies.iter().filter(|reply| reply.status < 300);
        let reply_example = sketch(good.map(|reply| &reply.body));
        let mut making = Making {
            findings: &mut self.findings,
            places: &mut self.places,
            names,
            types,
            with_text: self.options.with_text,
        };
        let body_known = known.map(|known| {
            (
                known,
                known.operation.body.as_ref(),
                known.operation.body_type.as_deref(),
            )
        });
        let reply_known = known.map(|known| {
            (
                known,
                known.operation.response.as_ref(),
                known.operation.response_type.as_deref(),
            )
        });
        let seen =
            |sketch: &Option<Rc<Sketch>>| sketch.clone().filter(|sketch| !is_nothing(sketch));
        let body = if tables.has_body {
            making.content("body", &tables.body, example, body_known)
        } else {
            seen(&example).map_or_else(Content::default, |example| {
                let is_known = known.is_some_and(|known| {
                    known.operation.body.is_some() || known.operation.body_type.is_some()
                });
                making.without_table("body", "the body", &example, is_known)
            })
        };
        let reply = if tables.has_reply {
            making.content("response", &tables.reply, reply_example, reply_known)
        } else {
            seen(&reply_example).map_or_else(Content::default, |example| {
                let is_known = known.is_some_and(|known| {
                    known.operation.response.is_some() || known.operation.response_type.is_some()
                });
                making.without_table("response", "the reply", &example, is_known)
            })
        };
        self.questions.extend(body.question);
        self.questions.extend(reply.question);
        operation.body = body
            .fields
            .filter(|fields| !fields.is_empty() || tables.has_body);
        operation.body_type = body.whole.map(Box::new);
        let known_empty = known.is_some_and(|known| known.operation.response.is_some());
        operation.response = reply
            .fields
            .filter(|fields| !fields.is_empty() || known_empty);
        operation.response_type = reply.whole.map(Box::new);
    }
}

/// An example that shows nothing.
fn is_nothing(sketch: &Sketch) -> bool {
    sketch.is_empty() || sketch.fields.as_ref().is_some_and(Vec::is_empty)
}
