//! A page as an operation: all parts put together.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::account;
use super::address::{self, Lookup, Target};
use super::basics::Basics;
use super::blocks::{Block, Page};
use super::content::Content;
use super::finding::{Finding, Findings};
use super::headings::{Section, section};
use super::http::{Body, Reply, Request};
use super::inline::plain;
use super::known::Known;
use super::parts::Parts;
use super::path;
use super::places::Places;
use super::request::{Making, sketch};
use super::sample::{self, Sample};
use super::sketch::Sketch;
use super::source::{At, Source};
use super::tables::Tables;
use crate::diagnostic::shown;
use crate::import::summary;
use crate::spec::{NamedType, Operation};

/// What a page says, and what has to be known of how it was read.
pub(super) struct Facts {
    pub(super) operation: Operation,
    /// The service's folder.
    pub(super) service: String,
    /// The example, to be fitted to the operation as it comes to stand in the spec.
    pub(super) request: Option<Request>,
    pub(super) reply: Option<Reply>,
    pub(super) places: Places,
    pub(super) findings: Findings,
}

/// What is asked for beside the page.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The service, if the page's own word on it is not to be taken.
    pub service: Option<String>,
    /// Whether descriptions are taken over, for private use.
    pub with_text: bool,
}

/// Reads a page. `lookup` is the spec as it is.
pub(super) fn read(
    source: &Source,
    lookup: &dyn Lookup,
    options: &Options,
) -> Result<Facts, Vec<Finding>> {
    let page = Page::read(source.lines());
    let parts = Parts::read(&page);
    let mut findings = Findings::default();
    account::expect_rows(&page, &mut findings);
    for line in &parts.unclosed {
        findings.note(
            At::line(*line),
            "this block of code has no end",
            "it was ended before the next part of the page",
        );
    }
    for (name, at) in &parts.unread {
        let message = if name.is_empty() {
            "a column of this table has no name".to_owned()
        } else {
            format!(
                "nothing is known of the column {}, or it is a second one of its kind",
                shown(name)
            )
        };
        findings.left_out(
            *at,
            message,
            "what it says is not in the spec; add it by hand",
        );
    }
    let basics = Basics::read(&parts, &mut findings);
    let mut sample = sample::read(&source.text);
    for name in &mut sample.services {
        if let Some(known) = lookup.service(name) {
            known.clone_into(name);
        }
    }
    let refuse = |finding: Finding| vec![finding];
    let target = address::find(&basics, &parts, lookup, &mut findings).map_err(refuse)?;
    let reader = Reader {
        lookup,
        options,
        page: &page,
        parts: &parts,
        basics,
        sample,
        target,
        findings,
        places: Places::default(),
        questions: Vec::new(),
    };
    reader.read().map_err(refuse)
}

/// What a page is read with.
pub(super) struct Reader<'a> {
    pub(super) lookup: &'a dyn Lookup,
    pub(super) options: &'a Options,
    pub(super) page: &'a Page<'a>,
    pub(super) parts: &'a Parts,
    pub(super) basics: Basics,
    pub(super) sample: Sample,
    pub(super) target: Target,
    pub(super) findings: Findings,
    pub(super) places: Places,
    pub(super) questions: Vec<String>,
}

impl Reader<'_> {
    fn read(mut self) -> Result<Facts, Finding> {
        self.questions.append(&mut self.target.questions);
        let known = self.known();
        let service = self.service(known)?;
        let action = self.action(known);
        self.rename_values(known);
        self.unread_json();
        self.other_bodies(known.is_some());
        let example = self
            .parts
            .requests
            .iter()
            .find(|request| !request.path.is_empty());
        let template = self.target.path.clone();
        let template = path::names(&template);
        let tables = Tables::read(self.parts, &template, example, known, &mut self.findings);
        let names: BTreeSet<String> = [
            &tables.headers,
            &tables.path,
            &tables.query,
            &tables.body,
            &tables.reply,
        ]
        .into_iter()
        .flatten()
        .map(|row| row.name.clone())
        .collect();
        let mut types: Vec<(String, NamedType)> = Vec::new();
        let mut operation = Operation {
            summary: summary::of_operation(&action, self.target.method),
            doc: self.options.with_text.then(|| self.intro()).flatten(),
            source: self
                .page
                .front
                .source
                .clone()
                .filter(|source| source.starts_with("https://")),
            method: self.target.method,
            path: self.target.path.clone(),
            app_types: self.basics.app_types.clone(),
            permission: self.basics.permission.clone(),
            token: self.token(&tables, example, known),
            operation: action,
            ..Operation::default()
        };
        self.parameters(&mut operation, &tables, example, known, &names, &mut types);
        self.contents(&mut operation, &tables, known, &names, &mut types);
        operation.errors = super::errors::read(
            &self.parts.errors,
            self.options.with_text,
            &mut self.places,
            &mut self.findings,
        );
        operation.types = types.into_iter().collect();
        self.query_of_address(&operation);
        self.put_places();
        account::open_rows(&self.parts.others, &mut self.findings);
        self.questions.dedup();
        operation.undecided = (!self.questions.is_empty()).then(|| self.questions.join(" "));
        Ok(Facts {
            operation,
            service,
            request: example.filter(|request| !has_words(&request.body)).cloned(),
            reply: self
                .parts
                .replies
                .iter()
                .find(|reply| reply.status < 300 && !has_words(&reply.body))
                .cloned(),
            places: self.places,
            findings: self.findings,
        })
    }

    /// Bodies of other kinds than JSON.
    fn other_bodies(&mut self, is_known: bool) {
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
    fn unread_json(&mut self) {
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

    fn contents(
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

    /// Names in the query of the address that no table has.
    fn query_of_address(&mut self, operation: &Operation) {
        let missing: Vec<String> = self
            .target
            .query
            .iter()
            .filter(|name| operation.query.get(name).is_none())
            .map(|name| shown(name))
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "the address has {} in its query, which no table describes",
                missing.join(", ")
            );
            self.findings.left_out(
                self.target.path_at,
                message,
                "if they are sent, add them under `query`",
            );
        }
    }

    fn put_places(&mut self) {
        self.places.put("method", self.target.method_at);
        self.places.put("path", self.target.path_at);
        self.places.put("operation", self.target.path_at);
        let at = [
            ("app_types", self.basics.app_types_at),
            ("permission", self.basics.permission_at),
            (
                "source",
                self.page.front.source.as_ref().map(|_| At::line(1)),
            ),
            (
                "example",
                self.parts.requests.first().map(|request| request.at),
            ),
        ];
        for (key, at) in at {
            if let Some(at) = at {
                self.places.put(key, at);
            }
        }
    }

    /// The text before the first part of the page.
    fn intro(&self) -> Option<String> {
        let mut paragraphs = Vec::new();
        for block in &self.page.blocks {
            match block {
                Block::Heading(text) if section(text) != Section::Other => break,
                Block::Text { first, end } => {
                    let lines = self.page.range(*first, *end).map(|(_, line)| line.trim());
                    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("> "));
                    paragraphs.extend(lines.map(plain).filter(|line| !line.is_empty()));
                }
                _ => {}
            }
        }
        (!paragraphs.is_empty()).then(|| paragraphs.join("\n"))
    }
}

fn has_words(body: &Body) -> bool {
    body.json
        .as_ref()
        .is_some_and(|json| json.value.has_words())
}

/// An example that shows nothing.
fn is_nothing(sketch: &Sketch) -> bool {
    sketch.is_empty() || sketch.fields.as_ref().is_some_and(Vec::is_empty)
}
