//! Rewrites `generated/` from `spec/` before cargo compiles it as this package's library, and the table in
//! `SERVICES.md` with it.

use std::fs::File;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, SystemTime};

use dingtalk_codegen::readme;

const SERVICES: &str = "SERVICES.md";

fn main() -> ExitCode {
    for path in ["spec", "generated/src", "generated/Cargo.toml", SERVICES] {
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
    // Services and groups of events are features of the generated crate; here they are all known and some are on.
    let names = outcome.services.iter().map(|service| service.name.as_str());
    let groups = outcome.event_groups.iter();
    let quoted: Vec<_> = names
        .chain(groups.clone().map(|group| group.module.as_str()))
        .chain(["catalogue"])
        .map(|name| format!("\"{name}\""))
        .collect();
    println!(
        "cargo::rustc-check-cfg=cfg(feature, values({}))",
        quoted.join(", ")
    );
    println!("cargo::rustc-check-cfg=cfg(docsrs)");
    let full = std::env::var_os("CARGO_FEATURE_FULL").is_some();
    for service in &outcome.services {
        if full || outcome.default_services.contains(&service.name) {
            println!("cargo::rustc-cfg=feature=\"{}\"", service.name);
        }
    }
    let events = full || std::env::var_os("CARGO_FEATURE_EVENTS").is_some();
    let stream = std::env::var_os("CARGO_FEATURE_STREAM").is_some();
    for group in groups {
        if events || (stream && group.is_for_stream()) {
            println!("cargo::rustc-cfg=feature=\"{}\"", group.module);
        }
    }
    // Cargo takes a file newer than this run for an edit and would build all once more.
    let date_back = |path: &Path| {
        let _ = File::open(path).and_then(|file| file.set_modified(before));
    };
    for change in &outcome.changed {
        let path = out.join(&change.path);
        path.ancestors()
            .take_while(|path| *path != out)
            .for_each(date_back);
    }
    match readme::update(Path::new(SERVICES), &outcome.services) {
        Ok(false) => {}
        Ok(true) => date_back(Path::new(SERVICES)),
        Err(error) => {
            eprintln!("error: {SERVICES}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
