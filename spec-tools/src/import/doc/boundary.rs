//! Where an object ends if neither an example nor the spec shows it.

use super::builder::Builder;
use super::fields::{Beside, field_names};
use super::rows::FieldRow;
use super::words::shown_name;
use crate::diagnostic::quoted;

impl<'a> Builder<'a> {
    /// If neither an example nor the spec shows an object, nothing says where its rows end: these rows
    /// may as well belong further out.
    pub(super) fn open_rows(
        &self,
        fields: &[usize],
        object: &FieldRow,
        beside: &Beside<'a>,
    ) -> Vec<usize> {
        let mut rows = fields.iter().filter_map(|number| self.row(*number));
        let marked = rows.any(|row| row.depth.is_some());
        let in_spec = beside
            .known
            .is_some_and(|spec_type| !field_names(spec_type).is_empty());
        if beside.object().is_some() || in_spec || marked {
            return Vec::new();
        }
        // The first row behind an object is in it, unless it is of a type that may well have no rows, or in
        // another object, whose type it may have: that is not described again. A row whose name the outer ones
        // have already is in it too.
        let sure = object.ty.needs_fields() && self.open.len() == 1;
        let elsewhere = |number: &usize| {
            let name = self.row(*number).map(|row| &row.name);
            name.is_some_and(|name| self.open.iter().any(|names| !names.contains(name)))
        };
        let open = fields.iter().copied().skip(usize::from(sure));
        open.filter(elsewhere).collect()
    }

    /// One question for all those rows.
    pub(super) fn boundary(&mut self, open: &[usize], object: &FieldRow) -> Option<String> {
        let rows = open.iter().filter_map(|number| self.row(*number));
        let names: Vec<String> = rows.clone().map(|row| quoted(&row.name)).collect();
        let lines = rows.clone().map(|row| row.line).collect();
        let at = rows.clone().next()?.at;
        let (are, them) = match names.len() {
            1 => ("Is", "a field"),
            _ => ("Are", "fields"),
        };
        let (names, of, line) = (names.join(", "), shown_name(object), object.line);
        let question = format!("{are} {names} {them} of {of} on line {line}, or of its parent?");
        let help =
            "neither an example nor the spec shows the object; move fields that belong elsewhere";
        Some(self.findings.undecided_rows(lines, at, question, help))
    }
}
