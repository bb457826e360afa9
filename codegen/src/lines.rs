//! The lines of a text, with fast access by column.

use crate::diagnostic::lines;

/// A long line remembers where so many characters begin.
const STEP: usize = 256;

/// A line, in which a column is found without counting from its start: a file may be one long line.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    /// How many characters it has.
    pub(crate) width: usize,
    /// Where every `STEP`-th character begins; empty if each character is a byte.
    marks: Vec<usize>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let width = text.chars().count();
        let marks = if width == text.len() {
            Vec::new()
        } else {
            let starts = text.char_indices().map(|(at, _)| at);
            starts.step_by(STEP).collect()
        };
        Self { text, width, marks }
    }

    /// The text from a column on, which counts from 0.
    pub(crate) fn from(&self, column: usize) -> &'a str {
        if self.marks.is_empty() {
            return self.text.get(column..).unwrap_or_default();
        }
        let Some(mark) = self.marks.get(column / STEP) else {
            return "";
        };
        let rest = self.text.get(*mark..).unwrap_or_default();
        let at = rest.char_indices().nth(column % STEP).map(|(at, _)| at);
        at.and_then(|at| rest.get(at..)).unwrap_or_default()
    }
}

/// The lines of a text.
pub(crate) fn of(text: &str) -> Vec<Line<'_>> {
    lines(text).map(Line::new).collect()
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_column_is_found_in_lines_of_any_length_and_script() {
        for text in ["", "abc", "名称", &"名a".repeat(1000), &"ab".repeat(1000)] {
            let line = Line::new(text);
            assert_eq!(line.width, text.chars().count());
            for column in [0, 1, 2, 255, 256, 257, 511, 512, 1999, 2000, 5000] {
                let rest: String = text.chars().skip(column).collect();
                assert_eq!(line.from(column), rest, "{column} of {}", line.width);
            }
        }
    }
}
