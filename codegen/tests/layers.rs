//! The crates are built in floors: a module uses those below it, never one that uses it in turn.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The top modules of a crate, each with those that it uses.
type Graph = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_runtimes_modules_form_no_circle_but_one() {
    // A call needs a token, and a token is fetched by a call: the client holds both.
    assert_eq!(
        circles(&graph("../runtime/src")),
        [["client", "engine", "token"]]
    );
}

#[test]
fn the_generators_modules_form_no_circle() {
    assert_eq!(circles(&graph("src")), [[""; 0]; 0]);
}

#[test]
fn a_circle_is_found_wherever_its_paths_are_written() {
    let sources = [
        ("a", 1, "use crate::{b, lib_only}; use std::fmt;"),
        (
            "b",
            2,
            "mod inner { fn f() { super::super::super::c::f() } }",
        ),
        ("c", 1, "fn f() -> Vec<super::d::T> { vec![crate::a::x()] }"),
        (
            "d",
            1,
            "#[cfg(test)] mod tests { use crate::a; } use super::d::own;",
        ),
    ];
    let mut graph: Graph = sources
        .iter()
        .map(|(name, ..)| ((*name).to_owned(), BTreeSet::new()))
        .collect();
    for (name, depth, text) in sources {
        let tokens: TokenStream = text.parse().expect("tokens");
        add_uses(&mut graph, name, depth, tokens);
    }
    assert_eq!(circles(&graph), [["a", "b", "c"]]);
}

/// Reads the crate whose sources are in this folder.
fn graph(folder: &str) -> Graph {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    collect_files(&root, &mut files);
    let top = |file: &Path| {
        let first = file.strip_prefix(&root).ok()?.components().next()?;
        let name = Path::new(first.as_os_str()).file_stem()?.to_str()?;
        (!matches!(name, "lib" | "main")).then(|| name.to_owned())
    };
    let mut graph: Graph = files
        .iter()
        .filter_map(|file| Some((top(file)?, BTreeSet::new())))
        .collect();
    assert!(graph.len() > 10, "{}: no crate", root.display());
    for file in &files {
        let Some(name) = top(file) else { continue };
        let text = fs::read_to_string(file).expect("a source file");
        let tokens: TokenStream = text.parse().expect("Rust");
        let depth = file
            .strip_prefix(&root)
            .expect("inside")
            .components()
            .count();
        add_uses(&mut graph, &name, depth, tokens);
    }
    graph
}

fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Notes the top modules that a module at this depth names: after `crate::`, or after as many `super::` as lead to the
/// crate. Unit tests may look wherever they like.
fn add_uses(graph: &mut Graph, module: &str, depth: usize, tokens: TokenStream) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let word = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    };
    let is_path = |at: usize| {
        let colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
        colon(at) && colon(at + 1)
    };
    let mut is_test = false;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let mut rest = at;
        let mut level = depth;
        match token {
            // `$crate` is the path of who calls the macro.
            TokenTree::Punct(dollar) if dollar.as_char() == '$' && word(at + 1) == "crate" => {
                at += 2;
                continue;
            }
            TokenTree::Ident(ident) if ident == "crate" && is_path(at + 1) => {
                level = 0;
                rest = at + 3;
            }
            TokenTree::Ident(ident) if ident == "super" => {
                while word(rest) == "super" && is_path(rest + 1) {
                    level = level.saturating_sub(1);
                    rest += 3;
                }
            }
            TokenTree::Group(group) => {
                let opens_module = at > 1 && word(at - 2) == "mod";
                if group.delimiter() == Delimiter::Bracket && group.to_string() == "[cfg (test)]" {
                    is_test = true;
                } else if !(opens_module && is_test) {
                    add_uses(
                        graph,
                        module,
                        depth + usize::from(opens_module),
                        group.stream(),
                    );
                }
                if group.delimiter() == Delimiter::Brace {
                    is_test = false;
                }
            }
            _ => {}
        }
        if rest > at && level == 0 {
            for name in names(tokens.get(rest)) {
                let known = graph.contains_key(&name);
                let uses = graph.entry(module.to_owned()).or_default();
                if known && name != module {
                    uses.insert(name);
                }
            }
            at = rest;
        } else {
            at = rest.max(at + 1);
        }
    }
}

/// The names with which a path goes on: one, or those in braces.
fn names(token: Option<&TokenTree>) -> Vec<String> {
    match token {
        Some(TokenTree::Ident(ident)) => vec![ident.to_string()],
        Some(TokenTree::Group(group)) => {
            let tokens: Vec<_> = group.stream().into_iter().collect();
            let parts =
                tokens.split(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ','));
            parts.flat_map(|part| names(part.first())).collect()
        }
        _ => Vec::new(),
    }
}

/// The sets of modules that all use each other, by whatever way.
fn circles(graph: &Graph) -> Vec<Vec<&str>> {
    let reach = |from: &str| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(name) = open.pop() {
            let next = graph.get(&name).into_iter().flatten();
            open.extend(next.filter(|name| seen.insert((*name).clone())).cloned());
        }
        seen
    };
    let reached: BTreeMap<_, _> = graph.keys().map(|name| (name, reach(name))).collect();
    let together =
        |one: &String, other: &String| reached[one].contains(other) && reached[other].contains(one);
    let circles: BTreeSet<Vec<&str>> = graph
        .keys()
        .map(|one| {
            let members = graph.keys().filter(|other| together(one, other));
            members.map(String::as_str).collect()
        })
        .filter(|circle: &Vec<_>| !circle.is_empty())
        .collect();
    circles.into_iter().collect()
}
