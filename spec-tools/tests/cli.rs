//! The command `check` as people and scripts meet it.
#![allow(clippy::expect_used, reason = "tests may")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_dingtalk-spec");
    let folder = env!("CARGO_MANIFEST_DIR");
    Command::new(program)
        .args(args)
        .current_dir(folder)
        .output()
        .expect("the program runs")
}

#[test]
fn a_good_spec_is_summed_up_in_a_line() {
    let output = run(&["check", "--spec", "../codegen/tests/good"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        text,
        "spec OK: 2 services, 8 operations, 3 events, 28 types\n"
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn the_spec_of_the_platform_is_good() {
    assert_eq!(run(&["check", "--spec", "../spec"]).status.code(), Some(0));
}

/// A spec for a build script passes `check`, but neither makes a document nor a crate.
fn extends_another(spec: &str, summary: &str, mistake: &str) {
    let output = run(&["check", "--spec", spec]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(text, summary);
    let out = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-crate");
    for command in [
        &["openapi", "--spec", spec][..],
        &["generate", "--spec", spec, "--out", out],
    ] {
        let output = run(command);
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains(mistake), "{text}");
    }
    assert!(!Path::new(out).exists());
}

#[test]
fn services_alone_are_a_spec_that_extends_another() {
    let own = "../examples/own_endpoints/spec/facilities_1_0";
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join(own);
    let spec = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-platform");
    let service = spec.join("facilities_1_0");
    fs::create_dir_all(&service).expect("a folder");
    for file in fs::read_dir(own).expect("the service's files") {
        let file = file.expect("a file");
        fs::copy(file.path(), service.join(file.file_name())).expect("a copy");
    }
    extends_another(
        spec.to_str().expect("a path in UTF-8"),
        "spec OK: 1 service, 2 operations, 6 types; no platform.yaml, so they extend another crate\n",
        "`platform.yaml` is missing",
    );
}

#[test]
fn services_with_apis_of_their_own_are_a_spec_that_extends_another() {
    extends_another(
        "../examples/own_endpoints/spec",
        "spec OK: 2 services, 3 operations, 8 types; platform.yaml adds APIs to those of another crate\n",
        "`platform.yaml` lacks `version` and `grants`",
    );
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
    assert!(String::from_utf8_lossy(&output.stdout).contains("request_id_headers"));
}

#[test]
fn an_openapi_document_is_printed_or_written() {
    let printed = run(&[
        "openapi",
        "--spec",
        "../codegen/tests/good",
        "--service",
        "token_1_0",
    ]);
    assert_eq!(printed.status.code(), Some(0));
    let text = String::from_utf8_lossy(&printed.stdout);
    assert!(text.starts_with("{\n  \"openapi\": \"3.1.0\","), "{text}");

    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/openapi.json");
    let args = [
        "openapi",
        "--spec",
        "../codegen/tests/good",
        "--service",
        "token_1_0",
        "--out",
        file,
    ];
    let said = run(&args);
    let text = String::from_utf8_lossy(&said.stdout);
    assert!(
        text.ends_with("openapi.json: 2 operations, 0 events, 5 schemas\n"),
        "{text}"
    );
    let written = std::fs::read(file).expect("the file is there");
    assert!(written == printed.stdout);

    let unknown = run(&[
        "openapi",
        "--spec",
        "../codegen/tests/good",
        "--service",
        "demo_1_1",
    ]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("did you mean `demo_1_0`?"));
    let nowhere = run(&[
        "openapi",
        "--spec",
        "../codegen/tests/good",
        "--out",
        "Cargo.toml/api.json",
    ]);
    assert_eq!(nowhere.status.code(), Some(1));
}
