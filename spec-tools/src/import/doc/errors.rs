//! The table of errors.

use super::columns::Column;
use super::finding::Findings;
use super::inline::plain;
use super::parts::Part;
use super::places::Places;
use super::source::At;
use super::table::Row;
use crate::diagnostic::{Step, shown};
use crate::names;
use crate::spec::ErrorRow;

/// The rows of all tables of errors, each once.
pub(super) fn read(
    parts: &[Part],
    with_text: bool,
    places: &mut Places,
    findings: &mut Findings,
) -> Vec<ErrorRow> {
    let mut errors: Vec<(ErrorRow, At)> = Vec::new();
    let mut repeated: Vec<At> = Vec::new();
    for part in parts {
        for row in &part.rows {
            read_row(part, row, with_text, &mut errors, &mut repeated, findings);
        }
    }
    if let Some(at) = repeated.first() {
        let message = match repeated.len() {
            1 => "this error stands in the page twice".to_owned(),
            n => format!("this error and {} more stand in the page twice", n - 1),
        };
        findings.note(*at, message, "each was taken once");
    }
    several_messages(&errors, findings);
    places.enter(
        Step::Key("errors".to_owned()),
        parts.first().map_or(At::line(1), |part| part.at),
    );
    for (index, (_, at)) in errors.iter().enumerate() {
        places.enter(Step::Index(index), *at);
        places.leave();
    }
    places.leave();
    let mut rows: Vec<ErrorRow> = errors.into_iter().map(|(row, _)| row).collect();
    name(&mut rows);
    rows
}

fn read_row(
    part: &Part,
    row: &Row,
    with_text: bool,
    errors: &mut Vec<(ErrorRow, At)>,
    repeated: &mut Vec<At>,
    findings: &mut Findings,
) {
    let text = |column| plain(&part.columns.text(row, column));
    let code = text(Column::Code);
    let message = message(&text(Column::Message));
    let status = text(Column::Status);
    let lines = [row.at.line];
    if code.is_empty() || matches!(code.as_str(), "-" | "—") {
        let why = "this row has no error code";
        return findings.left_out_rows(
            &lines,
            row.at,
            why,
            "an error is known by its code; if there is one, add it to `errors`",
        );
    }
    if part.columns.has(Column::Message) && row.cells.len() > part.columns.len() {
        let why =
            "this row has more cells than the table has columns, so that a message may be cut";
        findings.note(
            row.at,
            why,
            "look at `message` in `errors`; write `\\|` for a bar in a text",
        );
    }
    let (statuses, odd) = statuses(&status);
    for word in &odd {
        let why = format!("{} is no status of an error", shown(word));
        findings.left_out(
            row.at,
            why,
            "an error comes with 400 to 599, or with 200 in a reply that looks well",
        );
    }
    if statuses.is_empty() {
        let why = format!(
            "the error {} comes with no status that can be read",
            shown(&code)
        );
        return findings.left_out_rows(&lines, row.at, why, "add it to `errors` with its status");
    }
    if statuses.len() > 1 {
        let why = format!(
            "the error {} comes with several statuses: {}",
            shown(&code),
            shown(&status)
        );
        findings.note(row.at, why, "each became a row of its own");
    }
    findings.took_row(row.at.line);
    for status in statuses {
        let doc = text(Column::Text);
        let error = ErrorRow {
            status,
            code: code.clone(),
            message: message.clone(),
            doc: (with_text && !doc.is_empty()).then_some(doc),
            class: None,
            rust_name: None,
        };
        let same = |(known, _): &(ErrorRow, At)| {
            known.status == error.status
                && known.code == error.code
                && known.message == error.message
        };
        if errors.iter().any(same) {
            repeated.push(row.at);
        } else {
            errors.push((error, row.at));
        }
    }
}

/// A message on one line; none if the cell is empty.
fn message(text: &str) -> Option<String> {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    (!text.is_empty() && text != "-").then_some(text)
}

/// `400/500` are two; what is no status is told apart.
fn statuses(text: &str) -> (Vec<u16>, Vec<String>) {
    let mut good = Vec::new();
    let mut odd = Vec::new();
    for word in text
        .split(['/', ',', '，', '、', ' ', '|', '或'])
        .filter(|word| !word.is_empty())
    {
        match word.parse::<u16>() {
            Ok(status) if status == 200 || (400..600).contains(&status) => {
                if !good.contains(&status) {
                    good.push(status);
                }
            }
            _ => odd.push(word.to_owned()),
        }
    }
    (good, odd)
}

/// Codes that come with more than one message are one variant in Rust.
fn several_messages(errors: &[(ErrorRow, At)], findings: &mut Findings) {
    let mut told: Vec<&str> = Vec::new();
    for (error, at) in errors {
        let others = errors.iter().filter(|(other, _)| {
            other.code == error.code
                && other.status == error.status
                && other.message != error.message
        });
        let count = others.count();
        if count > 0 && !told.contains(&error.code.as_str()) {
            told.push(&error.code);
            let message = format!(
                "the error {} comes with {} messages",
                shown(&error.code),
                count + 1
            );
            findings.note(
                *at,
                message,
                "each became a row; rows of one code are one variant in Rust",
            );
        }
    }
}

/// Codes that would be one name in Rust get names of their own.
fn name(rows: &mut [ErrorRow]) {
    let mut taken: Vec<(String, String)> = Vec::new();
    for row in rows {
        let wanted = names::error_variant(&row.code);
        if let Some((_, name)) = taken.iter().find(|(code, _)| *code == row.code) {
            row.rust_name = (*name != wanted).then(|| name.clone());
            continue;
        }
        let mut name = wanted.clone();
        let mut number = 2;
        while taken.iter().any(|(_, known)| *known == name) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        row.rust_name = (name != wanted).then(|| name.clone());
        taken.push((row.code.clone(), name));
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
