//! Merges pages of events into a spec.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::super::differences::{addition, disagreement};
use super::super::finding::{Finding, Findings};
use super::super::source::Source;
use super::super::write::{Imported, unread};
use super::facts::{self, Facts};
use super::page::{self, Described, EventPage};
use crate::diagnostic::quoted;
use crate::document::Document;
use crate::import::summary;
use crate::merge;
use crate::names;
use crate::report::Report;
use crate::schema::File;
use crate::sources::{Sources, event_file};
use crate::spec::Event;

/// A spec that pages of events are imported into, one after the other.
#[derive(Debug, Default)]
pub struct Importer {
    /// The events by the paths of their files.
    events: BTreeMap<String, Event>,
    /// The texts of the files.
    texts: BTreeMap<String, Arc<str>>,
}

impl Importer {
    /// Imports into the spec in a folder. Its events may have mistakes of content, but none of form.
    ///
    /// # Errors
    /// If a file cannot be read as what it should be.
    pub fn open(folder: &Path) -> Result<Self, Report> {
        let sources = &Sources::read(folder)?;
        let (mut importer, mut mistakes) = (Self::default(), Vec::new());
        for (group, files) in &sources.events {
            for (stem, text) in &files.members {
                let path = event_file(group, stem);
                match Document::read(File::Event, &path, text) {
                    Ok(document) => {
                        let event = document.model().unwrap_or_default();
                        importer.events.insert(path.clone(), event);
                        importer.texts.insert(path, text.clone());
                    }
                    Err(wrong) => mistakes.extend(wrong),
                }
            }
        }
        if mistakes.is_empty() {
            Ok(importer)
        } else {
            Err(sources.report(mistakes))
        }
    }

    /// Imports a page: each event that it describes. `group` is the group of those that the spec does not have.
    ///
    /// # Errors
    /// If the page describes no event, with the reason.
    pub fn page(
        &mut self,
        source: &Source,
        group: Option<&str>,
    ) -> Result<Vec<Imported>, Vec<Finding>> {
        let page = page::read(source, |name| self.events.get(self.known(name)?))?;
        let mut findings = page.findings.clone();
        let mut all = Vec::new();
        for described in &page.events {
            // What is said of the page as a whole is said once.
            let findings = std::mem::take(&mut findings);
            all.push(self.event(&page, described, group, findings)?);
        }
        Ok(all)
    }

    fn known(&self, name: &str) -> Option<&str> {
        let mut events = self.events.iter();
        let found = events.find(|(_, event)| event.event.as_deref() == Some(name));
        found.map(|(path, _)| path.as_str())
    }

    fn event(
        &mut self,
        page: &EventPage,
        described: &Described,
        group: Option<&str>,
        mut findings: Findings,
    ) -> Result<Imported, Vec<Finding>> {
        let known = self.known(&described.name).map(str::to_owned);
        let reviewed = known.as_ref().and_then(|path| self.events.get(path));
        let mut facts = facts::of(page, described, reviewed, &mut findings);
        let new = known.is_none();
        let path = known.unwrap_or_else(|| {
            let group = group.map(str::to_owned);
            let group = group.unwrap_or_else(|| self.group(described, &mut facts, &mut findings));
            event_file(&group, names::file_stem(&names::method(&described.name)))
        });
        let (document, mut differences) = self.merged(&path, &mut facts)?;
        let added = || {
            differences
                .iter()
                .filter(|one| one.kind == merge::Kind::Added)
        };
        let added: Vec<String> = added().map(ToString::to_string).collect();
        let changed = new || !added.is_empty();
        // A file to which nothing was added stays as it is, to the letter.
        let text: Arc<str> = match self.texts.get(&path) {
            Some(before) if !changed => before.clone(),
            _ => document.to_string().into(),
        };
        merge::locate(&mut differences, &path, &text);
        let rows = findings.row_count();
        let mut findings = findings.all;
        for difference in &differences {
            if difference.kind == merge::Kind::Added {
                findings.extend(addition(&facts.places, difference));
            } else {
                findings.push(disagreement(&facts.places, difference));
            }
        }
        findings.sort_by_key(|finding| (finding.at, finding.kind));
        if let Some(event) = document.model() {
            self.events.insert(path.clone(), event);
        }
        self.texts.insert(path.clone(), text.clone());
        Ok(Imported {
            file: path,
            text: text.as_ref().to_owned(),
            new,
            changed,
            operation: described.name.clone(),
            added,
            findings,
            rows,
        })
    }

    /// Puts what a page says into the event's file, and says what differs.
    fn merged(
        &self,
        path: &str,
        facts: &mut Facts,
    ) -> Result<(Document, Vec<merge::Finding>), Vec<Finding>> {
        let Some(text) = self.texts.get(path) else {
            let event = facts.event.event.as_deref().unwrap_or_default();
            facts.event.summary = summary::of_operation(event);
            return Ok((Document::event(&facts.event).at(path), Vec::new()));
        };
        // A comment names the other pages of the event.
        let source = facts.event.source.as_deref();
        if source.is_some_and(|source| text.lines().any(|line| line.ends_with(source))) {
            facts.event.source = None;
        }
        let read = Document::read(File::Event, path, text);
        let mut document = read.map_err(|wrong| wrong.iter().map(unread).collect::<Vec<_>>())?;
        let differences = merge::event(&mut document, &facts.event);
        Ok((document, differences))
    }

    /// The group of a new event: that of the known events whose types begin with most of the same words.
    fn group(&self, described: &Described, facts: &mut Facts, findings: &mut Findings) -> String {
        let words =
            |name: &str| -> Vec<String> { name.split('_').map(str::to_lowercase).collect() };
        let own = words(&described.name);
        let alike = |event: &Event| {
            let other = words(event.event.as_deref().unwrap_or_default());
            own.iter().zip(&other).take_while(|(a, b)| a == b).count()
        };
        let nearest = self.events.iter().max_by_key(|(_, event)| alike(event));
        let nearest = nearest.filter(|(_, event)| alike(event) > 0);
        let group = nearest.and_then(|(path, _)| path.split('/').nth(1));
        let first = own.first().filter(|word| is_group(word));
        let group = group.or(first.map(String::as_str)).unwrap_or("others");
        let question = format!("The page does not name the group. Is it {}?", quoted(group));
        let help = "taken from the event's type; choose another with `--group`";
        let question = findings.undecided(described.at, question, help);
        let open = facts.event.undecided.take();
        let questions = open.into_iter().chain([question]);
        facts.event.undecided = Some(questions.collect::<Vec<_>>().join(" "));
        group.to_owned()
    }
}

fn is_group(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}
