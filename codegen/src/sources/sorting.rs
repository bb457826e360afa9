//! Which file of a spec is what, by its path.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{EVENTS, FolderSources, GLOSSARY, GROUP, IMPORT, PLATFORM, SERVICE};
use crate::diagnostic::{Diagnostic, Place, Span};

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

#[derive(Default)]
pub(super) struct Sorting {
    pub(super) platform: Option<Arc<str>>,
    pub(super) glossary: Option<Arc<str>>,
    pub(super) seen_platform: bool,
    pub(super) services: BTreeMap<String, FolderSources>,
    pub(super) events: BTreeMap<String, FolderSources>,
    pub(super) mistakes: Vec<Diagnostic>,
    /// The texts of files that are not UTF-8, as far as they can be shown.
    pub(super) lossy: BTreeMap<String, Arc<str>>,
}

impl Sorting {
    pub(super) fn entry(&mut self, path: String, content: Result<Vec<u8>, String>) {
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
