//! Which fields say whether a call, or an element of its reply, worked.

use serde_yaml::Value as Yaml;

use crate::support::Spec;

/// Counted when the rule of `spec/import/marks.yaml` and its exceptions were reviewed.
const CALLS: usize = 978;
const ELEMENTS: usize = 79;

#[test]
fn success_flags_are_as_many_as_were_reviewed() {
    let spec = Spec::of_this_project();
    let (mut calls, mut elements, mut unmarked) = (0, 0, Vec::new());
    for operation in &spec.operations {
        let Some(reply) = operation.yaml.get("response").and_then(Yaml::as_mapping) else {
            continue;
        };
        for (name, field) in reply {
            calls += usize::from(is_flag(field));
            elements += flags_inside(field);
            let boolean = field.get("type").and_then(Yaml::as_str) == Some("boolean");
            if name.as_str() == Some("success") && boolean && !is_flag(field) {
                unmarked.push(operation.name());
            }
        }
    }
    assert_eq!((calls, elements), (CALLS, ELEMENTS));
    assert_eq!(unmarked, ["edu_1_0.CheckRestriction"]);
}

fn is_flag(node: &Yaml) -> bool {
    node.get("success_flag").and_then(Yaml::as_bool) == Some(true)
}

/// How many flags there are below a node.
fn flags_inside(node: &Yaml) -> usize {
    let inside = |inner: &Yaml| usize::from(is_flag(inner)) + flags_inside(inner);
    let values = node
        .as_mapping()
        .into_iter()
        .flatten()
        .map(|(_, value)| value);
    values.map(inside).sum()
}
