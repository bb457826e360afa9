use std::collections::BTreeMap;
use std::path::Path;

use super::Failure;
use crate::sources::{FolderSources, GLOSSARY};
use crate::{lock, parallel};

/// What need not be made again.
pub(super) struct Known {
    /// The services or groups of events whose sources and files match the lock.
    pub(super) unchanged: BTreeMap<String, lock::Entry>,
    /// The files of the others that match the lock.
    pub(super) intact: BTreeMap<String, BTreeMap<String, lock::Made>>,
}

/// Compares sources and files with the lock. `folder` returns the folder in `src` for a name.
pub(super) fn known(
    sources: &BTreeMap<String, FolderSources>,
    glossary: &str,
    out: &Path,
    old: &BTreeMap<String, lock::Entry>,
    folder: fn(&str) -> String,
) -> Result<Known, Failure> {
    let mut known = Known {
        unchanged: BTreeMap::new(),
        intact: BTreeMap::new(),
    };
    let names: Vec<_> = sources
        .iter()
        .filter_map(|(name, sources)| Some((name, sources, old.get(name)?)))
        .collect();
    let intact = parallel::each(&names, |(name, sources, entry)| {
        intact(&folder(name), entry, &hash(sources, glossary), out)
    });
    for ((name, _, entry), intact) in names.into_iter().zip(intact) {
        match intact? {
            None => drop(known.unchanged.insert(name.clone(), entry.clone())),
            Some(files) => drop(known.intact.insert(name.clone(), files)),
        }
    }
    Ok(known)
}

/// The hash of everything that a folder is made from. `glossary` is the hash of the glossary.
pub(super) fn hash(sources: &FolderSources, glossary: &str) -> String {
    lock::hash(sources.texts().chain([(GLOSSARY, glossary)]))
}

/// The files of a folder that match the lock; `None` if all files and the sources do.
fn intact(
    name: &str,
    entry: &lock::Entry,
    sources: &str,
    out: &Path,
) -> Result<Option<BTreeMap<String, lock::Made>>, Failure> {
    let folder = out.join("src").join(name);
    let found = lock::hash_folder(&folder).map_err(|error| Failure::Io(folder, error))?;
    let mut files = entry.files.clone();
    files.retain(|file, made| found.get(file) == Some(&made.text));
    let complete = found.len() == entry.files.len() && files.len() == entry.files.len();
    let unchanged = complete && entry.sources == sources;
    Ok((!unchanged).then_some(files))
}
