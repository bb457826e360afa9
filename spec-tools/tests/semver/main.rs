//! What `diff` says of each kind of change, held against what cargo-semver-checks says of the crates.
//!
//! The second half needs that tool (0.51 knows the compiler 1.95) and some minutes, and is asked for:
//!
//!     cargo install --locked cargo-semver-checks
//!     cargo test -p dingtalk-spec --test semver -- --ignored --nocapture
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../../../codegen/tests/common/mod.rs"]
mod common;
mod kinds;
mod tool;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use common::Files;
use dingtalk_codegen::sources::Sources;
use dingtalk_spec::diff::{Side, diff};
use kinds::{Edit, KINDS, Kind};

/// The spec to which the changes are made.
fn base() -> Files {
    common::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semver/base"))
}

impl Kind {
    /// The base spec with the change.
    fn files(&self) -> Files {
        let mut files = base();
        for edit in self.edits {
            match *edit {
                Edit::Replace(file, from, to) => {
                    let text = files.get_mut(file).expect("a file of the base");
                    assert_eq!(text.matches(from).count(), 1, "{}: {from:?}", self.name);
                    *text = text.replace(from, to);
                }
                Edit::Write(file, text) => drop(files.insert(file.to_owned(), text.to_owned())),
                Edit::Move(from, to) => {
                    let text = files.remove(from).expect("a file of the base");
                    files.insert(to.to_owned(), text);
                }
                Edit::Remove(file) => drop(files.remove(file).expect("a file of the base")),
            }
        }
        files
    }
}

fn sources(root: &str, files: Files) -> Sources {
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())));
    Sources::from_entries(root, entries.collect()).unwrap_or_else(|report| panic!("{report}"))
}

fn side<'a>(name: &str, sources: &'a Sources) -> Side<'a> {
    Side::read(sources).unwrap_or_else(|report| panic!("{name}\n{report}"))
}

#[test]
fn each_kind_of_change_is_judged() {
    let old = sources("old", base());
    let before = side("base", &old);
    let mut said = String::new();
    for kind in KINDS {
        let new = sources("new", kind.files());
        let after = side(kind.name, &new);
        let changes = diff(&before, &after);
        let text = changes.text(&before, &after);
        assert_eq!(changes.level(), kind.verdict, "{}: {text}", kind.name);
        // The last line is on the version.
        let lines: Vec<&str> = text.lines().collect();
        let lines = lines.split_last().expect("a last line").1.join("\n");
        let _ = writeln!(said, "{}\n{lines}\n", kind.name);
    }
    insta::assert_snapshot!("kinds_of_change", said);
    let names: BTreeSet<_> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(names.len(), KINDS.len(), "each kind has a name of its own");
}
