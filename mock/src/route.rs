//! An operation as the mock answers it.

use std::sync::OnceLock;

use dingtalk_api::Api;
use dingtalk_api::operation::Operation as Callable;
use dingtalk_api::platform::PLATFORM;
use dingtalk_catalogue::format::ExampleResponse;
use dingtalk_catalogue::{Error, Operation};

/// An operation, which is read when it is first called.
pub(crate) struct Route {
    pub(crate) operation: Operation<'static>,
    known: OnceLock<Result<Known, Error>>,
}

/// What answering an operation needs.
pub(crate) struct Known {
    pub(crate) operation: &'static Callable,
    pub(crate) api: &'static Api,
    pub(crate) example: Option<ExampleResponse<'static>>,
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
            let details = self.operation.details()?;
            let operation = self.operation.callable()?;
            let name = operation.api();
            let mut apis = PLATFORM.apis.iter();
            let api = apis.find(|api| name.is_none_or(|name| api.name == name));
            Ok(Known {
                operation,
                api: api.ok_or(Error::DAMAGED)?,
                example: details.example.and_then(|example| example.response),
            })
        });
        known.as_ref().map_err(|error| *error)
    }
}
