//! Importing pages of events. The pages in `tests/pages/event` are made up, in the layouts that real ones have.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod damage;
mod merging;
mod pages;
mod round_trip;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dingtalk_spec::import::doc::event::Importer;
use dingtalk_spec::import::doc::{Finding, Imported, Source};

/// A made-up page.
fn page(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pages/event")
        .join(name);
    Source::new(name, &fs::read(path).expect("a page")).expect("a text")
}

fn source(text: &str) -> Source {
    Source::new("page.md", text.as_bytes()).expect("a text")
}

/// Imports a page without a spec.
fn alone(source: &Source) -> Result<Vec<Imported>, Vec<Finding>> {
    Importer::default().page(source, None)
}

/// Files and findings as the command shows them.
fn shown(source: &Source, all: &[Imported]) -> String {
    let mut out = String::new();
    for imported in all {
        let _ = writeln!(out, "# {}\n{}", imported.file, imported.text);
        for finding in &imported.findings {
            let _ = writeln!(out, "{}", finding.shown(source));
        }
    }
    out
}

/// A spec of this test's own with one event in it.
fn spec(test: &str, file: &str, content: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("import_event")
        .join(test);
    let _ = fs::remove_dir_all(&folder);
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
    fs::write(folder.join("platform.yaml"), "version: 0.1.0\n").expect("a file");
    folder
}
