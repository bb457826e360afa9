//! Rows with their places: which row of a table is inside which other.

use std::cmp::Reverse;

use std::rc::Rc;

use super::finding::Findings;
use super::inferred::Inferred;
use super::nesting::{self, Place};
use super::rows::FieldRow;
use crate::diagnostic::quoted;

/// The rows of a table, and which of them is inside which.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) rows: Vec<FieldRow>,
    /// The rows on the first level.
    pub(super) top: Vec<usize>,
    /// The row that describes the whole: a body that is a list, say.
    pub(super) whole: Option<usize>,
    /// The fields of what each row holds.
    pub(super) fields: Vec<Vec<usize>>,
    /// The row that says what the elements or values of each row are.
    pub(super) inside: Vec<Option<usize>>,
    /// Of rows whose place is not plain: the question.
    pub(super) questions: Vec<Option<Question>>,
}

/// What is to be asked of a row whose place is not plain.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) text: String,
    /// Whether the other places are all around the one that was taken: a question where that object ends
    /// asks the same.
    pub(super) further_out: bool,
}

impl Placed {
    /// Finds out where rows belong. `shown` is what examples and the spec show of the whole.
    pub(super) fn of(rows: Vec<FieldRow>, shown: &[Rc<Inferred>], findings: &mut Findings) -> Self {
        let reading = nesting::read(&rows, shown);
        let mut placed = Self {
            fields: vec![Vec::new(); rows.len()],
            inside: vec![None; rows.len()],
            questions: vec![None; rows.len()],
            rows,
            ..Self::default()
        };
        for (number, place) in reading.places.iter().enumerate() {
            let is_put = placed.put(number, *place);
            if let Some(row) = placed.rows.get(number).filter(|_| !is_put) {
                let message =
                    "this row has no name, and no list or map before it that it could describe";
                let help = "give it a name, or remove it";
                findings.left_out_rows(&[row.line], row.at, message, help);
            }
        }
        for (number, mut places) in reading.unclear {
            // The one that was taken, and the nearest ones first.
            if let Some((_, others)) = places.split_first_mut() {
                others.sort_by_key(|place| Reverse(place.parent()));
            }
            let further_out = places.iter().skip(1).all(|place| {
                let around = |of: &usize| reading.places.get(*of)?.parent();
                let first = places.first().and_then(Place::parent);
                let mut outer = std::iter::successors(first, around);
                matches!(place, Place::Field(_))
                    && place
                        .parent()
                        .is_none_or(|place| outer.any(|outer| outer == place))
            });
            placed.question(number, &places, further_out);
        }
        placed
    }

    /// Puts a row where it belongs, unless something is there.
    fn put(&mut self, number: usize, place: Place) -> bool {
        let slot = match place {
            Place::Field(parent) => {
                let fields = match parent {
                    Some(parent) => self.fields.get_mut(parent),
                    None => Some(&mut self.top),
                };
                if let Some(fields) = fields {
                    fields.push(number);
                }
                return true;
            }
            Place::Inside(None) => Some(&mut self.whole),
            Place::Inside(Some(parent)) => {
                let free = self.fields.get(parent).is_some_and(Vec::is_empty);
                self.inside.get_mut(parent).filter(|_| free)
            }
        };
        let Some(slot) = slot.filter(|slot| slot.is_none()) else {
            return false;
        };
        *slot = Some(number);
        true
    }

    fn question(&mut self, number: usize, places: &[Place], further_out: bool) {
        let Some(row) = self.rows.get(number) else {
            return;
        };
        let name = |place: &Place| match place.parent() {
            Some(parent) => words(&self.rows, parent),
            None => "the whole".to_owned(),
        };
        let mut names: Vec<String> = places.iter().map(name).collect();
        if let Some(more @ 2..) = names.len().checked_sub(NAMED) {
            names.truncate(NAMED);
            names.push(format!("one of {more} more"));
        }
        let names = names.join(" or of ");
        let text = format!("Is {} a field of {names}?", quoted(&row.name));
        if let Some(slot) = self.questions.get_mut(number) {
            *slot = Some(Question { text, further_out });
        }
    }

    /// A row and all rows inside it.
    pub(super) fn all_inside(&self, number: usize) -> Vec<usize> {
        let mut all = vec![number];
        let mut at = 0;
        while let Some(row) = all.get(at).copied() {
            let fields = self.fields.get(row).into_iter().flatten();
            let inside = self.inside.get(row).copied().flatten();
            all.extend(fields.copied().chain(inside));
            at += 1;
        }
        all
    }
}

/// So many places does a question name.
const NAMED: usize = 4;

/// A row's name with its line, since several rows may have one name.
fn words(rows: &[FieldRow], number: usize) -> String {
    let line = rows.get(number).map_or(0, |row| row.line);
    match rows.get(number).filter(|row| !row.name.is_empty()) {
        Some(row) => format!("{} on line {line}", quoted(&row.name)),
        None => format!("the elements on line {line}"),
    }
}
