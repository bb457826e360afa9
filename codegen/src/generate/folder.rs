//! The files of a service or of a group of events.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use super::Failure;
use crate::lock;
use crate::write::{self, Target};

/// The files of a folder by name. A file that is up to date has no text.
pub(super) type Files = BTreeMap<String, (lock::Made, Option<String>)>;

/// Formats the files of a folder that are out of date.
pub(super) fn render_folder(
    folder: &str,
    emitted: BTreeMap<PathBuf, TokenStream>,
    intact: Option<&BTreeMap<String, lock::Made>>,
) -> Result<Files, Failure> {
    let mut files = Files::new();
    for (file, tokens) in emitted {
        let file = file.display().to_string();
        let hash = lock::hash_text(tokens.to_string());
        let kept = intact
            .and_then(|intact| intact.get(&file))
            .filter(|made| made.tokens == hash);
        let made = if let Some(made) = kept {
            (made.clone(), None)
        } else {
            let text = render(&format!("{folder}/{file}"), tokens)?;
            let made = lock::Made {
                tokens: hash,
                text: lock::hash_text(&text),
            };
            (made, Some(text))
        };
        files.insert(file, made);
    }
    Ok(files)
}

pub(super) fn render(file: &str, tokens: TokenStream) -> Result<String, Failure> {
    write::render(tokens).map_err(|error| Failure::Internal(file.to_owned(), error))
}

/// Puts a folder's files into the target. Returns their entries for the lock.
pub(super) fn put(
    target: &mut Target,
    folder: &Path,
    files: &Files,
) -> BTreeMap<String, lock::Made> {
    for (file, (_, text)) in files {
        match text {
            Some(text) => drop(target.files.insert(folder.join(file), text.clone().into())),
            None => drop(target.kept.insert(folder.join(file))),
        }
    }
    let made = files
        .iter()
        .map(|(file, (made, _))| (file.clone(), made.clone()));
    made.collect()
}
