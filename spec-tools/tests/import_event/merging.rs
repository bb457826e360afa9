//! What a page adds to a file that a person has reviewed.

use std::fs;

use dingtalk_spec::import::doc::Kind;
use dingtalk_spec::import::doc::event::Importer;

use crate::{page, spec};

const FILE: &str = "events/garden/tree_fall.yaml";

const REVIEWED: &str = "\
# yaml-language-server: $schema=../../event.schema.json
# Also described on:
#   https://open.dingtalk.com/document/development/event-tree-fall
event: tree_fall
title: 树倒
summary: A tree fell
source: https://example.com/trees
delivery: [stream, http, sync_http]
app_types: [internal]

data:
  TreeID: { type: string, doc: ID of the tree }
  row: { type: string, aliases: [rowNumber] }
  birds:
    list:
      object:
        kind:
          enum:
            owl: Owl
        # Nobody weighs them.
        age: { type: integer }
  leaves: { type: integer }
";

#[test]
fn what_a_person_wrote_stays_what_is_new_is_added_and_the_rest_is_told() {
    let folder = spec("merging", FILE, REVIEWED);
    let mut import = Importer::open(&folder).unwrap();
    let source = page("deliveries.md");
    let all = import.page(&source, None).unwrap();
    let [imported] = all.as_slice() else {
        panic!("one event");
    };
    assert_eq!(imported.file, FILE);
    assert!(!imported.new && imported.changed);
    let added: Vec<&str> = imported
        .added
        .iter()
        .filter_map(|added| added.split_once(": added ")?.1.split(':').next())
        .collect();
    assert_eq!(
        added,
        ["`data.owner`", "`data.note`", "`data.isOld`", "`example`"]
    );
    let lines: Vec<&str> = imported.text.lines().collect();
    let gone = REVIEWED.lines().filter(|line| !lines.contains(line));
    assert_eq!(gone.collect::<Vec<_>>(), [""; 0], "{}", imported.text);
    let told: Vec<&str> = imported
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::Disagrees)
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "`app_types` is `[internal]` in the spec, `[internal, third_party]` on the page",
            "the spec has `data.leaves`, the page does not: `{ type: integer }`",
            "`data.row` is `string` in the spec, `integer` on the page",
        ]
    );
    // Twice is the same as once.
    fs::write(folder.join(FILE), &imported.text).unwrap();
    let again = Importer::open(&folder)
        .unwrap()
        .page(&source, None)
        .unwrap();
    assert!(!again[0].changed, "{:?}", again[0].added);
    assert_eq!(again[0].text, imported.text);
}

#[test]
fn a_new_event_goes_to_the_group_of_those_that_are_named_alike_unless_one_is_given() {
    let folder = spec("grouping", FILE, REVIEWED);
    let page = page("several.md");
    let files = |group| {
        let all = Importer::open(&folder).unwrap().page(&page, group).unwrap();
        let files = all.iter().map(|imported| imported.file.clone());
        let asked = all
            .iter()
            .map(|imported| imported.text.contains("Is it `garden`?"));
        (files.collect::<Vec<_>>(), asked.collect::<Vec<_>>())
    };
    let (found, asked) = files(None);
    assert_eq!(
        found,
        [
            "events/garden/tree_grow.yaml",
            "events/garden/tree_move.yaml"
        ]
    );
    assert_eq!(asked, [true, true]);
    let (given, asked) = files(Some("trees"));
    assert_eq!(
        given,
        ["events/trees/tree_grow.yaml", "events/trees/tree_move.yaml"]
    );
    assert_eq!(asked, [false, false]);
}

#[test]
fn a_file_that_cannot_be_read_is_reported() {
    let folder = spec("unread", FILE, "event: tree_fall\nsumary: x\n");
    let report = Importer::open(&folder).unwrap_err().to_string();
    assert!(report.contains("unknown key `sumary`"), "{report}");
}
