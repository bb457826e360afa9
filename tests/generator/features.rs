//! A service compiles with its own feature alone: nothing it names is behind another one. The text of the sources
//! proves it in a second; compiling each feature alone takes minutes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::support::{Spec, project};

/// Features that are neither a service nor a group of events.
const OTHERS: [&str; 9] = [
    "default",
    "blocking",
    "callback",
    "catalogue",
    "events",
    "full",
    "http2",
    "redis",
    "stream",
];

#[test]
fn each_service_and_group_of_events_is_a_feature_and_each_feature_one_of_them() {
    let manifest = fs::read_to_string(project("generated/Cargo.toml")).unwrap();
    let (_, table) = manifest.split_once("[features]\n").unwrap();
    let rows = table.lines().take_while(|line| !line.starts_with('['));
    let mut features = BTreeSet::new();
    for (name, enabled) in rows.filter_map(|row| row.split_once(" = ")) {
        if !OTHERS.contains(&name) {
            assert_eq!(enabled, "[]", "{name} enables other features");
            features.insert(name.to_owned());
        }
    }
    assert_eq!(features, &services() | &event_groups());
    assert_eq!(enabled_by(table, "events"), event_groups());
    let mut full = enabled_by(table, "full");
    assert!(full.remove("events"));
    assert_eq!(full, services());
}

#[test]
fn no_service_leaves_its_module() {
    let mut found = Vec::new();
    for service in services() {
        let folder = fs::read_dir(project("generated/src").join(&service)).unwrap();
        let files: BTreeMap<String, PathBuf> = folder
            .map(|file| file.unwrap().path())
            .map(|path| (path.file_stem().unwrap().display().to_string(), path))
            .collect();
        assert!(files.len() > 1, "{service} has {} files", files.len());
        let modules: BTreeSet<&str> = files.keys().map(String::as_str).collect();
        for (name, path) in &files {
            assert!(path.is_file(), "{} is not a file", path.display());
            let text = fs::read_to_string(path).unwrap();
            // What is above `mod.rs` is no longer the service.
            let above = if name == "mod" {
                &BTreeSet::new()
            } else {
                &modules
            };
            let ways = ways_out(&text, above);
            found.extend(ways.map(|line| format!("{}: {line}", path.display())));
        }
    }
    assert_eq!(found, [""; 0]);
}

#[test]
fn the_root_names_a_service_only_behind_its_feature() {
    let services = services();
    for file in fs::read_dir(project("generated/src")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let found = unguarded(&services, &text);
            assert_eq!(found, [""; 0], "in {}", path.display());
        }
    }
}

#[test]
fn each_way_out_of_a_service_is_found() {
    let inside = "use super::types::Item;\ntype E = super::get_user::Errors<1>;\n/// See [`crate::Client`].\npub mod superb; fn f(supers: u8) {}\n";
    let modules = ["types", "get_user"].into();
    assert_eq!(ways_out(inside, &modules).count(), 0);
    assert_eq!(ways_out(inside, &BTreeSet::new()).count(), 2);
    for way in [
        "use crate::Client;",
        "use crate::{Client};",
        "    fn f() -> Vec<crate::todo_1_0::Task>;",
        "    use super::super::todo_1_0;",
        "use super::*;",
        "use super::{types, super::todo_1_0};",
        "pub(super) use super::typesetting::T;",
    ] {
        let text = format!("{inside}{way}\n");
        assert_eq!(ways_out(&text, &modules).collect::<Vec<_>>(), [way]);
    }
}

#[test]
fn each_service_without_its_feature_is_found() {
    let services = ["im_1_0", "todo_1_0"].map(str::to_owned).into();
    for guarded in [
        r#"mod client; #[cfg(feature = "im_1_0")] #[cfg_attr(docsrs, doc(cfg(feature = "im_1_0")))] pub mod im_1_0;"#,
        r#"impl C { #[cfg(feature = "im_1_0")] #[inline] fn im_1_0() -> crate::im_1_0::T { crate::im_1_0::new() } }"#,
        r#"S { name: "im_1_0", #[cfg(feature = "im_1_0")] all: Some(im_1_0::all()), #[cfg(not(feature = "im_1_0"))] all: None }"#,
    ] {
        assert_eq!(unguarded(&services, guarded), [""; 0], "{guarded}");
    }
    for bare in [
        "pub mod im_1_0;",
        r#"#[cfg(feature = "todo_1_0")] pub mod im_1_0;"#,
        r#"#[cfg(not(feature = "im_1_0"))] pub mod im_1_0;"#,
        r#"#[cfg(feature = "im_1_0")] pub mod im_1_0; pub use im_1_0::T;"#,
        r#"S { #[cfg(feature = "im_1_0")] a: im_1_0::a(), b: im_1_0::b() }"#,
        r#"#[cfg(feature = "im_1_0")] fn f() { im_1_0::f() } fn g() { im_1_0::g() }"#,
        r#"#[cfg(feature = "im_1_0")] fn f() { todo_1_0::f() }"#,
    ] {
        assert_eq!(unguarded(&services, bare).len(), 1, "{bare}");
    }
}

fn event_groups() -> BTreeSet<String> {
    let folders = fs::read_dir(project("spec/events")).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name());
    names
        .map(|name| format!("events_{}", name.to_string_lossy()))
        .collect()
}

/// The features that another one enables.
fn enabled_by(table: &str, feature: &str) -> BTreeSet<String> {
    let (_, rows) = table.split_once(&format!("\n{feature} = [\n")).unwrap();
    let (rows, _) = rows.split_once("\n]").unwrap();
    let names = rows.lines().map(|row| row.trim_matches([' ', '"', ',']));
    names.map(str::to_owned).collect()
}

fn services() -> BTreeSet<String> {
    let spec = Spec::of_this_project();
    spec.services().into_iter().map(str::to_owned).collect()
}

/// The lines of a service's source that name something outside the service: any path up but one into these modules.
fn ways_out<'t>(text: &'t str, modules: &BTreeSet<&str>) -> impl Iterator<Item = &'t str> {
    let leaves = |line: &&str| {
        let mut ups = line.split("super::").skip(1);
        line.contains("crate::")
            || ups.any(|rest| {
                let module = rest.split_once("::").map(|(module, _)| module);
                module.is_none_or(|module| !modules.contains(module))
            })
    };
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .filter(leaves)
}

/// The services that a source names where their feature may be off.
fn unguarded(services: &BTreeSet<String>, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    scan(services, None, text.parse().expect("Rust"), &mut found);
    found
}

fn scan(
    services: &BTreeSet<String>,
    compiled: Option<&str>,
    tokens: TokenStream,
    found: &mut Vec<String>,
) {
    // The feature asked for by the item, field or argument that is being read.
    let mut asked: Option<String> = None;
    for token in tokens {
        let here = asked.as_deref().or(compiled);
        match token {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                if services.contains(&name) && here != Some(&name) {
                    found.push(name);
                }
            }
            TokenTree::Group(group) => {
                if let Some(feature) = feature(&group) {
                    asked = Some(feature);
                } else {
                    scan(services, here, group.stream(), found);
                    if group.delimiter() == Delimiter::Brace {
                        asked = None;
                    }
                }
            }
            TokenTree::Punct(end) if matches!(end.as_char(), ';' | ',') => asked = None,
            _ => {}
        }
    }
}

/// The feature that an attribute `[cfg(feature = "..")]` asks for.
fn feature(attribute: &Group) -> Option<String> {
    let text = attribute.to_string().replace(' ', "");
    let name = text.strip_prefix("[cfg(feature=\"")?.strip_suffix("\")]")?;
    Some(name.to_owned())
}
