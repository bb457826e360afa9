//! Writes to standard output.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use dingtalk_api::generated::Serialize;

use crate::failure::Failure;

/// Writes text, ending it with a newline.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let written = write!(out, "{text}{end}").and_then(|()| out.flush());
    written.map_err(|error| match error.kind() {
        // The reader, for example `head`, has seen enough.
        io::ErrorKind::BrokenPipe => Failure::silent(),
        _ => Failure::failed(format!("cannot write the output: {error}")),
    })
}

/// Writes JSON, indented for people.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    print(&serde_json::to_string_pretty(value).map_err(|error| no_json(&error))?)
}

/// The value as JSON, to add to it.
pub fn to_json(value: &impl Serialize) -> Result<serde_json::Value, Failure> {
    serde_json::to_value(value).map_err(|error| no_json(&error))
}

fn no_json(error: &serde_json::Error) -> Failure {
    Failure::failed(format!("cannot encode the output as JSON: {error}"))
}

/// Aligns the columns of rows; the last column is not padded.
pub fn table<const N: usize>(rows: &[[impl AsRef<str>; N]]) -> String {
    let mut text = String::new();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| cell.as_ref().chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<_> = (0..N).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            // Writing to a String cannot fail.
            let _ = write!(line, "{:width$}  ", cell.as_ref());
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
