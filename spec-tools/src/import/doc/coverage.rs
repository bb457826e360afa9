//! Accounts for every row of a page: each becomes part of the facts or is reported.

use super::columns::is_header;
use super::table::is_row;
use super::{At, Block, Findings, Line, Page, Part};

/// Every row of every table, and every line that looks like one, must become part of the facts or be reported.
pub(super) fn expect_rows(page: &Page<'_>, findings: &mut Findings) {
    for block in &page.blocks {
        match block {
            Block::Code { lines, .. } => {
                let why = "this looks like a table row, but is in a code block";
                stray_rows(lines, why, findings);
            }
            Block::Text(lines) => {
                let why = "this looks like a table row, but its table has no beginning";
                stray_rows(lines, why, findings);
            }
            Block::Table(table) => {
                // A header that names no known column may be a row.
                let header = table.header.iter().filter(|header| !is_header(header));
                for row in header.chain(&table.rows) {
                    findings.expect_row(row.at.line);
                }
            }
            Block::Heading(_) => {}
        }
    }
}

/// Reports lines outside of tables that look like rows.
fn stray_rows(lines: &[Line<'_>], why: &str, findings: &mut Findings) {
    for (at, (number, line)) in lines.iter().enumerate() {
        // A row that broke after its first cell goes on in the next line.
        let next = lines.get(at + 1).map(|(_, next)| *next);
        let breaks = is_row(line) && next.is_some_and(|next| is_row(next) && looks_like_row(next));
        if looks_like_row(line) || breaks {
            let help = "if it is one, fix the page and import it again";
            findings.left_out_rows(&[*number], At::line(*number), why, help);
        }
    }
}

/// Cells between bars, not a program's `a || b`.
fn looks_like_row(line: &str) -> bool {
    let line = line.trim();
    let bars = line.matches('|').count();
    let spaced = line.matches(" | ").count() > 1 || (line.ends_with(" |") && line.contains(" | "));
    bars > 1 && (line.starts_with('|') || (spaced && !line.contains("||")))
}

/// Reports the rows that nothing used.
pub(super) fn open_rows(others: &[Part], findings: &mut Findings) {
    for part in others {
        let open = findings.open_rows();
        let lines = part.rows.iter().map(|row| row.at.line);
        let mut rows: Vec<usize> = lines.chain([part.at.line]).collect();
        rows.retain(|line| open.contains(line));
        if !rows.is_empty() {
            let message = match part.columns.len() {
                0 => "this table has no header row",
                _ => "this table describes neither parameters nor errors",
            };
            let help = "add what it says about a field to the field's `doc` or `enum`";
            findings.left_out_rows(&rows, part.at, message, help);
        }
    }
    for line in findings.open_rows() {
        let help = "add what it says by hand";
        findings.left_out_rows(&[line], At::line(line), "this row could not be read", help);
    }
}
