//! Puts what pages say into a spec.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::address::Lookup;
use super::differences::{addition, disagreement};
use super::finding::{Finding, Kind};
use super::known::Known;
use super::operation::{self, Facts, Options};
use super::path::form;
use super::source::Source;
use crate::diagnostic::{Diagnostic, Report, Step};
use crate::document::Document;
use crate::import::marks::Marks;
use crate::import::type_names;
use crate::load;
use crate::merge;
use crate::names;
use crate::schema::File;
use crate::similar::same;
use crate::sources::{Sources, operation_file, service_file};
use crate::spec::{NamedType, Operation, Ordered, Service};

/// A spec into which pages are imported, one after the other.
#[derive(Debug, Default)]
pub struct Importer {
    services: BTreeMap<String, Service>,
    /// The texts of files by their paths.
    texts: BTreeMap<String, Arc<str>>,
    /// Where the operation with a method and a path stands: service and file.
    by_path: BTreeMap<(String, String), (String, String)>,
    marks: Marks,
    no_types: Ordered<String, NamedType>,
}

/// What became of a page.
#[derive(Debug)]
pub struct Imported {
    /// The file, from the spec's folder on.
    pub file: String,
    /// What it says now.
    pub text: String,
    /// Whether it was there before.
    pub new: bool,
    /// Whether it says something else than before.
    pub changed: bool,
    /// The name of the operation.
    pub operation: String,
    /// What was added to a file that was there.
    pub added: Vec<String>,
    /// What a person should know.
    pub findings: Vec<Finding>,
    /// How many rows the page's tables have.
    pub rows: usize,
}

/// After so many times nothing is added any more.
const SETTLED: usize = 4;

impl Importer {
    /// Imports into the spec in a folder. It may have mistakes of content, but none of form.
    ///
    /// # Errors
    /// If a file cannot be read as what it should be.
    pub fn open(folder: &Path) -> Result<Self, Report> {
        let sources = &Sources::read(folder)?;
        let all: BTreeSet<&str> = sources.service_names().collect();
        let spec = load::parse(sources, &all)?;
        let marks = Marks::read(folder).map_err(|wrong| {
            let (problem, text) = *wrong;
            Report::new(&sources.root, vec![problem], |_| Some(text.clone()))
        })?;
        let mut importer = Self {
            services: spec.services,
            marks,
            ..Self::default()
        };
        for (name, service) in &sources.services {
            if let Some(text) = &service.file {
                importer.texts.insert(service_file(name), text.clone());
            }
            for (stem, text) in &service.operations {
                importer
                    .texts
                    .insert(operation_file(name, stem), text.clone());
            }
        }
        let services = &importer.services;
        let all = services.iter().flat_map(|(name, service)| {
            service
                .operations
                .iter()
                .map(move |(stem, operation)| (endpoint(operation), (name.clone(), stem.clone())))
        });
        importer.by_path = all.collect();
        Ok(importer)
    }

    /// Imports a page.
    ///
    /// # Errors
    /// If the page describes no operation, with the reason.
    pub fn page(&mut self, source: &Source, options: &Options) -> Result<Imported, Vec<Finding>> {
        let mut imported = self.once(source, options)?;
        // A page is read beside what the spec has. Where that is new, it may read otherwise still.
        for _ in 0..SETTLED {
            if !imported.changed {
                break;
            }
            let again = self.once(source, options)?;
            if !again.changed {
                break;
            }
            imported.text = again.text;
            imported.added.extend(again.added);
            // So may new questions come.
            let asked = |new: &Finding| {
                imported
                    .findings
                    .iter()
                    .any(|old| old.message == new.message)
            };
            let questions = again.findings.into_iter();
            let new = questions.filter(|new| new.kind == Kind::Undecided && !asked(new));
            let new: Vec<Finding> = new.collect();
            imported.findings.extend(new);
        }
        imported
            .findings
            .sort_by_key(|finding| (finding.at, finding.kind));
        Ok(imported)
    }

    fn once(&mut self, source: &Source, options: &Options) -> Result<Imported, Vec<Finding>> {
        let mut facts = operation::read(source, self, options)?;
        let stem = names::method(&facts.operation.operation);
        let stem = names::file_stem(&stem).to_owned();
        let file = operation_file(&facts.service, &stem);
        let file = self.known_file(&facts).unwrap_or(file);
        let shared = self.service_document(&facts.service);
        let before = self.texts.get(&file).cloned();
        let reviewed = before
            .as_ref()
            .map(|text| Document::read(File::Operation, &file, text));
        let mut document = match reviewed {
            Some(Ok(document)) => Some(document),
            Some(Err(mistakes)) => return Err(mistakes.iter().map(unread).collect()),
            None => None,
        };
        let known = document.as_ref().and_then(Document::model::<Operation>);
        self.marks.operation(&facts.service, &mut facts.operation);
        if let Some(known) = &known {
            // How an operation is paged is seen in all that it replies, which a page need not have.
            facts.operation.paging = None;
            // Names in Rust are ours.
            facts.operation.rust_name.clone_from(&known.rust_name);
        }
        type_names::operation(&mut facts.operation, known.as_ref());
        self.example(&mut facts, document.as_ref(), shared.as_ref());
        let rows = facts.findings.row_count();
        let mut findings = std::mem::take(&mut facts.findings.all);
        let mut added = Vec::new();
        let new = document.is_none();
        let document = match &mut document {
            Some(document) => {
                for difference in merge::operation(document, &facts.operation, shared.as_ref()) {
                    if difference.kind == merge::Kind::Added {
                        added.push(difference.to_string());
                        findings.extend(addition(&facts, &difference));
                    } else if !is_unsaid(&difference) {
                        findings.push(disagreement(&facts, &difference));
                    }
                }
                document.clone()
            }
            None => Document::operation(&facts.operation).at(&file),
        };
        let changed = new || !added.is_empty();
        // A file to which nothing was added stays as it is, to the letter.
        let text = match (&before, changed) {
            (Some(before), false) => before.to_string(),
            _ => document.to_string(),
        };
        self.remember(&file, &text, &document);
        Ok(Imported {
            file,
            text,
            new,
            changed,
            operation: facts.operation.operation,
            added,
            findings,
            rows,
        })
    }

    /// The file of the operation that the facts are about, if the spec has it.
    fn known_file(&self, facts: &Facts) -> Option<String> {
        let service = self.services.get(&facts.service)?;
        let mut all = service.operations.iter();
        let (stem, _) =
            all.find(|(_, operation)| operation.operation == facts.operation.operation)?;
        Some(operation_file(&facts.service, stem))
    }

    fn service_document(&self, service: &str) -> Option<Document> {
        let file = service_file(service);
        let text = self.texts.get(&file)?;
        Document::read(File::Service, &file, text).ok()
    }

    /// Fits the page's example to the operation as it will stand in the spec.
    fn example(&self, facts: &mut Facts, document: Option<&Document>, shared: Option<&Document>) {
        let Some(request) = facts.request.take() else {
            return;
        };
        let mut merged = document.cloned();
        let operation = match &mut merged {
            Some(document) => {
                merge::operation(document, &facts.operation, shared);
                document.model::<Operation>()
            }
            None => Some(facts.operation.clone()),
        };
        let Some(operation) = operation else { return };
        let known = Known {
            service: &facts.service,
            operation: &operation,
            shared: self.shared_types(&facts.service),
        };
        let reply = facts.reply.take();
        facts.operation.example = super::example::read(
            &operation,
            Some(known),
            &request,
            reply.as_ref(),
            &mut facts.findings,
        );
    }

    fn shared_types(&self, service: &str) -> &Ordered<String, NamedType> {
        self.services
            .get(service)
            .map_or(&self.no_types, |service| &service.file.types)
    }

    /// The next page sees what this one has brought.
    fn remember(&mut self, file: &str, text: &str, document: &Document) {
        self.texts.insert(file.to_owned(), text.into());
        let Some((service, stem)) = file.split_once('/') else {
            return;
        };
        let stem = stem.strip_suffix(".yaml").unwrap_or(stem);
        let Some(operation) = document.model::<Operation>() else {
            return;
        };
        let place = (service.to_owned(), stem.to_owned());
        self.by_path.insert(endpoint(&operation), place);
        self.services
            .entry(service.to_owned())
            .or_default()
            .operations
            .insert(stem.to_owned(), operation);
    }

    fn known<'s>(&'s self, service: &'s str, operation: &'s Operation) -> Known<'s> {
        Known {
            service,
            operation,
            shared: self.shared_types(service),
        }
    }
}

impl Lookup for Importer {
    fn by_path(&self, method: &str, path: &str) -> Option<Known<'_>> {
        let (service, stem) = self.by_path.get(&(method.to_owned(), form(path)))?;
        let operation = self.services.get(service)?.operations.get(stem)?;
        Some(self.known(service, operation))
    }

    fn with_method(&self, method: &str) -> Vec<Known<'_>> {
        let all = self
            .services
            .iter()
            .flat_map(|(name, service)| service.operations.values().map(move |op| (name, op)));
        let fit = all.filter(|(_, operation)| operation.method.as_str() == method);
        fit.map(|(name, operation)| self.known(name, operation))
            .collect()
    }

    fn by_name(&self, service: &str, action: &str) -> Option<Known<'_>> {
        let (name, found) = self.services.get_key_value(service)?;
        let operation = found
            .operations
            .values()
            .find(|op| op.operation.eq_ignore_ascii_case(action))?;
        Some(self.known(name, operation))
    }

    fn service(&self, name: &str) -> Option<&str> {
        let mut names = self.services.keys().map(String::as_str);
        names.find(|known| same(known, name))
    }
}

fn endpoint(operation: &Operation) -> (String, String) {
    (operation.method.as_str().to_owned(), form(&operation.path))
}

/// Whether the spec has more than a page can say: pages have no word for how a list in the query is written.
fn is_unsaid(difference: &merge::Finding) -> bool {
    let last = difference.path.last();
    difference.kind == merge::Kind::OnlyInFile
        && matches!(last, Some(Step::Key(key)) if key == "encoding")
}

/// The operation's file in the spec is of no good form.
fn unread(mistake: &Diagnostic) -> Finding {
    Finding {
        kind: Kind::Refused,
        at: None,
        message: format!("{} cannot be read: {}", mistake.place.file, mistake.message),
        help: "run `dingtalk-spec check`".to_owned(),
        rows: Vec::new(),
    }
}
