//! The kept schemas are those that the model gives.
//!
//! Here and not in a test of its own, so that the model derives schemas in tests alone, and no user compiles `schemars`.

use std::path::Path;
use std::{env, fs};

use schemars::generate::SchemaSettings;

use super::File;
use crate::spec;

fn make(file: File) -> String {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let schema = match file {
        File::Operation => generator.into_root_schema_for::<spec::Operation>(),
        File::Service => generator.into_root_schema_for::<spec::ServiceFile>(),
        File::Event => generator.into_root_schema_for::<spec::Event>(),
        File::EventGroup => generator.into_root_schema_for::<spec::EventGroupFile>(),
        File::Platform => generator.into_root_schema_for::<spec::Platform>(),
        File::Glossary => generator.into_root_schema_for::<spec::Glossary>(),
    };
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema");
    text.push('\n');
    text
}

/// There are two copies: one beside the generator's sources, so that it can be published alone, and one in `spec/`,
/// where editors look for it.
#[test]
fn schemas_are_what_the_model_gives() {
    let codegen = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, name) in File::ALL {
        let made = make(file);
        for folder in ["schema", "../spec"] {
            let path = codegen.join(folder).join(name);
            if env::var_os("UPDATE_SCHEMAS").is_some() {
                fs::write(&path, &made).expect("the schema is written");
            }
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(
                kept == made,
                "{} is stale; run: UPDATE_SCHEMAS=1 cargo test -p dingtalk-codegen --lib schema",
                path.display()
            );
        }
    }
}
