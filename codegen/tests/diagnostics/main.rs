//! Each mistake that a spec can have, and the exact report of it.
//!
//! A case is the spec in `tests/good` with a change; the snapshot named after it is the report.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

/// A case: its name, and what is changed in which file.
macro_rules! cases {
    ($($name:ident: $($file:ident $from:literal => $to:literal),+;)*) => {
        $(#[test]
        fn $name() {
            let files = crate::changed(&[$(($file, $from, $to)),+]);
            crate::snapshot(stringify!($name), &crate::report(&files));
        })*
    };
}

#[path = "../common/mod.rs"]
mod common;
mod events;
mod examples;
mod fields;
mod files;
mod glossary;
mod names;
mod one_of;
mod operations;
mod paging;
mod platform;
mod signature;
mod syntax;

use common::{Files, check, good};

const CREATE: &str = "demo_1_0/create_meeting.yaml";
const LIST: &str = "demo_1_0/list_meetings.yaml";
const FIND: &str = "demo_1_0/find_meetings.yaml";
const SET: &str = "demo_1_0/set_members.yaml";
const TOUCH: &str = "demo_1_0/touch.yaml";
const DELETE: &str = "demo_1_0/delete_meeting.yaml";
const SERVICE: &str = "demo_1_0/_service.yaml";
const TOKEN: &str = "token_1_0/get_token.yaml";
const PLATFORM: &str = "platform.yaml";
const OPEN: &str = "events/rooms/room_open.yaml";
const CLOSE: &str = "events/rooms/room_close.yaml";
const KNOCK: &str = "events/callbacks/knock.yaml";
const GROUP: &str = "events/rooms/_group.yaml";

/// The good spec with pieces of text replaced. Each piece must be there once.
fn changed(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = good();
    for (file, from, to) in changes {
        let text = files.get_mut(*file).expect("a file of the good spec");
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
        *text = text.replace(from, to);
    }
    files
}

#[track_caller]
fn report(files: &Files) -> String {
    check(files).expect_err("a mistake").to_string()
}

/// Compares a report with the snapshot of this name.
#[track_caller]
fn snapshot(name: &str, report: &str) {
    insta::assert_snapshot!(name, report);
}

/// The good spec's files with some added.
fn with(added: &[(&str, &str)]) -> Files {
    let mut files = good();
    files.extend(
        added
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned())),
    );
    files
}

#[test]
fn the_good_spec_is_good() {
    if let Err(report) = check(&good()) {
        panic!("{report}");
    }
}

#[test]
fn a_report_is_the_same_each_time() {
    let files = changed(&[
        (CREATE, "method: POST", "methd: POST"),
        (TOUCH, "path: /v1.0", "path: /"),
    ]);
    assert_eq!(report(&files), report(&files));
}
