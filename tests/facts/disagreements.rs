//! `disagreements.yaml` and `oapi_disagreements.yaml` in `spec/import` against the spec.

use serde_yaml::Value as Yaml;

use crate::spec::{Spec, file};

#[test]
fn each_disagreement_is_decided_with_a_reason_and_the_spec_has_what_was_decided() {
    check("import/disagreements.yaml");
}

#[test]
fn each_disagreement_about_the_legacy_api_is_decided_with_a_reason_and_the_spec_has_what_was_decided()
 {
    check("import/oapi_disagreements.yaml");
}

fn check(list: &str) {
    let spec = Spec::get();
    let decisions = file(list);
    let rows = decisions["rows"].as_sequence().unwrap();
    let mut wrong = Vec::new();
    let mut previous = None;
    for row in rows {
        let said = |key: &str| row[key].as_str().unwrap_or_default();
        let (operation, field) = (said("operation"), said("field"));
        let there = has(spec, operation, field);
        for key in ["page", "package", "reason"] {
            if said(key).is_empty() {
                wrong.push(format!("{operation} {field}: no `{key}`"));
            }
        }
        if said("page") == said("spec") && said("package") == said("spec") {
            wrong.push(format!("{operation} {field}: nothing disagrees"));
        }
        if !there.iter().any(|there| there == said("spec")) {
            let decided = said("spec");
            wrong.push(format!(
                "{operation} {field}: decided {decided}, the spec has {there:?}"
            ));
        }
        let key = (operation, field, said("page"));
        if previous >= Some(key) {
            wrong.push(format!(
                "{operation} {field}: out of order, or a second time"
            ));
        }
        previous = Some(key);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() > 300, "{} rows", rows.len());
}

/// The facts that the spec has about a field, or about a key of the operation itself.
fn has(spec: &Spec, operation: &str, field: &str) -> Vec<String> {
    let Some(yaml) = spec.operations.get(operation) else {
        return Vec::new();
    };
    match field {
        "method" => vec![yaml["method"].as_str().unwrap_or_default().to_owned()],
        "token" => {
            let kinds = match &yaml["token"] {
                Yaml::Sequence(kinds) => kinds.as_slice(),
                kind => std::slice::from_ref(kind),
            };
            let kinds = kinds.iter().filter_map(Yaml::as_str);
            vec![kinds.collect::<Vec<_>>().join(", ")]
        }
        _ => {
            let Some(found) = spec.field(operation, field) else {
                return vec!["absent".to_owned()];
            };
            let in_path = field.starts_with("path_params");
            let required = in_path || found["required"].as_bool() == Some(true);
            let mark = if required { "required" } else { "optional" };
            let kind = spec.kind(operation, found).unwrap_or_default();
            let most = ["max_length", "max_items", "max"]
                .iter()
                .find_map(|key| found[*key].as_u64())
                .map_or("no limit".to_owned(), |most| format!("at most {most}"));
            let least = found["min"]
                .as_u64()
                .map_or("no minimum".to_owned(), |least| format!("at least {least}"));
            let said = ["present", mark, kind].map(str::to_owned);
            let encoding = found["encoding"].as_str().map(str::to_owned);
            said.into_iter()
                .chain([most, least])
                .chain(encoding)
                .collect()
        }
    }
}
