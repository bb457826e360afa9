//! The other half: the real tool, on the crates that are made.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use dingtalk_codegen::generate;
use dingtalk_spec::diff::Level;

use crate::common::Files;
use crate::kinds::{KINDS, Tool};

/// Where crates are made and compiled. What they need is compiled once, for all of them.
fn workplace() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver")
}

/// What rustdoc says of the crate that a spec gives.
fn rustdoc(name: &str, files: &Files) -> PathBuf {
    let folder = workplace().join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let file = folder.join("spec").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let crate_folder = folder.join("generated");
    generate(&folder.join("spec"), &crate_folder).unwrap_or_else(|error| panic!("{name}: {error}"));
    let manifest = crate_folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../runtime")
        .canonicalize()
        .unwrap();
    let here = text.replace(
        "\"../runtime\"",
        &format!("{:?}", runtime.display().to_string()),
    );
    assert_ne!(text, here, "the path of the runtime");
    fs::write(&manifest, format!("{here}\n[workspace]\n")).unwrap();

    let target = workplace().join("target");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustdoc", "--lib", "--features", "full", "--manifest-path"])
        .arg(&manifest)
        .args([
            "--",
            "-Zunstable-options",
            "--output-format=json",
            "--cap-lints=allow",
        ])
        .env("CARGO_TARGET_DIR", &target)
        // The format is not stable, and the tool reads that of the newest compilers.
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{name}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let doc = folder.join("rustdoc.json");
    fs::copy(target.join("doc/dingtalk_api.json"), &doc).unwrap();
    doc
}

/// What the tool says of a release that is to break nothing.
fn check(old: &Path, new: &Path) -> Output {
    let tool = env::var_os("CARGO_SEMVER_CHECKS").unwrap_or_else(|| "cargo-semver-checks".into());
    Command::new(tool)
        .args([
            "semver-checks",
            "--color=never",
            "--release-type=minor",
            "--baseline-rustdoc",
        ])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("cargo-semver-checks runs: `cargo install --locked cargo-semver-checks`")
}

#[test]
#[ignore = "needs cargo-semver-checks, and takes some minutes"]
fn the_tool_says_of_each_kind_what_is_written_of_it() {
    let old = rustdoc("base", &crate::base());
    let mut wrong = Vec::new();
    for kind in KINDS {
        let output = check(&old, &rustdoc(kind.name, &kind.files()));
        let said = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("Summary"), "{}: {said}", kind.name);
        let breaks = !output.status.success();
        let lints: Vec<&str> = said
            .lines()
            .filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next())
            .collect();
        println!(
            "{:45} {} {}",
            kind.name,
            if breaks { "breaks" } else { "fine" },
            lints.join(", ")
        );
        // `diff` may find what the tool cannot see, and never the other way round.
        let contradicts = breaks != (kind.verdict == Some(Level::Breaking));
        let blind = matches!(kind.tool, Tool::Blind(_));
        if breaks != (kind.tool == Tool::Breaks) || contradicts != (blind && !breaks) {
            wrong.push(kind.name);
        }
    }
    assert!(wrong.is_empty(), "the tool says otherwise of {wrong:?}");
}
