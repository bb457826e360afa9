//! The command `diff` as people and scripts meet it.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests may")]

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const CREATE: &str = "rooms_1_0/create_room.yaml";

/// A folder with a spec `old` and one `new`, in which pieces of text are replaced.
fn specs(name: &str, changes: &[(&str, &str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    let base = common::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semver/base"));
    for spec in ["old", "new"] {
        let mut files = base.clone();
        for (file, from, to) in changes.iter().filter(|_| spec == "new") {
            let text = files.get_mut(*file).unwrap();
            assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}");
            *text = text.replace(from, to);
        }
        for (path, text) in files {
            let file = folder.join(spec).join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
    }
    folder
}

fn diff(folder: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
        .args([&["diff", "old", "new"], more].concat())
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

const DOC: (&str, &str, &str) = (CREATE, "must be open", "has to be open");
const NEW_VALUE: (&str, &str, &str) = (
    CREATE,
    "      closed:",
    "      half: Some may\n      closed:",
);
const REQUIRED: (&str, &str, &str) = (
    "rooms_1_0/is_free.yaml",
    "{ type: string }",
    "{ type: string, required: true }",
);

#[test]
fn the_exit_code_tells_how_much_users_feel() {
    for (name, changes, code) in [
        ("diff_nothing", vec![], 0),
        ("diff_documentation", vec![DOC], 0),
        ("diff_additive", vec![DOC, NEW_VALUE], 3),
        ("diff_breaking", vec![DOC, NEW_VALUE, REQUIRED], 4),
    ] {
        let (status, _, _) = diff(&specs(name, &changes), &[]);
        assert_eq!(status, Some(code), "{name}");
    }
    let broken = specs("diff_mistake", &[(CREATE, "summary:", "sumary:")]);
    let (status, _, stderr) = diff(&broken, &[]);
    assert_eq!(status, Some(1));
    assert!(
        stderr.contains("new/rooms_1_0/create_room.yaml:2:1"),
        "{stderr}"
    );
    assert_eq!(diff(&broken, &["--json", "--changelog"]).0, Some(2));
}

#[test]
fn changes_are_listed_by_weight_with_their_places_and_the_version_to_come() {
    let (_, text, _) = diff(&specs("diff_text", &[DOC, NEW_VALUE, REQUIRED]), &[]);
    assert_eq!(
        text,
        "\
breaking:
  new/rooms_1_0/is_free.yaml:7:3: field `rooms_1_0::is_free::IsFreeRequest.filter`: presence changed from `optional` to `required`
additive:
  new/rooms_1_0/create_room.yaml:27:7: value `rooms_1_0::create_room::Kind::Half` was added
documentation:
  new/rooms_1_0/create_room.yaml:3:1: operation `rooms_1_0::create_room`: doc changed
1 breaking, 1 additive, 1 documentation: raise the minor version before 1.0, and the major version from 1.0 on; after 0.1.0, at least 0.2.0 is needed, but the spec has 0.1.0
"
    );
    let raised = ("platform.yaml", "version: 0.1.0", "version: 0.2.0");
    let (_, text, _) = diff(&specs("diff_raised", &[REQUIRED, raised]), &[]);
    assert!(text.ends_with("; 0.1.0 to 0.2.0 is enough\n"), "{text}");
    let (_, text, _) = diff(&specs("diff_same", &[]), &[]);
    assert_eq!(
        text,
        "0 breaking, 0 additive, 0 documentation: the version can stay\n"
    );
}

#[test]
fn programs_get_json() {
    let (status, text, _) = diff(&specs("diff_json", &[NEW_VALUE, REQUIRED]), &["--json"]);
    assert_eq!(status, Some(4));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["level"], "breaking");
    assert_eq!(json["raise"]["before_1_0"], "minor");
    assert_eq!(json["raise"]["from_1_0"], "major");
    assert_eq!(json["version"]["least"], "0.2.0");
    assert_eq!(json["changes"].as_array().unwrap().len(), 2);
    let change = &json["changes"][0];
    for (key, value) in [
        ("level", "breaking"),
        ("what", "changed"),
        ("kind", "field"),
        ("item", "rooms_1_0::is_free::IsFreeRequest.filter"),
        ("fact", "presence"),
        ("old", "optional"),
        ("new", "required"),
        ("service", "rooms_1_0"),
        ("operation", "IsFree"),
        ("file", "new/rooms_1_0/is_free.yaml"),
    ] {
        assert_eq!(change[key], value, "{key}");
    }
    assert_eq!(
        (change["line"].as_u64(), change["column"].as_u64()),
        (Some(7), Some(3))
    );
}

#[test]
fn the_changelog_has_the_sections_of_keep_a_changelog() {
    let gone = (CREATE, "  tags: { list: string }\n", "");
    let folder = specs("diff_changelog", &[DOC, NEW_VALUE, REQUIRED, gone]);
    let tables = folder.join("new/tables_1_0");
    fs::create_dir(&tables).unwrap();
    let operation = "operation: MoveTable\nsummary: Moves\nmethod: PUT\npath: /v1.0/tables\n";
    fs::write(tables.join("move_table.yaml"), operation).unwrap();
    let other = operation
        .replace("MoveTable", "OpenRoom")
        .replace("tables", "opened");
    fs::write(folder.join("new/rooms_1_0/open_room.yaml"), other).unwrap();
    let (status, text, _) = diff(&folder, &["--changelog"]);
    assert_eq!(status, Some(4));
    assert_eq!(
        text,
        "\
### Added

- The service `tables_1_0`.
- `OpenRoom` of `rooms_1_0`.
- In `CreateRoom` of `rooms_1_0`: `Kind::Half`.

### Changed

- **Breaking:** field `rooms_1_0::is_free::IsFreeRequest.filter`: presence changed from `optional` to `required`.
- Documentation.

### Removed

- **Breaking:** field `rooms_1_0::create_room::CreateRoomRequest.tags` was removed.
"
    );
    assert_eq!(
        diff(&specs("diff_no_changelog", &[]), &["--changelog"]).1,
        ""
    );
}

#[test]
fn specs_that_extend_another_crate_have_no_version() {
    let folder = specs("diff_own", &[REQUIRED]);
    for spec in ["old", "new"] {
        fs::remove_file(folder.join(spec).join("platform.yaml")).unwrap();
        // Only the platform has events.
        fs::remove_dir_all(folder.join(spec).join("events")).unwrap();
    }
    let (status, text, _) = diff(&folder, &[]);
    assert_eq!(status, Some(4));
    let end = ": raise the minor version before 1.0, and the major version from 1.0 on\n";
    assert!(text.ends_with(end), "{text}");
    let (_, text, _) = diff(&folder, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["version"]["least"], serde_json::Value::Null);
}
