//! The rows of a table of parameters.

use super::inline::yes_or_no;
use super::parts;
use super::types;
use super::{At, Column, Findings, Part, Row, Ty, plain};
use crate::diagnostic::quoted;

/// A parameter or a field, as its row says it.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldRow {
    /// Empty for a row that says what the elements of a list or the values of a map are.
    pub(super) name: String,
    pub(super) ty: Ty,
    /// None if the row does not say it.
    pub(super) required: Option<bool>,
    pub(super) example: Option<String>,
    /// The description as the page has it.
    pub(super) text: String,
    pub(super) at: At,
    /// Where the type and the description are.
    pub(super) type_at: At,
    pub(super) text_at: At,
    /// The line by which the row is accounted for.
    pub(super) line: usize,
    /// How deep the row is, by a mark before its name or by dots in it.
    pub(super) depth: Option<usize>,
    /// What nothing decides of where it goes.
    pub(super) question: Option<String>,
}

impl FieldRow {
    /// The row as it is called.
    pub(super) fn shown(&self) -> String {
        match self.name.as_str() {
            "" => "the elements".to_owned(),
            name => quoted(name),
        }
    }

    /// Reports that the row becomes nothing.
    pub(super) fn left_out(&self, message: impl Into<String>, help: &str, findings: &mut Findings) {
        findings.left_out_rows(&[self.line], self.at, message, help);
    }
}

/// Reads the rows of a table. In a table of a request each should say whether it is required.
pub(super) fn read(part: &Part, request: bool, findings: &mut Findings) -> Vec<FieldRow> {
    let read = part
        .rows
        .iter()
        .filter_map(|row| read_row(part, row, findings));
    let (widths, mut rows): (Vec<Option<usize>>, Vec<FieldRow>) = read.unzip();
    let columns = part.columns.len();
    let mut long = part.rows.iter().filter(|row| row.cells.len() > columns);
    if let Some(first) = long.next() {
        let message = match long.count() {
            0 => "this row has more cells than the table has columns".to_owned(),
            more => format!("this row and {more} more have more cells than the table has columns"),
        };
        let help = "read the rest as part of the last cell; write a bar as `\\|`";
        findings.note(first.at, message, help);
    }
    depths(&mut rows, &widths);
    let unsaid = |row: &&FieldRow| row.required.is_none() && !row.name.is_empty();
    for row in rows.iter().filter(|row| request && unsaid(row)) {
        let help = "assumed optional; add `required: true` if it is not";
        findings.note(row.at, "the row does not say whether it is required", help);
    }
    rows
}

/// Markdown writes `a\_b` for the name `a_b`, which is reported once per page.
pub(super) fn escaped_names(parts: &[Part], findings: &mut Findings) {
    let names = parts::rows(parts).filter_map(|(part, row)| part.columns.cell(row, Column::Name));
    let mut escaped = names.filter(|cell| cell.raw.contains("\\_"));
    let Some(first) = escaped.next() else { return };
    let name = quoted(&first.raw);
    let message = match escaped.count() {
        0 => format!("the name {name} has an escaped underscore"),
        more => format!("the name {name} and {more} more have escaped underscores"),
    };
    findings.note(first.at, message, "read without the backslashes");
}

/// A row with the width of the mark before its name; none if it does not belong to this table.
fn read_row(part: &Part, row: &Row, findings: &mut Findings) -> Option<(Option<usize>, FieldRow)> {
    let columns = &part.columns;
    let cell = |column| columns.cell(row, column);
    let raw = |column| cell(column).map_or("", |cell| cell.raw.as_str());
    let at = cell(Column::Name).map_or(row.at, |cell| cell.at);
    let mut left_out = |message: &str, help| {
        findings.left_out_rows(&[row.at.line], row.at, message, help);
        None
    };
    if row.cells.iter().all(|cell| cell.raw.is_empty()) {
        return left_out("this row is empty", "");
    }
    let (width, name) = marked(raw(Column::Name));
    let ty = types::read(&plain(raw(Column::Type)).replace('\n', " "));
    let word = plain(raw(Column::Required));
    let required = yes_or_no(&word);
    let text = columns.text(row, Column::Text);
    // The number in place of a name is the status of an error, whose table has lost its header.
    let numbered = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit());
    let strange = required.is_none() && !word.is_empty();
    if matches!(ty, Ty::Named(_) | Ty::Unclear(_)) && (numbered || strange) {
        let help = "fix the page and import it again, or add what the row says by hand";
        return left_out("this row does not fit the columns of its table", help);
    }
    if strange {
        let message = format!("{} says neither required nor optional", quoted(&word));
        findings.note(
            at,
            message,
            "assumed optional; say in `doc` when it is required",
        );
    }
    let filled = |column| Some(plain(raw(column))).filter(|text| !text.is_empty() && text != "-");
    let row = FieldRow {
        name,
        ty,
        required,
        example: filled(Column::Example),
        text,
        at,
        type_at: cell(Column::Type).map_or(at, |cell| cell.at),
        text_at: cell(Column::Text).map_or(at, |cell| cell.at),
        line: row.at.line,
        depth: None,
        question: None,
    };
    Some((width, row))
}

/// A name without the mark that says how deep it is, and how wide the mark is, if there is one.
pub(super) fn marked(raw: &str) -> (Option<usize>, String) {
    const MARKS: &str = "└├│─∟┗┣━>·•－↳ \u{a0}\u{3000}";
    let text = raw
        .replace("&emsp;", "\u{3000}")
        .replace("&nbsp;", "\u{a0}")
        .replace("&gt;", ">");
    let text = text.trim_start_matches([' ', '\t']);
    let dashed = text.strip_prefix("- ").map(|rest| format!("─{rest}"));
    let text = dashed.as_deref().unwrap_or(text);
    let rest = text.trim_start_matches(|c| MARKS.contains(c));
    let width = text.chars().count() - rest.chars().count();
    // A name that breaks over lines is one all the same.
    let name = plain(rest).split('\n').map(str::trim).collect();
    ((width > 0).then_some(width), name)
}

/// Turns widths of marks, or dots in names, into depths. In a table without either there are none.
fn depths(rows: &mut [FieldRow], widths: &[Option<usize>]) {
    if widths.iter().any(Option::is_some) {
        let mut open: Vec<usize> = vec![0];
        for (row, width) in rows.iter_mut().zip(widths) {
            let width = width.unwrap_or(0);
            while open.len() > 1 && open.last().is_some_and(|last| *last > width) {
                open.pop();
            }
            if open.last().is_some_and(|last| *last < width) {
                open.push(width);
            }
            row.depth = Some(open.len() - 1);
        }
        return;
    }
    // `list.id` behind `list` is the field `id` of its elements.
    let mut paths: Vec<Vec<String>> = Vec::new();
    for row in rows.iter() {
        let parts = row
            .name
            .split('.')
            .map(|part| part.trim_end_matches("[]").to_owned());
        let parts: Vec<String> = parts.collect();
        let head = &parts[..parts.len() - 1];
        let known = head.is_empty() || paths.iter().any(|path| path == head);
        paths.push(if known { parts } else { vec![row.name.clone()] });
    }
    if paths.iter().all(|path| path.len() == 1) {
        return;
    }
    for (row, mut path) in rows.iter_mut().zip(paths) {
        row.name = path.pop().unwrap_or_default();
        row.depth = Some(path.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> FieldRow {
        FieldRow {
            name: name.to_owned(),
            ..FieldRow::default()
        }
    }

    #[test]
    fn marks_say_how_deep_a_row_is() {
        assert_eq!(marked("└ name"), (Some(2), "name".to_owned()));
        assert_eq!(marked("- name"), (Some(1), "name".to_owned()));
        assert_eq!(marked("&emsp;&emsp;name"), (Some(2), "name".to_owned()));
        assert_eq!(marked(" na\\_me"), (None, "na_me".to_owned()));
        let mut rows = ["a", "b", "c", "d"].map(row);
        depths(&mut rows, &[None, Some(2), Some(4), Some(2)]);
        assert_eq!(
            rows.map(|row| row.depth),
            [Some(0), Some(1), Some(2), Some(1)]
        );
    }

    #[test]
    fn dots_lead_into_what_came_before() {
        let mut rows = ["list", "list[].id", "list.more", "list.more.x", "v1.x"].map(row);
        depths(&mut rows, &[None; 5]);
        let found = rows.map(|row| (row.name, row.depth.unwrap_or(9)));
        let expected = [("list", 0), ("id", 1), ("more", 1), ("x", 2), ("v1.x", 0)];
        assert_eq!(
            found,
            expected.map(|(name, depth)| (name.to_owned(), depth))
        );
    }
}
