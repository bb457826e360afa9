//! A line of a file with a marker under a place in it.

use std::fmt;

use crate::diagnostic::{Span, is_invisible, lines};
use crate::lines::Line;

/// How many columns of a line are shown at most.
const WIDTH: usize = 100;

/// A line of text and the stretch of it that is marked.
pub struct Excerpt<'a> {
    /// The number of the line, from 1.
    pub line: usize,
    /// As many characters as may be shown, and the number of the first.
    text: &'a str,
    from: usize,
    /// How many characters the line has.
    width: usize,
    start: usize,
    end: usize,
}

impl<'a> Excerpt<'a> {
    /// The first line of a place. A place that reaches over several lines is marked to the end of
    /// its first.
    pub fn new(text: &'a str, span: Span) -> Self {
        let line = lines(text).nth(span.line.saturating_sub(1));
        Self::of_line(&Line::new(line.unwrap_or_default()), span)
    }

    /// The same, if the line is at hand.
    pub(crate) fn of_line(line: &Line<'a>, span: Span) -> Self {
        let start = span.column.saturating_sub(1);
        let end = if span.end_line > span.line {
            let blanks = line.text.len() - line.text.trim_end().len();
            line.width.saturating_sub(blanks)
        } else {
            span.end_column.saturating_sub(1)
        };
        // What is far from the marker is not even looked at.
        let from = if start > WIDTH {
            start.min(line.width).saturating_sub(WIDTH / 4)
        } else {
            0
        };
        Self {
            line: span.line,
            text: line.from(from),
            from,
            width: line.width,
            start,
            end: end.max(start + 1),
        }
    }

    /// Writes the line and the marker, both after a margin of `margin` columns.
    pub fn write(&self, out: &mut impl fmt::Write, margin: usize, label: &str) -> fmt::Result {
        let cells = self.text.chars().take(2 * WIDTH + 1).map(Cell::new);
        let cells: Vec<Cell> = cells.collect();
        let shift = window(&cells, self.start - self.from);
        let (from, to) = (self.from + shift.0, self.from + shift.1);
        let mut line = String::new();
        let mut mark = String::new();
        if from > 0 {
            line.push('…');
            mark.push(' ');
        }
        for (at, cell) in (from..to).zip(cells.iter().skip(shift.0)) {
            line.push(cell.shown);
            if at < self.end {
                let sign = if at < self.start { ' ' } else { '^' };
                mark.extend(std::iter::repeat_n(sign, cell.width));
            }
        }
        if to < self.width {
            line.push('…');
        } else if self.start >= self.width {
            // Behind the line's end: a value that is missing, say.
            mark.extend(std::iter::repeat_n(' ', self.start - self.width));
            mark.push('^');
        }
        let number = self.line;
        writeln!(out, "{:margin$} |", "")?;
        writeln!(out, "{}", format!("{number:>margin$} | {line}").trim_end())?;
        write!(out, "{:margin$} | {mark}", "")?;
        if !label.is_empty() {
            write!(out, " {label}")?;
        }
        out.write_char('\n')
    }
}

/// A character as it is shown.
#[derive(Clone, Copy)]
struct Cell {
    shown: char,
    width: usize,
}

impl Cell {
    fn new(c: char) -> Self {
        match c {
            '\t' => Self {
                shown: ' ',
                width: 1,
            },
            c if is_invisible(c) => Self {
                shown: '\u{fffd}',
                width: 1,
            },
            c => Self {
                shown: c,
                width: width(c),
            },
        }
    }
}

/// Which characters are shown, so that the marker's beginning is among them.
fn window(cells: &[Cell], start: usize) -> (usize, usize) {
    let fits = |from: usize| {
        let mut room = WIDTH;
        let rest = cells.iter().skip(from);
        from + rest
            .take_while(|cell| {
                let fits = cell.width <= room;
                room = room.saturating_sub(cell.width);
                fits
            })
            .count()
    };
    let mut from = 0;
    if start + WIDTH / 4 > fits(0) && fits(0) < cells.len() {
        from = start.min(cells.len()).saturating_sub(WIDTH / 4);
    }
    (from, fits(from))
}

/// How many columns of a terminal a character takes.
pub fn width(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, column: usize, end_column: usize) -> String {
        let mut out = String::new();
        let span = Span {
            line: 1,
            column,
            end_line: 1,
            end_column,
        };
        let _ = Excerpt::new(text, span).write(&mut out, 1, "");
        out
    }

    #[test]
    fn a_tab_counts_as_one_column() {
        assert_eq!(excerpt("\ta: b", 5, 6), "  |\n1 |  a: b\n  |     ^\n");
    }

    #[test]
    fn wide_characters_move_the_marker() {
        assert_eq!(
            excerpt("名称: 文", 5, 6),
            "  |\n1 | 名称: 文\n  |       ^^\n"
        );
    }

    #[test]
    fn a_place_behind_the_line_is_marked() {
        assert_eq!(excerpt("a:", 4, 5), "  |\n1 | a:\n  |    ^\n");
    }

    #[test]
    fn long_lines_are_cut_around_the_marker() {
        let text = format!("{}x{}", "a".repeat(500), "b".repeat(500));
        let shown = excerpt(&text, 501, 502);
        assert!(
            shown.lines().all(|line| line.chars().count() < WIDTH + 10),
            "{shown}"
        );
        assert!(shown.contains("ax") && shown.contains('…'), "{shown}");
        let line = shown.lines().nth(1).and_then(|line| line.find('x'));
        let lines: Vec<&str> = shown.lines().collect();
        let column = |line: &str, c| line.chars().position(|x| x == c);
        assert!(line.is_some());
        assert_eq!(column(lines[1], 'x'), column(lines[2], '^'));
    }

    #[test]
    fn what_would_disturb_a_terminal_is_not_shown() {
        assert!(!excerpt("a\u{1b}[31m\u{202e}b", 1, 2).contains(['\u{1b}', '\u{202e}']));
    }
}
