//! What the table leaves open and the spec describes.

use super::builder::Builder;
use super::fields::Beside;
use super::known::Held;
use super::rows::FieldRow;
use super::shape::of_held;
use super::words::{shown_name, words_of};
use crate::spec::{Field, ScalarOrNamed, Shape};

impl<'a> Builder<'a> {
    /// What the table calls an object or leaves open, and the spec describes.
    pub(super) fn told_by_spec(&mut self, held: Held<'_>, row: &FieldRow, what: &str) {
        if matches!(held.resolved(), Shape::Object(_)) {
            let message = format!("the table does not say what {what} has inside");
            self.findings
                .note(row.type_at, message, "the spec does, which stays");
        } else if !is_json(held) {
            self.spec_stays(held, row, "Object");
        }
    }

    pub(super) fn spec_stays(&mut self, held: Held<'_>, row: &FieldRow, word: &str) {
        let message = format!("the table says {word} of {}", shown_name(row));
        let stays = format!("the spec has {}, which stays", words_of(held));
        self.findings.note(row.type_at, message, stays);
    }

    /// What the spec has, with the values that the description lists of a text or a whole number.
    pub(super) fn of_known(
        &mut self,
        held: Held<'_>,
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        match held.shape {
            Shape::Name(ScalarOrNamed::String) => self.values(row, beside, false),
            Shape::Name(ScalarOrNamed::Integer) => self.values(row, beside, true),
            _ => of_held(held),
        }
    }
}

pub(super) fn is_json(held: Held<'_>) -> bool {
    matches!(held.resolved(), Shape::Name(ScalarOrNamed::Json))
}
