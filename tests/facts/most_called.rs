//! The legacy operations that programs call most say all that a person needs.

use serde_yaml::{Mapping, Value as Yaml};

use crate::coverage::fields;
use crate::spec::Spec;

/// Calls by the names of their operations.
const CALLS: &str = include_str!("../spec_against_crate/legacy_goldens/calls.yaml");

#[test]
fn each_of_them_has_a_text_a_source_an_example_and_words_for_every_field() {
    let calls: Mapping = serde_yaml::from_str(CALLS).unwrap();
    let mut lacking = Vec::new();
    for name in calls.keys().filter_map(Yaml::as_str) {
        let operation = &Spec::get().operations[name];
        for key in ["doc", "summary", "source", "example"] {
            if operation.get(key).is_none() {
                lacking.push(format!("{name}: no `{key}`"));
            }
        }
        let untold = fields(operation)
            .into_iter()
            .filter(|(_, (_, field))| field.get("doc").is_none());
        lacking.extend(untold.map(|(section, (field, _))| format!("{name}: {section}.{field}")));
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}
