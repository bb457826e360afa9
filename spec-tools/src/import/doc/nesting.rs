//! Which row is inside which: tables list the fields of inner objects behind them, all on one level.
//!
//! Each row belongs to one of the objects that are open when it comes. Every way to read the rows has
//! a price: it is high where an example or the spec shows otherwise, and where an object stays empty
//! that should have fields. The cheapest reading is taken; where several are equally cheap, the rows
//! in which they differ are told, for a person to decide.

use super::{FieldRow, Inferred, Ty};
mod candidate;
mod choose;
mod frame;

use std::collections::HashMap;
use std::rc::Rc;

use candidate::Candidate;
use choose::choose;
use frame::Frame;

/// Where a row belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A field of the whole, or of what a row (by its number) holds.
    Field(Option<usize>),
    /// Not a field, but what the whole or a row consists of: the elements of a list, say.
    Inside(Option<usize>),
}

impl Place {
    /// The row in which it is; `None` for the whole.
    pub(super) fn parent(&self) -> Option<usize> {
        match self {
            Self::Field(parent) | Self::Inside(parent) => *parent,
        }
    }
}

/// A reading of a table.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Of each row where it belongs.
    pub(super) places: Vec<Place>,
    /// Rows for which another place is as good, with all those places.
    pub(super) unclear: Vec<(usize, Vec<Place>)>,
}

/// Prices. Only their order matters: an example weighs more than a habit of the pages. What costs no
/// more than a preference does not decide; it says which of several equally good readings is shown.
mod price {
    /// So many preferences are less than anything that decides.
    pub(super) const PREFERENCES: u64 = 1024;
    /// A field of what pages seldom describe where they use it: a type with a name, one that is described
    /// already, or a bare `Map`.
    pub(super) const OF_NAMED: u64 = 1;
    /// A field that no example shows, where none shows the object either.
    pub(super) const UNSEEN: u64 = 2 * PREFERENCES;
    /// A field that an example writes a little otherwise.
    pub(super) const ALIKE: u64 = PREFERENCES;
    /// A field that the examples of the object do not have.
    pub(super) const NOT_SHOWN: u64 = 5 * PREFERENCES;
    /// An object that gets no fields.
    pub(super) const EMPTY: u64 = 3 * PREFERENCES;
    /// The same, though an example shows fields in it.
    pub(super) const EMPTY_BUT_SHOWN: u64 = 5 * PREFERENCES;
    /// A field of a list of texts, say.
    pub(super) const NEVER: u64 = 400 * PREFERENCES;
    /// A field here that an example has there, where it could be.
    pub(super) const MISPLACED: u64 = 60 * PREFERENCES;
    /// A row that is there again as it is.
    pub(super) const REPEATED: u64 = 4 * PREFERENCES;
    /// A second field of a name.
    pub(super) const TWICE: u64 = 200 * PREFERENCES;
    /// What is so much dearer than another reading never becomes the cheapest.
    pub(super) const HOPELESS: u64 = 120 * PREFERENCES;
    /// Another depth than a mark says.
    pub(super) const OTHER_DEPTH: u64 = 1000 * PREFERENCES;
}

/// How many candidates are followed at once.
const CANDIDATES: usize = 48;

/// The rows of a table.
struct Rows<'s> {
    lines: &'s [FieldRow],
    /// The last row of each name.
    last: HashMap<&'s str, usize>,
}

impl<'s> Rows<'s> {
    fn new(lines: &'s [FieldRow]) -> Self {
        let names = lines.iter().map(|line| line.name.as_str());
        let last = names.zip(0..).collect();
        Self { lines, last }
    }

    /// The name, if it comes again behind a row.
    fn again(&self, name: &str, row: usize) -> Option<&'s str> {
        let (name, last) = self.last.get_key_value(name)?;
        (*last > row).then_some(*name)
    }
}

/// All ways to read the rows up to one.
#[derive(Debug)]
struct Layer<'s> {
    /// Those that are followed.
    candidates: Vec<Candidate<'s>>,
    /// Those that are not, for there are too many.
    cut: Vec<Candidate<'s>>,
}

/// Reads rows whose whole has the given shapes.
pub(super) fn read(lines: &[FieldRow], shown: &[Rc<Inferred>]) -> Reading {
    let root = Frame {
        empty: 0,
        ..Frame::new(None, &Ty::Object, shown.to_vec())
    };
    let first = Candidate {
        frames: vec![Rc::new(root)],
        lost: Vec::new(),
        place: Place::Field(None),
        cost: 0,
        from: Vec::new(),
    };
    let mut layers = vec![Layer {
        candidates: vec![first],
        cut: Vec::new(),
    }];
    let rows = Rows::new(lines);
    for row in 0..lines.len() {
        let mut next: Vec<Candidate<'_>> = Vec::new();
        let mut best = u64::MAX;
        for (number, candidate) in layers[row].candidates.iter().enumerate() {
            let most = best.saturating_add(price::HOPELESS);
            for step in candidate.steps(number, &rows, row, most.saturating_sub(candidate.cost)) {
                best = best.min(step.cost);
                add(&mut next, step);
            }
        }
        next.sort_by_key(|candidate| candidate.cost);
        next.retain(|candidate| candidate.cost <= best.saturating_add(price::HOPELESS));
        let cut = next.split_off(CANDIDATES.min(next.len()));
        let candidates = next;
        layers.push(Layer { candidates, cut });
    }
    choose(&layers)
}

/// Adds a candidate, or another road to it if it is there.
fn add<'s>(candidates: &mut Vec<Candidate<'s>>, new: Candidate<'s>) {
    let same = |known: &&mut Candidate<'s>| {
        known.place == new.place
            && known.lost == new.lost
            && known.frames.len() == new.frames.len()
            && known.frames.iter().zip(&new.frames).all(|(a, b)| {
                Rc::ptr_eq(a, b) || (a.row == b.row && a.names == b.names && a.owed == b.owed)
            })
    };
    match candidates.iter_mut().find(same) {
        Some(known) => {
            known.from.extend(new.from);
            if new.cost < known.cost {
                known.cost = new.cost;
                known.frames = new.frames;
            }
        }
        None => candidates.push(new),
    }
}

#[cfg(test)]
mod tests;
