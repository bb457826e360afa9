//! `spec/import/examples.yaml` against the spec: the parts of pages' examples that our examples cannot have.

use serde_yaml::{Mapping, Value as Yaml};

use crate::spec::{Spec, file};

#[test]
fn each_part_of_a_pages_example_that_is_not_ours_still_does_not_fit_the_operation() {
    let spec = Spec::get();
    let list = file("import/examples.yaml");
    let rows = list["rows"].as_sequence().unwrap();
    let mut wrong = Vec::new();
    let mut previous = None;
    for row in rows {
        let said = |key: &str| row[key].as_str().unwrap_or_default();
        let (operation, at) = (said("operation"), said("at"));
        let mut mistake = |what: &str| wrong.push(format!("{operation} {at}: {what}"));
        if said("reason").is_empty() {
            mistake("no `reason`");
        }
        if previous >= Some((operation, at)) {
            mistake("out of order, or a second time");
        }
        previous = Some((operation, at));
        let Some(yaml) = spec.operations.get(operation) else {
            mistake("no such operation");
            continue;
        };
        let mut there = Vec::new();
        values(&yaml["example"], at.split('.'), &mut there);
        let as_said = row
            .get("ours")
            .map_or(there.is_empty(), |ours| there.contains(&ours));
        if !as_said {
            mistake(&format!("our example has {there:?}"));
        }
        if is_ours(spec, operation, at, row.get("page")) {
            mistake("the page's example fits here: take it over, and delete this row");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_operation_with_a_page_has_an_example_with_a_reply() {
    let without: Vec<_> = Spec::get()
        .operations
        .iter()
        .filter(|(_, yaml)| yaml.get("source").is_some())
        .filter(|(_, yaml)| {
            let replies = yaml.get("response").or_else(|| yaml.get("response_type"));
            let example = &yaml["example"];
            !example.is_mapping() || replies.is_some() && example.get("response").is_none()
        })
        .map(|(name, _)| name)
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

/// The values at the end of a path such as `response.body.list.name`, which leads through lists.
fn values<'a>(from: &'a Yaml, mut way: std::str::Split<'_, char>, found: &mut Vec<&'a Yaml>) {
    let rest = way.clone();
    match (way.next(), from) {
        (None, value) => found.push(value),
        (Some(_), Yaml::Sequence(items)) => {
            for item in items {
                values(item, rest.clone(), found);
            }
        }
        (Some(step), _) => {
            if let Some(inner) = from.get(step) {
                values(inner, way, found);
            }
        }
    }
}

/// Whether our example could have what the page has at a place, or lack it as the page does.
fn is_ours(spec: &Spec, operation: &str, at: &str, page: Option<&Yaml>) -> bool {
    let (request, rest) = match at.split_once('.') {
        Some(("request", rest)) => (true, rest),
        Some(("response", rest)) => (false, rest),
        _ => return true,
    };
    let (section, way) = rest.split_once('.').unwrap_or((rest, ""));
    let sections = match (section, request) {
        ("path", _) => ["path_params", ""],
        ("body", true) => ["body", "body_type"],
        ("body", false) => ["response", "response_type"],
        (section, _) => [section, ""],
    };
    let yaml = &spec.operations[operation];
    let section = sections.into_iter().find(|key| yaml.get(key).is_some());
    let field = section.and_then(|section| {
        let way = [section, way].join(".");
        spec.field(operation, way.trim_end_matches('.'))
    });
    let required = |field: &Yaml| at.starts_with("request.path") || is_required(field);
    match (page, field) {
        (Some(value), Some(field)) => fits(spec, operation, field, value, request),
        (Some(_), None) => false,
        (None, field) => !(request && field.is_some_and(required)),
    }
}

/// Whether a value fits the field.
fn fits(spec: &Spec, operation: &str, field: &Yaml, value: &Yaml, request: bool) -> bool {
    let fit = |element: &Yaml, value: &Yaml| fits(spec, operation, element, value, request);
    if let Some(element) = field.get("list") {
        let items = value.as_sequence();
        return items.is_some_and(|items| items.iter().all(|item| fit(element, item)));
    }
    if let Some(inner) = field.get("map") {
        let map = value.as_mapping();
        return map.is_some_and(|map| map.values().all(|value| fit(inner, value)));
    }
    if let Some(fields) = field.get("object").and_then(Yaml::as_mapping) {
        let known = |(name, value): (&Yaml, &Yaml)| {
            let field = fields.get(name);
            field.is_some_and(|field| fit(field, value))
        };
        let lacks = |map: &Mapping| {
            fields
                .iter()
                .any(|(name, field)| is_required(field) && !map.contains_key(name))
        };
        return value
            .as_mapping()
            .is_some_and(|map| map.iter().all(known) && !(request && lacks(map)));
    }
    if let Some(values) = field.get("enum").and_then(Yaml::as_mapping) {
        return values.contains_key(value);
    }
    match field.as_str().or_else(|| field["type"].as_str()) {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_bool(),
        Some("json") => true,
        Some(name) => {
            let named = spec.named(operation, name);
            named.is_some_and(|named| fit(named, value))
        }
        None => false,
    }
}

fn is_required(field: &Yaml) -> bool {
    field["required"].as_bool() == Some(true)
}
