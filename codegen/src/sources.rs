//! The text of a spec, by service, before anything is parsed.

mod read;
mod sorting;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Place};
use crate::report::Report;

use read::{read_entry, read_folder};
pub use read::{read_file, read_text};
use sorting::Sorting;

/// The file with what all operations share.
pub const PLATFORM: &str = "platform.yaml";

/// The file with what fields and error codes mean wherever they come up.
pub const GLOSSARY: &str = "glossary.yaml";

/// The file of a service with what its operations share.
pub const SERVICE: &str = "_service.yaml";

/// The folder of the events.
pub const EVENTS: &str = "events";

/// The file of a group of events with what they share.
pub const GROUP: &str = "_group.yaml";

/// The folder of lists for imports. They are not part of the spec.
pub const IMPORT: &str = "import";

/// The text of all files of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// The folder, as it is shown in reports.
    pub root: String,
    /// The text of `platform.yaml`; none if the folder only has services, which extend the platform.
    pub platform: Option<Arc<str>>,
    /// The text of `glossary.yaml`, if there is one.
    pub glossary: Option<Arc<str>>,
    /// The services by the names of their folders.
    pub services: BTreeMap<String, FolderSources>,
    /// The groups of events by the names of their folders.
    pub events: BTreeMap<String, FolderSources>,
}

/// The text of the files of a service, or of a group of events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderSources {
    /// The text of `_service.yaml` or `_group.yaml`, if there is one.
    pub file: Option<Arc<str>>,
    /// The text of the operations or events by file name, without `.yaml`.
    pub members: BTreeMap<String, Arc<str>>,
}

/// What the entries of a spec's folder hold: the bytes of files by their paths, or why they could
/// not be read.
pub type Entries = BTreeMap<String, Result<Vec<u8>, String>>;

impl Sources {
    /// Reads a spec's folder.
    pub fn read(folder: &Path) -> Result<Self, Report> {
        let root = folder.display().to_string().replace('\\', "/");
        let root = root.trim_end_matches('/');
        let mut entries = Entries::new();
        match read_folder(folder) {
            Ok(names) => {
                for name in names {
                    read_entry(folder, name, 0, &mut entries);
                }
            }
            Err(error) => {
                let message = format!("cannot read the spec folder: {error}");
                let diagnostic = Diagnostic::new(Place::file(""), message)
                    .help("name the spec folder with `--spec DIR`");
                return Err(Report::new(root, vec![diagnostic], |_| None));
            }
        }
        Self::from_entries(root, entries)
    }

    /// Sorts entries into services. Paths have `/` between; one that ends in `/` is a folder that
    /// should not be there or holds nothing.
    pub fn from_entries(root: &str, entries: Entries) -> Result<Self, Report> {
        let mut sorting = Sorting::default();
        for (path, content) in entries {
            sorting.entry(path, content);
        }
        if sorting.services.is_empty() && !sorting.seen_platform {
            sorting.mistakes.push(no_platform());
        }
        if sorting.mistakes.is_empty() {
            return Ok(Self {
                root: root.to_owned(),
                platform: sorting.platform,
                glossary: sorting.glossary,
                services: sorting.services,
                events: sorting.events,
            });
        }
        let texts = sorting.lossy;
        Err(Report::new(root, sorting.mistakes, |file| {
            texts.get(file).cloned()
        }))
    }

    /// The text of a file, by its path from the spec's folder on.
    pub fn text(&self, file: &str) -> Option<Arc<str>> {
        if file == PLATFORM {
            return self.platform.clone();
        }
        if file == GLOSSARY {
            return self.glossary.clone();
        }
        let (folder, name) = file.rsplit_once('/')?;
        let (found, own) = match folder.split_once('/') {
            Some((_, group)) => (self.events.get(group)?, GROUP),
            None => (self.services.get(folder)?, SERVICE),
        };
        if name == own {
            return found.file.clone();
        }
        found.members.get(name.strip_suffix(".yaml")?).cloned()
    }

    /// All files by their paths from the spec's folder on, with their texts.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        let platform = self.platform.iter().map(|text| (PLATFORM, text));
        let top = platform.chain(self.glossary.iter().map(|text| (GLOSSARY, text)));
        let top = top.map(|(name, text)| (name.to_owned(), text.as_ref()));
        let services = self.services.iter();
        let services =
            services.flat_map(|(name, folder)| folder.files(name, service_file, operation_file));
        let events = self.events.iter();
        let events = events.flat_map(|(name, folder)| folder.files(name, group_file, event_file));
        top.chain(services).chain(events)
    }

    /// The services' names.
    pub fn service_names(&self) -> impl Iterator<Item = &str> {
        self.services.keys().map(String::as_str)
    }

    /// A report on this spec.
    pub fn report(&self, diagnostics: Vec<Diagnostic>) -> Report {
        Report::new(&self.root, diagnostics, |file| self.text(file))
    }
}

impl FolderSources {
    /// The files by name and in the order of their names, with their texts.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        // The folder says whether it is `_service.yaml` or `_group.yaml`.
        let own = self.file.iter().map(|text| ("", text.as_ref()));
        let members = self.members.iter();
        own.chain(members.map(|(stem, text)| (stem.as_str(), text.as_ref())))
    }

    /// The files by path. `own` and `member` make the paths.
    fn files(
        &self,
        name: &str,
        own: fn(&str) -> String,
        member: fn(&str, &str) -> String,
    ) -> impl Iterator<Item = (String, &str)> {
        let file = self.file.iter().map(move |text| (own(name), text.as_ref()));
        let members = self.members.iter();
        file.chain(members.map(move |(stem, text)| (member(name, stem), text.as_ref())))
    }
}

/// The error of a folder without `platform.yaml`, where a whole spec is needed.
pub(crate) fn no_platform() -> Diagnostic {
    Diagnostic::new(Place::file(PLATFORM), format!("`{PLATFORM}` is missing"))
        .help("it describes what all operations share: servers, tokens, common errors")
}

/// The path of an operation's file from the spec's folder on.
pub fn operation_file(service: &str, stem: &str) -> String {
    format!("{service}/{stem}.yaml")
}

/// The path of a service's own file from the spec's folder on.
pub fn service_file(service: &str) -> String {
    format!("{service}/{SERVICE}")
}

/// The path of an event's file from the spec's folder on.
pub fn event_file(group: &str, stem: &str) -> String {
    format!("{EVENTS}/{group}/{stem}.yaml")
}

/// The path of a group's own file from the spec's folder on.
pub fn group_file(group: &str) -> String {
    format!("{EVENTS}/{group}/{GROUP}")
}
