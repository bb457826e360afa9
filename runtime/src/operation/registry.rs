//! Looks up operations by name.

use std::error::Error as StdError;
use std::fmt;

use super::Operation;
use crate::similar::{nearest, same};

/// A service of the platform.
///
/// The fields are for generated code.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub summary: &'static str,
    #[doc(hidden)]
    pub operations: Option<&'static [&'static Operation]>,
}

impl Service {
    /// Its name, which is also the name of its feature.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it is about, if the spec says so.
    pub fn summary(&self) -> Option<&'static str> {
        Some(self.summary).filter(|summary| !summary.is_empty())
    }

    /// Its operations; `None` if its feature is off.
    pub fn operations(&self) -> Option<&'static [&'static Operation]> {
        self.operations
    }
}

/// The operation of this name. A service is also found where case and underscores are others: the official packages
/// write `ai_paa_s_1_0` for `ai_paas_1_0`.
///
/// # Errors
/// If it does not exist, or its service is not compiled in.
pub fn find(
    services: &'static [Service],
    service: &str,
    action: &str,
) -> Result<&'static Operation, UnknownOperation> {
    let mut all = services.iter();
    let known = all.find(|known| same(known.name, service));
    let operations = known.and_then(|known| known.operations).unwrap_or_default();
    let mut found = operations.iter();
    if let Some(found) = found.find(|operation| operation.action == action) {
        return Ok(found);
    }
    let names = services.iter().map(|service| {
        let names = |operations: &[&Operation]| {
            let operations = operations.iter();
            operations.map(|operation| operation.action).collect()
        };
        (service.name, service.operations.map(names))
    });
    let names: Vec<_> = names.collect();
    Err(UnknownOperation::new(&names, service, action))
}

/// Whether two names of services differ in case and underscores at most.
pub fn is_same_service(one: &str, other: &str) -> bool {
    same(one, other)
}

/// No operation has this name.
#[derive(Debug, Clone)]
pub struct UnknownOperation {
    service: String,
    action: String,
    reason: Reason,
    /// The services that have an operation of this name.
    elsewhere: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Reason {
    /// There is no such service; the one with the most similar name.
    Service(Option<&'static str>),
    /// The service's feature is off.
    NotCompiled,
    /// The service has no such operation; the one with the most similar name.
    Action(Option<&'static str>),
}

impl UnknownOperation {
    /// For what these services do not have: each by its name, with the names of its operations unless they are not
    /// compiled in.
    #[doc(hidden)]
    pub fn new(
        services: &[(&'static str, Option<Vec<&'static str>>)],
        service: &str,
        action: &str,
    ) -> Self {
        let known = services.iter().find(|(name, _)| same(name, service));
        let reason = match known {
            Some((_, Some(actions))) => Reason::Action(nearest(action, actions.iter().copied())),
            Some((_, None)) => Reason::NotCompiled,
            None => Reason::Service(nearest(service, services.iter().map(|(name, _)| *name))),
        };
        let elsewhere = services.iter().filter(|(_, actions)| {
            let mut actions = actions.iter().flatten();
            actions.any(|name| *name == action)
        });
        Self {
            service: service.to_owned(),
            action: action.to_owned(),
            reason,
            elsewhere: elsewhere.map(|(name, _)| *name).collect(),
        }
    }

    /// Whether the service exists, but its feature is off.
    pub fn is_not_compiled(&self) -> bool {
        matches!(self.reason, Reason::NotCompiled)
    }
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (service, action) = (&self.service, &self.action);
        let meant = match self.reason {
            Reason::NotCompiled => {
                return write!(
                    f,
                    "the service `{service}` is not compiled in: enable the feature of this name"
                );
            }
            Reason::Service(meant) => {
                write!(f, "there is no service `{service}`")?;
                meant
            }
            Reason::Action(meant) => {
                write!(f, "`{service}` has no operation `{action}`")?;
                meant
            }
        };
        if let Some(meant) = meant {
            write!(f, "; did you mean `{meant}`?")?;
        } else if !self.elsewhere.is_empty() {
            write!(f, "; `{action}` is in `{}`", self.elsewhere.join("`, `"))?;
        }
        Ok(())
    }
}

impl StdError for UnknownOperation {}
