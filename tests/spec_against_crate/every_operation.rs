//! What holds for all operations alike, whatever the spec describes. No operation is named here.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::setting::Setting;
use crate::support::sample::{Sampler, Site};
use crate::support::spec::{Operation, list};
use crate::support::{Answer, DETAIL, Spec, dynamic};

#[test]
fn every_operation_of_a_compiled_service_is_there() {
    let spec = Spec::of_this_project();
    let compiled: BTreeSet<_> = dingtalk_api::operations()
        .map(|operation| (operation.service, operation.action))
        .collect();
    let services: BTreeSet<_> = compiled.iter().map(|(service, _)| *service).collect();
    let described: BTreeSet<_> = spec
        .operations
        .iter()
        .map(|operation| (operation.service.as_str(), operation.action.as_str()))
        .filter(|(service, _)| services.contains(service))
        .collect();
    assert_eq!(compiled, described);
    for service in list(&spec.platform, "default_services") {
        let service = service.as_str().unwrap();
        assert!(services.contains(service), "{service} is not compiled");
    }
}

#[tokio::test]
async fn every_request_goes_out_as_described() {
    let spec = Spec::of_this_project();
    let mut setting = Setting::new(&spec);
    for operation in compiled(&spec) {
        let sampler = Sampler::new(&spec, operation);
        let requests = [Some(sampler.request()), sampler.example_request()];
        for request in requests.into_iter().flatten() {
            setting.check_request(operation, &request).await;
        }
    }
    setting.finish();
}

#[tokio::test]
async fn every_reply_comes_back_as_described() {
    let spec = Spec::of_this_project();
    let mut setting = Setting::new(&spec);
    for operation in compiled(&spec) {
        let sampler = Sampler::new(&spec, operation);
        let replies = [sampler.reply(), sampler.full_reply()];
        for reply in replies.into_iter().flatten() {
            setting.check_reply(operation, &reply).await;
        }
        if sampler.reply().is_none() {
            setting.check_empty_reply(operation).await;
        }
    }
    setting.finish();
}

#[tokio::test]
async fn every_value_of_an_enum_goes_out_and_comes_back_and_so_does_an_unknown_one() {
    let spec = Spec::of_this_project();
    let mut setting = Setting::new(&spec);
    for operation in compiled(&spec) {
        let sampler = Sampler::new(&spec, operation);
        let full = sampler.request();
        for place in ["query", "headers", "body"] {
            let Some(node) = sampler.node(place) else {
                continue;
            };
            let document = full.part(place);
            for mut changed in each_value(&sampler.sites(&node, &document), &document) {
                if place == "body" {
                    sampler.name_files(&mut changed);
                }
                let mut request = full.clone();
                request.set_part(place, changed);
                setting.check_request(operation, &request).await;
            }
        }
        if let (Some(node), Some(reply)) = (sampler.node("response"), sampler.full_reply()) {
            for changed in each_value(&sampler.sites(&node, &reply), &reply) {
                setting.check_reply(operation, &changed).await;
            }
        }
    }
    setting.finish();
}

#[tokio::test]
async fn every_error_row_arrives_with_all_that_the_server_said() {
    let spec = Spec::of_this_project();
    let mut setting = Setting::new(&spec);
    for operation in compiled(&spec) {
        let request = Sampler::new(&spec, operation).request();
        for (number, row) in operation.errors().into_iter().enumerate() {
            setting.stand_in.answer_next(
                &operation.service,
                &operation.action,
                Answer::ErrorRow(number),
            );
            let (sent, answer) = setting.call(operation, &request).await;
            let id = sent.map(|sent| sent.request_id);
            let said = answer.err().and_then(|error| {
                let api = error.api()?;
                let details = api.details().to_vec();
                Some((
                    api.status(),
                    api.code().to_owned(),
                    api.message().to_owned(),
                    details,
                    api.request_id().map(str::to_owned),
                ))
            });
            let details = details(&row.message);
            let message = row.message.replace("%s", DETAIL);
            let expected = Some((row.status, row.code, message, details, id));
            setting.compare(operation, &format!("error row {number}"), &expected, &said);
        }
    }
    setting.finish();
}

/// The details that the stand-in gives this message. Where placeholders are adjacent, the last has all the text.
fn details(message: &str) -> Vec<String> {
    let runs = message.split("%s").skip(1);
    let mut waiting = 1;
    let mut details: Vec<_> = runs
        .map(|after| {
            let shown = if after.is_empty() { 0 } else { waiting };
            waiting = if after.is_empty() { waiting + 1 } else { 1 };
            DETAIL.repeat(shown)
        })
        .collect();
    if let Some(last) = details.last_mut().filter(|last| last.is_empty()) {
        *last = DETAIL.repeat(waiting - 1);
    }
    details
}

/// The document with each of the values in each of the places, and with one that is not listed.
fn each_value(sites: &[Site], document: &Json) -> Vec<Json> {
    let mut changed = Vec::new();
    for site in sites {
        for value in site.with_an_unknown_one() {
            let mut document = document.clone();
            *document.pointer_mut(&site.pointer).unwrap() = value;
            changed.push(document);
        }
    }
    changed
}

/// The operations that the crate has, as it is compiled here.
fn compiled(spec: &Spec) -> impl Iterator<Item = &Operation> {
    let there = |operation: &&Operation| dynamic::find(&operation.service, &operation.action);
    spec.operations
        .iter()
        .filter(move |operation| there(operation).is_some())
}
