//! A way to read the rows so far, and how it can go on.

use std::rc::Rc;

use super::frame::{Frame, is_container};
use super::{Place, Rows, price};
use crate::import::doc::FieldRow;

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
        let line = &rows.lines[row];
        let step = |frames, lost, place, price| Self {
            frames,
            lost,
            place,
            cost: self.cost + price,
            from: vec![(number, price)],
        };
        let mut steps = Vec::new();
        let mut closed = 0;
        let wants =
            |frames: &[Rc<Frame<'s>>]| frames.iter().any(|frame| frame.wants(line, rows.lines));
        let again = rows.again(&line.name, row).is_some();
        let unnamed = line.name.is_empty();
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            let innermost = depth + 1 == self.frames.len();
            if innermost && (unnamed || frame.may_consist_of(line, again)) {
                // A row named as its type says what the elements are, as a rule.
                let price = if unnamed { 0 } else { price::ALIKE };
                let place = Place::Inside(frame.row);
                let opened = self.consists(row, line, frame);
                steps.extend(opened.map(|frames| step(frames, self.lost.clone(), place, price)));
            }
            // An object around this one that wants the row may get one of its name later.
            let (outer, inner) = self.frames.split_at(depth);
            let later = again && wants(outer);
            let lost = || self.lost.contains(&line.name.as_str());
            let wanted = wants(inner) || (wants(outer) && !later) || lost();
            let mut price = closed + frame.price(line, rows.lines, wanted);
            if line.depth.is_some_and(|mark| mark != depth) {
                price += price::OTHER_DEPTH;
            }
            if !unnamed && price <= most {
                let lost = self.lost_by(&inner[1..], rows, row);
                let frames = self.with_field(rows, row, depth, later);
                steps.push(step(frames, lost, Place::Field(frame.row), price));
            }
            closed += frame.close();
        }
        if unnamed && steps.is_empty() {
            // A row without a name that belongs to nothing is reported elsewhere.
            let place = Place::Inside(self.frames.last().and_then(|frame| frame.row));
            let (frames, lost) = (self.frames.clone(), self.lost.clone());
            steps.push(step(frames, lost, place, price::TWICE));
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
        let line = &rows.lines[row];
        let mut frames = self.frames[..=depth].to_vec();
        let (outer, frame) = frames.split_at_mut(depth);
        let frame = Rc::make_mut(&mut frame[0]);
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
        frame.owed.retain(|name| *name != line.name);
        frame.bare = false;
        frame.names.push(row);
        // Which rows an object has matters only for names that come again.
        if rows.again(&line.name, row).is_none() {
            let is_same = |other: &usize| rows.lines[*other].name == line.name;
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
    fn consists(
        &self,
        row: usize,
        line: &'s FieldRow,
        innermost: &Frame<'s>,
    ) -> Option<Vec<Rc<Frame<'s>>>> {
        if !innermost.bare || !(innermost.row.is_none() || is_container(innermost.ty)) {
            return None;
        }
        let mut frames = self.frames.clone();
        if let Some(frame) = frames.last_mut().map(Rc::make_mut) {
            frame.bare = false;
            frame.filled = true;
        }
        let opened = Frame::of(row, line, innermost.shown.clone());
        frames.extend(opened.filter(|_| self.frames.len() <= DEEPEST).map(Rc::new));
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
