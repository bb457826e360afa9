//! Values in a table inside a description, which stands there on one line.

use super::token::is_value;
use super::{Ask, Found, Value};
use crate::import::doc::inline::{among, label, plain};

/// What stands above a column of values.
const ABOVE: &str = "值|取值|可选值|枚举值|枚举|参数值|字段值|类型值|状态值|value|values|enum";

/// The values of a table that has a column of them.
pub(super) fn read(table: &str, ask: &Ask<'_>) -> Option<Found> {
    let cells = table
        .split('|')
        .map(|cell| cell.trim_end_matches('\\').trim());
    let cells: Vec<&str> = cells.collect();
    let ruler = cells.iter().position(|cell| is_ruler(cell))?;
    let width = cells[ruler..]
        .iter()
        .take_while(|cell| is_ruler(cell))
        .count();
    // Between two rows there is the end of one and the beginning of the other.
    let header = cells
        .get(ruler.checked_sub(width + 1)?..)?
        .iter()
        .take(width);
    let column = header
        .map(|cell| label(cell))
        .position(|label| among(ABOVE, &label))?;
    let rows = cells.get(ruler + width + 1..)?;
    let mut found = Found::default();
    for row in rows.chunks(width + 1).filter(|row| row.len() >= width) {
        let mut row: Vec<String> = row.iter().take(width).map(|cell| plain(cell)).collect();
        let text = row
            .remove(column)
            .trim_matches(['"', '\'', '“', '”'])
            .to_owned();
        if !is_value(&text, ask.integer) {
            return None;
        }
        let meaning = row.join(" ").trim().to_owned();
        found.values.push(Value { text, meaning });
    }
    (!found.values.is_empty()).then_some(found)
}

fn is_ruler(cell: &str) -> bool {
    cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'))
}
