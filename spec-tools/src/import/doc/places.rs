//! Where on the page each key of the facts comes from.

use std::collections::BTreeMap;

use super::At;
use crate::diagnostic::Step;

/// Paths of keys with where they come from.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: BTreeMap<Vec<Step>, At>,
    path: Vec<Step>,
}

impl Places {
    /// Goes into the value of a key.
    pub(super) fn enter(&mut self, step: Step, at: At) {
        self.path.push(step);
        self.all.insert(self.path.clone(), at);
    }

    pub(super) fn leave(&mut self) {
        self.path.pop();
    }

    /// Where the current value comes from.
    pub(super) fn here(&self) -> At {
        self.find(&self.path).unwrap_or_default()
    }

    /// Where a path comes from, or else its nearest parent.
    pub(super) fn find(&self, path: &[Step]) -> Option<At> {
        (1..=path.len())
            .rev()
            .find_map(|length| self.all.get(&path[..length]).copied())
    }
}
