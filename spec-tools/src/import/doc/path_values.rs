//! The rows of a path's values, under the names that the path has.

use super::builder::Builder;
use super::finding::Findings;
use super::inferred::alike;
use super::path::names;
use super::rows::FieldRow;
use crate::diagnostic::shown;

impl Builder<'_> {
    /// The rows of the path under the names that the template has.
    pub(super) fn path_rows(&mut self, mut rows: Vec<FieldRow>, template: &str) -> Vec<FieldRow> {
        let names = names(template);
        let rename = |row: &mut FieldRow, name: &str, findings: &mut Findings| {
            let message = format!(
                "the table has {}, the path {}",
                shown(&row.name),
                shown(name)
            );
            findings.note(
                row.at,
                message,
                "they were taken for the same value; names of path values are not sent",
            );
            name.clone_into(&mut row.name);
        };
        for row in &mut rows {
            if names.contains(&row.name.as_str()) {
                continue;
            }
            if let Some(name) = names.iter().find(|name| alike(name, &row.name)) {
                rename(row, name, &mut self.findings);
            }
        }
        let open: Vec<&str> = names
            .iter()
            .filter(|name| !rows.iter().any(|row| row.name == **name))
            .copied()
            .collect();
        let strange: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !names.contains(&row.name.as_str()))
            .map(|(at, _)| at)
            .collect();
        if let ([name], [at]) = (open.as_slice(), strange.as_slice())
            && let Some(row) = rows.get_mut(*at)
        {
            rename(row, name, &mut self.findings);
        }
        for row in rows
            .iter()
            .filter(|row| !names.contains(&row.name.as_str()))
        {
            let message = format!(
                "{} is not in the path {}",
                shown(&row.name),
                shown(template)
            );
            self.findings.left_out_rows(
                &[row.line],
                row.at,
                message,
                "if the path lacks it, mend the path; if it goes elsewhere, add it there",
            );
        }
        rows.retain(|row| names.contains(&row.name.as_str()));
        let optional: Vec<&FieldRow> = rows
            .iter()
            .filter(|row| row.required == Some(false))
            .collect();
        if let Some(row) = optional.first() {
            let all: Vec<String> = optional.iter().map(|row| shown(&row.name)).collect();
            self.findings.note(
                row.at,
                format!("the table says that {} may be left out", all.join(", ")),
                "values of the path are always required",
            );
        }
        rows
    }
}
