//! The examples of a page, in code and in text.

use super::super::blocks::{Block, Line, Page};
use super::super::finding::Findings;
use super::super::inline::label;
use super::super::json::{self, Json};
use super::super::source::At;
use super::payload::Payload;

/// The examples of a page. `alone` says whether data without a type may be the page's only event's.
pub(super) fn read(page: &Page<'_>, alone: bool, findings: &mut Findings) -> Vec<Payload> {
    let mut payloads = Vec::new();
    let mut heading = String::new();
    for block in &page.blocks {
        let (lines, in_code) = match block {
            Block::Heading(text) => {
                heading = label(text);
                continue;
            }
            Block::Table(_) => continue,
            Block::Code { lines, .. } => (lines, true),
            Block::Text(lines) => (lines, false),
        };
        let bare = alone && heading.contains("biz_data");
        examples(lines, in_code, bare, &mut payloads, findings);
    }
    payloads
}

/// The examples in lines of code or text.
fn examples(
    mut lines: &[Line<'_>],
    in_code: bool,
    bare: bool,
    payloads: &mut Vec<Payload>,
    findings: &mut Findings,
) {
    let mut rest = None;
    while let Some(((number, line), after)) = lines.split_first() {
        if !opens(line) {
            // In text, JSON has lost its beginning or its block of code.
            let first = line.trim_start().chars().next();
            let is_left = first.is_some_and(|first| in_code || first == '"');
            if is_left {
                rest.get_or_insert(At::begin(*number, line));
            }
            lines = after;
            continue;
        }
        let read = json::read(lines.iter().copied());
        match read.json.as_ref().and_then(|json| payload(json, bare)) {
            Some(payload) => {
                for (at, slip) in &read.slips {
                    let message = format!("the example is not valid JSON: {slip}");
                    let help = "check what it became in the spec";
                    findings.note(*at, message, help);
                }
                payloads.push(payload);
            }
            None => {
                rest.get_or_insert(At::begin(*number, line));
            }
        }
        let used = read.end.saturating_sub(*number).max(1);
        lines = lines.get(used..).unwrap_or_default();
    }
    if let Some(at) = rest {
        let message = "this is not an example of an event";
        let help = "if it shows data of the event, add it by hand";
        findings.left_out(at, message, help);
    }
}

/// A line that begins an object.
fn opens(line: &str) -> bool {
    line.trim_start().starts_with('{')
}

fn payload(json: &Json, bare: bool) -> Option<Payload> {
    Payload::read(json).or_else(|| bare.then(|| Payload::bare(json)).flatten())
}
