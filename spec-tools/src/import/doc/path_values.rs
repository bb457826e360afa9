//! The rows of a path's values, under the names that the path has.

use super::builder::Builder;
use super::finding::Findings;
use super::inferred::alike;
use super::path::names;
use super::rows::FieldRow;
use crate::diagnostic::quoted;

impl Builder<'_> {
    /// The rows of the path under the names that the template has.
    pub(super) fn path_rows(&mut self, mut rows: Vec<FieldRow>, template: &str) -> Vec<FieldRow> {
        let names = names(template);
        let is_in = |row: &FieldRow| names.contains(&row.name.as_str());
        for row in rows.iter_mut().filter(|row| !is_in(row)) {
            if let Some(name) = names.iter().find(|name| alike(name, &row.name)) {
                rename(row, name, &mut self.findings);
            }
        }
        let open = |name: &&&str| !rows.iter().any(|row| row.name == **name);
        let open: Vec<&str> = names.iter().filter(open).copied().collect();
        let mut strange: Vec<&mut FieldRow> = rows.iter_mut().filter(|row| !is_in(row)).collect();
        if let ([name], [row]) = (open.as_slice(), strange.as_mut_slice()) {
            rename(row, name, &mut self.findings);
        }
        for row in rows.iter().filter(|row| !is_in(row)) {
            let message = format!(
                "{} is not in the path {}",
                quoted(&row.name),
                quoted(template)
            );
            let help = "if the path lacks it, fix the path; otherwise add it where it belongs";
            self.findings
                .left_out_rows(&[row.line], row.at, message, help);
        }
        rows.retain(is_in);
        let optional = || rows.iter().filter(|row| row.required == Some(false));
        if let Some(row) = optional().next() {
            let all: Vec<String> = optional().map(|row| quoted(&row.name)).collect();
            let message = format!("the table says that {} is optional", all.join(", "));
            self.note(row.at, message, "path parameters are always required");
        }
        rows
    }
}

fn rename(row: &mut FieldRow, name: &str, findings: &mut Findings) {
    let message = format!(
        "the table has {}, the path {}",
        quoted(&row.name),
        quoted(name)
    );
    let help = "read as the same parameter; names of path parameters are not sent";
    findings.note(row.at, message, help);
    name.clone_into(&mut row.name);
}
