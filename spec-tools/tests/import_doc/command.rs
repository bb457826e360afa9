//! `import doc` as people and scripts meet it.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crate::{common, folder};

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
        .args(["import", "doc"])
        .args(args)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pages"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // A program that ends early takes no more input.
    let _ = child.stdin.take().expect("an input").write_all(input);
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn pages_are_written_and_the_rest_is_told() {
    let spec = folder("command", &common::good());
    let spec = spec.display().to_string();
    let output = run(
        &["older.md", "start_cloud_record.txt", "--spec", &spec],
        b"",
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let told = text(&output.stdout);
    assert!(
        told.contains(&format!("older.md: new {spec}/garden_1_0/set_water.yaml")),
        "{told}"
    );
    assert!(
        text(&output.stderr).contains("2 pages: 2 new, 0 added to, 0 unchanged, 0 not imported")
    );
    let output = run(&["older.md", "--spec", &spec], b"");
    assert!(text(&output.stdout).contains("older.md: nothing to add to"));
    assert_eq!(output.status.code(), Some(0));
    // `check` takes what was written.
    let check = Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
        .args(["check", "--spec", &spec])
        .output();
    assert_eq!(check.expect("the program runs").status.code(), Some(0));
}

#[test]
fn what_is_undecided_is_refused_by_check() {
    let spec = folder("undecided", &common::good());
    let spec = spec.display().to_string();
    assert_eq!(
        run(&["markdown.md", "--spec", &spec], b"").status.code(),
        Some(0)
    );
    let check = Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
        .args(["check", "--spec", &spec])
        .output();
    let check = check.expect("the program runs");
    assert_eq!(check.status.code(), Some(1));
    assert!(text(&check.stderr).contains("undecided: The table says a whole number"));
}

#[test]
fn a_page_may_come_from_the_standard_input_and_be_printed() {
    let page = include_bytes!("../pages/older.md");
    let output = run(&["-", "--stdout", "--spec", "nowhere"], page);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("\noperation: SetWater\n"));
    assert!(text(&output.stderr).contains("--> <stdin>:"));
}

#[test]
fn one_bad_page_stops_no_other_and_ends_with_1() {
    let args = [
        "refused/tutorial.md",
        "nowhere.md",
        "older.md",
        "--stdout",
        "--spec",
        "nowhere",
    ];
    let output = run(&args, b"");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("refused: not an operation's page"), "{told}");
    assert!(
        told.contains("error: nowhere.md cannot be read: "),
        "{told}"
    );
    assert!(
        told.contains("3 pages: 1 new, 0 added to, 0 unchanged, 2 not imported"),
        "{told}"
    );
    let output = run(&["-", "--stdout", "--spec", "nowhere"], b"| a |\n|\xff|");
    assert!(text(&output.stderr).contains("refused: this is not UTF-8: the byte 0xff"));
    assert!(text(&output.stderr).contains("--> <stdin>:2:2"));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_command_line_is_checked_and_explained() {
    assert_eq!(run(&[], b"").status.code(), Some(2));
    assert_eq!(
        run(&["older.md", "--sepc", "x"], b"").status.code(),
        Some(2)
    );
    let help = run(&["--help"], b"");
    assert_eq!(help.status.code(), Some(0));
    let help = text(&help.stdout);
    assert!(
        help.contains("import doc --stdout page.txt") && help.contains("not yours to publish"),
        "{help}"
    );
    let output = run(&["older.md", "--spec", "nowhere"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("cannot read the spec folder"));
}
