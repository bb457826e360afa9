//! What a change of a spec means to users of the generated crate.
//!
//! Specs are compared by what users see: the Rust surface that `resolve` gives, the wire format, and the
//! documentation. How the files are written does not matter.

mod changelog;
mod compare;
mod platform;
mod print;
mod surface;
mod types;
mod version;

use std::cmp::Reverse;

use crate::check::examine_parts;
use crate::diagnostic::Place;
use crate::report::Report;
use crate::sources::Sources;
use crate::spec::{Parts, Platform};

pub use version::{Advice, Raise, Version};

/// How much a change affects users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Compiled code and requests stay the same.
    Documentation,
    /// Code written against the old crate works with the new one.
    Additive,
    /// Code written against the old crate may not compile, or may behave differently.
    Breaking,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Action {
    Removed,
    Renamed,
    Changed,
    Added,
}

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ItemKind {
    Platform,
    Server,
    Api,
    Grant,
    Signature,
    Service,
    Operation,
    EventGroup,
    Event,
    Struct,
    Constructor,
    Field,
    Enum,
    Value,
    Errors,
    Variant,
    Code,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// How much it affects users.
    pub level: Level,
    /// What happened.
    pub action: Action,
    /// To what kind of item.
    pub kind: ItemKind,
    /// To which item: its path in Rust, if it has one.
    pub item: String,
    /// Which property changed, if one did.
    pub fact: Option<&'static str>,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// The service and the operation that it belongs to.
    pub owner: Option<(String, Option<String>)>,
    /// Its place in the new spec, or in the old one if it was removed.
    pub place: Place,
}

/// All changes from one spec to another, most severe first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

/// A valid spec and its text. One without a platform, or whose platform only adds APIs, extends another crate.
#[derive(Debug)]
pub struct Side<'a> {
    sources: &'a Sources,
    platform: Option<Platform>,
    parts: Parts,
}

impl<'a> Side<'a> {
    /// Reads a spec, or reports all its errors.
    pub fn read(sources: &'a Sources) -> Result<Self, Report> {
        let (platform, parts) = examine_parts(sources)?;
        Ok(Self {
            sources,
            platform,
            parts,
        })
    }

    /// The version that the spec gives the crate.
    fn version(&self) -> Option<&str> {
        self.platform
            .as_ref()
            .and_then(|platform| platform.version.as_deref())
    }
}

/// Compares two specs.
pub fn diff(old: &Side<'_>, new: &Side<'_>) -> Changes {
    let mut changes = compare::compare(&surface::of(old), &surface::of(new));
    changes.sort_by_key(|change| Reverse(change.level));
    Changes(changes)
}

impl Changes {
    /// The most severe level; none if nothing changed.
    pub fn level(&self) -> Option<Level> {
        self.0.iter().map(|change| change.level).max()
    }

    /// How many there are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.0.iter().filter(|change| change.level == level).count()
    }
}
