//! `MIGRATION.md` against the spec.

use std::fs;

use crate::spec::file;

#[test]
fn each_call_that_the_migration_table_names_is_in_the_spec_at_its_path() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/MIGRATION.md")).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| `/"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 80, "{} rows", rows.len());
    for row in rows {
        let [_, path, class, here, successors, _] = row[..] else {
            panic!("{row:?}");
        };
        let path = path.trim_matches('`');
        // The old SDK's names hold the letters of the path.
        let letters = |text: &str| text.replace(['/', '_'], "").to_ascii_lowercase();
        let wanted = letters(path.trim_start_matches("/topapi"));
        assert_eq!(letters(class), format!("`oapi{wanted}request`"));
        let here = calls(here);
        assert!(!here.is_empty(), "{path} is nowhere");
        for file_name in here {
            assert_eq!(file(&file_name)["path"].as_str(), Some(path), "{file_name}");
        }
        for file_name in calls(successors) {
            let successor = file(&file_name);
            assert!(
                successor["path"]
                    .as_str()
                    .is_some_and(|path| path.starts_with("/v")),
                "{file_name}"
            );
        }
    }
}

/// The files of the operations in `oapi_user().get(..)` and its like.
fn calls(cell: &str) -> Vec<String> {
    cell.split('`')
        .filter_map(|code| code.strip_suffix("(..)")?.split_once("()."))
        .map(|(service, method)| format!("{service}/{method}.yaml"))
        .collect()
}
