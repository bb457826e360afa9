//! The same spec always gives the same files. Whether the checked-in crate is what its spec gives is not asked here: the
//! build script has just rewritten it. `.ci/run drift` asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Spec, project};

/// A spec with each construct of the format, which is quickly read.
const SMALL: &str = "tests/golden/spec";

#[test]
fn the_readmes_have_the_table_of_services() {
    let spec = Spec::of_this_project();
    let mut counts = BTreeMap::new();
    for operation in &spec.operations {
        *counts.entry(operation.service.as_str()).or_insert(0) += 1;
    }
    let page = fs::read_to_string(project("SERVICES.md")).unwrap();
    let rows = page.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((name, rest.split(" |").next()?.parse().ok()?))
    });
    assert!(
        rows.collect::<BTreeMap<&str, usize>>() == counts,
        "SERVICES.md is not that of spec/: run `cargo build` and commit it"
    );
    let total = spec.operations.len().to_string();
    assert!(page.contains(&total), "{total} operations in all");
}

#[test]
fn a_crate_made_from_nothing_is_the_checked_in_one() {
    let folder = Scratch::new("from-nothing");
    dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    let mut checked_in = files(&project("tests/golden/generated"));
    let mut made = files(&folder.0);
    // The manifest of that one is not checked in: the crate is a part of a test.
    made.remove(Path::new("Cargo.toml")).unwrap();
    checked_in.remove(Path::new("Cargo.toml"));
    for name in checked_in
        .keys()
        .chain(made.keys())
        .collect::<BTreeSet<_>>()
    {
        assert!(
            checked_in.get(name) == made.get(name),
            "{} differs",
            name.display()
        );
    }
}

#[test]
fn the_same_spec_gives_the_same_files_every_time() {
    let (one, other) = (Scratch::new("once"), Scratch::new("again"));
    dingtalk_codegen::generate(&project(SMALL), &one.0).unwrap();
    dingtalk_codegen::generate(&project(SMALL), &other.0).unwrap();
    assert!(files(&one.0) == files(&other.0));
    assert!(!files(&one.0).is_empty());
}

#[test]
fn a_second_generation_changes_nothing() {
    let folder = Scratch::new("twice");
    dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    let second = dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    assert_eq!((second.regenerated, second.changed.len()), (0, 0));
}

#[test]
fn only_the_service_that_was_edited_is_made_again() {
    let (spec, out) = (Scratch::new("edited-spec"), Scratch::new("edited-out"));
    copy(&project(SMALL), &spec.0);
    let first = dingtalk_codegen::generate(&spec.0, &out.0).unwrap();
    assert_eq!(
        first.regenerated,
        first.services.len() + first.event_groups.len()
    );
    let file = spec.0.join("constructs_1_0/enums.yaml");
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("1: Low", "1: Very low");
    fs::write(&file, edited).unwrap();
    let second = dingtalk_codegen::generate(&spec.0, &out.0).unwrap();
    let changed: Vec<_> = second
        .changed
        .iter()
        .map(|change| change.path.clone())
        .collect();
    assert_eq!(second.regenerated, 1);
    assert_eq!(
        changed,
        ["src/catalogue.bin", "src/constructs_1_0/enums.rs"].map(Path::new)
    );
}

#[test]
fn the_catalogue_after_an_edit_is_that_of_a_crate_made_from_nothing() {
    let (spec, out) = (
        Scratch::new("catalogue-spec"),
        Scratch::new("catalogue-out"),
    );
    copy(&project(SMALL), &spec.0);
    dingtalk_codegen::generate(&spec.0, &out.0).unwrap();
    let before = files(&out.0);
    let file = spec.0.join("constructs_1_0/enums.yaml");
    let edited = fs::read_to_string(&file)
        .unwrap()
        .replace("1: Low", "1: Very low");
    fs::write(&file, edited).unwrap();
    dingtalk_codegen::generate(&spec.0, &out.0).unwrap();
    let fresh = Scratch::new("catalogue-fresh");
    dingtalk_codegen::generate(&spec.0, &fresh.0).unwrap();
    assert!(files(&out.0) == files(&fresh.0));
    assert!(files(&out.0) != before);
}

#[test]
fn a_catalogue_that_is_damaged_or_gone_is_made_again() {
    let folder = Scratch::new("damaged");
    dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    let whole = files(&folder.0);
    let catalogue = folder.0.join("src/catalogue.bin");
    let mut bytes = fs::read(&catalogue).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&catalogue, bytes).unwrap();
    dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    assert!(files(&folder.0) == whole);
    fs::remove_file(&catalogue).unwrap();
    dingtalk_codegen::generate(&project(SMALL), &folder.0).unwrap();
    assert!(files(&folder.0) == whole);
}

#[test]
fn a_spec_with_a_mistake_leaves_the_crate_as_it_was() {
    let (spec, out) = (Scratch::new("mistaken-spec"), Scratch::new("mistaken-out"));
    copy(&project(SMALL), &spec.0);
    dingtalk_codegen::generate(&spec.0, &out.0).unwrap();
    let before = files(&out.0);
    let file = spec.0.join("constructs_1_0/enums.yaml");
    let mistaken = fs::read_to_string(&file)
        .unwrap()
        .replace("method: POST", "method: SEND");
    fs::write(&file, mistaken).unwrap();
    let failure = dingtalk_codegen::generate(&spec.0, &out.0)
        .unwrap_err()
        .to_string();
    assert!(failure.contains("enums.yaml"), "{failure}");
    assert!(files(&out.0) == before);
}

fn copy(from: &Path, to: &Path) {
    for (name, content) in files(from) {
        let path = to.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

/// A folder of this test alone, which goes when it ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("drift-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files below a folder with their content, but for what cargo or the generator keeps there for
/// itself, and the licenses, which are put there by hand.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_owned();
            let text = name.to_string_lossy();
            if ["target", "Cargo.lock", "spec.lock"].contains(&&*text)
                || text.starts_with("LICENSE-")
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}
