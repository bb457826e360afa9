//! The examples of a page, in code and in text.

use std::collections::BTreeSet;

use super::super::blocks::{Block, Line, Page};
use super::super::finding::Findings;
use super::super::inline::label;
use super::super::json::{self, Json};
use super::super::source::At;
use super::payload::Payload;
use crate::diagnostic::quoted;

/// The examples of a page. `alone` says whether data without a type may be the page's only event's.
pub(super) fn read(page: &Page<'_>, alone: bool, findings: &mut Findings) -> Vec<Payload> {
    let mut payloads = Vec::new();
    let (mut heading, mut code, mut used) = (String::new(), BTreeSet::new(), BTreeSet::new());
    for block in &page.blocks {
        let lines = match block {
            Block::Heading(text) => {
                heading = label(text);
                continue;
            }
            Block::Table(_) => continue,
            Block::Code { lines, .. } => {
                code.extend(lines.iter().map(|(number, _)| *number));
                lines
            }
            Block::Text(lines) => lines,
        };
        let bare = alone && heading.contains("biz_data");
        examples(lines, bare, &mut payloads, &mut used, findings);
    }
    // Whatever block a line is in, it is read or told, each run of such lines once.
    let mut in_run = false;
    for (number, line) in (1..).zip(&page.lines) {
        let is_code = code.contains(&number) && !line.trim().is_empty();
        let is_left = !used.contains(&number) && (is_code || looks_like_json(line));
        if is_left && !in_run {
            left(At::begin(number, line), findings);
        }
        in_run = is_left;
    }
    payloads
}

fn left(at: At, findings: &mut Findings) {
    let message = "this is not an example of an event";
    let help = "if it shows data of the event, add it by hand";
    findings.left_out(at, message, help);
}

/// The examples in lines of code or text, and the lines that they are on.
fn examples(
    mut lines: &[Line<'_>],
    bare: bool,
    payloads: &mut Vec<Payload>,
    used: &mut BTreeSet<usize>,
    findings: &mut Findings,
) {
    while let Some(((number, line), after)) = lines.split_first() {
        if !opens(line) {
            lines = after;
            continue;
        }
        let read = json::read(lines.iter().copied());
        let end = read.end.max(number + 1);
        if let Some(payload) = read.json.as_ref().and_then(|json| payload(json, bare)) {
            for (at, slip) in &read.slips {
                let message = format!("the example is not valid JSON: {slip}");
                let help = "check what it became in the spec";
                findings.note(*at, message, help);
            }
            for (name, at) in &payload.strays {
                let message = format!("{} is next to the data, not in it", quoted(name));
                let help = "if the event has it, add it by hand";
                findings.left_out(*at, message, help);
            }
            if let Some(at) = read.behind {
                left(at, findings);
            }
            payloads.push(payload);
            used.extend(*number..end);
        }
        lines = lines.get(end - number..).unwrap_or_default();
    }
}

/// A line that begins an object.
fn opens(line: &str) -> bool {
    line.trim_start().starts_with('{')
}

/// A line that begins as JSON does, or has a key in quotes: outside of code, JSON has lost its beginning or its fence.
fn looks_like_json(line: &str) -> bool {
    let mut quotes = line.split('"').skip(1);
    opens(line)
        || line.trim_start().starts_with('"')
        || quotes.any(|behind| behind.trim_start().starts_with([':', '：']))
}

fn payload(json: &Json, bare: bool) -> Option<Payload> {
    Payload::read(json).or_else(|| bare.then(|| Payload::bare(json)).flatten())
}
