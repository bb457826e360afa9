//! From text to the model. The only file that uses the YAML parser behind serde.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::IgnoredAny;

use crate::diagnostic::{Diagnostic, Span};
use crate::recovery::{Recovered, recover};
use crate::report::Report;
use crate::scan::{self, Survey};
use crate::schema::File;
use crate::sources::{GLOSSARY, PLATFORM, Sources, no_platform, operation_file, service_file};
use crate::spec::{Glossary, Operation, Platform, Service, ServiceFile, Spec};
use crate::{parallel, validate};

/// What could be read of a spec, and why the rest could not.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) platform: Option<Platform>,
    pub(crate) glossary: Option<Glossary>,
    pub(crate) services: BTreeMap<String, Service>,
    /// Files that could not be read as they are.
    pub(crate) broken: BTreeSet<String>,
    /// Those of them of which a part could be read: the top-level keys that could not.
    pub(crate) lost: BTreeMap<String, BTreeSet<String>>,
    pub(crate) mistakes: Vec<Diagnostic>,
}

/// Reads the platform's file.
pub fn parse_platform(sources: &Sources) -> Result<Platform, Report> {
    let text = sources.platform.as_deref();
    let text = text.ok_or_else(|| sources.report(vec![no_platform()]))?;
    read(File::Platform, PLATFORM, text).map_err(|mistakes| sources.report(mistakes))
}

/// Reads the platform's file and the services in `only`.
///
/// The report has every error of syntax and schema. [`check`](crate::check::check) finds the others, and
/// [`examine`](crate::check::examine) both at once.
pub fn parse(sources: &Sources, only: &BTreeSet<&str>) -> Result<Spec, Report> {
    let loaded = load(sources, only);
    match loaded.platform {
        Some(platform) if loaded.mistakes.is_empty() => Ok(Spec {
            platform,
            services: loaded.services,
        }),
        None if loaded.mistakes.is_empty() => Err(sources.report(vec![no_platform()])),
        _ => Err(sources.report(loaded.mistakes)),
    }
}

/// A file to be parsed.
struct SourceFile<'a> {
    service: &'a str,
    stem: Option<&'a str>,
    text: &'a str,
}

impl SourceFile<'_> {
    fn file(&self) -> String {
        match self.stem {
            Some(stem) => operation_file(self.service, stem),
            None => service_file(self.service),
        }
    }
}

/// What a file was parsed to.
enum Parsed {
    Operation(Box<Operation>),
    Service(ServiceFile),
    Mistakes(Vec<Diagnostic>, Option<Box<Recovered>>),
}

pub(crate) fn load(sources: &Sources, only: &BTreeSet<&str>) -> Loaded {
    let mut loaded = Loaded {
        platform: None,
        glossary: None,
        services: BTreeMap::new(),
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
    for (name, service) in &sources.services {
        if !only.contains(name.as_str()) {
            continue;
        }
        loaded.services.insert(name.clone(), Service::default());
        let own = service.file.iter().map(|text| (None, text));
        let operations = service
            .operations
            .iter()
            .map(|(stem, text)| (Some(stem.as_str()), text));
        files.extend(own.chain(operations).map(|(stem, text)| SourceFile {
            service: name,
            stem,
            text,
        }));
    }
    for (source, parsed) in files.iter().zip(parallel::each(&files, parsed)) {
        let Some(service) = loaded.services.get_mut(source.service) else {
            continue;
        };
        match (parsed, source.stem) {
            (Parsed::Operation(operation), Some(stem)) => {
                service.operations.insert(stem.to_owned(), *operation);
            }
            (Parsed::Service(file), _) => service.file = file,
            (Parsed::Mistakes(mistakes, recovered), stem) => {
                loaded.broken.insert(source.file());
                loaded.mistakes.extend(mistakes);
                if let (Some(recovered), Some(stem)) = (recovered, stem) {
                    service
                        .operations
                        .insert(stem.to_owned(), recovered.operation);
                    loaded.lost.insert(source.file(), recovered.lost);
                }
            }
            (Parsed::Operation(_), None) => {}
        }
    }
    loaded
}

fn parsed(source: &SourceFile<'_>) -> Parsed {
    let file = source.file();
    if source.stem.is_none() {
        return read(File::Service, &file, source.text)
            .map_or_else(|mistakes| Parsed::Mistakes(mistakes, None), Parsed::Service);
    }
    match read(File::Operation, &file, source.text) {
        Ok(operation) => Parsed::Operation(Box::new(operation)),
        Err(mistakes) => {
            let read = |text: &str| read(File::Operation, &file, text).ok();
            let recovered = recover(source.text, &mistakes, read).map(Box::new);
            Parsed::Mistakes(mistakes, recovered)
        }
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
