//! Generates the groups of events. Unlike services, they are not in the catalogue.

use std::collections::BTreeMap;
use std::path::Path;

use super::Failure;
use super::folder::{put, render_folder};
use super::known::{Known, hash};
use crate::emit::{self, EventGroupEntry};
use crate::sources::Sources;
use crate::spec::Spec;
use crate::write::Target;
use crate::{lock, parallel, resolve};

/// Generates the groups that changed, and puts all groups into the target. Returns their entries for the lock.
pub(super) fn make(
    sources: &Sources,
    glossary: &str,
    spec: &Spec,
    known: Known,
    target: &mut Target,
) -> Result<BTreeMap<String, lock::Entry>, Failure> {
    let Known {
        unchanged: mut lock,
        intact,
    } = known;
    let changed: Vec<_> = spec
        .events
        .iter()
        .map(|(name, group)| resolve::EventGroup::new(name, group))
        .filter(|group| !lock.contains_key(group.name))
        .collect();
    let made = parallel::each(&changed, |group| {
        let files = emit::event_group(group);
        let files = render_folder(&group.module, files, intact.get(group.name))?;
        Ok((group.name, files))
    });
    let made = made
        .into_iter()
        .collect::<Result<BTreeMap<_, _>, Failure>>()?;
    for (name, folder) in &sources.events {
        let path = Path::new("src").join(resolve::group_module(name));
        if let Some(files) = made.get(name.as_str()) {
            let files = put(target, &path, files);
            let hash = hash(folder, glossary);
            lock.insert(name.clone(), entry(name, hash, spec, files));
        } else {
            target.kept.insert(path);
        }
    }
    Ok(lock)
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
