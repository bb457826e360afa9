//! Rewrites `generated/` from `spec/` before cargo compiles it as this package's library.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

fn main() -> ExitCode {
    for path in ["spec", "generated/src", "generated/Cargo.toml"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let before = SystemTime::now() - Duration::from_secs(2);
    let out = Path::new("generated");
    let outcome = match dingtalk_codegen::generate(Path::new("spec"), out) {
        Ok(outcome) => outcome,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::FAILURE;
        }
    };
    // The services are features of the generated crate; here they are all known and some are on.
    let quoted: Vec<_> = outcome
        .services
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    println!(
        "cargo::rustc-check-cfg=cfg(feature, values({}))",
        quoted.join(", ")
    );
    println!("cargo::rustc-check-cfg=cfg(docsrs)");
    let compiled = match std::env::var_os("CARGO_FEATURE_FULL") {
        Some(_) => &outcome.services,
        None => &outcome.default_services,
    };
    for service in compiled {
        println!("cargo::rustc-cfg=feature=\"{service}\"");
    }
    // Cargo takes a file newer than this run for an edit and would build all once more.
    for change in &outcome.changed {
        let path = out.join(&change.path);
        for path in path.ancestors().take_while(|path| *path != out) {
            let _ = File::open(path).and_then(|file| file.set_modified(before));
        }
    }
    ExitCode::SUCCESS
}
