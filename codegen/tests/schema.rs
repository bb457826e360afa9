//! The JSON Schemas: made from the model, fresh, and of use to an editor.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use dingtalk_codegen::schema::{File, make};

fn codegen() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn spec() -> PathBuf {
    codegen().join("../spec")
}

/// The schemas stand twice: beside the generator's sources, so that it can be published alone, and
/// in `spec/`, where editors look for them.
#[test]
fn schemas_are_what_the_model_gives() {
    for (file, name) in File::ALL {
        let made = make(file).expect("a schema");
        for path in [codegen().join("schema").join(name), spec().join(name)] {
            if env::var_os("UPDATE_SCHEMAS").is_some() {
                fs::write(&path, &made).expect("the schema is written");
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                kept == made,
                "{} is stale; run: UPDATE_SCHEMAS=1 cargo test -p dingtalk-codegen --test schema",
                path.display()
            );
        }
    }
}
