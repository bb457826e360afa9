//! Which row is inside which: tables list the fields of inner objects behind them, all on one level.
//!
//! Each row belongs to one of the objects that are open when it comes. Every way to read the rows has
//! a price: it is high where an example or the spec shows otherwise, and where an object stays empty
//! that should have fields. The cheapest reading is taken; where several are equally cheap, the rows
//! in which they differ are told, for a person to decide.

mod choose;
mod frame;

use std::rc::Rc;

use super::sketch::Sketch;
use super::types::Ty;
use choose::choose;
use frame::{Frame, is_container};

/// A row as far as nesting is concerned.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Empty for a row that says what the values of a list or a map are.
    pub(super) name: String,
    pub(super) ty: Ty,
    /// What the row says besides: a row that is the same again was repeated by mistake.
    pub(super) text: String,
    /// How deep the row is by a mark before its name, if the table has such marks.
    pub(super) depth: Option<usize>,
}

/// Where a row belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A field of the whole, or of what a row (by its number) holds.
    Field(Option<usize>),
    /// Not a field, but what the whole or a row consists of: the elements of a list, say.
    Inside(Option<usize>),
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
    /// What is so much dearer than another way never becomes the cheapest.
    pub(super) const HOPELESS: u64 = 120 * PREFERENCES;
    /// Another depth than a mark says.
    pub(super) const OTHER_DEPTH: u64 = 1000 * PREFERENCES;
}

/// How many ways to read the rows so far are followed at once.
const WAYS: usize = 48;

/// How deep objects may be in each other; no page comes near.
const DEEPEST: usize = 20;

#[derive(Debug, Clone)]
struct Way<'s> {
    frames: Vec<Frame<'s>>,
    /// Names of rows to come that an example has in an object which is closed.
    lost: Vec<&'s str>,
    place: Place,
    cost: u64,
    /// The ways of the row before that lead here, with the price of the step.
    from: Vec<(usize, u64)>,
}

/// Reads rows whose whole has the given shapes. `whole` is the type of the whole if it is known.
pub(super) fn read(lines: &[Line], shown: &[Rc<Sketch>]) -> Reading {
    let root_ty = Ty::Object;
    let root = Frame {
        row: None,
        names: Vec::new(),
        owed: Vec::new(),
        shown: shown.to_vec(),
        empty: 0,
        unseen: price::UNSEEN,
        bare: true,
        filled: false,
        again: false,
        ty: &root_ty,
    };
    let first = Way {
        frames: vec![root],
        lost: Vec::new(),
        place: Place::Field(None),
        cost: 0,
        from: Vec::new(),
    };
    let mut layers: Vec<Vec<Way<'_>>> = vec![vec![first]];
    for row in 0..lines.len() {
        let mut next: Vec<Way<'_>> = Vec::new();
        let before = layers.last().map(Vec::as_slice).unwrap_or_default();
        // Which names an object has matters only for those that come again.
        let behind = lines.get(row + 1..).unwrap_or_default();
        let again = |number: &usize| {
            let line = lines.get(*number);
            line.is_some_and(|line| behind.iter().any(|other| other.name == line.name))
        };
        for (number, way) in before.iter().enumerate() {
            for (mut step, price) in way.steps(lines, row) {
                for frame in &mut step.frames {
                    frame.names.retain(again);
                }
                add(&mut next, step, number, way.cost + price, price);
            }
        }
        next.sort_by_key(|way| way.cost);
        let best = next.first().map_or(0, |way| way.cost);
        next.retain(|way| way.cost <= best + price::HOPELESS);
        next.truncate(WAYS);
        layers.push(next);
    }
    choose(&layers)
}

/// Adds a way, or another road to it if it is there.
fn add<'s>(ways: &mut Vec<Way<'s>>, step: Step<'s>, from: usize, cost: u64, price: u64) {
    let same = |way: &&mut Way<'s>| {
        way.place == step.place
            && way.lost == step.lost
            && way.frames.len() == step.frames.len()
            && way
                .frames
                .iter()
                .zip(&step.frames)
                .all(|(a, b)| a.row == b.row && a.names == b.names && a.owed == b.owed)
    };
    match ways.iter_mut().find(same) {
        Some(way) => {
            way.from.push((from, price));
            if cost < way.cost {
                way.cost = cost;
                way.frames = step.frames;
            }
        }
        None => ways.push(Way {
            frames: step.frames,
            lost: step.lost,
            place: step.place,
            cost,
            from: vec![(from, price)],
        }),
    }
}

struct Step<'s> {
    frames: Vec<Frame<'s>>,
    lost: Vec<&'s str>,
    place: Place,
}

impl<'s> Way<'s> {
    /// What can be done with a row, the deepest place first.
    fn steps(&self, lines: &'s [Line], row: usize) -> Vec<(Step<'s>, u64)> {
        let Some(line) = lines.get(row) else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        let mut closed = 0;
        let wants = |frames: &[Frame<'s>]| frames.iter().any(|frame| frame.wants(line, lines));
        let behind = lines.get(row + 1..).unwrap_or_default();
        let again = behind.iter().any(|other| other.name == line.name);
        for depth in (0..self.frames.len()).rev() {
            let Some(frame) = self.frames.get(depth) else {
                continue;
            };
            let innermost = depth + 1 == self.frames.len();
            if innermost && (line.name.is_empty() || frame.may_consist_of(line)) {
                steps.extend(self.consists(row, line, depth));
            }
            if !line.name.is_empty() {
                // An object around this one that wants the row may get one of its name later.
                let (outer, inner) = self.frames.split_at(depth);
                let later = again && wants(outer);
                let lost = || self.lost.contains(&line.name.as_str());
                let wanted = wants(inner) || (wants(outer) && !later) || lost();
                let mut price = closed + frame.price(line, lines, wanted);
                if line.depth.is_some_and(|mark| mark != depth) {
                    price += price::OTHER_DEPTH;
                }
                let mut frames: Vec<Frame<'s>> =
                    self.frames.iter().take(depth + 1).cloned().collect();
                let opened = Frame::of(row, line, frame.shown_in(&line.name));
                let opened = opened.map(|opened| opened.inside(&line.name, frame));
                if let Some((frame, outer)) = frames.split_last_mut() {
                    frame.names.push(row);
                    frame.owed.retain(|name| *name != line.name);
                    frame.bare = false;
                    if later && !frame.has(&line.name) {
                        for frame in outer.iter_mut().filter(|frame| frame.wants(line, lines)) {
                            frame.owe(&line.name);
                        }
                    }
                }
                frames.extend(opened.filter(|_| depth < DEEPEST));
                let place = Place::Field(frame.row);
                let lost = self.lost_by(inner.get(1..).unwrap_or_default(), lines, row);
                steps.push((
                    Step {
                        frames,
                        lost,
                        place,
                    },
                    price,
                ));
            }
            closed += frame.close();
        }
        if line.name.is_empty() && steps.is_empty() {
            // A row without a name that belongs to nothing is told elsewhere.
            let frames = self.frames.clone();
            let place = Place::Inside(self.frames.last().and_then(|frame| frame.row));
            let lost = self.lost.clone();
            steps.push((
                Step {
                    frames,
                    lost,
                    place,
                },
                price::TWICE,
            ));
        }
        steps
    }

    /// The row says what the innermost object consists of.
    fn consists(&self, row: usize, line: &'s Line, depth: usize) -> Option<(Step<'s>, u64)> {
        let frame = self.frames.get(depth)?;
        if !frame.bare || !(frame.row.is_none() || is_container(frame.ty)) {
            return None;
        }
        let mut frames = self.frames.clone();
        let named = !line.name.is_empty();
        if let Some(frame) = frames.last_mut() {
            frame.bare = false;
            frame.filled = true;
        }
        let opened = Frame::of(row, line, frame.shown.clone());
        frames.extend(opened.filter(|_| depth < DEEPEST));
        // A row named as its type says what the elements are, as a rule.
        let price = if named { price::ALIKE } else { 0 };
        let place = Place::Inside(frame.row);
        let lost = self.lost.clone();
        Some((
            Step {
                frames,
                lost,
                place,
            },
            price,
        ))
    }

    /// The names of rows behind `row` that objects want which are closed then.
    fn lost_by(&self, closed: &[Frame<'s>], lines: &'s [Line], row: usize) -> Vec<&'s str> {
        let mut lost: Vec<&'s str> = Vec::new();
        let closed: Vec<_> = closed.iter().filter(|frame| frame.is_shown()).collect();
        if closed.is_empty() && self.lost.is_empty() {
            return lost;
        }
        for line in lines.get(row + 1..).unwrap_or_default() {
            let name = line.name.as_str();
            let wanted =
                self.lost.contains(&name) || closed.iter().any(|frame| frame.wants(line, lines));
            if wanted && !lost.contains(&name) {
                lost.push(name);
            }
        }
        lost
    }
}

/// Some tables begin with a row for the whole body.
pub(super) fn is_word_for_whole(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "body" | "requestbody" | "responsebody" | "请求体" | "响应体"
    )
}

#[cfg(test)]
mod tests;
