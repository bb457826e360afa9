//! What the typed operations do not say, against the spec's YAML, read without the generator.

use std::fs;
use std::path::Path;

use dingtalk_catalogue::Catalogue;
use dingtalk_catalogue::format::{Body, Details, Field, Response};
use serde_yaml::Value as Yaml;

use crate::golden;

#[test]
fn texts_and_examples_of_the_golden_spec_are_kept() {
    let catalogue = Catalogue::open(golden::FILE).unwrap();
    assert_eq!(
        compare(&catalogue, "../tests/golden/spec"),
        catalogue.operations().unwrap().len()
    );
}

#[test]
fn texts_and_examples_of_every_operation_are_kept() {
    let catalogue = dingtalk_catalogue::open().unwrap();
    assert_eq!(
        compare(catalogue, "../spec"),
        catalogue.operations().unwrap().len()
    );
}

#[test]
fn events_are_kept_as_the_spec_has_them() {
    for (catalogue, spec, least) in [
        (
            &Catalogue::open(golden::FILE).unwrap(),
            "../tests/golden/spec",
            4,
        ),
        (dingtalk_catalogue::open().unwrap(), "../spec", 230),
    ] {
        let compared = events(catalogue, spec);
        assert_eq!(compared, catalogue.events().unwrap().len());
        assert!(compared >= least, "{compared} events");
    }
}

/// Compares each event, and says how many there were.
fn events(catalogue: &Catalogue, spec: &str) -> usize {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join(spec);
    let glossary = fs::read_to_string(spec.join("glossary.yaml")).unwrap_or_default();
    let glossary: Yaml = serde_yaml::from_str(&glossary).unwrap();
    let mut compared = 0;
    for group in catalogue.event_groups() {
        let folder = group.name().strip_prefix("events_").unwrap();
        for entry in fs::read_dir(spec.join("events").join(folder)).unwrap() {
            let text_of = fs::read_to_string(entry.unwrap().path()).unwrap();
            let yaml: Yaml = serde_yaml::from_str(&text_of).unwrap();
            let Some(wire) = text(&yaml, "event").or(text(&yaml, "topic")) else {
                assert_eq!(Some(group.title()), text(&yaml, "title"));
                assert_eq!(Some(group.summary()), text(&yaml, "summary"));
                continue;
            };
            let event = catalogue.event(wire).unwrap();
            assert_eq!(event.group().name(), group.name(), "{wire}");
            assert_eq!(event.is_callback(), yaml.get("topic").is_some(), "{wire}");
            let details = event.details();
            assert_eq!(details.title, text(&yaml, "title"), "{wire}");
            assert_eq!(Some(details.summary), text(&yaml, "summary"), "{wire}");
            assert_eq!(details.doc, text(&yaml, "doc"), "{wire}");
            assert_eq!(details.source, text(&yaml, "source"), "{wire}");
            assert_eq!(details.permission, text(&yaml, "permission"), "{wire}");
            let example = yaml.get("example").map(from_yaml);
            assert_eq!(details.example.map(json), example, "{wire}");
            let words = |key: &str| -> Vec<String> {
                let words = yaml.get(key).and_then(Yaml::as_sequence);
                let words = words.into_iter().flatten().filter_map(Yaml::as_str);
                words.map(|word| word.replace('_', "")).collect()
            };
            let described = event.describe().unwrap();
            let ways = described.delivery.iter();
            let ways: Vec<_> = ways.map(|way| way.to_lowercase()).collect();
            assert_eq!(ways, words("delivery"), "{wire}");
            assert_eq!(described.app_types.len(), words("app_types").len());
            let fields = glossary.get("fields");
            docs(yaml.get("data"), &details.data, fields, wire);
            for field in &details.data {
                let aliases = yaml["data"][field.name].get("aliases");
                let aliases = aliases.and_then(Yaml::as_sequence).into_iter().flatten();
                let aliases: Vec<_> = aliases.filter_map(Yaml::as_str).collect();
                assert_eq!(field.aliases, aliases, "{wire}");
            }
            let response = details.response.as_ref();
            let response = response.map_or(&[][..], |(_, fields)| fields);
            docs(yaml.get("response"), response, fields, wire);
            compared += 1;
        }
    }
    compared
}

/// Compares each operation, and says how many there were.
fn compare(catalogue: &Catalogue, spec: &str) -> usize {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join(spec);
    let glossary = fs::read_to_string(spec.join("glossary.yaml")).unwrap_or_default();
    let glossary: Yaml = serde_yaml::from_str(&glossary).unwrap();
    let mut compared = 0;
    for service in catalogue.services() {
        for entry in fs::read_dir(spec.join(service.name())).unwrap() {
            let path = entry.unwrap().path();
            let yaml: Yaml = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let Some(action) = text(&yaml, "operation") else {
                assert_eq!(service.title(), text(&yaml, "title").unwrap_or_default());
                continue;
            };
            let operation = catalogue.operation(service.name(), action).unwrap();
            assert_eq!(
                Some(operation.summary()),
                text(&yaml, "summary"),
                "{operation}"
            );
            let title = text(&yaml, "title").unwrap_or_default();
            assert_eq!(operation.title(), title, "{operation}");
            let details = operation.details().unwrap();
            texts(&yaml, &details, &glossary, &operation.to_string());
            example(&yaml, &details, &operation.to_string());
            compared += 1;
        }
    }
    compared
}

fn texts(yaml: &Yaml, details: &Details<'_>, glossary: &Yaml, at: &str) {
    assert_eq!(details.doc, text(yaml, "doc"), "{at}");
    assert_eq!(details.source, text(yaml, "source"), "{at}");
    assert_eq!(details.permission, text(yaml, "permission"), "{at}");
    let body = match &details.body {
        Body::Fields(fields) | Body::Form(fields) | Body::Multipart(fields) => fields.as_slice(),
        _ => &[],
    };
    let response = match &details.response {
        Response::Object(_, fields) => fields.as_slice(),
        _ => &[],
    };
    for (place, fields) in [
        ("path_params", details.path.as_slice()),
        ("query", &details.query),
        ("headers", &details.headers),
        ("body", body),
        ("response", response),
    ] {
        docs(
            yaml.get(place),
            fields,
            glossary.get("fields"),
            &format!("{at} {place}"),
        );
    }
    let rows = yaml.get("errors").and_then(Yaml::as_sequence);
    let rows = rows.map_or(&[][..], Vec::as_slice);
    assert_eq!(rows.len(), details.errors.len(), "{at}");
    for (wanted, row) in rows.iter().zip(&details.errors) {
        let known = glossary
            .get("errors")
            .and_then(|errors| errors.get(row.code));
        let doc = text(wanted, "doc").or_else(|| text(known?, "doc"));
        assert_eq!(
            (row.doc, row.message),
            (doc, text(wanted, "message")),
            "{at}"
        );
    }
}

/// A field's text is its own, or one that the glossary has for its name.
fn docs(wanted: Option<&Yaml>, fields: &[Field<'_>], glossary: Option<&Yaml>, at: &str) {
    let wanted = wanted.and_then(Yaml::as_mapping);
    assert_eq!(
        wanted.map_or(0, serde_yaml::Mapping::len),
        fields.len(),
        "{at}"
    );
    for field in fields {
        let wanted = wanted.and_then(|wanted| wanted.get(field.name)).unwrap();
        if let (None, Some(doc)) = (text(wanted, "doc"), field.doc) {
            let terms = glossary.and_then(|glossary| glossary.get(field.name));
            let terms = terms.map_or(&[][..], |terms| match terms {
                Yaml::Sequence(terms) => terms,
                term => std::slice::from_ref(term),
            });
            let mut texts = terms.iter().map(|term| text(term, "doc"));
            assert!(texts.any(|text| text == Some(doc)), "{at}.{}", field.name);
            continue;
        }
        assert_eq!(field.doc, text(wanted, "doc"), "{at}.{}", field.name);
    }
}

fn example(yaml: &Yaml, details: &Details<'_>, at: &str) {
    let wanted = yaml.get("example");
    assert_eq!(wanted.is_some(), details.example.is_some(), "{at}");
    let (Some(wanted), Some(example)) = (wanted, &details.example) else {
        return;
    };
    let request = wanted.get("request");
    let body = request.and_then(|request| request.get("body"));
    assert_eq!(example.body.map(json), body.map(from_yaml), "{at}");
    for (place, values) in [
        ("path", &example.path),
        ("query", &example.query),
        ("headers", &example.headers),
    ] {
        let wanted = request
            .and_then(|request| request.get(place))
            .map(from_yaml);
        let found = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json(value)));
        let found: serde_json::Map<_, _> = found.collect();
        let wanted = wanted.unwrap_or_else(|| serde_json::Map::new().into());
        assert_eq!(serde_json::Value::from(found), wanted, "{at} {place}");
    }
    let response = wanted.get("response");
    assert_eq!(response.is_some(), example.response.is_some(), "{at}");
    if let (Some(wanted), Some(response)) = (response, &example.response) {
        let status = wanted.get("status").and_then(Yaml::as_u64).unwrap_or(200);
        assert_eq!(u64::from(response.status), status, "{at}");
        assert_eq!(
            response.body.map(json),
            wanted.get("body").map(from_yaml),
            "{at}"
        );
    }
}

fn text<'a>(yaml: &'a Yaml, key: &str) -> Option<&'a str> {
    yaml.get(key).and_then(Yaml::as_str)
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn from_yaml(yaml: &Yaml) -> serde_json::Value {
    serde_json::to_value(yaml).unwrap()
}
