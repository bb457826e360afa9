//! The command `check` as people and scripts meet it.
#![cfg(feature = "cli")]
#![allow(clippy::expect_used, reason = "tests may")]

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_dingtalk-codegen");
    let folder = env!("CARGO_MANIFEST_DIR");
    Command::new(program)
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

#[test]
fn a_good_spec_is_summed_up_in_a_line() {
    let output = run(&["check", "--spec", "tests/good"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text, "spec is well: 2 services, 8 operations, 22 types\n");
    assert!(output.stderr.is_empty());
}

#[test]
fn the_spec_of_the_platform_is_good() {
    assert_eq!(run(&["check", "--spec", "../spec"]).status.code(), Some(0));
}

#[test]
fn mistakes_end_with_1_and_a_wrong_command_line_with_2() {
    let output = run(&["check", "--spec", "src"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("`platform.yaml` is missing"));
    assert_eq!(run(&["chekc"]).status.code(), Some(2));
    assert_eq!(run(&["check", "--sepc", "x"]).status.code(), Some(2));
}

#[test]
fn help_shows_examples() {
    let output = run(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("check --spec"));
}

#[test]
fn schemas_are_printed() {
    let output = run(&["schema", "platform"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("token_header"));
}
