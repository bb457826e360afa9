//! The services: their files, their blocks of the catalogue, and what the lock says of them.

use std::collections::BTreeMap;

use super::Failure;
use super::folder::{Files, render_folder};
use crate::check::{Endpoint, Only};
use crate::emit::{self, ServiceEntry};
use crate::spec::Spec;
use crate::{lock, parallel, resolve};

/// Emits and formats services, and makes their blocks of the catalogue.
pub(super) fn render_all<'a>(
    services: impl Iterator<Item = &'a resolve::Service<'a>>,
    intact: &BTreeMap<String, BTreeMap<String, lock::Made>>,
) -> Result<BTreeMap<&'a str, (Files, Vec<u8>)>, Failure> {
    let services: Vec<_> = services.collect();
    parallel::each(&services, |service| {
        let files = emit::service(service);
        let files = render_folder(service.name, files, intact.get(service.name))?;
        let block = emit::catalogue(service).map_err(Failure::Catalogue)?;
        Ok((service.name, (files, block)))
    })
    .into_iter()
    .collect()
}

/// What the common files need to know about the services.
pub(super) fn entries(lock: &BTreeMap<String, lock::Entry>) -> Vec<ServiceEntry> {
    let entries = lock.iter().map(|(name, entry)| ServiceEntry {
        name: name.clone(),
        handle: crate::names::service_type(name),
        title: entry.title.clone(),
        api: entry.api.clone(),
        summary: entry.summary.clone(),
        operations: entry.operations.len(),
    });
    entries.collect()
}

/// The operations of the services that are not read.
pub(super) fn others(unchanged: &BTreeMap<String, lock::Entry>, read: &Only<'_>) -> Vec<Endpoint> {
    let others = unchanged.iter();
    let others = others.filter(|(name, _)| !read.services.contains(name.as_str()));
    others
        .flat_map(|(service, entry)| endpoints(service, entry))
        .collect()
}

fn endpoints<'a>(service: &'a str, entry: &'a lock::Entry) -> impl Iterator<Item = Endpoint> + 'a {
    entry
        .operations
        .iter()
        .filter_map(move |(operation, endpoint)| {
            let (method, path) = endpoint.split_once(' ')?;
            Some(Endpoint {
                service: service.to_owned(),
                operation: operation.clone(),
                method: method.to_owned(),
                path: path.to_owned(),
                api: entry.api.clone(),
            })
        })
}

pub(super) fn entry(
    name: &str,
    sources: String,
    spec: &Spec,
    files: BTreeMap<String, lock::Made>,
) -> lock::Entry {
    let service = spec.services.get(name);
    let operations = service
        .into_iter()
        .flat_map(|service| service.operations.values());
    lock::Entry {
        sources,
        files,
        title: service.and_then(|service| service.file.title.clone()),
        api: service.and_then(|service| service.file.api.clone()),
        summary: service.and_then(|service| service.file.summary.clone()),
        operations: operations
            .map(|op| {
                (
                    op.operation.clone(),
                    format!("{} {}", op.method.as_str(), op.path),
                )
            })
            .collect(),
    }
}
