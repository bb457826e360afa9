//! From text to the model. The only file that uses the YAML parser behind serde.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::IgnoredAny;

use crate::diagnostic::{Diagnostic, Span};
use crate::recovery::{Recovered, recover};
use crate::report::Report;
use crate::scan::{self, Survey};
use crate::schema::File;
use crate::sources::{
    FolderSources, GLOSSARY, PLATFORM, Sources, event_file, group_file, no_platform,
    operation_file, service_file,
};
use crate::spec::{
    Event, EventGroup, EventGroupFile, Glossary, Operation, Parts, Platform, Service, ServiceFile,
    Spec,
};
use crate::{parallel, validate};

/// What could be read of a spec, and why the rest could not.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) platform: Option<Platform>,
    pub(crate) glossary: Option<Glossary>,
    pub(crate) parts: Parts,
    /// Files that could not be read as they are.
    pub(crate) broken: BTreeSet<String>,
    /// Broken files that could be read in part, with the top-level keys that could not.
    pub(crate) lost: BTreeMap<String, BTreeSet<String>>,
    pub(crate) mistakes: Vec<Diagnostic>,
}

/// Reads the platform's file.
pub fn parse_platform(sources: &Sources) -> Result<Platform, Report> {
    let text = sources.platform.as_deref();
    let text = text.ok_or_else(|| sources.report(vec![no_platform()]))?;
    read(File::Platform, PLATFORM, text).map_err(|mistakes| sources.report(mistakes))
}

/// Which services and groups of events of a spec are read.
#[derive(Debug, Clone, Default)]
pub struct Only<'a> {
    /// The services.
    pub services: BTreeSet<&'a str>,
    /// The groups of events.
    pub events: BTreeSet<&'a str>,
}

impl<'a> Only<'a> {
    /// These services, and no events.
    pub fn services(services: BTreeSet<&'a str>) -> Self {
        Self {
            services,
            ..Self::default()
        }
    }

    /// All there are.
    pub fn all(sources: &'a Sources) -> Self {
        Self {
            services: sources.services.keys().map(String::as_str).collect(),
            events: sources.events.keys().map(String::as_str).collect(),
        }
    }
}

/// Reads the platform's file and the services in `only`.
///
/// The report has every error of syntax and schema. [`check`](crate::check::check) finds the others, and
/// [`examine`](crate::check::examine) both at once.
pub fn parse(sources: &Sources, only: &BTreeSet<&str>) -> Result<Spec, Report> {
    let loaded = load(sources, &Only::services(only.clone()));
    match loaded.platform {
        Some(platform) if loaded.mistakes.is_empty() => Ok(Spec::new(platform, loaded.parts)),
        None if loaded.mistakes.is_empty() => Err(sources.report(vec![no_platform()])),
        _ => Err(sources.report(loaded.mistakes)),
    }
}

/// A file to be parsed.
struct SourceFile<'a> {
    kind: File,
    folder: &'a str,
    stem: &'a str,
    text: &'a str,
}

impl SourceFile<'_> {
    fn file(&self) -> String {
        match self.kind {
            File::Event => event_file(self.folder, self.stem),
            File::EventGroup => group_file(self.folder),
            File::Service => service_file(self.folder),
            _ => operation_file(self.folder, self.stem),
        }
    }
}

/// What a file was parsed to.
enum Parsed {
    Operation(Box<Operation>),
    Service(ServiceFile),
    Event(Box<Event>),
    EventGroup(EventGroupFile),
    Mistakes(Vec<Diagnostic>, Option<Box<Recovered>>),
}

pub(crate) fn load(sources: &Sources, only: &Only<'_>) -> Loaded {
    let mut loaded = Loaded {
        platform: None,
        glossary: None,
        parts: Parts::default(),
        broken: BTreeSet::new(),
        lost: BTreeMap::new(),
        mistakes: Vec::new(),
    };
    match sources
        .platform
        .as_deref()
        .map(|text| read(File::Platform, PLATFORM, text))
    {
        Some(Ok(platform)) => loaded.platform = Some(platform),
        Some(Err(mistakes)) => loaded.mistakes.extend(mistakes),
        None => {}
    }
    match sources
        .glossary
        .as_deref()
        .map(|text| read(File::Glossary, GLOSSARY, text))
    {
        Some(Ok(glossary)) => loaded.glossary = Some(glossary),
        Some(Err(mistakes)) => loaded.mistakes.extend(mistakes),
        None => {}
    }
    let mut files = Vec::new();
    for (name, folder) in &sources.services {
        if only.services.contains(name.as_str()) {
            loaded
                .parts
                .services
                .insert(name.clone(), Service::default());
            add(&mut files, name, folder, [File::Service, File::Operation]);
        }
    }
    for (name, folder) in &sources.events {
        if only.events.contains(name.as_str()) {
            loaded
                .parts
                .events
                .insert(name.clone(), EventGroup::default());
            add(&mut files, name, folder, [File::EventGroup, File::Event]);
        }
    }
    for (source, parsed) in files.iter().zip(parallel::each(&files, parsed)) {
        loaded.take(source, parsed);
    }
    loaded
}

/// The files of a folder: its own, and its members.
fn add<'a>(
    files: &mut Vec<SourceFile<'a>>,
    name: &'a str,
    folder: &'a FolderSources,
    [own, member]: [File; 2],
) {
    let one = |kind, stem, text| SourceFile {
        kind,
        folder: name,
        stem,
        text,
    };
    files.extend(folder.file.iter().map(|text| one(own, "", text.as_ref())));
    let members = folder.members.iter();
    files.extend(members.map(|(stem, text)| one(member, stem.as_str(), text.as_ref())));
}

impl Loaded {
    fn take(&mut self, source: &SourceFile<'_>, parsed: Parsed) {
        let service = self.parts.services.entry(source.folder.to_owned());
        let group = self.parts.events.entry(source.folder.to_owned());
        let stem = source.stem.to_owned();
        match parsed {
            Parsed::Operation(operation) => {
                service.or_default().operations.insert(stem, *operation);
            }
            Parsed::Service(file) => service.or_default().file = file,
            Parsed::Event(event) => {
                group.or_default().events.insert(stem, *event);
            }
            Parsed::EventGroup(file) => group.or_default().file = file,
            Parsed::Mistakes(mistakes, recovered) => {
                self.broken.insert(source.file());
                self.mistakes.extend(mistakes);
                if let Some(recovered) = recovered {
                    let operations = &mut service.or_default().operations;
                    operations.insert(stem, recovered.operation);
                    self.lost.insert(source.file(), recovered.lost);
                }
            }
        }
    }
}

fn parsed(source: &SourceFile<'_>) -> Parsed {
    let (kind, file, text) = (source.kind, source.file(), source.text);
    let wrong = |mistakes| Parsed::Mistakes(mistakes, None);
    match kind {
        File::Service => read(kind, &file, text).map_or_else(wrong, Parsed::Service),
        File::EventGroup => read(kind, &file, text).map_or_else(wrong, Parsed::EventGroup),
        File::Event => {
            read(kind, &file, text).map_or_else(wrong, |event| Parsed::Event(Box::new(event)))
        }
        _ => match read(kind, &file, text) {
            Ok(operation) => Parsed::Operation(Box::new(operation)),
            Err(mistakes) => {
                let read = |text: &str| read(kind, &file, text).ok();
                let recovered = recover(text, &mistakes, read).map(Box::new);
                Parsed::Mistakes(mistakes, recovered)
            }
        },
    }
}

/// Reads a file, or reports every error of syntax and schema.
pub fn read<T: serde::de::DeserializeOwned>(
    kind: File,
    file: &str,
    text: &str,
) -> Result<T, Vec<Diagnostic>> {
    let survey = Survey::of(text);
    let mut mistakes = if survey.unusual {
        scan::characters(file, text)
    } else {
        Vec::new()
    };
    if !mistakes.is_empty() {
        // What else is wrong is found in the text without them, where all places are the same.
        let rest = read::<T>(kind, file, &text.replace(scan::is_refused, "\u{fffd}"));
        mistakes.extend(rest.err().into_iter().flatten());
        return Err(mistakes);
    }
    if needs_a_look(text, &survey) {
        let mistakes = validate::refused(kind, file, text);
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
    }
    serde_yaml::from_str(text).map_err(|error| {
        let at = error.location();
        let at = at.map(|at| Span::point(at.line().max(1), at.column().max(1)));
        let is_yaml = serde_yaml::from_str::<IgnoredAny>(text).is_ok();
        validate::mistakes(kind, file, text, &error.to_string(), at, is_yaml)
    })
}

/// Whether a text may contain what serde accepts but a spec must not, or what serde is slow to refuse.
///
/// YAML lets a file repeat itself; a spec file must say what it says where it says it, and a few aliases can
/// expand to gigabytes.
fn needs_a_look(text: &str, survey: &Survey) -> bool {
    survey.references
        || survey.long_number
        || survey.depth > scan::DEPTH
        || text.contains("required: false")
        || text.contains("<<")
        || may_hold_escapes(text)
}

/// Whether there may be an escape for a character that cannot be written directly.
fn may_hold_escapes(text: &str) -> bool {
    let mut rest = text.split('\\');
    rest.next();
    rest.any(|behind| {
        behind.starts_with([
            '0', 'a', 'b', 'e', 'f', 'r', 'v', 'N', 'L', 'P', 'x', 'u', 'U',
        ])
    })
}
