//! Operations that reply a token for the next page, against those that have pages.

use std::collections::BTreeSet;
use std::fs;

use serde_yaml::Value as Yaml;

use super::{read, spec};

/// Each operation that replies a token for the next page has pages, or a reason in `import/marks.yaml`.
#[test]
fn no_operation_that_replies_a_next_token_is_without_pages_and_without_a_reason() {
    let marks = read(&spec().join("import/marks.yaml"));
    let exceptions = marks["paging"]["except"].as_sequence().expect("a list");
    let excepted: BTreeSet<&str> = exceptions
        .iter()
        .map(|exception| exception["operation"].as_str().expect("each names one"))
        .collect();
    let (mut marked, mut reasons) = (0, BTreeSet::new());
    let mut neither = Vec::new();
    for folder in fs::read_dir(spec()).unwrap() {
        let folder = folder.unwrap().path();
        let service = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if !folder.join("_service.yaml").is_file() {
            continue;
        }
        let shared = read(&folder.join("_service.yaml"));
        for file in fs::read_dir(&folder).unwrap() {
            let operation = read(&file.unwrap().path());
            let types = [&operation["types"], &shared["types"]];
            let reply = [&operation["response_type"], &object(&operation["response"])];
            let Some(action) = operation["operation"].as_str() else {
                continue;
            };
            let name = format!("{service}/{action}");
            let numbered = ["query", "body"].iter().any(|part| {
                ["pageNumber", "offset"]
                    .iter()
                    .any(|name| operation[*part].get(name).is_some())
            });
            // An operation that counts pages or items is looked at only if it is an exception.
            let has_token = reply.iter().any(|reply| gives_token(reply, types, 4));
            let is_excepted = numbered && excepted.contains(&*name);
            if !has_token && !is_excepted {
                continue;
            }
            match (operation.get("paging").is_some(), excepted.get(&*name)) {
                (true, None) => marked += 1,
                (false, Some(name)) => _ = reasons.insert(*name),
                _ => neither.push(name),
            }
        }
    }
    assert_eq!(neither, Vec::<String>::new());
    assert_eq!(reasons, excepted, "exceptions that no longer apply");
    assert_eq!((marked, excepted.len()), (278, 17));
}

/// Fields as the object that holds them.
fn object(fields: &Yaml) -> Yaml {
    Yaml::Mapping([("object".into(), fields.clone())].into_iter().collect())
}

/// Whether a field holds the token of a next page in some object, not counting the elements of lists.
fn gives_token(field: &Yaml, types: [&Yaml; 2], depth: u32) -> bool {
    const NAMES: [&str; 7] = [
        "nextToken",
        "nextCursor",
        "nextOffset",
        "nextPageToken",
        "nextPageCursor",
        "next_cursor",
        "next_token",
    ];
    if depth == 0 {
        return false;
    }
    if let Some(name) = field["type"].as_str() {
        let named = types.iter().map(|all| &all[name]);
        return named
            .into_iter()
            .any(|def| gives_token(def, types, depth - 1));
    }
    let fields = field["object"].as_mapping();
    fields.into_iter().flatten().any(|(name, field)| {
        name.as_str().is_some_and(|name| NAMES.contains(&name))
            || gives_token(field, types, depth - 1)
    })
}
