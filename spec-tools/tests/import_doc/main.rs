//! Importing documentation pages. The pages in `tests/pages` are made up, in the layouts that real ones have.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../../../codegen/tests/common/mod.rs"]
mod common;

mod command;
mod cut;
mod damage;
mod differences;
mod facts;
mod goldens;
mod legacy;
mod merging;
mod page_writer;
mod pages;
mod round_trip;
mod telling;
mod told;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::{Operation, Spec};
use dingtalk_spec::import::doc::{Imported, Importer, Options, Source};

/// A made-up page.
fn page(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pages")
        .join(name);
    let bytes = fs::read(path).expect("a page");
    Source::new(name, &bytes).expect("a text")
}

fn source(text: &str) -> Source {
    Source::new("page.md", text.as_bytes()).expect("a text")
}

/// Imports a page without a spec.
fn alone(source: &Source) -> Imported {
    Importer::default()
        .page(source, &Options::default())
        .expect("a page of an operation")
}

/// A folder of this test's own, with the files given.
fn folder(test: &str, files: &common::Files) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("import_doc")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// What a spec says.
fn spec(folder: &Path) -> Spec {
    let sources = Sources::read(folder).expect("a spec");
    let all: BTreeSet<&str> = sources.service_names().collect();
    dingtalk_codegen::load::parse(&sources, &all).expect("a spec of good form")
}

/// What an imported file says. It must be of good form, and of what `check` says of it nothing may be left but what is
/// undecided.
fn operation(imported: &Imported) -> Operation {
    let mut files = common::good();
    files.insert(imported.file.clone(), imported.text.clone());
    if imported.file.starts_with("oapi_") {
        legacy::describe(&mut files, &imported.file);
    }
    if let Err(report) = common::check(&files) {
        let others = report
            .diagnostics()
            .iter()
            .filter(|d| !d.message.starts_with("undecided: "));
        assert_eq!(others.count(), 0, "{report}\n{}", imported.text);
    }
    let (service, stem) = imported.file.split_once('/').expect("a file in a folder");
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())));
    let sources = Sources::from_entries("spec", entries.collect()).expect("a spec");
    let spec = dingtalk_codegen::load::parse(&sources, &BTreeSet::from([service]))
        .expect("a file of good form");
    let stem = stem.strip_suffix(".yaml").expect("a YAML file");
    spec.services[service].operations[stem].clone()
}

/// Findings as they are shown.
fn shown(imported: &Imported, source: &Source) -> String {
    let all = imported.findings.iter();
    let shown: Vec<String> = all
        .map(|finding| finding.shown(source).to_string())
        .collect();
    shown.join("\n")
}
