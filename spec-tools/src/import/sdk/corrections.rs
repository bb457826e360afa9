//! Mistakes of the package, and what is right: data, each with a reason.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;

use super::models::{Models, Type};
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::lists::{List, Reason, Wrong, entry};

const FILE: &str = "corrections.yaml";

/// The corrections, and which of them were needed.
#[derive(Debug, Default)]
pub(super) struct Corrections {
    pub(super) list: List<Entries>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Entries {
    /// Paths with slips in them.
    paths: Vec<PathEntry>,
    /// Arguments of methods that are sent nowhere.
    arguments: Vec<ArgumentEntry>,
    /// Types that JSON does not have.
    types: Vec<TypeEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PathEntry {
    operation: String,
    says: String,
    right: String,
    #[serde(rename = "reason")]
    _reason: Reason,
    #[serde(skip)]
    used: AtomicBool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArgumentEntry {
    operation: String,
    says: String,
    #[serde(rename = "reason")]
    _reason: Reason,
    #[serde(skip)]
    used: AtomicBool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeEntry {
    says: String,
    right: Right,
    #[serde(rename = "reason")]
    _reason: Reason,
    #[serde(skip)]
    used: AtomicBool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Right {
    String,
    Json,
}

impl Corrections {
    pub(super) fn read(spec: &Path) -> Result<Self, Wrong> {
        let list = List::read(spec, FILE)?;
        Ok(Self { list })
    }

    /// The path as it should be.
    pub(super) fn path(&self, service: &str, operation: &str, path: &str) -> String {
        let mut entries = self.list.entries.paths.iter();
        match entries
            .find(|entry| is_of(&entry.operation, service, operation) && entry.says == path)
        {
            Some(entry) => {
                entry.used.store(true, Ordering::Relaxed);
                entry.right.clone()
            }
            None => path.to_owned(),
        }
    }

    /// Whether it is known that an argument is sent nowhere.
    pub(super) fn drops(&self, service: &str, operation: &str, argument: &str) -> bool {
        let mut entries = self.list.entries.arguments.iter();
        let found = entries
            .find(|entry| is_of(&entry.operation, service, operation) && entry.says == argument);
        found.is_some_and(|entry| {
            entry.used.store(true, Ordering::Relaxed);
            true
        })
    }

    /// Puts right the types of models.
    pub(super) fn types(&self, models: &mut Models) {
        for ty in models.types_mut() {
            let Type::Name(name) = &*ty else { continue };
            if let Some(entry) = self
                .list
                .entries
                .types
                .iter()
                .find(|entry| entry.says == *name)
            {
                entry.used.store(true, Ordering::Relaxed);
                *ty = match entry.right {
                    Right::String => Type::String,
                    Right::Json => Type::Any,
                };
            }
        }
    }

    /// Corrections of what is not there any more. `read` is whether a service was read, `all` whether all were.
    pub(super) fn stale(&self, read: impl Fn(&str) -> bool, all: bool) -> Vec<Diagnostic> {
        let entries = &self.list.entries;
        let read = |operation: &str| read(operation.split('/').next().unwrap_or_default());
        let paths = entries.paths.iter().enumerate();
        let paths = paths
            .filter(|(_, e)| read(&e.operation))
            .map(|(i, e)| ("paths", i, &e.says, &e.used));
        let arguments = entries.arguments.iter().enumerate();
        let arguments = arguments
            .filter(|(_, e)| read(&e.operation))
            .map(|(i, e)| ("arguments", i, &e.says, &e.used));
        let types = entries.types.iter().enumerate().filter(|_| all);
        let types = types.map(|(i, e)| ("types", i, &e.says, &e.used));
        let unused = paths
            .chain(arguments)
            .chain(types)
            .filter(|(.., used)| !used.load(Ordering::Relaxed));
        let stale = unused.map(|(section, index, says, _)| {
            let message = format!(
                "this correction no longer applies: the package does not say {}",
                quoted(says)
            );
            self.list
                .mistake(&entry(section, index), message)
                .help("remove it")
        });
        stale.collect()
    }
}

fn is_of(entry: &str, service: &str, operation: &str) -> bool {
    entry.split_once('/') == Some((service, operation))
}
