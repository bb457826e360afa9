//! The import of the official Python SDK, on a made-up package in its layout.
//!
//! `tests/sdk/package` is the package, `tests/sdk/spec` what comes out, made with
//! `dingtalk-spec import sdk tests/sdk/package --spec tests/sdk/spec` and reviewed. Only `platform.yaml` and
//! the lists in `import/` are written by hand.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

#[path = "../../../codegen/tests/common/mod.rs"]
mod common;
mod good;
mod lists;
mod unknown;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{Files, check, read_all};
use dingtalk_spec::import::sdk::{Options, Outcome, import};

const CLIENT: &str = "alibabacloud_dingtalk/alpha_1_0/client.py";
const MODELS: &str = "alibabacloud_dingtalk/alpha_1_0/models.py";
const FIND: &str = "alpha_1_0/find_things.yaml";

fn golden(folder: &str) -> Files {
    read_all(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/sdk")
            .join(folder),
    )
}

/// The spec before anything was imported.
fn lists() -> Files {
    let mut files = golden("spec");
    files.retain(|name, _| {
        name == "platform.yaml" || (name.starts_with("import/") && name != "import/counts.yaml")
    });
    files
}

/// A package and a spec in a folder of a test's own.
struct Bench {
    folder: PathBuf,
}

impl Bench {
    #[track_caller]
    fn new(name: &str, package: &Files, spec: &Files) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("import_sdk")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        let bench = Self { folder };
        bench.write("package", package);
        bench.write("spec", spec);
        bench
    }

    fn write(&self, part: &str, files: &Files) {
        for (name, text) in files {
            let path = self.folder.join(part).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn options(&self) -> Options {
        Options {
            package: self.folder.join("package"),
            spec: self.folder.join("spec"),
            service: None,
        }
    }

    fn import(&self) -> Outcome {
        import(&self.options(), &|_, _| {}).expect("a package and a spec")
    }

    fn spec(&self) -> Files {
        read_all(&self.folder.join("spec"))
    }

    fn run(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dingtalk-spec"))
            .args(["import", "sdk", "package"])
            .args(more)
            .current_dir(&self.folder)
            .output()
            .expect("the program runs")
    }
}

/// Files with a piece of text replaced, which must be there; only its first occurrence is.
#[track_caller]
fn changed(mut files: Files, file: &str, from: &str, to: &str) -> Files {
    let text = files.get_mut(file).expect("a file");
    assert!(text.contains(from), "{from:?} is not in {file}");
    *text = text.replacen(from, to, 1);
    files
}

/// All reports of an import as one text.
fn reports(outcome: &Outcome) -> String {
    outcome
        .reports
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}
