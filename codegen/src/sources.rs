//! The text of a spec, by service, before anything is parsed.

use std::collections::BTreeMap;
use std::fs::FileType;
use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use crate::diagnostic::{Diagnostic, Place, Span, quoted};
use crate::report::Report;

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

/// Files next to `platform.yaml` that are not part of the spec.
const BESIDE: &[&str] = &[
    "README.md",
    "SOURCES.md",
    "event.schema.json",
    "event_group.schema.json",
    "glossary.schema.json",
    "platform.schema.json",
    "schema.json",
    "service.schema.json",
];

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
        let services = self.services.iter().flat_map(|(name, folder)| {
            let own = folder
                .file
                .as_deref()
                .map(|text| (service_file(name), text));
            let members = folder.members.iter();
            own.into_iter()
                .chain(members.map(|(stem, text)| (operation_file(name, stem), text.as_ref())))
        });
        let events = self.events.iter().flat_map(|(name, folder)| {
            let own = folder.file.as_deref().map(|text| (group_file(name), text));
            let members = folder.members.iter();
            own.into_iter()
                .chain(members.map(|(stem, text)| (event_file(name, stem), text.as_ref())))
        });
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

#[derive(Default)]
struct Sorting {
    platform: Option<Arc<str>>,
    glossary: Option<Arc<str>>,
    seen_platform: bool,
    services: BTreeMap<String, FolderSources>,
    events: BTreeMap<String, FolderSources>,
    mistakes: Vec<Diagnostic>,
    /// The texts of files that are not UTF-8, as far as they can be shown.
    lossy: BTreeMap<String, Arc<str>>,
}

impl Sorting {
    fn entry(&mut self, path: String, content: Result<Vec<u8>, String>) {
        self.seen_platform |= path == PLATFORM;
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [PLATFORM] => self.platform = self.text(path, content),
            [GLOSSARY] => self.glossary = self.text(path, content),
            [name] if BESIDE.contains(name) => {}
            [IMPORT, _] => {}
            [_] => self.stray(
                path,
                "this file is not part of a spec",
                "operations belong in the folder of their service; see README.md",
            ),
            [_, ""] => self.stray(
                path,
                "this folder has no operations",
                "add one, or remove the folder",
            ),
            [EVENTS, _] => self.stray(
                path,
                "this file is not part of a spec",
                "an event belongs in the folder of its group, as in `events/contact/user_add_org.yaml`",
            ),
            [EVENTS, _, ""] => self.stray(
                path,
                "this folder has no events",
                "add one, or remove the folder",
            ),
            [EVENTS, group, file] => {
                let (group, file) = ((*group).to_owned(), (*file).to_owned());
                self.member(path, content, (group, GROUP), &file, true);
            }
            [service, file] => {
                let (service, file) = ((*service).to_owned(), (*file).to_owned());
                self.member(path, content, (service, SERVICE), &file, false);
            }
            [EVENTS, ..] => self.stray(
                path,
                "a group of events cannot contain folders",
                "give each group its own folder in `events/`",
            ),
            _ => self.stray(
                path,
                "a service folder cannot contain folders",
                "give each service its own folder next to `platform.yaml`",
            ),
        }
    }

    /// A file in the folder of a service or of a group of events.
    fn member(
        &mut self,
        path: String,
        content: Result<Vec<u8>, String>,
        (folder, own): (String, &str),
        file: &str,
        is_event: bool,
    ) {
        let Some(stem) = file.strip_suffix(".yaml") else {
            let help = if is_event {
                "a group's folder holds one `.yaml` file per event"
            } else {
                "a service folder holds one `.yaml` file per operation"
            };
            return self.stray(path, "this file is not part of a spec", help);
        };
        let text = self.text(path, content);
        let folders = if is_event {
            &mut self.events
        } else {
            &mut self.services
        };
        // Even if the file cannot be read: the folder is there.
        let folder = folders.entry(folder).or_default();
        if file == own {
            folder.file = text;
        } else if let Some(text) = text {
            folder.members.insert(stem.to_owned(), text);
        }
    }

    fn stray(&mut self, path: String, message: &str, help: &str) {
        self.mistakes
            .push(Diagnostic::new(Place::file(path), message).help(help));
    }

    fn text(&mut self, path: String, content: Result<Vec<u8>, String>) -> Option<Arc<str>> {
        let bytes = match content {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("cannot read this file: {error}");
                self.mistakes
                    .push(Diagnostic::new(Place::file(path), message));
                return None;
            }
        };
        match std::str::from_utf8(&bytes) {
            // Editors on Windows begin a file with a mark that is not part of the text.
            Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text).into()),
            Err(error) => {
                let (good, rest) = bytes
                    .split_at_checked(error.valid_up_to())
                    .unwrap_or_default();
                let good = String::from_utf8_lossy(good);
                let line = good.matches('\n').count() + 1;
                let column = good.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                let byte = rest.first().copied().unwrap_or_default();
                let place = Place::span(path.clone(), Span::point(line, column));
                let message = format!("invalid UTF-8: byte 0x{byte:02x}");
                let help = "save the file as UTF-8";
                self.mistakes
                    .push(Diagnostic::new(place, message).help(help));
                self.lossy
                    .insert(path, String::from_utf8_lossy(&bytes).into());
                None
            }
        }
    }
}

/// Reads a regular file, or a link to one. Reading anything else, such as a pipe, may never end.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return fs::read(path);
    }
    let message = format!("it is {}, not a regular file", described(kind));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// As [`read_file`], for a text.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_file(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn described(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() {
        "a folder"
    } else {
        "something else"
    }
}

/// The names in a folder, without those that editors and file systems put there.
fn read_folder(folder: &Path) -> io::Result<Vec<Result<String, String>>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        match name.into_string() {
            Ok(name) if name.starts_with('.') || name.ends_with('~') => {}
            Ok(name) => names.push(Ok(name)),
            Err(name) => names.push(Err(name.to_string_lossy().into_owned())),
        }
    }
    Ok(names)
}

fn read_entry(root: &Path, path: Result<String, String>, depth: usize, entries: &mut Entries) {
    let path = match path {
        Ok(path) => path,
        Err(lossy) => {
            let reason = format!("the name {} is not UTF-8", quoted(&lossy));
            entries.insert(lossy, Err(reason));
            return;
        }
    };
    let full = root.join(&path);
    if !full.is_dir() {
        entries.insert(path, read_file(&full).map_err(|error| error.to_string()));
        return;
    }
    let folder = format!("{path}/");
    match read_folder(&full) {
        // Folders are services, and groups in `events/`; what is deeper is named, not searched.
        _ if depth > usize::from(path.starts_with("events/")) => {
            entries.insert(folder, Ok(Vec::new()));
        }
        Ok(names) if names.is_empty() => {
            entries.insert(folder, Ok(Vec::new()));
        }
        Ok(names) => {
            for name in names {
                let inner = |name: String| format!("{path}/{name}");
                read_entry(root, name.map(inner).map_err(inner), depth + 1, entries);
            }
        }
        Err(error) => {
            entries.insert(path, Err(error.to_string()));
        }
    }
}
