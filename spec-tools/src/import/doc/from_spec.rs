//! What the table leaves open but the spec describes.

use super::builder::Builder;
use super::fields::Beside;
use super::rows::FieldRow;
use super::shape::of_spec_type;
use super::spec_type::SpecType;
use super::words::{shown_name, words_of};
use crate::spec::{Field, ScalarOrNamed, Shape};

impl<'a> Builder<'a> {
    /// What the table calls an object or leaves open, and the spec describes.
    pub(super) fn told_by_spec(&mut self, spec_type: SpecType<'_>, row: &FieldRow, what: &str) {
        if matches!(spec_type.resolved(), Shape::Object(_)) {
            let message = format!("the table does not describe the fields of {what}");
            self.note(row.type_at, message, "kept the spec's");
        } else if !is_json(spec_type) {
            self.spec_stays(spec_type, row, "Object");
        }
    }

    pub(super) fn spec_stays(&mut self, spec_type: SpecType<'_>, row: &FieldRow, word: &str) {
        let message = format!("the table says {word} for {}", shown_name(row));
        let stays = format!("kept {} from the spec", words_of(spec_type));
        self.note(row.type_at, message, stays);
    }

    /// What the spec has, with the values that the description lists of a text or a whole number.
    pub(super) fn of_known(
        &mut self,
        spec_type: SpecType<'_>,
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        match spec_type.shape {
            Shape::Name(ScalarOrNamed::String) => self.values(row, beside, false),
            Shape::Name(ScalarOrNamed::Integer) => self.values(row, beside, true),
            _ => of_spec_type(spec_type),
        }
    }
}

pub(super) fn is_json(spec_type: SpecType<'_>) -> bool {
    matches!(spec_type.resolved(), Shape::Name(ScalarOrNamed::Json))
}
