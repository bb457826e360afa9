//! An operation as the mock answers it.

use std::sync::{Arc, OnceLock};

use dingtalk_api::Api;
use dingtalk_api::generated::{FieldInfo, FieldType, Location, ModelInfo};
use dingtalk_api::operation::Operation as Callable;
use dingtalk_api::platform::PLATFORM;
use dingtalk_catalogue::{Error, Operation};

use crate::received::is_encoded;
use crate::usual::Usual;

/// An operation, which is read when it is first called.
pub(crate) struct Route {
    pub(crate) operation: Operation<'static>,
    known: OnceLock<Result<Known, Error>>,
}

/// What answering an operation needs.
pub(crate) struct Known {
    pub(crate) operation: &'static Callable,
    pub(crate) api: &'static Api,
    /// Whether a field of its body is encoded as a string.
    pub(crate) is_encoded: bool,
    pub(crate) usual: Usual,
    /// The names of the request's fields, at any depth, whose values must not be shown.
    pub(crate) secrets: Arc<[&'static str]>,
    fields: Vec<(&'static FieldInfo, FieldType)>,
}

impl Route {
    pub(crate) fn new(operation: Operation<'static>) -> Self {
        Self {
            operation,
            known: OnceLock::new(),
        }
    }

    pub(crate) fn known(&self) -> Result<&Known, Error> {
        let known = self.known.get_or_init(|| {
            let operation = self.operation.callable()?;
            let name = operation.api();
            let mut apis = PLATFORM.apis.iter();
            let api = apis.find(|api| name.is_none_or(|name| api.name == name));
            let api = api.ok_or(Error::DAMAGED)?;
            let fields = operation.fields();
            let example = self.operation.details()?.example;
            let mut seen = Vec::new();
            let mut secrets = Vec::new();
            collect_secrets(&fields, &mut Vec::new(), &mut secrets);
            Ok(Known {
                operation,
                api,
                is_encoded: fields.iter().any(|(info, kind)| {
                    info.location() == Location::Body && is_encoded(info, *kind, &mut seen)
                }),
                usual: Usual::new(operation, api, example.and_then(|example| example.response)),
                secrets: secrets.into(),
                fields,
            })
        });
        known.as_ref().map_err(|error| *error)
    }
}

impl Known {
    /// Whether every reply has a code, and the status says nothing.
    pub(crate) fn is_legacy(&self) -> bool {
        self.api.envelope.every_reply
    }

    pub(crate) fn fields(
        &self,
        location: Location,
    ) -> impl Iterator<Item = (&'static FieldInfo, FieldType)> {
        let fields = self.fields.iter().copied();
        fields.filter(move |(info, _)| info.location() == location)
    }

    pub(crate) fn field(
        &self,
        location: Location,
        name: &str,
    ) -> Option<(&'static FieldInfo, FieldType)> {
        self.fields(location).find(|(info, _)| info.name() == name)
    }
}

fn collect_secrets(
    fields: &[(&'static FieldInfo, FieldType)],
    seen: &mut Vec<*const ModelInfo>,
    names: &mut Vec<&'static str>,
) {
    for (info, kind) in fields {
        if info.is_secret() {
            names.push(info.name());
        }
        let mut inner = *kind;
        while let FieldType::List(of) | FieldType::Map(of) = inner {
            inner = of.get();
        }
        if let FieldType::Object(object) = inner {
            let address = std::ptr::from_ref(object.info());
            if !seen.contains(&address) {
                seen.push(address);
                collect_secrets(&inner.fields(), seen, names);
            }
        }
    }
}
