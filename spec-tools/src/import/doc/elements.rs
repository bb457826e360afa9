//! What the elements of a list and the values of a map hold.

use super::builder::Builder;
use super::fields::Beside;
use super::inline::plain;
use super::rows::FieldRow;
use super::shape::{any, list, map, of_example, of_spec_type, scalar};
use super::spec_type::SpecType;
use super::types::Ty;
use crate::diagnostic::Step;
use crate::spec::{Field, ScalarOrNamed, Shape};

impl<'a> Builder<'a> {
    /// What a list's elements or a map's values hold.
    pub(super) fn element(
        &mut self,
        inner: Option<&Ty>,
        fields: &[usize],
        inside: Option<usize>,
        row: &FieldRow,
        beside: &Beside<'a>,
        is_map: bool,
    ) -> Field {
        let step = if is_map { "map" } else { "list" };
        let beside = beside.inside(is_map);
        self.places
            .enter(Step::Key(step.to_owned()), self.places.here());
        let field = if let Some(number) = inside {
            let row = self.row(number).cloned();
            row.map_or_else(any, |row| self.inner_row(number, &row, &beside))
        } else {
            match inner {
                // `Array of Array` with fields behind it: they are in the innermost.
                Some(Ty::List(next)) if !fields.is_empty() => {
                    list(self.element(next.as_deref(), fields, None, row, &beside, false))
                }
                Some(Ty::Map(next)) if !fields.is_empty() => {
                    map(self.element(next.as_deref(), fields, None, row, &beside, true))
                }
                // `Map` alone does not say that its values are lists.
                None if !fields.is_empty() && beside.is_known_list() => {
                    list(self.element(None, fields, None, row, &beside, false))
                }
                _ if !fields.is_empty() => self.object(fields, row, &beside),
                // What the description of a map lists are its keys as a rule.
                Some(Ty::Text) if is_map => scalar(ScalarOrNamed::String),
                Some(Ty::Integer) if is_map => scalar(ScalarOrNamed::Integer),
                Some(ty) => self.shape(ty, None, row, &beside),
                None => self.unknown_element(row, &beside, is_map),
            }
        };
        self.places.leave();
        field
    }

    /// What a row says that stands for the elements of the one before it.
    fn inner_row(&mut self, number: usize, row: &FieldRow, beside: &Beside<'a>) -> Field {
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(number), row, beside);
        if self.options.with_text && (field.values.is_some() || field.object.is_some()) {
            let text = plain(&row.text);
            field.doc = (!text.is_empty()).then_some(text);
        }
        field
    }

    fn unknown_element(&mut self, row: &FieldRow, beside: &Beside<'a>, is_map: bool) -> Field {
        let what = if is_map {
            "values of the map"
        } else {
            "elements of the list"
        };
        let at = row.type_at;
        if let Some(spec_type) = beside.known {
            if matches!(spec_type.resolved(), Shape::Object(_)) {
                self.told_by_spec(spec_type, row, &format!("one of the {what}"));
            }
            // What the description of a map lists are its keys.
            return if is_map {
                of_spec_type(spec_type)
            } else {
                self.of_known(spec_type, row, beside)
            };
        }
        // A map's keys look like fields, so an object's example says nothing of it.
        if is_map {
            return any();
        }
        let Some(mut field) = beside.example.as_deref().and_then(of_example) else {
            let message = format!("nothing says what the {what} are");
            self.note(at, message, "read as free JSON");
            return any();
        };
        match field.type_name {
            Some(ScalarOrNamed::Json) | None => {
                let question = format!(
                    "The table does not say what the {what} are. Are they as in the example?"
                );
                self.ask(&mut field, at, question, "used what the example shows");
                return field;
            }
            Some(ScalarOrNamed::String) => field = self.values(row, beside, false),
            Some(_) => {}
        }
        let message = format!("the table does not say what the {what} are");
        self.note(at, message, "used the example's");
        field
    }
}

impl Beside<'_> {
    /// What is known of the elements or values.
    fn inside(&self, is_map: bool) -> Self {
        let example = self.example.as_ref().and_then(|example| {
            let object = || example.is_object().then(|| example.clone());
            if is_map {
                example.map_value()
            } else {
                example.element.clone().or_else(object)
            }
        });
        let of = if is_map {
            SpecType::value
        } else {
            SpecType::element
        };
        Self {
            example,
            known: self.known.and_then(of),
        }
    }
}
