//! The checked-in crates are what their specs give.
//!
//! The test is here because no build script of this package rewrites them before it runs.
#![allow(clippy::unwrap_used, reason = "tests may")]

use std::path::Path;

#[test]
fn the_checked_in_crate_is_what_the_spec_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let found = dingtalk_codegen::differences(&root.join("spec"), &root.join("generated")).unwrap();
    assert!(
        found.is_empty(),
        "generated/ is out of date with spec/: run `cargo build` and commit it\n{found:#?}"
    );
}
