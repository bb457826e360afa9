//! Rows of error tables.

use super::{Merger, join, key};
use crate::diagnostic::Step;
use crate::document::{Scalar, model};
use crate::spec::ErrorRow;

impl Merger<'_> {
    /// Rows are the same if they have the same status, code and message. A new message of a known
    /// code is a new row behind the others of the code.
    pub(super) fn errors(&mut self, own: &[ErrorRow], facts: &[ErrorRow]) {
        let root = [key("errors")];
        // The rows as the file has them by now, and whether the facts have them.
        let mut rows: Vec<(ErrorRow, bool)> = own.iter().map(|row| (row.clone(), false)).collect();
        let mut at = 0;
        for fact in facts {
            let same_code = |row: &ErrorRow| row.status == fact.status && row.code == fact.code;
            let same = |(row, _): &(ErrorRow, bool)| same_code(row) && row.message == fact.message;
            let open = |(row, _): &(ErrorRow, bool)| {
                same_code(row) && (row.message.is_none() || fact.message.is_none())
            };
            let known = rows
                .iter()
                .position(same)
                .or_else(|| rows.iter().position(open));
            if let Some(index) = known
                && let Some((row, seen)) = rows.get_mut(index)
            {
                let own = row.clone();
                *seen = true;
                row.message = own.message.clone().or_else(|| fact.message.clone());
                self.row(&join(&root, Step::Index(index)), &own, fact);
                at = index + 1;
                continue;
            }
            if let Some(last) = rows.iter().rposition(|(row, _)| same_code(row)) {
                at = last + 1;
            }
            self.add_item(&root, at, model::error(fact));
            rows.insert(at, (fact.clone(), true));
            at += 1;
        }
        if facts.is_empty() {
            // Not every source has error tables.
            return;
        }
        for (index, _) in rows.iter().enumerate().filter(|(_, (_, seen))| !seen) {
            self.only_in_file(&join(&root, Step::Index(index)));
        }
    }

    fn row(&mut self, path: &[Step], own: &ErrorRow, fact: &ErrorRow) {
        if let (None, Some(message)) = (&own.message, &fact.message) {
            self.add(path, "message", Scalar::text(message));
        }
        match (own.class, fact.class) {
            (None, Some(class)) => self.add(path, "class", Scalar::text(class.as_str())),
            (Some(own), Some(fact)) if own != fact => {
                let place = join(path, key("class"));
                self.disagree(&place, own.as_str(), fact.as_str());
            }
            _ => {}
        }
        if let (None, Some(doc)) = (&own.doc, &fact.doc) {
            self.add(path, "doc", Scalar::text(doc));
        }
    }
}
