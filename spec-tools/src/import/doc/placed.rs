//! Rows with their places: which row of a table is inside which other.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::Rc;

use super::nesting::{self, Place, Reading};
use super::{FieldRow, Findings, Inferred};
use crate::diagnostic::quoted;

/// A row with the rows inside it.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) row: FieldRow,
    /// The fields of what it holds.
    pub(super) fields: Vec<Node>,
    /// The row that says what its elements or values are.
    pub(super) inside: Option<Box<Node>>,
    /// The question, if its place is not plain.
    pub(super) question: Option<Question>,
}

/// The rows of a table, each inside the row to which it belongs.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) top: Vec<Node>,
    /// The row that describes the whole if there is no other: a body that is a list, say.
    pub(super) whole: Option<Box<Node>>,
}

/// What is to be asked of a row whose place is not plain.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) text: String,
    /// Whether the other places are all around the one that was taken: a question where that object ends
    /// asks the same.
    pub(super) further_out: bool,
}

impl Placed {
    /// Finds out where rows belong. `shown` is what examples and the spec show of the whole.
    pub(super) fn of(rows: Vec<FieldRow>, shown: &[Rc<Inferred>], findings: &mut Findings) -> Self {
        let reading = nesting::read(&rows, shown);
        let mut questions = questions(&rows, &reading);
        let places = reading.places;
        // What each row holds, and the whole behind the last row.
        let mut held: Vec<Placed> = Vec::new();
        held.resize_with(rows.len() + 1, Self::default);
        let last = rows.len();
        // The rows inside a row come behind it.
        for (number, row) in rows.into_iter().enumerate().rev() {
            let Self { mut top, whole } = std::mem::take(&mut held[number]);
            top.reverse();
            let holder = &mut held[places[number].parent().unwrap_or(last)];
            let node = Node {
                row,
                fields: top,
                inside: whole,
                question: questions.remove(&number),
            };
            match places[number] {
                Place::Field(_) => holder.top.push(node),
                Place::Inside(_) if is_free(&places, number) => holder.whole = Some(node.into()),
                Place::Inside(_) => {
                    let message =
                        "this row has no name, and no list or map before it that it could describe";
                    node.row
                        .left_out(message, "give it a name, or remove it", findings);
                }
            }
        }
        let Self { mut top, whole } = held.pop().unwrap_or_default();
        top.reverse();
        if let Some(node) = whole.as_ref().filter(|_| !top.is_empty()) {
            let message = "this row describes the whole body, but the table has other rows too";
            node.row
                .left_out(message, "read the others as its fields", findings);
        }
        let whole = whole.filter(|_| top.is_empty());
        Self { top, whole }
    }
}

impl Node {
    /// The lines of the row and of all rows inside it.
    pub(super) fn lines(&self) -> Vec<usize> {
        let inner = self.fields.iter().chain(self.inside.as_deref());
        [self.row.line]
            .into_iter()
            .chain(inner.flat_map(Self::lines))
            .collect()
    }
}

/// Whether nothing before a row says what the elements are that it describes.
fn is_free(places: &[Place], number: usize) -> bool {
    let place = places[number];
    let field = place.parent().map(|of| Place::Field(Some(of)));
    let mut before = places.iter().take(number);
    before.all(|other| *other != place && Some(*other) != field)
}

/// The questions about rows whose place is not plain, by the numbers of the rows.
fn questions(rows: &[FieldRow], reading: &Reading) -> HashMap<usize, Question> {
    /// So many places does a question name.
    const NAMED: usize = 4;
    let name = |place: &Place| match place.parent().map(|of| &rows[of]) {
        Some(row) => format!("{} on line {}", row.shown(), row.line),
        None => "the whole".to_owned(),
    };
    let question = |(number, places): &(usize, Vec<Place>)| {
        // The one that was taken, and the nearest ones first.
        let (taken, others) = places.split_first()?;
        let mut others = others.to_vec();
        others.sort_by_key(|place| Reverse(place.parent()));
        let around = |of: &usize| reading.places[*of].parent();
        let outer: Vec<usize> = std::iter::successors(taken.parent(), around).collect();
        let is_outer = |place: &Place| match place {
            Place::Field(of) => of.is_none_or(|of| outer.contains(&of)),
            Place::Inside(_) => false,
        };
        let further_out = others.iter().all(is_outer);
        let mut names: Vec<String> = [taken].into_iter().chain(&others).map(name).collect();
        if let Some(more @ 2..) = names.len().checked_sub(NAMED) {
            names.truncate(NAMED);
            names.push(format!("one of {more} more"));
        }
        let field = quoted(&rows[*number].name);
        let text = format!("Is {field} a field of {}?", names.join(" or of "));
        Some((*number, Question { text, further_out }))
    };
    reading.unclear.iter().filter_map(question).collect()
}
