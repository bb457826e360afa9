//! All that the official package holds is in the spec, and all of the spec in the crate: what the import counted in
//! the package's classes against what is found here in the YAML, read without the generator, and that against the
//! registry of operations.

mod counts;
mod next_tokens;
mod paths;

use std::fs;
use std::path::Path;

use serde_yaml::Value as Yaml;

use crate::support::one_of::{Kinds, spell_out};

fn spec() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/spec"))
}

/// A file of a service, its one-ofs as the objects that they are on the wire.
fn read(path: &Path) -> Yaml {
    let mut file = parse(path);
    let service = path.with_file_name("_service.yaml");
    let mut shared = Yaml::Null;
    if service.is_file() && service != path {
        shared = parse(&service)["types"].clone();
        spell_out(&mut shared, &Yaml::Null, Kinds::All);
    }
    spell_out(&mut file, &shared, Kinds::All);
    file
}

fn parse(path: &Path) -> Yaml {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
