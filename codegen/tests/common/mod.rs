//! A valid spec, and how to check others.
#![allow(dead_code, reason = "each test uses its part")]

pub(crate) mod damage;
pub(crate) mod scaling;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dingtalk_codegen::check::{Only, examine};
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::{Entries, Sources};
use dingtalk_codegen::spec::Spec;

/// The files of a spec by their paths.
pub(crate) type Files = BTreeMap<String, String>;

/// The spec in `codegen/tests/good`, which uses all that the format has.
pub(crate) fn good() -> Files {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/good"))
}

/// The files of a spec's folder that are part of the spec.
pub(crate) fn read(folder: &Path) -> Files {
    let mut files = read_all(folder);
    files.retain(|name, _| !name.starts_with("import/"));
    files
}

/// The files of a folder and of those in it.
pub(crate) fn read_all(folder: &Path) -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name")
            .to_owned();
        if path.is_dir() {
            files.extend(
                read_all(&path)
                    .into_iter()
                    .map(|(inner, text)| (format!("{name}/{inner}"), text)),
            );
        } else {
            files.insert(name, fs::read_to_string(&path).expect("a text"));
        }
    }
    files
}

/// Reads and checks a spec, as the command `check` does.
pub(crate) fn check(files: &Files) -> Result<Spec, Report> {
    check_entries(
        files
            .iter()
            .map(|(path, text)| (path.clone(), Ok(text.clone().into_bytes())))
            .collect(),
    )
}

/// As [`check`], for files that may be unreadable.
pub(crate) fn check_entries(entries: Entries) -> Result<Spec, Report> {
    let sources = Sources::from_entries("spec", entries)?;
    examine(&sources, &Only::all(&sources), &[])
}
