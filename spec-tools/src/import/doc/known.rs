//! The spec that pages are compared with.

use std::collections::BTreeMap;

use super::SpecType;
use super::path::form;
use crate::import::legacy::Names;
use crate::similar::same;
use crate::spec::{Field, Fields, Operation, Scope, Service, Shape};

/// The operations of the spec.
#[derive(Debug, Default)]
pub(super) struct Spec {
    pub(super) services: BTreeMap<String, Service>,
    /// Where the operation with a method and a path is: service and file.
    by_path: BTreeMap<(&'static str, String), (String, String)>,
    /// What operations of the legacy API are called.
    pub(super) legacy: Names,
    new_service: Service,
}

/// An operation of the spec with the types it can use by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    /// The service's folder.
    pub(super) service: &'a str,
    pub(super) operation: &'a Operation,
    pub(super) types: Scope<'a>,
}

impl<'a> Known<'a> {
    pub(super) fn spec_type(self, shape: Shape<'a>) -> SpecType<'a> {
        SpecType {
            types: self.types,
            shape,
        }
    }

    /// The body of the request.
    pub(super) fn body(self) -> Option<SpecType<'a>> {
        let operation = self.operation;
        self.whole(operation.body.as_ref(), operation.body_type.as_deref())
    }

    /// The body of the reply.
    pub(super) fn reply(self) -> Option<SpecType<'a>> {
        let operation = self.operation;
        self.whole(
            operation.response.as_ref(),
            operation.response_type.as_deref(),
        )
    }

    fn whole(self, fields: Option<&'a Fields>, whole: Option<&'a Field>) -> Option<SpecType<'a>> {
        let fields = fields.map(Shape::Object);
        Some(self.spec_type(fields.or_else(|| whole?.shape())?))
    }
}

impl Spec {
    pub(super) fn new(services: BTreeMap<String, Service>, legacy: Names) -> Self {
        let all = services.iter().flat_map(|(name, service)| {
            let operations = service.operations.iter();
            operations.map(|(stem, operation)| (endpoint(operation), (name.clone(), stem.clone())))
        });
        Self {
            by_path: all.collect(),
            services,
            legacy,
            ..Self::default()
        }
    }

    /// The next page sees what this one has brought.
    pub(super) fn put(&mut self, service: &str, stem: &str, operation: Operation) {
        let place = (service.to_owned(), stem.to_owned());
        self.by_path.insert(endpoint(&operation), place);
        let service = self.services.entry(service.to_owned()).or_default();
        service.operations.insert(stem.to_owned(), operation);
    }

    /// A service of the spec, or a new one.
    pub(super) fn service(&self, name: &str) -> &Service {
        self.services.get(name).unwrap_or(&self.new_service)
    }

    /// An operation with the types of its service.
    pub(super) fn known<'s>(&'s self, service: &'s str, operation: &'s Operation) -> Known<'s> {
        Known {
            service,
            operation,
            types: Scope::of(self.service(service)).in_operation(operation),
        }
    }

    /// The operation with a method and a path, whatever its parameters are called.
    pub(super) fn by_path(&self, method: &'static str, path: &str) -> Option<Known<'_>> {
        let (service, stem) = self.by_path.get(&(method, form(path)))?;
        let operation = self.service(service).operations.get(stem)?;
        Some(self.known(service, operation))
    }

    /// The operations with a method, for a search.
    pub(super) fn with_method(&self, method: &str) -> impl Iterator<Item = Known<'_>> {
        let all = self.services.iter().flat_map(|(name, service)| {
            let operations = service.operations.values();
            operations.map(|operation| self.known(name, operation))
        });
        all.filter(move |known| known.operation.method.as_str() == method)
    }

    /// The operation of a service by its name.
    pub(super) fn by_name(&self, service: &str, action: &str) -> Option<Known<'_>> {
        let (name, found) = self.services.get_key_value(service)?;
        let mut operations = found.operations.values();
        let operation = operations.find(|one| one.operation.eq_ignore_ascii_case(action))?;
        Some(self.known(name, operation))
    }

    /// The name in the spec of a service that may be called otherwise elsewhere, as `ai_paa_s_1_0` for `ai_paas_1_0`.
    pub(super) fn name_of(&self, name: &str) -> Option<&str> {
        self.services
            .keys()
            .map(String::as_str)
            .find(|known| same(known, name))
    }
}

fn endpoint(operation: &Operation) -> (&'static str, String) {
    (operation.method.as_str(), form(&operation.path))
}
