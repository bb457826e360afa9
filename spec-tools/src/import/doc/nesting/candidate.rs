//! A way to read the rows so far, and how it can go on.

use std::rc::Rc;

use super::frame::{Frame, is_container};
use super::{Place, Rows, price};
use crate::import::doc::rows::FieldRow;

/// How deep objects may be nested; no page comes near.
const DEEPEST: usize = 20;

/// A way to read the rows so far.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'s> {
    /// The objects that are open, the innermost last.
    pub(super) frames: Vec<Rc<Frame<'s>>>,
    /// Names of rows to come that an example has in an object which is closed.
    pub(super) lost: Vec<&'s str>,
    /// Where the last row was put.
    pub(super) place: Place,
    pub(super) cost: u64,
    /// The candidates of the row before that lead here, with the price of the step.
    pub(super) from: Vec<(usize, u64)>,
}

impl<'s> Candidate<'s> {
    /// What can be done with a row for a price up to the given one, the deepest place first. `number` is that of
    /// this candidate.
    pub(super) fn steps(&self, number: usize, rows: &Rows<'s>, row: usize, most: u64) -> Vec<Self> {
        let lines = rows.lines;
        let step = |frames, lost, place, price| Self {
            frames,
            lost,
            place,
            cost: self.cost + price,
            from: vec![(number, price)],
        };
        let Some(line) = lines.get(row) else {
            return Vec::new();
        };
        let mut steps = Vec::new();
        let mut closed = 0;
        let wants = |frames: &[Rc<Frame<'s>>]| frames.iter().any(|frame| frame.wants(line, lines));
        let again = rows.again(&line.name, row).is_some();
        for depth in (0..self.frames.len()).rev() {
            let Some(frame) = self.frames.get(depth) else {
                continue;
            };
            let innermost = depth + 1 == self.frames.len();
            if innermost && (line.name.is_empty() || frame.may_consist_of(line)) {
                let opened = self.consists(row, line, depth);
                // A row named as its type says what the elements are, as a rule.
                let price = if line.name.is_empty() {
                    0
                } else {
                    price::ALIKE
                };
                let place = Place::Inside(frame.row);
                steps.extend(opened.map(|frames| step(frames, self.lost.clone(), place, price)));
            }
            // An object around this one that wants the row may get one of its name later.
            let (outer, inner) = self.frames.split_at(depth);
            let later = again && wants(outer);
            let lost = || self.lost.contains(&line.name.as_str());
            let wanted = wants(inner) || (wants(outer) && !later) || lost();
            let mut price = closed + frame.price(line, lines, wanted);
            if line.depth.is_some_and(|mark| mark != depth) {
                price += price::OTHER_DEPTH;
            }
            if !line.name.is_empty() && price <= most {
                let place = Place::Field(frame.row);
                let lost = self.lost_by(inner.get(1..).unwrap_or_default(), rows, row);
                let frames = self.with_field(rows, row, depth, later);
                steps.push(step(frames, lost, place, price));
            }
            closed += frame.close();
        }
        if line.name.is_empty() && steps.is_empty() {
            // A row without a name that belongs to nothing is told elsewhere.
            let place = Place::Inside(self.frames.last().and_then(|frame| frame.row));
            steps.push(step(
                self.frames.clone(),
                self.lost.clone(),
                place,
                price::TWICE,
            ));
        }
        steps
    }

    /// What is open once the row is a field of an object; `later` is whether objects around that one want a later row
    /// of its name.
    fn with_field(
        &self,
        rows: &Rows<'s>,
        row: usize,
        depth: usize,
        later: bool,
    ) -> Vec<Rc<Frame<'s>>> {
        let mut frames: Vec<Rc<Frame<'s>>> = self.frames.iter().take(depth + 1).cloned().collect();
        let (Some(line), Some((frame, outer))) = (rows.lines.get(row), frames.split_last_mut())
        else {
            return frames;
        };
        let opened = Frame::of(row, line, frame.shown_in(&line.name));
        let opened = opened.map(|opened| opened.inside(&line.name, frame));
        if later && !frame.has(&line.name) {
            for frame in outer
                .iter_mut()
                .filter(|frame| frame.wants(line, rows.lines))
            {
                Rc::make_mut(frame).owe(&line.name);
            }
        }
        let frame = Rc::make_mut(frame);
        frame.owed.retain(|name| *name != line.name);
        frame.bare = false;
        frame.names.push(row);
        // Which rows an object has matters only for names that come again.
        if rows.again(&line.name, row).is_none() {
            let is_same = |other: &usize| {
                rows.lines
                    .get(*other)
                    .is_some_and(|other| other.name == line.name)
            };
            for frame in &mut frames {
                if frame.names.iter().any(is_same) {
                    Rc::make_mut(frame).names.retain(|other| !is_same(other));
                }
            }
        }
        frames.extend(opened.filter(|_| depth < DEEPEST).map(Rc::new));
        frames
    }

    /// What is open once the row says what the innermost object consists of.
    fn consists(&self, row: usize, line: &'s FieldRow, depth: usize) -> Option<Vec<Rc<Frame<'s>>>> {
        let frame = self.frames.get(depth)?;
        if !frame.bare || !(frame.row.is_none() || is_container(frame.ty)) {
            return None;
        }
        let mut frames = self.frames.clone();
        if let Some(frame) = frames.last_mut().map(Rc::make_mut) {
            frame.bare = false;
            frame.filled = true;
        }
        let opened = Frame::of(row, line, frame.shown.clone());
        frames.extend(opened.filter(|_| depth < DEEPEST).map(Rc::new));
        Some(frames)
    }

    /// The names of rows behind `row` that objects want which are closed then.
    fn lost_by(&self, closed: &[Rc<Frame<'s>>], rows: &Rows<'s>, row: usize) -> Vec<&'s str> {
        let wanted = closed.iter().flat_map(|frame| frame.wanted(rows.lines));
        let names = self.lost.iter().copied().chain(wanted);
        let mut lost: Vec<&'s str> = names.filter_map(|name| rows.again(name, row)).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }
}
