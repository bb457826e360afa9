//! Whether the findings on a made-up page tell that a field came out otherwise.

use std::collections::{BTreeMap, BTreeSet};

use dingtalk_spec::import::doc::Finding;

use crate::page_writer::Written;

/// What is known of a page and of what became of it.
pub(crate) struct Telling<'a> {
    /// The places that came out otherwise: `body/people/[]/name`.
    differ: &'a BTreeSet<String>,
    written: &'a Written,
    /// All lines of rows.
    rows: BTreeSet<usize>,
    /// The rows of each name in their order, with their places.
    named: BTreeMap<&'a str, Vec<(usize, &'a str)>>,
}

impl<'a> Telling<'a> {
    pub(crate) fn new(differ: &'a BTreeSet<String>, written: &'a Written) -> Self {
        let mut named: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        for (place, row) in &written.lines {
            named.entry(last(place)).or_default().push((*row, place));
        }
        for rows in named.values_mut() {
            rows.sort_unstable();
        }
        Self {
            differ,
            written,
            rows: written.lines.values().copied().collect(),
            named,
        }
    }

    /// Whether a finding is about a place that came out otherwise.
    pub(crate) fn tells(&self, finding: &Finding, place: &str) -> bool {
        // That an example lacks something, or how a name is written, says nothing of what was made of it.
        if finding.message.starts_with("the example lacks")
            || finding.message.contains("escaped underscore")
        {
            return false;
        }
        if self.is_about(finding, place) {
            return true;
        }
        if let Some((outer, "[]" | "{}")) = place.rsplit_once('/') {
            return self.tells(finding, outer);
        }
        // Where a place is new, a field of its name went there from another one.
        let is_new = !self.written.lines.contains_key(place);
        let others = self.named.get(last(place)).filter(|_| is_new);
        let mut moved = others.into_iter().flatten().filter(|(_, other)| {
            self.differ.contains(*other) || is_within(&self.written.vague, other)
        });
        moved.any(|(_, other)| self.is_about(finding, other))
    }

    /// Whether a finding is at the row of a place, or of one around it that came out otherwise too, or names it.
    fn is_about(&self, finding: &Finding, place: &str) -> bool {
        let mut around = std::iter::successors(Some(place), |place| {
            place.rsplit_once('/').map(|(outer, _)| outer)
        });
        around.any(|at| {
            let row = self.written.lines.get(at);
            let otherwise = at == place || self.differ.contains(at);
            otherwise && (row.is_some_and(|row| asks(finding, *row)) || self.names(finding, at))
        })
    }

    /// Whether a finding that is not at the row of a field names a place, or whether one that is asks about the row
    /// before or behind of the same name: where one of them belongs decides where the other does.
    fn names(&self, finding: &Finding, place: &str) -> bool {
        let name = last(place);
        if name.is_empty() {
            return false;
        }
        if finding.at.is_some_and(|at| self.rows.contains(&at.line)) {
            let rows = self.named.get(name).map(Vec::as_slice).unwrap_or_default();
            let is_mine = |(_, other): &(usize, &str)| *other == place;
            let pairs = rows.windows(2).filter(|pair| pair.iter().any(is_mine));
            return pairs.flatten().any(|(row, _)| asks(finding, *row));
        }
        let steps = place.split('/').skip(1);
        let path: Vec<&str> = steps.filter(|step| !matches!(*step, "[]" | "{}")).collect();
        let said = |words: &str| finding.message.contains(&format!("`{words}`"));
        said(name) || said(&path.join("."))
    }
}

/// Whether a finding is about a row.
fn asks(finding: &Finding, row: usize) -> bool {
    finding.rows.contains(&row) || finding.at.is_some_and(|at| at.line == row)
}

/// The name at a place's end.
fn last(place: &str) -> &str {
    let name = place.rsplit('/').next().unwrap_or_default();
    if matches!(name, "[]" | "{}") {
        ""
    } else {
        name
    }
}

/// Whether a place is one of these, or inside one.
pub(crate) fn is_within(places: &BTreeSet<String>, place: &str) -> bool {
    let inside = |outer: &str| {
        let rest = place.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    places.iter().any(|outer| inside(outer))
}
