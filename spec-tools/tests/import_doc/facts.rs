//! The page of a reviewed operation gives every fact that the reviewed file has.

use std::fs;
use std::path::{Path, PathBuf};

use dingtalk_codegen::spec::{EnumValue, Field, Fields, Operation, Ordered, TypeNode};
use dingtalk_spec::import::doc::{Importer, Options};

use crate::{alone, common, folder, operation, page, spec};

/// An operation without texts, which are a reviewer's.
fn facts(mut operation: Operation) -> Operation {
    // This page was copied without its heading.
    operation.title = None;
    operation.summary = String::new();
    operation.doc = None;
    // The text of a page that was copied from a browser has no address.
    operation.source = None;
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

/// The reviewed file's service, with what a spec needs beside it.
fn reviewed(test: &str) -> PathBuf {
    let mut files = common::good();
    let service = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/conference_1_0");
    let of_service = common::read(&service).into_iter();
    files.extend(of_service.map(|(name, text)| (format!("conference_1_0/{name}"), text)));
    folder(test, &files)
}

#[test]
fn the_page_of_start_cloud_record_has_every_fact_of_the_reviewed_file() {
    let spec = spec(&reviewed("facts"));
    let reviewed = &spec.services["conference_1_0"].operations["start_cloud_record"];
    let imported = alone(&page("start_cloud_record.txt"));
    assert_eq!(imported.file, "conference_1_0/start_cloud_record.yaml");
    assert_eq!(imported.findings, []);
    assert_eq!(facts(operation(&imported)), facts(reviewed.clone()));
}

#[test]
fn the_reviewed_file_stays_as_it_is_when_its_page_is_imported() {
    let folder = reviewed("stays");
    let page = page("start_cloud_record.txt");
    let mut into = Importer::open(&folder).expect("a spec");
    let imported = into.page(&page, &Options::default()).expect("an operation");
    let file = folder.join("conference_1_0/start_cloud_record.yaml");
    let text = fs::read_to_string(file).expect("the reviewed file");
    assert!(!imported.changed && !imported.new);
    assert_eq!(imported.text, text);
    assert_eq!(imported.findings, []);
}
