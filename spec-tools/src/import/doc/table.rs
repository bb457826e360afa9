//! Tables: rows of cells between bars, or between tabs as a browser copies them.

use super::At;

/// A table with a header.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// None if the line that should name the columns is not there.
    pub(super) header: Option<Row>,
    pub(super) rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    pub(super) at: At,
    /// The last line that belongs to the row; cells may break over lines.
    pub(super) last_line: usize,
}

/// A cell as the page has it.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) raw: String,
    pub(super) at: At,
}

impl Table {
    /// The line on which the table begins.
    pub(super) fn at(&self) -> At {
        let first = self.header.as_ref().or(self.rows.first());
        first.map(|row| row.at).unwrap_or_default()
    }

    /// Whether it is empty.
    fn is_empty(&self) -> bool {
        let mut words = self.header.iter().flat_map(|row| &row.cells);
        self.rows.is_empty() && words.all(|cell| cell.raw.is_empty())
    }
}

impl Cell {
    /// The text between two signs, the first of which ends at a position.
    fn of(text: &str, at: At) -> Self {
        let (space, word) = text.split_at(text.len() - text.trim_start().len());
        Self {
            raw: word.trim_end().to_owned(),
            at: at.behind(space),
        }
    }
}

/// A line of a table of bars: it begins with one.
pub(super) fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The line between a header and its rows: `|---|:-:|`.
pub(super) fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.contains('-')
        && line.contains('|')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The tables that begin at `lines[0]`, which is a row, or a text that ends in a header, and how many lines they take.
///
/// A second ruler begins a second table, if the line between got lost. `known` says of a row's
/// cells whether they name columns, for headers whose ruler is lost; `stops` says which lines are
/// never part of a row that breaks over lines.
pub(super) fn read(
    lines: &[&str],
    first_line: usize,
    known: impl Fn(&Row) -> bool,
    stops: impl Fn(&str) -> bool,
) -> (Vec<Table>, usize) {
    let mut tables: Vec<Table> = Vec::new();
    let mut at = 0;
    let mut width = 0;
    while let Some(line) = lines.get(at) {
        let ruled = lines.get(at + 1).is_some_and(|next| is_ruler(next));
        if is_ruler(line) {
            at += 1;
            continue;
        }
        let begins = is_row(line) || (at == 0 && ruled);
        if !begins {
            break;
        }
        let wanted = if ruled { 0 } else { width };
        let row = row(&lines[at..], first_line + at, wanted, &stops);
        at = row.last_line + 1 - first_line;
        let header = ruled || known(&row);
        if header {
            // Markdown made of a table without a head has an empty head above the row that names the columns.
            tables.pop_if(|table| table.is_empty());
            width = row.cells.len();
        }
        match tables.last_mut() {
            Some(table) if !header => table.rows.push(row),
            _ if header => tables.push(Table {
                header: Some(row),
                rows: Vec::new(),
            }),
            _ => tables.push(Table {
                header: None,
                rows: vec![row],
            }),
        }
    }
    (tables, at)
}

/// The row that begins in the first of `lines`. If it is not whole, it goes on as far as a line that makes it so;
/// `width` is how many cells it should have.
fn row(lines: &[&str], line: usize, width: usize, stops: &impl Fn(&str) -> bool) -> Row {
    /// How many lines a cell may break over.
    const LONGEST: usize = 60;
    let whole = |text: &str| text.trim_end().ends_with('|') && bars(text).count() > width;
    let goes_on = |next: &&&str| !(is_row(next) || is_ruler(next) || stops(next));
    let mut text = lines[0].to_owned();
    let mut used = 1;
    if width > 0 && !whole(&text) {
        for next in lines.iter().skip(1).take(LONGEST).take_while(goes_on) {
            text.push('\n');
            text.push_str(next);
            used += 1;
            if whole(&text) {
                break;
            }
        }
        if !whole(&text) {
            lines[0].clone_into(&mut text);
            used = 1;
        }
    }
    Row {
        cells: cells(&text, At::line(line)),
        at: At::begin(line, lines[0]),
        last_line: line + used - 1,
    }
}

/// Where the bars of a text are that are not escaped.
fn bars(text: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    text.char_indices().filter_map(move |(at, c)| {
        let bar = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        bar.then_some(at)
    })
}

/// The cells of a row that begins at a position, without the text before its first bar.
fn cells(text: &str, begin: At) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut bars = bars(text).peekable();
    let (mut at, mut from) = (begin, 0);
    while let Some(bar) = bars.next() {
        at = at.behind(&text[from..=bar]);
        from = bar + 1;
        let inside = &text[from..bars.peek().copied().unwrap_or(text.len())];
        if bars.peek().is_some() || !inside.trim().is_empty() {
            cells.push(Cell::of(inside, at));
        }
    }
    cells
}

/// A table with tabs between its cells that begins at `lines[0]`, its header, and how many lines it takes.
/// Another header, or what `stops` says, ends it.
pub(super) fn read_tabs(
    lines: &[&str],
    first_line: usize,
    known: impl Fn(&Row) -> bool,
    stops: impl Fn(&str) -> bool,
) -> (Table, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let (mut used, mut blank) = (1, false);
    for (at, line) in lines.iter().enumerate() {
        let number = first_line + at;
        if at > 0 && (stops(line) || tab_header(line, number).is_some_and(|row| known(&row))) {
            break;
        }
        if line.trim().is_empty() {
            blank = true;
            continue;
        }
        let row = tab_row(line, number);
        let width = rows.first().map_or(2, |header| header.cells.len());
        match rows.last_mut() {
            _ if row.cells.len() >= width => rows.push(row),
            // A cell of several lines goes on; after an empty line only if a row follows.
            Some(last) if !blank => {
                if let Some(cell) = last.cells.last_mut() {
                    cell.raw.push('\n');
                    cell.raw.push_str(line.trim());
                }
                last.last_line = number;
            }
            _ => break,
        }
        blank = false;
        used = at + 1;
    }
    let mut rows = rows.into_iter();
    let header = rows.next();
    let rows = rows.collect();
    (Table { header, rows }, used)
}

fn tab_row(line: &str, number: usize) -> Row {
    let mut at = At::line(number);
    let cells = line.split('\t').map(|text| {
        let cell = Cell::of(text, at);
        at = At::new(number, at.behind(text).column + 1);
        cell
    });
    Row {
        cells: cells.collect(),
        at: At::line(number),
        last_line: number,
    }
}

/// The first row of a table of tabs, to see whether it names columns.
pub(super) fn tab_header(line: &str, number: usize) -> Option<Row> {
    line.contains('\t').then(|| tab_row(line, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<Table> {
        let lines: Vec<&str> = text.split('\n').collect();
        read(&lines, 1, |_| false, |line| line.starts_with('#')).0
    }

    fn raw(row: &Row) -> Vec<&str> {
        row.cells.iter().map(|cell| cell.raw.as_str()).collect()
    }

    #[test]
    fn cells_keep_escaped_bars_and_know_where_they_stand() {
        let tables = read_all("| a | b |\n|---|---|\n|  x\\|y | |");
        let row = &tables[0].rows[0];
        assert_eq!(raw(row), ["x\\|y", ""]);
        assert_eq!(row.cells[0].at, At::new(3, 4));
    }

    #[test]
    fn a_cell_may_break_over_lines() {
        let text = "| n | d |\n|--|--|\n| a | one\n\n- two |\n| b | three |";
        let tables = read_all(text);
        assert_eq!(raw(&tables[0].rows[0]), ["a", "one\n\n- two"]);
        assert_eq!(tables[0].rows[0].last_line, 5);
        assert_eq!(raw(&tables[0].rows[1]), ["b", "three"]);
    }

    #[test]
    fn a_row_that_never_ends_takes_no_other_with_it() {
        let tables = read_all("| n | d |\n|--|--|\n| a | one\n| b | two |\n| c\n# Next");
        let rows: Vec<_> = tables[0].rows.iter().map(raw).collect();
        assert_eq!(rows, [vec!["a", "one"], vec!["b", "two"], vec!["c"]]);
    }

    #[test]
    fn text_may_run_into_the_header() {
        let tables = read_all("Some words.| n | d |\n|--|--|\n| a | b |");
        assert_eq!(raw(tables[0].header.as_ref().unwrap()), ["n", "d"]);
    }

    #[test]
    fn a_second_ruler_begins_a_second_table() {
        let tables = read_all("| n |\n|--|\n| a |\n| m |\n|--|\n| b |");
        assert_eq!(tables.len(), 2);
        assert_eq!(raw(&tables[1].rows[0]), ["b"]);
    }

    #[test]
    fn an_empty_head_gives_way_to_the_row_that_names_the_columns() {
        let text = "|  |  |\n|--|--|\n| n | d |\n| a | one |";
        let lines: Vec<&str> = text.split('\n').collect();
        let tables = read(&lines, 1, |row| row.cells[0].raw == "n", |_| false).0;
        assert_eq!(tables.len(), 1);
        assert_eq!(raw(tables[0].header.as_ref().unwrap()), ["n", "d"]);
        assert_eq!(raw(&tables[0].rows[0]), ["a", "one"]);
    }

    #[test]
    fn tabs_part_cells_too() {
        let lines = [
            "n\tt\td",
            "a\tString\tone of",
            "x",
            "b\tLong\t",
            "",
            "words",
        ];
        let (table, used) = read_tabs(&lines, 1, |_| false, |_| false);
        assert_eq!(used, 4);
        assert_eq!(raw(&table.rows[0]), ["a", "String", "one of\nx"]);
        assert_eq!(raw(&table.rows[1]), ["b", "Long", ""]);
    }
}
