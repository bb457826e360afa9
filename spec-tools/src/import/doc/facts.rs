//! A page as an operation: all parts put together.

use std::collections::BTreeSet;

use super::coverage;
use super::headings::section;
use super::legacy::RESULT;
use super::rows;
use super::sample;
use super::whole;
use super::{
    At, Basics, Block, Body, Builder, Finding, Findings, Legacy, Page, Parts, Places, Reply,
    Request, Sample, Search, Section, Source, Spec, Tables, listed, plain,
};
use crate::check::LONGEST_TITLE;
use crate::diagnostic::{is_invisible, quoted};
use crate::import::summary;
use crate::spec::{Operation, names_in};

/// What a page says, and how it was read.
pub(super) struct Facts {
    pub(super) operation: Operation,
    /// The service's folder.
    pub(super) service: String,
    /// The example, to be fitted to the operation once it is in the spec.
    pub(super) request: Option<Request>,
    pub(super) reply: Option<Reply>,
    pub(super) places: Places,
    pub(super) findings: Findings,
}

/// Options of an import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The service, overriding what the page says.
    pub service: Option<String>,
    /// Whether to copy descriptions, for private use.
    pub with_text: bool,
}

/// A page by its sections.
pub(super) struct Sections<'a> {
    pub(super) page: Page<'a>,
    pub(super) parts: Parts,
    pub(super) basics: Basics,
    pub(super) sample: Sample,
    /// What differs if the page is about the legacy API.
    pub(super) legacy: Option<Legacy>,
    /// Where the page is cut off, if it is.
    pub(super) cut: Option<Finding>,
}

impl<'a> Sections<'a> {
    pub(super) fn read(source: &'a Source, spec: &Spec, findings: &mut Findings) -> Self {
        let page = Page::read(source.lines());
        let mut parts = Parts::read(&page);
        let cut = whole::cut(&page);
        findings.all.extend(cut.clone());
        coverage::expect_rows(&page, findings);
        for line in parts.unclosed.iter().filter(|_| cut.is_none()) {
            let help = "ended it before the next section";
            findings.note(At::line(*line), "this code block is not closed", help);
        }
        for (name, at) in &parts.unread {
            let message = match name.as_str() {
                "" => "a column of this table has no name".to_owned(),
                name => format!("unknown or repeated column {}", quoted(name)),
            };
            let help = "nothing from it is in the spec; add it by hand";
            findings.left_out(*at, message, help);
        }
        rows::escaped_names(&parts.fields, findings);
        let basics = Basics::read(&parts, findings);
        let legacy = Legacy::read(&page, &basics, &mut parts, findings);
        let mut sample = sample::read(&source.text);
        for name in &mut sample.services {
            if let Some(known) = spec.name_of(name) {
                known.clone_into(name);
            }
        }
        Self {
            page,
            parts,
            basics,
            sample,
            legacy,
            cut,
        }
    }

    /// Why the page is not imported. A page that is cut off may lack what it is refused for.
    pub(super) fn refused(&self, finding: Finding) -> Vec<Finding> {
        let finding = whole::event(&self.page, &self.basics).unwrap_or(finding);
        self.cut.iter().cloned().chain([finding]).collect()
    }
}

/// Reads the operation from a page's sections. `spec` is the current spec.
pub(super) fn read(
    sections: &Sections<'_>,
    spec: &Spec,
    options: &Options,
    findings: Findings,
) -> Result<Facts, Finding> {
    let mut search = Search {
        sections,
        spec,
        options,
        findings,
    };
    let mut target = search.target()?;
    let known = search.known(&target);
    let (service, action) = if sections.legacy.is_some() && known.is_none() {
        search.legacy_name(&target)?
    } else {
        (
            search.service(&target, known)?,
            search.action(&target, known),
        )
    };
    if let Some(known) = known {
        search.rename_values(&mut target, known);
    }
    let builder = Builder {
        sections,
        options,
        known,
        target,
        findings: search.findings,
        places: Places::default(),
        names: BTreeSet::new(),
        types: Vec::new(),
        request: false,
        truths: Vec::new(),
        not_shown: Vec::new(),
        open: Vec::new(),
        asked: BTreeSet::new(),
    };
    Ok(builder.facts(service, action))
}

impl Builder<'_> {
    fn facts(mut self, service: String, action: String) -> Facts {
        self.unread_json();
        self.other_bodies();
        let sections = self.sections;
        let basics = &sections.basics;
        let template = self.target.path.clone();
        let template: Vec<&str> = names_in(&template).collect();
        let example = sections.parts.example();
        let (known, findings) = (self.known, &mut self.findings);
        let mut tables = Tables::read(&sections.parts, &template, example, known, findings);
        self.names = tables.rows().map(|row| row.name.clone()).collect();
        let source = sections.page.front.source.clone();
        let mut operation = Operation {
            title: self.title(),
            summary: summary::of_operation(&action),
            doc: self.options.with_text.then(|| self.intro()).flatten(),
            source: source.filter(|source| source.starts_with("https://")),
            method: self.target.method,
            path: self.target.path.clone(),
            app_types: basics.app_types.clone(),
            permission: basics.permission.clone(),
            token: self.token(&tables),
            response_field: sections
                .legacy
                .filter(|legacy| legacy.in_result)
                .map(|_| RESULT.to_owned()),
            operation: action,
            ..Operation::default()
        };
        self.parameters(&mut operation, &mut tables);
        self.contents(&mut operation, tables);
        operation.errors = self.errors();
        operation.types = std::mem::take(&mut self.types).into_iter().collect();
        self.query_of_address(&operation);
        self.put_places();
        coverage::open_rows(&sections.parts.others, &mut self.findings);
        let mut questions = std::mem::take(&mut self.findings.questions);
        questions.dedup();
        operation.undecided = (!questions.is_empty()).then(|| questions.join(" "));
        let mut replies = sections.parts.replies.iter();
        let reply = replies.find(|reply| reply.status < 300 && !has_words(&reply.body));
        Facts {
            operation,
            service,
            request: example.filter(|request| !has_words(&request.body)).cloned(),
            reply: reply.cloned(),
            places: self.places,
            findings: self.findings,
        }
    }

    /// Names in the query of the address that no table has.
    fn query_of_address(&mut self, operation: &Operation) {
        let names = self.target.query.iter();
        let missing = listed(names.filter(|name| operation.query.get(name).is_none()));
        if !missing.is_empty() {
            let message =
                format!("the address has {missing} in its query, which no table describes");
            let help = "if they are sent, add them under `query`";
            self.findings.left_out(self.target.path_at, message, help);
        }
    }

    /// Where the keys come from that are of no table of fields.
    fn put_places(&mut self) {
        let sections = self.sections;
        let example = sections.parts.requests.first();
        let places = [
            ("method", Some(self.target.method_at)),
            ("path", Some(self.target.path_at)),
            ("operation", Some(self.target.path_at)),
            ("app_types", sections.basics.app_types_at),
            ("permission", sections.basics.permission_at),
            (
                "source",
                sections.page.front.source.as_ref().map(|_| At::default()),
            ),
            ("example", example.map(|request| request.at)),
        ];
        for (key, at) in places {
            if let Some(at) = at {
                self.within(&[key], at, |_| ());
            }
        }
    }

    /// The page's title, if it is in Chinese and short enough to be a name.
    fn title(&self) -> Option<String> {
        let page = &self.sections.page;
        let heading = page.blocks.iter().find_map(|block| match block {
            Block::Heading(line) => line.trim().strip_prefix("# "),
            _ => None,
        });
        let titles = [page.front.title.as_deref(), heading];
        let mut titles = titles.into_iter().flatten().map(plain);
        titles.find(|title| {
            section(title) == Section::Other
                && title.chars().count() <= LONGEST_TITLE
                && !title.contains(|c| is_invisible(c) || c == char::REPLACEMENT_CHARACTER)
                && title
                    .chars()
                    .any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
        })
    }

    /// The text before the first part of the page.
    fn intro(&self) -> Option<String> {
        let mut paragraphs = Vec::new();
        for block in &self.sections.page.blocks {
            match block {
                Block::Heading(text) if section(text) != Section::Other => break,
                Block::Text(lines) => {
                    let lines = lines.iter().map(|(_, line)| line.trim());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::doc::placed::Placed;

    const PAGE: &str = "\
| **基本信息** | |
| --- | --- |
| HTTP URL | https://api.dingtalk.com/v1.0/garden/trees/{treeId} |
| HTTP Method | PUT |

### Body参数

| 名称 | 类型 | 是否必填 | 描述 |
|---|---|---|---|
| spot | Object | 是 | |
| row | Long | 否 | |
";

    #[test]
    fn each_stage_reads_a_page_of_which_the_spec_knows_nothing() {
        let source = Source::new("page.md", PAGE.as_bytes()).unwrap();
        let spec = Spec::default();
        let mut findings = Findings::default();
        let sections = Sections::read(&source, &spec, &mut findings);
        let [part] = sections.parts.fields.as_slice() else {
            panic!("one table of fields");
        };
        assert_eq!(part.section, Section::Body);

        let tables = Tables::read(&sections.parts, &["treeId"], None, None, &mut findings);
        let names: Vec<&str> = tables.body.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["spot", "row"]);

        let placed = Placed::of(tables.body, &[], &mut findings);
        let [spot] = placed.top.as_slice() else {
            panic!("one row on the first level");
        };
        assert_eq!(spot.fields[0].row.name, "row");

        let facts = read(&sections, &spec, &Options::default(), Findings::default()).unwrap();
        assert_eq!(facts.operation.path, "/v1.0/garden/trees/{treeId}");
        let body = facts.operation.body.unwrap();
        let spot = body.get("spot").unwrap();
        assert!(spot.required && spot.object.as_ref().unwrap().get("row").is_some());
    }
}
