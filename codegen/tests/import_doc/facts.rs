//! The page of a reviewed operation gives every fact that the reviewed file has.

use std::path::Path;

use dingtalk_codegen::import::doc::Kind;
use dingtalk_codegen::spec::{EnumValue, Field, Fields, Operation, Ordered, TypeNode};

use crate::{alone, operation, page, spec};

/// An operation without texts, which are a reviewer's.
fn facts(mut operation: Operation) -> Operation {
    operation.summary = String::new();
    operation.doc = None;
    operation.path_params = without_texts(&operation.path_params);
    operation.query = without_texts(&operation.query);
    operation.headers = without_texts(&operation.headers);
    operation.body = operation.body.as_ref().map(without_texts);
    operation.response = operation.response.as_ref().map(without_texts);
    for row in &mut operation.errors {
        row.doc = None;
    }
    operation
}

fn without_texts(fields: &Fields) -> Fields {
    let plain = |(name, field): (&String, &Field)| (name.clone(), without_text(field));
    fields.iter().map(plain).collect()
}

fn without_text(field: &Field) -> Field {
    let mut field = field.clone();
    field.doc = None;
    if let Some(values) = &field.values {
        let plain = values
            .iter()
            .map(|(key, _)| (key.clone(), EnumValue::Doc(None)));
        field.values = Some(plain.collect::<Ordered<_, _>>());
    }
    field.object = field.object.as_ref().map(without_texts);
    for inner in [&mut field.list, &mut field.map].into_iter().flatten() {
        if let TypeNode::Node(node) = &mut **inner {
            **node = without_text(node);
        }
    }
    field
}

#[test]
fn the_page_of_start_cloud_record_has_every_fact_of_the_reviewed_file() {
    let spec = spec(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec"));
    let reviewed = &spec.services["conference_1_0"].operations["start_cloud_record"];
    let imported = alone(&page("start_cloud_record.txt"));
    assert_eq!(imported.file, "conference_1_0/start_cloud_record.yaml");
    assert_eq!(imported.findings, []);
    assert_eq!(facts(operation(&imported)), facts(reviewed.clone()));
}

#[test]
fn the_reviewed_file_stays_as_it_is_when_its_page_is_imported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut into = dingtalk_codegen::import::doc::Importer::open(&folder).expect("the spec");
    let imported = into
        .page(
            &page("start_cloud_record.txt"),
            &dingtalk_codegen::import::doc::Options::default(),
        )
        .expect("an operation");
    let file = folder.join("conference_1_0/start_cloud_record.yaml");
    let reviewed = std::fs::read_to_string(file).expect("the reviewed file");
    assert!(!imported.changed && !imported.new);
    assert_eq!(imported.text, reviewed);
    assert!(
        imported
            .findings
            .iter()
            .all(|finding| finding.kind != Kind::Disagrees)
    );
}
