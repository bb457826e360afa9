//! The groups of events: their files, their blocks of the catalogue, and what the lock says of them.

use std::collections::BTreeMap;
use std::path::Path;

use super::Failure;
use super::folder::{Files, put, render_folder};
use super::known::{Known, hash};
use crate::emit::{self, EventGroupEntry};
use crate::sources::Sources;
use crate::spec::Spec;
use crate::write::Target;
use crate::{lock, parallel, resolve};

/// Emits and formats the groups that changed, and makes their blocks of the catalogue. By module.
pub(super) fn render_all(
    spec: &Spec,
    known: &Known,
) -> Result<BTreeMap<String, (Files, Vec<u8>)>, Failure> {
    let changed: Vec<_> = spec
        .events
        .iter()
        .map(|(name, group)| resolve::EventGroup::new(name, group))
        .filter(|group| !known.unchanged.contains_key(group.name))
        .collect();
    parallel::each(&changed, |group| {
        let files = emit::event_group(group);
        let files = render_folder(&group.module, files, known.intact.get(group.name))?;
        let block = emit::event_catalogue(group).map_err(Failure::Catalogue)?;
        Ok((group.module.clone(), (files, block)))
    })
    .into_iter()
    .collect()
}

/// Puts all groups into the target. Returns their entries for the lock.
pub(super) fn put_all(
    sources: &Sources,
    glossary: &str,
    spec: &Spec,
    known: Known,
    made: &BTreeMap<String, (Files, Vec<u8>)>,
    target: &mut Target,
) -> BTreeMap<String, lock::Entry> {
    let mut lock = known.unchanged;
    for (name, folder) in &sources.events {
        let module = resolve::group_module(name);
        let path = Path::new("src").join(&module);
        if let Some((files, _)) = made.get(&module) {
            let files = put(target, &path, files);
            let hash = hash(folder, glossary);
            lock.insert(name.clone(), entry(name, hash, spec, files));
        } else {
            target.kept.insert(path);
        }
    }
    lock
}

/// What the common files need to know about the groups of events.
pub(super) fn entries(lock: &BTreeMap<String, lock::Entry>) -> Vec<EventGroupEntry> {
    let groups = lock.iter().map(|(name, entry)| {
        let kinds = || entry.operations.iter();
        EventGroupEntry {
            module: resolve::group_module(name),
            enum_name: resolve::group_enum(name),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            events: kinds().filter(|(_, kind)| *kind == "event").count(),
            callbacks: kinds()
                .filter_map(|(topic, kind)| Some((topic, kind.strip_prefix("topic ")?)))
                .map(|(topic, name)| (topic.clone(), name.to_owned()))
                .collect(),
        }
    });
    groups.collect()
}

fn entry(
    name: &str,
    sources: String,
    spec: &Spec,
    files: BTreeMap<String, lock::Made>,
) -> lock::Entry {
    let group = spec.events.get(name);
    let resolved = group.map(|group| resolve::EventGroup::new(name, group));
    let events = resolved.iter().flat_map(|group| &group.events);
    lock::Entry {
        sources,
        files,
        title: group.and_then(|group| group.file.title.clone()),
        api: None,
        summary: group.and_then(|group| group.file.summary.clone()),
        operations: events
            .map(|event| {
                let kind = match &event.spec.topic {
                    Some(_) => format!("topic {}", event.data.name),
                    None => "event".to_owned(),
                };
                (event.spec.wire().to_owned(), kind)
            })
            .collect(),
    }
}
