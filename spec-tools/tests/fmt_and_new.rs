//! The commands `fmt` and `new` as people and scripts meet them.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests may")]

#[path = "../../codegen/tests/common/mod.rs"]
mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the good spec in a folder of its own.
fn copy(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in common::good() {
        let file = folder.join("spec").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn check_names_the_files_and_the_command_and_fmt_mends_them() {
    let folder = copy("fmt_all");
    let before = common::read(&folder);
    let output = run(&folder, &["fmt", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("spec/demo_1_0/set_members.yaml\n"));
    assert!(
        !stdout(&output).contains("touch.yaml"),
        "it is laid out well"
    );
    assert_eq!(
        stderr(&output),
        "not formatted; run `dingtalk-spec fmt --spec spec`\n"
    );
    assert_eq!(common::read(&folder), before, "nothing is written");

    let output = run(&folder, &["fmt"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("formatted spec/platform.yaml\n"));
    assert_ne!(common::read(&folder), before);
    let output = run(&folder, &["fmt", "--check"]);
    assert_eq!(
        (output.status.code(), stdout(&output)),
        (Some(0), String::new())
    );
    assert_eq!(run(&folder, &["check"]).status.code(), Some(0));
}

#[test]
fn a_spec_without_a_platform_is_laid_out_too() {
    let folder = copy("fmt_own");
    fs::remove_file(folder.join("spec/platform.yaml")).unwrap();
    assert_eq!(run(&folder, &["fmt"]).status.code(), Some(0));
    assert_eq!(run(&folder, &["fmt", "--check"]).status.code(), Some(0));
}

#[test]
fn single_files_can_be_named() {
    let folder = copy("fmt_one");
    let file = "spec/demo_1_0/set_members.yaml";
    let output = run(&folder, &["fmt", "--check", file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).ends_with("`dingtalk-spec fmt spec/demo_1_0/set_members.yaml`\n"));
    assert_eq!(
        stdout(&run(&folder, &["fmt", file])),
        format!("formatted {file}\n")
    );
    assert_eq!(
        run(&folder, &["fmt", "--check", file]).status.code(),
        Some(0)
    );
    assert_eq!(
        run(&folder, &["fmt", "spec/none.yaml"]).status.code(),
        Some(1)
    );
}

#[test]
fn services_and_specs_can_be_named() {
    let folder = copy("fmt_folders");
    let named = |path| stdout(&run(&folder, &["fmt", "--check", path]));
    assert!(named("spec/demo_1_0").contains("spec/demo_1_0/set_members.yaml\n"));
    assert!(!named("spec/demo_1_0").contains("spec/platform.yaml\n"));
    let all = named("spec");
    assert!(all.contains("spec/demo_1_0/set_members.yaml\n"), "{all}");
    assert!(all.contains("spec/platform.yaml\n"), "{all}");
}

#[test]
fn a_file_with_mistakes_is_reported_and_left_alone() {
    let folder = copy("fmt_mistakes");
    let file = folder.join("spec/demo_1_0/set_members.yaml");
    let broken = fs::read_to_string(&file)
        .unwrap()
        .replace("summary", "sumary");
    fs::write(&file, &broken).unwrap();
    let output = run(&folder, &["fmt"]);
    assert_eq!(output.status.code(), Some(1));
    let report = stderr(&output);
    assert!(
        report.contains("error: unknown key `sumary`\n --> spec/demo_1_0/set_members.yaml:3:1\n")
    );
    assert!(report.contains("did you mean `summary`?"));
    assert_eq!(fs::read_to_string(&file).unwrap(), broken);
    assert!(
        stdout(&output).contains("formatted spec/platform.yaml"),
        "the others are formatted"
    );
}

#[test]
fn windows_line_ends_and_marks_go() {
    let folder = copy("fmt_windows");
    let file = folder.join("spec/demo_1_0/touch.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    run(&folder, &["fmt"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_new_file_is_laid_out_well_and_check_says_what_is_missing() {
    let folder = copy("new");
    let output = run(&folder, &["new", "demo_1_0", "CloseRoom"]);
    assert_eq!(output.status.code(), Some(0));
    let file = "spec/demo_1_0/close_room.yaml";
    assert!(stdout(&output).starts_with(&format!("wrote {file}; fill it in")));
    assert_eq!(
        run(&folder, &["fmt", "--check", file]).status.code(),
        Some(0)
    );
    let output = run(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(1));
    let report = stderr(&output);
    for missing in ["`summary` is empty", "path", "undecided"] {
        assert!(report.contains(missing), "{missing} in {report}");
    }
    assert_eq!(report.matches("close_room.yaml:").count(), 3, "{report}");

    let text = fs::read_to_string(folder.join(file)).unwrap();
    let output = run(
        &folder,
        &["new", "demo_1_0", "CloseRoom", "--method", "PUT"],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("close_room.yaml: the file already exists"));
    assert_eq!(fs::read_to_string(folder.join(file)).unwrap(), text);
}

/// What the comments show is right, too: taken at their word, they give an operation.
#[test]
fn the_sections_in_the_comments_are_good() {
    let folder = copy("new_whole");
    let output = run(&folder, &["new", "demo_1_0", "CreateRoom", "--stdout"]);
    let text = stdout(&output)
        .replace("summary: \"\"", "summary: Creates a room")
        .replace(
            "path: \"\"",
            "path: /v1.0/example/buildings/{buildingId}/rooms",
        );
    let code = |line: &str| {
        line.strip_prefix("# ")
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase() || c == ' '))
            && !line.contains("yaml-language-server")
    };
    let lines = text.lines().filter(|line| !line.starts_with("undecided"));
    let lines = lines.map(|line| if code(line) { &line[2..] } else { line });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    let file = folder.join("spec/demo_1_0/create_room.yaml");
    fs::write(&file, &text).unwrap();
    let output = run(&folder, &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}\n{text}", stderr(&output));
    for section in [
        "path_params",
        "query",
        "body",
        "response",
        "errors",
        "example",
    ] {
        assert!(
            text.contains(&format!("\n{section}:")),
            "{section} in\n{text}"
        );
    }
    run(&folder, &["fmt"]);
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        text,
        "it is laid out well"
    );
}

#[test]
fn method_and_path_are_filled_in() {
    let folder = copy("new_path");
    let path = "/v1.0/{path}/rooms/{roomId}";
    let args = [
        "new",
        "demo_1_0",
        "CloseRoom",
        "--stdout",
        "--method",
        "delete",
        "--path",
        path,
    ];
    let text = stdout(&run(&folder, &args));
    assert!(text.contains("method: DELETE\n"), "{text}");
    assert!(text.contains(&format!("path: {path}\n")), "{text}");
    let params = "path_params:\n  path: { type: string }\n  roomId: { type: string }\n\n";
    assert!(text.contains(params), "{text}");
    let text = stdout(&run(
        &folder,
        &[
            "new",
            "demo_1_0",
            "CloseRoom",
            "--stdout",
            "--path",
            "/v1.0/x",
        ],
    ));
    assert!(!text.contains("path_params"), "{text}");
}

#[test]
fn names_are_looked_at() {
    let folder = copy("new_names");
    let refused = |args: &[&str]| {
        let output = run(&folder, &[&["new", "--stdout"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        stderr(&output)
    };
    assert!(refused(&["dmeo_1_0", "CloseRoom"]).contains("did you mean `demo_1_0`?"));
    assert!(refused(&["demo", "CloseRoom"]).contains("did you mean `demo_1_0`?"));
    assert!(refused(&["Other", "CloseRoom"]).contains("as in `conference_1_0`"));
    assert!(refused(&["demo_1_0", "close_room"]).contains("use one like `CloseRoom`"));
    assert!(refused(&["demo_1_0", "../x"]).contains("not a valid operation name"));
    assert!(refused(&["../x", "CloseRoom"]).contains("not a valid service name"));
    let made = |args: &[&str]| {
        run(&folder, &[&["new", "--stdout"], args].concat())
            .status
            .code()
    };
    assert_eq!(made(&["dmeo_1_0", "CloseRoom", "--new-service"]), Some(0));
    assert_eq!(
        made(&["demo_2_0", "CloseRoom"]),
        Some(0),
        "another version is another service"
    );
    assert_eq!(made(&["calendar_1_0", "CloseRoom"]), Some(0));
}

#[test]
fn a_new_event_is_laid_out_well_and_check_says_what_is_missing() {
    let folder = copy("new_event");
    let new = |args: &[&str]| run(&folder, &[&["new"], args].concat());
    let output = new(&["events_rooms", "room_lock"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let file = "spec/events/rooms/room_lock.yaml";
    assert_eq!(
        run(&folder, &["fmt", "--check", file]).status.code(),
        Some(0)
    );
    let report = stderr(&run(&folder, &["check"]));
    for missing in ["`summary` is empty", "undecided"] {
        assert!(report.contains(missing), "{missing} in {report}");
    }
    assert_eq!(report.matches("room_lock.yaml:").count(), 2, "{report}");
    for (args, said) in [
        (
            &["events_romos", "room_lock"][..],
            "did you mean `events_rooms`?",
        ),
        (&["events_rooms", "../x"], "not a valid type of an event"),
        (
            &["events_rooms", "a", "--method", "PUT"],
            "an event has no method",
        ),
    ] {
        let output = new(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    let output = new(&["events_halls", "hall_open", "--new-service"]);
    assert_eq!(output.status.code(), Some(0));
}
