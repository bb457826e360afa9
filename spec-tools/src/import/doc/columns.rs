//! What the columns of a table hold, by their names.

use serde::Deserialize;

use super::words;
use super::{At, Cell, Row, Section, among, label, plain};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Column {
    Name,
    Type,
    Required,
    Example,
    Text,
    Status,
    Code,
    Message,
    AppType,
    Supported,
    Permission,
    Explorer,
    Value,
}

/// The maximum length of a column's name, with all its marks.
const LONGEST: usize = 64;

/// What kind of table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Parameters, or the fields of a body.
    Fields,
    /// Error codes.
    Errors,
    /// URL, method, application types and permission, each in a row.
    Basics,
    /// Which kinds of application may call the operation, each in a row.
    AppTypes,
    /// Something else.
    Other,
}

/// The columns of a table in their order; `None` for one of an unknown name.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Vec<Option<Column>>);

impl Columns {
    pub(super) fn of(header: &Row) -> Self {
        let column = |cell: &Cell| {
            // Descriptions are long, and do not name columns.
            let short = cell.raw.len() <= LONGEST;
            short.then(|| words::column(&label(&cell.raw)))?
        };
        Self(header.cells.iter().map(column).collect())
    }

    /// Without those that have no name, if most rows have no cell for them: they come of a bar too many in the header.
    pub(super) fn fitted(self, header: &Row, rows: &[Row]) -> Self {
        let is_named = |cell: &Cell| !cell.raw.is_empty();
        let named = header.cells.iter().filter(|cell| is_named(cell)).count();
        let longer = rows.iter().filter(|row| row.cells.len() > named);
        if longer.count() * 2 > rows.len() {
            return self;
        }
        let columns = self.0.into_iter().zip(&header.cells);
        let named = columns.filter(|(_, cell)| is_named(cell));
        Self(named.map(|(column, _)| column).collect())
    }

    /// What stands above the columns that are not read, though rows have something there: columns of unknown
    /// names, of none, and second ones of a kind.
    pub(super) fn unread(&self, header: &Row, rows: &[Row]) -> Vec<(String, At)> {
        let all = self.0.len() == header.cells.len();
        let cells = header.cells.iter();
        let above = cells.filter(|cell| all || !cell.raw.is_empty());
        let mut seen = Vec::new();
        let mut unread = Vec::new();
        for (at, (column, cell)) in self.0.iter().zip(above).enumerate() {
            let read = column.is_some() && !seen.contains(&column);
            seen.push(column);
            let filled = |row: &Row| row.cells.get(at).is_some_and(|cell| !cell.raw.is_empty());
            if !read && rows.iter().any(filled) {
                unread.push((plain(&cell.raw), cell.at));
            }
        }
        unread
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|c| *c == Some(column))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A row's cell in a column, if the row reaches that far.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Cell> {
        row.cells.get(self.position(column)?)
    }

    /// The text of a row in a column; in the last one with all that follows, for a bar that is not escaped parts a
    /// text in two.
    pub(super) fn text(&self, row: &Row, column: Column) -> String {
        let Some(at) = self.position(column) else {
            return String::new();
        };
        let count = if at + 1 == self.0.len() {
            usize::MAX
        } else {
            1
        };
        let cells = row.cells.iter().skip(at).take(count);
        cells
            .map(|cell| cell.raw.as_str())
            .collect::<Vec<_>>()
            .join(" | ")
    }

    pub(super) fn kind(&self, header: &Row) -> Kind {
        let has = |column| self.has(column);
        if has(Column::Name) && has(Column::Type) {
            Kind::Fields
        } else if has(Column::AppType) && has(Column::Supported) {
            Kind::AppTypes
        } else if has(Column::Code)
            && [Column::Message, Column::Status, Column::Text]
                .into_iter()
                .any(has)
        {
            Kind::Errors
        } else if is_basics(header) || (has(Column::Name) && has(Column::Value)) {
            Kind::Basics
        } else {
            Kind::Other
        }
    }
}

/// The table of URL and method has its own heading for a header in one layout.
fn is_basics(header: &Row) -> bool {
    let labels: Vec<String> = header.cells.iter().map(|cell| label(&cell.raw)).collect();
    let Some((first, rest)) = labels.split_first() else {
        return false;
    };
    let alone = rest.iter().all(String::is_empty);
    first == "http url" || (alone && words::section(first) == Some(Section::Basics))
}

/// Whether a row names the columns of a table that is known.
pub(super) fn is_header(row: &Row) -> bool {
    // A field may be called `name`, and its example `type`.
    let types = "String|Number|Boolean|Long|Integer";
    if row.cells.iter().any(|cell| among(types, &cell.raw)) {
        return false;
    }
    Columns::of(row).kind(row) != Kind::Other
}
