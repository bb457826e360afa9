//! A page as an operation: all parts put together.

use std::collections::BTreeSet;

use super::account;
use super::address::{self, Lookup, Target};
use super::basics::Basics;
use super::blocks::{Block, Page};
use super::finding::{Finding, Findings};
use super::headings::{Section, section};
use super::http::{Body, Reply, Request};
use super::inline::plain;
use super::parts::Parts;
use super::path;
use super::places::Places;
use super::rows;
use super::sample::{self, Sample};
use super::source::{At, Source};
use super::tables::Tables;
use super::whole;
use crate::check::LONGEST_TITLE;
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
    let cut = whole::tell_cut(&page, &mut findings);
    account::expect_rows(&page, &mut findings);
    for line in parts.unclosed.iter().filter(|_| !cut) {
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
    rows::escaped_names(parts.fields.iter(), &mut findings);
    let basics = Basics::read(&parts, &mut findings);
    let mut sample = sample::read(&source.text);
    for name in &mut sample.services {
        if let Some(known) = lookup.service(name) {
            known.clone_into(name);
        }
    }
    let refuse = |finding: Finding| vec![finding];
    let target = match address::find(&basics, &parts, lookup, &mut findings) {
        Ok(target) => target,
        Err(finding) => {
            let refused = whole::event(&page, &basics).unwrap_or(finding);
            // A page that is cut may lack what it is refused for.
            findings.all.truncate(usize::from(cut));
            findings.all.push(refused);
            return Err(findings.all);
        }
    };
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
            title: self.title(),
            summary: summary::of_operation(&action),
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

    /// The page's title, which is what the operation is called in Chinese; one in another language is no name.
    fn title(&self) -> Option<String> {
        let heading = self.page.blocks.iter().find_map(|block| match block {
            Block::Heading(line) => line.trim().strip_prefix("# "),
            _ => None,
        });
        let titles = [self.page.front.title.as_deref(), heading];
        let mut titles = titles.into_iter().flatten().map(plain);
        titles.find(|title| {
            section(title) == Section::Other
                && title.chars().count() <= LONGEST_TITLE
                && title
                    .chars()
                    .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        })
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
