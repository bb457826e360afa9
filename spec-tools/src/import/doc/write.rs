//! Merges pages into a spec.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::differences::{addition, disagreement};
use super::facts;
use super::{Facts, Finding, Findings, Options, Sections, Source, Spec};
use crate::diagnostic::{Diagnostic, Step};
use crate::document::Document;
use crate::import::legacy::Names;
use crate::import::lists::Wrong;
use crate::import::marks::Marks;
use crate::import::type_names;
use crate::load;
use crate::merge;
use crate::names;
use crate::report::Report;
use crate::schema::File;
use crate::sources::{Sources, operation_file, service_file};
use crate::spec::{Example, Operation};

/// A spec that pages are imported into, one after the other.
#[derive(Debug, Default)]
pub struct Importer {
    spec: Spec,
    /// The texts of files by their paths.
    texts: BTreeMap<String, Arc<str>>,
    marks: Marks,
}

/// The result of importing a page.
#[derive(Debug)]
pub struct Imported {
    /// The file, from the spec's folder on.
    pub file: String,
    /// Its new text.
    pub text: String,
    /// Whether the file is new.
    pub new: bool,
    /// Whether the text changed.
    pub changed: bool,
    /// The name of the operation.
    pub operation: String,
    /// What was added to an existing file.
    pub added: Vec<String>,
    /// Findings for the reader.
    pub findings: Vec<Finding>,
    /// How many rows the page's tables have.
    pub rows: usize,
}

/// The files that an import reads and writes.
struct Files {
    /// That of the operation, from the spec's folder on.
    path: String,
    /// What it said before, if it was there.
    before: Option<Arc<str>>,
    operation: Document,
    service: Option<Document>,
}

/// What a page says, and what came of it in the operation's file.
struct Merged {
    facts: Facts,
    differences: Vec<merge::Finding>,
    /// Whether the file was not there.
    new: bool,
}

impl Merged {
    fn added(&self) -> impl Iterator<Item = &merge::Finding> {
        let all = self.differences.iter();
        all.filter(|difference| difference.kind == merge::Kind::Added)
    }

    /// Whether the file says something else than before.
    fn changed(&self) -> bool {
        self.new || self.added().next().is_some()
    }
}

impl Importer {
    /// Imports into the spec in a folder. It may have mistakes of content, but none of form.
    ///
    /// # Errors
    /// If a file cannot be read as what it should be.
    pub fn open(folder: &Path) -> Result<Self, Report> {
        let sources = &Sources::read(folder)?;
        let all: BTreeSet<&str> = sources.service_names().collect();
        let spec = load::parse(sources, &all)?;
        let unread = |wrong: Wrong| {
            let (problem, text) = *wrong;
            Report::new(&sources.root, vec![problem], |_| Some(text.clone()))
        };
        let marks = Marks::read(folder).map_err(unread)?;
        let legacy = Names::read(folder).map_err(unread)?;
        let mut texts = BTreeMap::new();
        for (name, service) in &sources.services {
            let file = service.file.iter();
            texts.extend(file.map(|text| (service_file(name), text.clone())));
            let operations = service.members.iter();
            texts.extend(operations.map(|(stem, text)| (operation_file(name, stem), text.clone())));
        }
        Ok(Self {
            spec: Spec::new(spec.services, legacy),
            texts,
            marks,
        })
    }

    /// Imports a page.
    ///
    /// # Errors
    /// If the page describes no operation, with the reason.
    pub fn page(&mut self, source: &Source, options: &Options) -> Result<Imported, Vec<Finding>> {
        let mut findings = Findings::default();
        let sections = Sections::read(source, &self.spec, &mut findings);
        let facts = facts::read(&sections, &self.spec, options, findings)
            .map_err(|finding| sections.refused(finding))?;
        let mut files = self.files(&facts)?;
        let mut merged = self.merge(facts, &mut files);
        // A file to which nothing was added stays as it is, to the letter.
        let text: Arc<str> = match &files.before {
            Some(before) if !merged.changed() => before.clone(),
            _ => files.operation.to_string().into(),
        };
        self.texts.insert(files.path.clone(), text.clone());
        let shared = service_file(&merged.facts.service);
        let shared_text = self.texts.get(&shared).map_or("", |text| text);
        merge::locate(&mut merged.differences, &files.path, &text);
        merge::locate(&mut merged.differences, &shared, shared_text);
        Ok(report(merged, files.path, &text))
    }

    /// Opens the files of an operation and of its service.
    fn files(&self, facts: &Facts) -> Result<Files, Vec<Finding>> {
        let stem = names::method(&facts.operation.operation);
        let file = operation_file(&facts.service, names::file_stem(&stem));
        let path = self.known_file(facts).unwrap_or(file);
        let shared = service_file(&facts.service);
        let shared_text = self.texts.get(&shared);
        let shared = shared_text.map(|text| Document::read(File::Service, &shared, text));
        let before = self.texts.get(&path).cloned();
        let operation = match &before {
            Some(text) => Document::read(File::Operation, &path, text)
                .map_err(|mistakes| mistakes.iter().map(unread).collect::<Vec<_>>())?,
            None => Document::empty(File::Operation).at(&path),
        };
        Ok(Files {
            path,
            before,
            operation,
            service: shared.and_then(Result::ok),
        })
    }

    /// Puts what a page says into the operation's file.
    fn merge(&mut self, mut facts: Facts, files: &mut Files) -> Merged {
        let document = &mut files.operation;
        let known = document.model::<Operation>();
        self.marks.operation(&facts.service, &mut facts.operation);
        if let Some(known) = &known {
            // How an operation is paged is seen in all that it replies, which a page need not have.
            facts.operation.paging = None;
            // Names in Rust are ours.
            facts.operation.rust_name.clone_from(&known.rust_name);
        }
        type_names::operation(&mut facts.operation, known.as_ref());
        let mut differences = Vec::new();
        if let Some(known) = &known {
            let shared = &self.spec.service(&facts.service).file.types;
            let service = files.service.as_ref();
            differences = merge::add(document, known, &facts.operation, service, shared);
            if let Some(merged) = document.model() {
                facts.operation.example = self.example(&mut facts, &merged);
            }
            differences.extend(merge::add_example(document, known, &facts.operation));
        } else {
            let operation = std::mem::take(&mut facts.operation);
            let example = self.example(&mut facts, &operation);
            facts.operation = Operation {
                example,
                ..operation
            };
            *document = Document::operation(&facts.operation).at(&files.path);
        }
        if let (Some((service, file)), Some(operation)) =
            (files.path.split_once('/'), document.model())
        {
            let stem = file.strip_suffix(".yaml").unwrap_or(file);
            self.spec.put(service, stem, operation);
        }
        Merged {
            facts,
            differences,
            new: known.is_none(),
        }
    }

    /// The file of the operation that the facts are about, if the spec has it.
    fn known_file(&self, facts: &Facts) -> Option<String> {
        let mut all = self.spec.service(&facts.service).operations.iter();
        let (stem, _) = all.find(|(_, known)| known.operation == facts.operation.operation)?;
        Some(operation_file(&facts.service, stem))
    }

    /// Fits the page's example to the operation as the spec has it.
    fn example(&self, facts: &mut Facts, operation: &Operation) -> Option<Example> {
        let request = facts.request.take()?;
        let reply = facts.reply.take();
        let known = self.spec.known(&facts.service, operation);
        super::example::read(known, &request, reply.as_ref(), &mut facts.findings)
    }
}

/// What came of a page.
fn report(merged: Merged, file: String, text: &str) -> Imported {
    let (changed, added) = (merged.changed(), merged.added().map(ToString::to_string));
    let added = added.collect();
    let rows = merged.facts.findings.row_count();
    let mut findings = merged.facts.findings.all.clone();
    for difference in &merged.differences {
        if difference.kind == merge::Kind::Added {
            findings.extend(addition(&merged.facts, difference));
        } else if !is_unsaid(difference) {
            findings.push(disagreement(&merged.facts, difference));
        }
    }
    findings.sort_by_key(|finding| (finding.at, finding.kind));
    Imported {
        file,
        text: text.to_owned(),
        new: merged.new,
        changed,
        operation: merged.facts.operation.operation,
        added,
        findings,
        rows,
    }
}

/// Whether the spec has more than a page can say: pages have no word for how a list in the query is written.
fn is_unsaid(difference: &merge::Finding) -> bool {
    let last = difference.path.last();
    difference.kind == merge::Kind::OnlyInFile
        && matches!(last, Some(Step::Key(key)) if key == "encoding")
}

/// The operation's file in the spec is of no good form.
fn unread(mistake: &Diagnostic) -> Finding {
    let message = format!("{} cannot be read: {}", mistake.place.file, mistake.message);
    Finding::refused(None, message, "run `dingtalk-spec check`")
}
