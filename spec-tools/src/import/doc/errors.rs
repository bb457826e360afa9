//! The table of errors.

use std::collections::BTreeMap;

use super::parts::rows;
use super::{At, Builder, Column, Findings, Part, Row};
use crate::diagnostic::{Step, quoted};
use crate::names;
use crate::spec::ErrorRow;

impl Builder<'_> {
    /// The rows of all tables of errors, each once.
    pub(super) fn errors(&mut self) -> Vec<ErrorRow> {
        let parts = &self.sections.parts.errors;
        // The status of rows that give none.
        let unsaid = self.sections.legacy.map(|_| 200);
        let (findings, with_text) = (&mut self.findings, self.options.with_text);
        let mut errors: Vec<(ErrorRow, At)> = Vec::new();
        let mut repeated: Vec<At> = Vec::new();
        for (part, row) in rows(parts) {
            for error in read_row(part, row, unsaid, with_text, findings) {
                let key = (error.status, &error.code, &error.message);
                let is = |(known, _): &(ErrorRow, At)| {
                    (known.status, &known.code, &known.message) == key
                };
                if errors.iter().any(is) {
                    repeated.push(row.at);
                } else {
                    errors.push((error, row.at));
                }
            }
        }
        if let Some((at, others)) = repeated.split_first() {
            let message = match others.len() {
                0 => "this error is on the page twice".to_owned(),
                more => format!("this error and {more} more are on the page twice"),
            };
            findings.note(*at, message, "kept each once");
        }
        several_messages(&errors, findings);
        let first = parts.first().map(|part| part.at).unwrap_or_default();
        self.within(&["errors"], first, |builder| {
            for (index, (_, at)) in errors.iter().enumerate() {
                builder.places.enter(Step::Index(index), *at);
                builder.places.leave();
            }
        });
        let mut rows: Vec<ErrorRow> = errors.into_iter().map(|(row, _)| row).collect();
        name(&mut rows);
        rows
    }
}

/// The errors of a row: one for each status.
fn read_row(
    part: &Part,
    row: &Row,
    unsaid: Option<u16>,
    with_text: bool,
    findings: &mut Findings,
) -> Vec<ErrorRow> {
    let text = |column| part.text(row, column);
    let code = text(Column::Code);
    let status = text(Column::Status);
    let at = row.at;
    if code.is_empty() || matches!(code.as_str(), "-" | "—") {
        let help = "errors are identified by their code; if there is one, add it to `errors`";
        findings.left_out_rows(&[at.line], at, "this row has no error code", help);
        return Vec::new();
    }
    if part.columns.has(Column::Message) && row.cells.len() > part.columns.len() {
        let message =
            "this row has more cells than the table has columns, so a message may be cut off";
        let help = "check `message` in `errors`; write a bar as `\\|`";
        findings.note(at, message, help);
    }
    let (mut statuses, odd) = statuses(&status);
    statuses.extend(unsaid.filter(|_| status.is_empty()));
    for word in &odd {
        let message = format!("{} is not an error status", quoted(word));
        let help = "errors have a status from 400 to 599, or 200 if the reply looks like a success";
        findings.left_out(at, message, help);
    }
    let (shown_code, shown_status) = (quoted(&code), quoted(&status));
    if statuses.is_empty() {
        let message = format!("the error {shown_code} has no readable status");
        let help = "add it to `errors` with its status";
        findings.left_out_rows(&[at.line], at, message, help);
        return Vec::new();
    }
    if statuses.len() > 1 {
        let message = format!("the error {shown_code} has several statuses: {shown_status}");
        findings.note(at, message, "made a row for each");
    }
    findings.took_row(at.line);
    let doc = Some(text(Column::Text)).filter(|doc| with_text && !doc.is_empty());
    let row = |status| ErrorRow {
        status,
        code: code.clone(),
        message: message(&text(Column::Message)),
        doc: doc.clone(),
        class: None,
        rust_name: None,
    };
    statuses.into_iter().map(row).collect()
}

/// A message on one line; none if the cell is empty.
fn message(text: &str) -> Option<String> {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    (!text.is_empty() && text != "-").then_some(text)
}

/// `400/500` is two statuses; words that are not a status come second.
fn statuses(text: &str) -> (Vec<u16>, Vec<String>) {
    let mut good = Vec::new();
    let mut odd = Vec::new();
    let words = text.split(['/', ',', '，', '、', ' ', '|', '或']);
    for word in words.filter(|word| !word.is_empty()) {
        match word.parse::<u16>() {
            Ok(status) if good.contains(&status) => {}
            Ok(status @ (200 | 400..600)) => good.push(status),
            _ => odd.push(word.to_owned()),
        }
    }
    (good, odd)
}

/// Reports codes with more than one message: they are one variant in Rust.
fn several_messages(errors: &[(ErrorRow, At)], findings: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for (error, at) in errors {
        let same =
            |(other, _): &&(ErrorRow, At)| other.code == error.code && other.status == error.status;
        // The rows of one code and status differ in their messages.
        let count = errors.iter().filter(same).count();
        if count > 1 && !told.contains(&error.code.as_str()) {
            told.push(&error.code);
            let message = format!("the error {} has {count} messages", quoted(&error.code));
            let help = "made a row for each; rows with one code are one variant in Rust";
            findings.note(*at, message, help);
        }
    }
}

/// Gives codes that would share a name in Rust names of their own.
fn name(rows: &mut [ErrorRow]) {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for row in rows {
        let wanted = names::error_variant(&row.code);
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut free = [wanted.clone()].into_iter().chain(numbered);
        let is_free = |name: &String| taken.values().all(|known| known != name);
        let name = taken.get(&row.code).cloned().or_else(|| free.find(is_free));
        row.rust_name.clone_from(&name);
        row.rust_name.take_if(|name| *name == wanted);
        taken.extend(name.map(|name| (row.code.clone(), name)));
    }
}

#[cfg(test)]
mod tests {
    use super::statuses;

    #[test]
    fn several_statuses_are_told_apart() {
        assert_eq!(statuses("400/500"), (vec![400, 500], Vec::new()));
        assert_eq!(
            statuses("201/400、502"),
            (vec![400, 502], vec!["201".to_owned()])
        );
        assert_eq!(statuses(""), (Vec::new(), Vec::new()));
    }
}
