//! All that the official package holds is in the spec, and all of the spec in the crate: what the import counted in
//! the package's classes against what is found here in the YAML, read without the generator, and that against the
//! registry of operations.

mod counts;
mod next_tokens;
mod paths;

use std::fs;
use std::path::Path;

use serde_yaml::Value as Yaml;

fn spec() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/spec"))
}

fn read(path: &Path) -> Yaml {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
