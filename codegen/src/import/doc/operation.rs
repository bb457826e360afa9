//! A page as an operation: all parts put together.

use std::collections::BTreeSet;
use std::rc::Rc;

use heck::ToUpperCamelCase;

use super::address::{self, Lookup, Target};
use super::basics::{Basics, form};
use super::blocks::{Block, Page};
use super::finding::{Finding, Findings, Kind};
use super::headings::{Section, section};
use super::http::{Body, Reply, Request};
use super::inline::plain;
use super::json::{Json, Value};
use super::known::Known;
use super::parts::Parts;
use super::places::Places;
use super::request::{Content, Making, sketch};
use super::rows::FieldRow;
use super::sample::{self, Sample};
use super::sketch::{Sketch, alike};
use super::source::{At, Source};
use super::tables::{TOKEN, Tables};
use crate::diagnostic::shown;
use crate::import::summary;
use crate::spec::{Field, Fields, NamedType, Operation, ScalarOrNamed, TokenUse};

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
    expect_rows(&page, &mut findings);
    for line in &parts.unclosed {
        findings.note(
            At::line(*line),
            "this block of code has no end",
            "it was ended before the next part of the page",
        );
    }
    let basics = Basics::read(&parts, &mut findings);
    let sample = sample::read(&source.text);
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

/// Every row of every table must become something, or be told.
fn expect_rows(page: &Page<'_>, findings: &mut Findings) {
    for block in &page.blocks {
        if let Block::Table(table) = block {
            for row in &table.rows {
                findings.expect_row(row.at.line);
            }
        }
    }
}

struct Reader<'a> {
    lookup: &'a dyn Lookup,
    options: &'a Options,
    page: &'a Page<'a>,
    parts: &'a Parts,
    basics: Basics,
    sample: Sample,
    target: Target,
    findings: Findings,
    places: Places,
    questions: Vec<String>,
}

impl<'a> Reader<'a> {
    fn read(mut self) -> Result<Facts, Finding> {
        self.questions.append(&mut self.target.questions);
        let known = self.known();
        let service = self.service(known)?;
        let action = self.action(known);
        self.rename_values(known);
        self.unread_json();
        let example = self
            .parts
            .requests
            .iter()
            .find(|request| !request.path.is_empty());
        let template = self.target.path.clone();
        let template = path_names(&template);
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
        self.open_rows();
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

    /// The operation in the spec.
    fn known(&mut self) -> Option<Known<'a>> {
        let found = self
            .lookup
            .by_path(self.target.method.as_str(), &self.target.path);
        let named = || {
            let services = self.options.service.iter().chain(&self.sample.services);
            let mut pairs = services.flat_map(|service| {
                self.sample
                    .actions
                    .iter()
                    .map(move |action| (service, action))
            });
            pairs.find_map(|(service, action)| self.lookup.by_name(service, action))
        };
        if found.is_some() {
            // What the page leaves open of method and path is decided.
            self.questions.clear();
            self.findings
                .decide("the spec has the operation as it was taken");
            return found;
        }
        let known = named()?;
        let operation = known.operation;
        let message = format!(
            "the page has {} {}, the spec {} {}",
            self.target.method.as_str(),
            shown(&self.target.path),
            operation.method.as_str(),
            shown(&operation.path)
        );
        self.findings.note(
            self.target.path_at,
            message,
            "the spec's stays; if it is wrong, mend it there",
        );
        Some(known)
    }

    fn service(&mut self, known: Option<Known<'_>>) -> Result<String, Finding> {
        let at = self.target.path_at;
        if let (Some(wanted), Some(known)) = (&self.options.service, known) {
            if *wanted != known.service {
                return Err(Finding {
                    kind: Kind::Refused,
                    at: Some(at.span()),
                    message: format!("the spec has this operation already, in {}", shown(known.service)),
                    help: "leave `--service` out, or take the operation out of the other service first".to_owned(),
                    rows: Vec::new(),
                });
            }
        }
        if let Some(known) = known {
            let others = self
                .sample
                .services
                .iter()
                .find(|service| *service != known.service);
            if let Some(other) = others {
                let message = format!(
                    "the page's code uses the service {}, the spec has the operation in {}",
                    shown(other),
                    shown(known.service)
                );
                self.findings.note(at, message, "it stays where it is");
            }
            return Ok(known.service.to_owned());
        }
        if let Some(service) = &self.options.service {
            return Ok(service.clone());
        }
        if let [_, other, ..] = self.sample.services.as_slice() {
            let message = format!(
                "the page's code uses two services, the second is {}",
                shown(other)
            );
            self.findings.undecided(
                at,
                message.clone(),
                "the first was taken; `--service` says which it is",
            );
            self.questions.push(format!(
                "Which service is it of, {} or {}?",
                shown(self.sample.services.first().map_or("", String::as_str)),
                shown(other)
            ));
        }
        if let Some(service) = self.sample.services.first() {
            return Ok(service.clone());
        }
        let service = service_of_path(&self.target.path);
        let question = format!(
            "The page does not name its service. Is it {}?",
            shown(&service)
        );
        self.findings.undecided(
            at,
            question.clone(),
            "it is the one of the path; `--service` says another",
        );
        self.questions.push(question);
        Ok(service)
    }

    fn action(&mut self, known: Option<Known<'_>>) -> String {
        let at = self.target.path_at;
        let of_page = self.sample.actions.first();
        if let Some(known) = known {
            let name = &known.operation.operation;
            if let Some(other) = of_page.filter(|action| !action.eq_ignore_ascii_case(name)) {
                let message = format!(
                    "the page's code calls {}, the spec {}",
                    shown(other),
                    shown(name)
                );
                self.findings.note(at, message, "the spec's name stays");
            }
            return name.clone();
        }
        if let [first, other, ..] = self.sample.actions.as_slice() {
            if !first.eq_ignore_ascii_case(other) {
                let question = format!(
                    "The page's code calls {} and {}. Which is the operation?",
                    shown(first),
                    shown(other)
                );
                self.findings
                    .undecided(at, question.clone(), "the first was taken");
                self.questions.push(question);
            }
        }
        if let Some(action) = of_page {
            return action.clone();
        }
        let slug = self.page.front.slug.clone().or_else(|| {
            let source = self.page.front.source.as_deref()?;
            Some(source.trim_end_matches('/').rsplit('/').next()?.to_owned())
        });
        let words = slug.unwrap_or_else(|| {
            let last = self
                .target
                .path
                .rsplit('/')
                .find(|part| !part.starts_with('{'));
            format!(
                "{}-{}",
                self.target.method.as_str().to_lowercase(),
                last.unwrap_or("operation")
            )
        });
        let words = words.strip_prefix("api-").unwrap_or(&words);
        let name: String = words
            .to_upper_camel_case()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let name = if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name
        } else {
            format!("Operation{name}")
        };
        let question = format!(
            "The page does not name the operation. Is it {}?",
            shown(&name)
        );
        self.findings.undecided(
            at,
            question.clone(),
            "the name is made of the page's address; the official SDKs have the right one",
        );
        self.questions.push(question);
        name
    }

    /// Values of the path may have other names in the spec; they do not go over the wire.
    fn rename_values(&mut self, known: Option<Known<'_>>) {
        let Some(known) = known else { return };
        let theirs = &known.operation.path;
        if *theirs == self.target.path || form(theirs) != form(&self.target.path) {
            return;
        }
        let message = format!(
            "the page has the path {}, the spec {}",
            shown(&self.target.path),
            shown(theirs)
        );
        self.findings.note(
            self.target.path_at,
            message,
            "they differ in the names of values, which are not sent; the spec's stay",
        );
        self.target.path.clone_from(theirs);
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

    /// Whether the operation is called with a token.
    fn token(
        &mut self,
        tables: &Tables,
        example: Option<&Request>,
        known: Option<Known<'_>>,
    ) -> TokenUse {
        let at = example.map_or(self.target.path_at, |request| request.at);
        let in_example = example.is_some_and(|request| {
            request
                .headers
                .iter()
                .any(|(name, ..)| name.eq_ignore_ascii_case(TOKEN))
        });
        let of = |used: bool| {
            if used {
                TokenUse::Required
            } else {
                TokenUse::None
            }
        };
        if let Some(required) = tables.token {
            if !required {
                self.findings
                    .note(at, "the token is optional", "it was taken for required");
            }
            return TokenUse::Required;
        }
        // No table has it. The code is made from the same description as the tables are.
        let word = |used: bool| {
            if used {
                "with a token"
            } else {
                "without a token"
            }
        };
        let decided = known
            .map(|known| known.operation.token == TokenUse::Required)
            .or(self.sample.token);
        match decided {
            Some(used) => {
                if used != in_example && example.is_some() || used {
                    let message = format!(
                        "no table has the token's header, the example calls {}",
                        word(in_example)
                    );
                    let who = if known.is_some() {
                        "the spec"
                    } else {
                        "the page's code"
                    };
                    self.findings.note(
                        at,
                        message,
                        format!("{who} calls {}, which was taken", word(used)),
                    );
                }
                of(used)
            }
            None => {
                let question = format!(
                    "No table has the token's header, and the example calls {}. Is it called {0}?",
                    word(in_example)
                );
                self.findings
                    .undecided(at, question.clone(), "the example was taken to be right");
                self.questions.push(question);
                of(in_example)
            }
        }
    }

    fn parameters(
        &mut self,
        operation: &mut Operation,
        tables: &Tables,
        example: Option<&Request>,
        known: Option<Known<'_>>,
        names: &BTreeSet<String>,
        types: &mut Vec<(String, NamedType)>,
    ) {
        let path_rows = self.path_rows(&tables.path, &operation.path);
        let mut making = Making {
            findings: &mut self.findings,
            places: &mut self.places,
            names,
            types,
            with_text: self.options.with_text,
        };
        let queries = example.map(|request| {
            texts(
                request.query.iter().map(|(name, value)| (name, value)),
                request.at,
            )
        });
        let headers = example.map(|request| {
            texts(
                request.headers.iter().map(|(name, value, _)| (name, value)),
                request.at,
            )
        });
        let has = |sketch: Option<Sketch>| sketch.filter(Sketch::is_object).map(Rc::new);
        let known_of =
            |fields: fn(&Operation) -> &Fields| known.map(|known| (known, fields(known.operation)));
        operation.query = making.parameters(
            "query",
            &tables.query,
            has(queries),
            known_of(|op| &op.query),
        );
        operation.headers = making.parameters(
            "headers",
            &tables.headers,
            has(headers),
            known_of(|op| &op.headers),
        );
        let params = making.parameters(
            "path_params",
            &path_rows,
            None,
            known_of(|op| &op.path_params),
        );
        // In the order of the path, and all that are in it.
        let mut all: Vec<(String, Field)> = Vec::new();
        let template = operation.path.clone();
        for name in path_names(&template) {
            let found = params.get(name).cloned();
            if found.is_none() {
                let message = format!("no row describes {}, which is in the path", shown(name));
                self.findings
                    .note(self.target.path_at, message, "it was taken for a text");
            }
            let mut field = found.unwrap_or_else(|| super::shape::scalar(ScalarOrNamed::String));
            field.required = false;
            all.push((name.to_owned(), field));
        }
        operation.path_params = all.into_iter().collect();
    }

    /// The rows of the path under the names that the template has.
    fn path_rows(&mut self, rows: &[FieldRow], template: &str) -> Vec<FieldRow> {
        let names = path_names(template);
        let mut rows: Vec<FieldRow> = rows.to_vec();
        let rename = |row: &mut FieldRow, name: &str, findings: &mut Findings| {
            let message = format!(
                "the table has {}, the path {}",
                shown(&row.name),
                shown(name)
            );
            findings.note(
                row.at,
                message,
                "they were taken for the same value; names of path values are not sent",
            );
            name.clone_into(&mut row.name);
        };
        for row in &mut rows {
            if names.contains(&row.name.as_str()) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| alike(name, &row.name)) {
                rename(row, name, &mut self.findings);
            }
        }
        let open: Vec<&str> = names
            .iter()
            .filter(|name| !rows.iter().any(|row| row.name == **name))
            .copied()
            .collect();
        let strange: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !names.contains(&row.name.as_str()))
            .map(|(at, _)| at)
            .collect();
        if let ([name], [at]) = (open.as_slice(), strange.as_slice()) {
            if let Some(row) = rows.get_mut(*at) {
                rename(row, name, &mut self.findings);
            }
        }
        for row in rows
            .iter()
            .filter(|row| !names.contains(&row.name.as_str()))
        {
            let message = format!(
                "{} is not in the path {}",
                shown(&row.name),
                shown(template)
            );
            self.findings.left_out_rows(
                &[row.line],
                row.at,
                message,
                "if the path lacks it, mend the path; if it goes elsewhere, add it there",
            );
        }
        rows.retain(|row| names.contains(&row.name.as_str()));
        let optional: Vec<&FieldRow> = rows
            .iter()
            .filter(|row| row.required == Some(false))
            .collect();
        if let Some(row) = optional.first() {
            let all: Vec<String> = optional.iter().map(|row| shown(&row.name)).collect();
            self.findings.note(
                row.at,
                format!("the table says that {} may be left out", all.join(", ")),
                "values of the path are always required",
            );
        }
        rows
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
        let example = sketch(bodies);
        let skeleton = sketch(parts.skeleton.iter().map(|request| &request.body));
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
            making.content("body", &tables.body, example, skeleton, body_known)
        } else {
            seen(&example).map_or_else(Content::default, |example| {
                let is_known = known.is_some_and(|known| {
                    known.operation.body.is_some() || known.operation.body_type.is_some()
                });
                making.without_table("body", "the body", &example, is_known)
            })
        };
        let reply = if tables.has_reply {
            making.content("response", &tables.reply, reply_example, None, reply_known)
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
        operation.response = reply.fields;
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

    /// What no part of the page wanted.
    fn open_rows(&mut self) {
        for part in &self.parts.others {
            let open = self.findings.open_rows();
            let rows: Vec<usize> = part
                .rows
                .iter()
                .map(|row| row.at.line)
                .filter(|line| open.contains(line))
                .collect();
            if !rows.is_empty() {
                let message = if part.columns.len() == 0 {
                    "the line that names the columns of this table is missing"
                } else {
                    "this table describes neither parameters nor errors"
                };
                self.findings.left_out_rows(
                    &rows,
                    part.at,
                    message,
                    "what it says of a field belongs into the field's `doc` or `enum`",
                );
            }
        }
        let open: Vec<usize> = self.findings.open_rows().into_iter().collect();
        for line in open {
            self.findings.left_out_rows(
                &[line],
                At::line(line),
                "this row could not be read",
                "add by hand what it says",
            );
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

/// The names of a path's values, in their order.
fn path_names(template: &str) -> Vec<&str> {
    let parts = template.split('{').skip(1);
    parts
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// `/v1.0/contact/users` is of `contact_1_0`, as a rule.
fn service_of_path(path: &str) -> String {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let version = parts
        .next()
        .unwrap_or("v1.0")
        .trim_start_matches('v')
        .replace('.', "_");
    let name = parts.next().unwrap_or("service");
    let mut out = String::new();
    for c in name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
    {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    format!("{out}_{version}")
}

/// Values of a query or of headers as an example. They are texts, whatever they stand for.
fn texts<'t>(pairs: impl Iterator<Item = (&'t String, &'t String)>, at: At) -> Sketch {
    let entries = pairs.map(|(name, value)| super::json::Entry {
        key: name.clone(),
        at,
        json: Json {
            value: typed(value),
            at,
        },
    });
    let mut sketch = Sketch::of(&Json {
        value: Value::Object(entries.collect()),
        at,
    });
    // Nothing is known of their kinds: `1` may be a text.
    for (_, field) in sketch.fields.iter_mut().flatten() {
        let field = Rc::make_mut(field);
        if field.fields.is_none() && field.element.is_none() {
            field.kinds = super::sketch::Kinds::default();
        }
    }
    sketch
}

/// A value of a query: JSON, if it is a list or an object.
fn typed(text: &str) -> Value {
    if text.starts_with(['[', '{']) {
        let read = super::json::read([(1, text)].into_iter());
        if let (Some(json), true) = (read.json, read.slips.is_empty()) {
            return json.value;
        }
    }
    Value::Text(text.to_owned())
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
