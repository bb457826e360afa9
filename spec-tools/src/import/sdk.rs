//! From the official Python SDK to spec files.
//!
//! The package's own generator writes the same few shapes over and over, so its source has all facts about the
//! platform: which field goes where, under which name, of which type. The source is parsed, never run.

mod client;
mod corrections;
mod counts;
mod facts;
mod models;
mod names;
mod package;
mod python;
mod types;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::merge::Finding;
use crate::report::Report;
use crate::similar::nearest;
use crate::sources::{IMPORT, Sources};
use crate::spec::Platform;
use crate::{load, parallel};

use super::lists::Wrong;
use super::marks::Marks;
use corrections::Corrections;
use counts::Count;
use names::Names;
use package::{CLIENT, MODELS, Package};
use python::{Problem, Source};

/// What is imported, and where to.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the unpacked package.
    pub package: PathBuf,
    /// The folder of the spec.
    pub spec: PathBuf,
    /// The only service to be imported.
    pub service: Option<String>,
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The version of the package.
    pub version: Option<String>,
    /// How many services were read.
    pub services: usize,
    /// How many operations they have.
    pub operations: usize,
    /// How many files were made.
    pub new: usize,
    /// To how many files something was added.
    pub changed: usize,
    /// What was added to files that were there, and where they say something else.
    pub findings: Vec<Finding>,
    /// Files of operations that the package does not have.
    pub others: Vec<String>,
    /// What could not be imported, or is wrong with the lists.
    pub reports: Vec<Report>,
}

/// Imports the package. `progress` is called as services are done, with how many are and how many there are.
///
/// # Errors
/// Nothing could be imported: there is no package, or no spec to import into.
pub fn import(
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, Report> {
    let folder = options.package.display().to_string();
    let of_package = |problem: Problem| Report::new(&folder, vec![*problem], |_| None);
    let package = Package::open(&options.package).map_err(of_package)?;
    let sources = Sources::read(&options.spec)?;
    let of_list = |wrong: Wrong| {
        let (problem, text) = *wrong;
        Report::new(&sources.root, vec![problem], |_| Some(text.clone()))
    };
    let names = Names::read(&options.spec).map_err(of_list)?;
    let services = wanted(&package, &names, options.service.as_deref()).map_err(of_package)?;
    let import = Import {
        package: &package,
        options,
        token_header: token_header(&load::parse_platform(&sources)?),
        models: models::Shapes::new().map_err(of_package)?,
        client: client::Shapes::new().map_err(of_package)?,
        corrections: Corrections::read(&options.spec).map_err(of_list)?,
        names: &names,
        marks: Marks::read(&options.spec).map_err(of_list)?,
        sources: &sources,
    };
    let finished = AtomicUsize::new(0);
    let done = parallel::each(&services, |service| {
        let done = import.service(*service);
        progress(finished.fetch_add(1, Ordering::Relaxed) + 1, services.len());
        done
    });
    let mut outcome = Outcome {
        version: package.version.clone(),
        services: done.len(),
        ..Outcome::default()
    };
    let (mut theirs, mut ours) = (Vec::new(), Vec::new());
    let mut texts = BTreeMap::new();
    let mut counted = BTreeMap::new();
    for (service, done) in services.iter().zip(done) {
        counted.extend(done.count.map(|count| (service.name.to_owned(), count)));
        outcome.operations += done.operations;
        outcome.new += done.written.new;
        outcome.changed += done.written.changed;
        outcome.findings.extend(done.written.findings);
        outcome.others.extend(done.written.others);
        ours.extend(done.written.problems);
        theirs.extend(done.problems);
        texts.extend(done.texts);
    }
    let all = options.service.is_none();
    if let Err(error) = counts::write(&options.spec, package.version.as_deref(), counted, all) {
        let message = format!("cannot write the counts: {error}");
        ours.push(Diagnostic::new(Place::file(IMPORT), message));
    }
    if !theirs.is_empty() {
        let root = package.folder.display().to_string();
        outcome
            .reports
            .push(Report::new(&root, theirs, |file| texts.get(file).cloned()));
    }
    if !ours.is_empty() {
        outcome.reports.push(sources.report(ours));
    }
    // What could not be read may be what an entry is about.
    if outcome.reports.is_empty() {
        outcome.reports.extend(import.stale_entries(&services));
    }
    Ok(outcome)
}

/// A service of the package.
#[derive(Clone, Copy)]
struct Service<'a> {
    /// Its folder there.
    folder: &'a str,
    /// Its name in the spec.
    name: &'a str,
}

/// The services to be imported; one may be asked for by either name.
fn wanted<'a>(
    package: &'a Package,
    names: &'a Names,
    only: Option<&str>,
) -> Result<Vec<Service<'a>>, Problem> {
    let all = package.services.iter().map(|folder| Service {
        folder,
        name: names.service(folder),
    });
    let Some(only) = only else {
        return Ok(all.collect());
    };
    let mut called = all.clone();
    if let Some(service) = called.find(|service| [service.name, service.folder].contains(&only)) {
        return Ok(vec![service]);
    }
    let message = format!("the package has no service {}", quoted(only));
    let help = match nearest(only, all.map(|service| service.name)) {
        Some(near) => format!("did you mean {}?", quoted(near)),
        None => {
            "services are named after their folders in the package, for example `conference_1_0`"
                .to_owned()
        }
    };
    Err(Box::new(
        Diagnostic::new(Place::file(""), message).help(help),
    ))
}

/// All that is needed to import a service.
struct Import<'a> {
    package: &'a Package,
    options: &'a Options,
    sources: &'a Sources,
    token_header: String,
    models: models::Shapes,
    client: client::Shapes,
    corrections: Corrections,
    names: &'a Names,
    marks: Marks,
}

/// What became of a service.
struct Done {
    operations: usize,
    count: Option<Count>,
    /// What was not understood of the package, with the texts of its files.
    problems: Vec<Diagnostic>,
    texts: BTreeMap<String, Arc<str>>,
    written: write::Written,
}

impl Import<'_> {
    fn service(&self, Service { folder, name }: Service<'_>) -> Done {
        let (mut problems, mut texts) = (Vec::new(), BTreeMap::new());
        let mut open = |file| {
            let source = self.open(format!("{folder}/{file}"), &mut texts);
            source.map_err(|problem| problems.push(*problem)).ok()
        };
        let (Some(models), Some(client)) = (open(MODELS), open(CLIENT)) else {
            return Done {
                operations: 0,
                count: None,
                problems,
                texts,
                written: write::Written::default(),
            };
        };
        let count = Count::of(&models, &client);
        let mut models = models::read(&models, &self.models, &mut problems);
        self.corrections.types(&mut models);
        let methods = client::read(&client, &self.client, &mut problems);
        let facts = facts::Source {
            service: name,
            models: &models,
            methods: &methods,
            corrections: &self.corrections,
            token_header: &self.token_header,
        };
        let mut facts = facts::service(&facts, &mut problems);
        self.names.types(&mut facts.file.types);
        self.marks.types(name, &mut facts.file.types);
        for operation in &mut facts.operations {
            self.names.operation(name, operation);
            self.marks.operation(name, operation);
        }
        let known = self.sources.services.get(name);
        let written = write::service(&self.options.spec, name, &mut facts, known);
        Done {
            operations: facts.operations.len(),
            count: Some(count),
            problems,
            texts,
            written,
        }
    }

    /// Reads a file of the package.
    fn open(
        &self,
        file: String,
        texts: &mut BTreeMap<String, Arc<str>>,
    ) -> Result<Source, Problem> {
        let failed = |why: String| {
            Box::new(Diagnostic::new(
                Place::file(&file),
                format!("this file {why}"),
            ))
        };
        let bytes = fs::read(self.package.folder.join(&file))
            .map_err(|error| failed(format!("cannot be read: {error}")))?;
        let text: Arc<str> = match std::str::from_utf8(&bytes) {
            Ok(text) => text.into(),
            Err(error) => {
                let good = bytes.iter().take(error.valid_up_to());
                let line = good.filter(|byte| **byte == b'\n').count() + 1;
                return Err(failed(format!("is not UTF-8: see its line {line}")));
            }
        };
        texts.insert(file.clone(), text.clone());
        Source::parse(file, text)
    }

    /// Entries of the lists that no longer apply.
    fn stale_entries(&self, services: &[Service<'_>]) -> Option<Report> {
        let all = self.options.service.is_none();
        let read = |name: &str| all || services.iter().any(|service| service.name == name);
        let mut stale = self.corrections.stale(read, all);
        stale.extend(self.names.stale(read, all));
        if all {
            stale.extend(self.marks.stale());
        }
        let texts = [
            (&self.corrections.list.file, &self.corrections.list.text),
            (&self.names.list.file, &self.names.list.text),
            (&self.marks.list.file, &self.marks.list.text),
        ];
        let text = |file: &str| {
            let found = texts.iter().find(|(known, _)| *known == file);
            found.map(|(_, text)| (*text).clone())
        };
        (!stale.is_empty()).then(|| Report::new(&self.sources.root, stale, text))
    }
}

/// The header that carries the token of the platform's first API, which the packages call.
fn token_header(platform: &Platform) -> String {
    let header = platform.api(None).and_then(|api| api.token.header.clone());
    header.unwrap_or_default()
}
