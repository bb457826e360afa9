//! Throws any bytes at the generator as the files of a spec: `cargo +nightly fuzz run spec`.
//!
//! The bytes become an operation's file, a service's, and the platform's. Nothing may panic,
//! and each mistake must be placed within its file.
#![no_main]

use std::collections::BTreeSet;

use dingtalk_codegen::check::examine;
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::{Entries, Sources};
use libfuzzer_sys::fuzz_target;

const OPERATION: &str = include_str!("../../codegen/tests/good/demo_1_0/touch.yaml");
const PLATFORM: &str = include_str!("../../codegen/tests/good/platform.yaml");
const TOKEN: &str = include_str!("../../codegen/tests/good/token_1_0/get_token.yaml");

fuzz_target!(|data: &[u8]| {
    let files = ["demo_1_0/touch.yaml", "demo_1_0/_service.yaml", "platform.yaml"];
    for spoilt in files {
        let mut entries = Entries::new();
        entries.insert("platform.yaml".into(), Ok(PLATFORM.into()));
        entries.insert("token_1_0/get_token.yaml".into(), Ok(TOKEN.into()));
        entries.insert("demo_1_0/touch.yaml".into(), Ok(OPERATION.into()));
        entries.insert(spoilt.into(), Ok(data.to_vec()));
        if let Err(report) = check(entries) {
            let lines = String::from_utf8_lossy(data).lines().count().max(1);
            for (diagnostic, span) in report.located() {
                let own = diagnostic.place.file == spoilt;
                assert!(!own || span.is_none_or(|span| span.line <= lines));
            }
            let _ = report.to_string();
        }
    }
});

fn check(entries: Entries) -> Result<(), Report> {
    let sources = Sources::from_entries("spec", entries)?;
    let all: BTreeSet<&str> = sources.service_names().collect();
    examine(&sources, &all, &[]).map(|_| ())
}
