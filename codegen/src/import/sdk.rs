//! From the official Python SDK to spec files.
//!
//! The package's own generator writes the same few shapes over and over, so its source tells all facts of the
//! platform: which field goes where, under which name, of which type. The source is parsed, never run.

mod client;
mod corrections;
mod facts;
mod lists;
mod models;
mod package;
mod print;
mod python;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diagnostic::{Diagnostic, Place, Report, shown};
use crate::load;
use crate::similar::nearest;
use crate::sources::Sources;

use corrections::Corrections;
use package::{CLIENT, MODELS, Package};
use python::Source;

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
    /// What could not be imported, or is wrong with the lists.
    pub reports: Vec<Report>,
}

/// A service as it comes from the package.
struct Read {
    name: String,
    service: facts::Service,
    problems: Vec<Diagnostic>,
    texts: BTreeMap<String, Arc<str>>,
}

/// Imports the package. `progress` is called as services are done, with how many are and how many there are.
pub fn import(
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, Report> {
    let shown_folder = options.package.display().to_string();
    let package = Package::open(&options.package)
        .map_err(|problem| Report::new(&shown_folder, vec![problem], |_| None))?;
    let sources = Sources::read(&options.spec)?;
    let platform = load::parse_platform(&sources)?;
    let corrections = Corrections::read(&options.spec).map_err(|(problem, text)| {
        Report::new(&sources.root, vec![problem], |_| Some(text.clone()))
    })?;
    let names = wanted(&package, options.service.as_deref())
        .map_err(|problem| Report::new(&shown_folder, vec![problem], |_| None))?;
    let shapes =
        Shapes::new().map_err(|problem| Report::new(&shown_folder, vec![problem], |_| None))?;

    let read = |name: &&str| {
        service(
            &package.folder,
            name,
            &shapes,
            &corrections,
            &platform.token_header,
        )
    };
    let services = each(&names, progress, read);

    let mut outcome = Outcome {
        version: package.version.clone(),
        services: services.len(),
        ..Outcome::default()
    };
    let mut problems = Vec::new();
    let mut texts = BTreeMap::new();
    for mut read in services {
        super::type_names::shared(
            &mut read.service.file.types,
            &crate::spec::Ordered::default(),
        );
        for operation in &mut read.service.operations {
            super::type_names::operation(operation, None);
        }
        outcome.operations += read.service.operations.len();
        print::service(&options.spec, &read.name, &read.service);
        problems.extend(read.problems);
        texts.extend(read.texts);
    }
    if !problems.is_empty() {
        let root = package.folder.display().to_string();
        outcome.reports.push(Report::new(&root, problems, |file| {
            texts.get(file).cloned()
        }));
    }
    let all = options.service.is_none();
    let stale = corrections.stale(&names.iter().copied().collect::<BTreeSet<_>>(), all);
    if !stale.is_empty() {
        let (_, text) = corrections.source();
        outcome
            .reports
            .push(Report::new(&sources.root, stale, |_| Some(text.clone())));
    }
    Ok(outcome)
}

/// The shapes of both files.
struct Shapes {
    models: models::Shapes,
    client: client::Shapes,
}

impl Shapes {
    fn new() -> Result<Self, Diagnostic> {
        Ok(Self {
            models: models::Shapes::new()?,
            client: client::Shapes::new()?,
        })
    }
}

/// The services to be imported.
fn wanted<'a>(package: &'a Package, only: Option<&str>) -> Result<Vec<&'a str>, Diagnostic> {
    let all = package.services.iter().map(String::as_str);
    let Some(only) = only else {
        return Ok(all.collect());
    };
    match all.clone().find(|name| *name == only) {
        Some(name) => Ok(vec![name]),
        None => {
            let near = nearest(only, all).map_or(String::new(), |near| {
                format!("did you mean {}?", shown(near))
            });
            Err(Diagnostic::new(
                Place::file(""),
                format!("the package has no service {}", shown(only)),
            )
            .help(near))
        }
    }
}

/// Reads one service.
fn service(
    folder: &Path,
    name: &str,
    shapes: &Shapes,
    corrections: &Corrections,
    token_header: &str,
) -> Read {
    let mut read = Read {
        name: name.to_owned(),
        service: facts::Service::default(),
        problems: Vec::new(),
        texts: BTreeMap::new(),
    };
    let mut open = |file: &str| {
        let file = format!("{name}/{file}");
        let text: Arc<str> = match fs::read_to_string(folder.join(&file)) {
            Ok(text) => text.into(),
            Err(error) => {
                let message = format!("this file cannot be read: {error}");
                read.problems
                    .push(Diagnostic::new(Place::file(file), message));
                return None;
            }
        };
        read.texts.insert(file.clone(), text.clone());
        Source::parse(file, text)
            .map_err(|problem| read.problems.push(problem))
            .ok()
    };
    if let (Some(models), Some(client)) = (open(MODELS), open(CLIENT)) {
        let mut models = models::read(&models, &shapes.models, &mut read.problems);
        corrections.types(&mut models);
        let methods = client::read(&client, &shapes.client, &mut read.problems);
        read.service = facts::service(
            name,
            &models,
            &methods,
            corrections,
            token_header,
            &mut read.problems,
        );
    }
    read
}

/// Does the same for each, as many at a time as the machine runs. The results are in the order of `items`.
fn each<T: Sync, R: Send>(
    items: &[T],
    progress: &(dyn Fn(usize, usize) + Sync),
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let run = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, work(item)));
            progress(finished.fetch_add(1, Ordering::Relaxed) + 1, items.len());
        }
    };
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut all = run();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}
