//! The comments of a file, which no parser keeps, and what each of them speaks of.

use std::collections::HashMap;

use super::outline::{Outline, Position};
use super::{Line, Notes};
use crate::diagnostic::lines;
use crate::spanned::Node;

/// What people wrote around keys and items, and behind the last of each mapping or list: both in the
/// order in which they begin.
#[derive(Default)]
pub(super) struct Comments {
    pub(super) notes: Vec<Notes>,
    pub(super) tails: Vec<Vec<Line>>,
    /// The lines of a file that holds nothing else.
    pub(super) rest: Vec<Line>,
}

/// A comment, or an empty line.
struct Found {
    at: Position,
    /// Its text with the `#`; none for an empty line.
    text: Option<String>,
    /// True if nothing precedes it on its line.
    alone: bool,
}

/// What a line belongs to.
#[derive(Clone, Copy)]
enum Owner {
    Before(usize),
    After(usize),
    Tail(usize),
    File,
}

/// Finds the comments of a text that is YAML with the content `root`.
pub(super) fn find(text: &str, root: Option<&Node>) -> Comments {
    let lines: Vec<&str> = lines(text).collect();
    let outline = Outline::new(&lines, root);
    outline.give(outline.search())
}

/// What comments are near to, so that not all is searched for each.
struct Near {
    /// The slots that end on a line.
    ends: HashMap<usize, Vec<usize>>,
    /// The collections in brackets, by where they start.
    brackets: Vec<(Position, usize)>,
}

impl Near {
    fn of(outline: &Outline<'_>) -> Self {
        let mut ends: HashMap<usize, Vec<usize>> = HashMap::new();
        for (id, slot) in outline.slots.iter().enumerate() {
            ends.entry(slot.end.0).or_default().push(id);
        }
        let brackets = outline.collections.iter().enumerate();
        let brackets = brackets.filter_map(|(id, collection)| Some((collection.brackets?.0, id)));
        let mut brackets: Vec<_> = brackets.collect();
        brackets.sort_unstable();
        Self { ends, brackets }
    }
}

impl Outline<'_> {
    /// All comments and empty lines outside of scalars.
    fn search(&self) -> Vec<Found> {
        let mut scalars = self.scalars.iter().peekable();
        let mut found = Vec::new();
        for (line, content) in (1..).zip(self.lines) {
            if content.trim().is_empty() {
                while scalars.next_if(|(_, end)| *end <= (line, 1)).is_some() {}
                if scalars.peek().is_none_or(|(start, _)| (line, 1) < *start) {
                    found.push(Found {
                        at: (line, 1),
                        text: None,
                        alone: true,
                    });
                }
                continue;
            }
            let mut before = ' ';
            for (column, c) in (1..).zip(content.chars()) {
                let at = (line, column);
                while scalars.next_if(|(_, end)| *end <= at).is_some() {}
                let inside = scalars.peek().is_some_and(|(start, _)| *start <= at);
                if c == '#' && !inside && matches!(before, ' ' | '\t') {
                    let text: String = content.chars().skip(column - 1).collect();
                    let mut lead = content.chars().take(column - 1);
                    found.push(Found {
                        at,
                        text: Some(text.trim_end().to_owned()),
                        alone: lead.all(char::is_whitespace),
                    });
                    break;
                }
                before = c;
            }
        }
        found
    }

    /// Gives each comment to what it speaks of.
    fn give(&self, found: Vec<Found>) -> Comments {
        let mut comments = Comments {
            notes: self.slots.iter().map(|_| Notes::default()).collect(),
            tails: self.collections.iter().map(|_| Vec::new()).collect(),
            rest: Vec::new(),
        };
        let near = Near::of(self);
        // An empty line goes with the comment below it.
        let mut owners = Vec::new();
        let mut below: Option<(usize, Owner)> = None;
        for one in found.iter().rev() {
            let next = self.slots.partition_point(|slot| slot.start <= one.at);
            let owner = match (&one.text, below) {
                (None, Some((at, owner))) if at == next => owner,
                (None, _) if next < self.slots.len() => Owner::Before(next),
                (None, _) => self.end(),
                (Some(_), _) => self.owner(one, next, &near),
            };
            below = (one.alone && one.text.is_some())
                .then_some((next, owner))
                .or(below);
            owners.push(owner);
        }
        for (one, owner) in found.into_iter().zip(owners.into_iter().rev()) {
            let line = one.text.map_or(Line::Blank, Line::Comment);
            match owner {
                Owner::Before(slot) => comments.notes[slot].before.push(line),
                Owner::Tail(collection) => comments.tails[collection].push(line),
                Owner::File => comments.rest.push(line),
                Owner::After(slot) => {
                    let notes = &mut comments.notes[slot];
                    if let Line::Comment(text) = line
                        && let Some(first) = notes.after.replace(text)
                    {
                        notes.before.push(Line::Comment(first));
                    }
                }
            }
        }
        comments
    }

    /// What a comment speaks of; `next` is the first slot behind it.
    fn owner(&self, comment: &Found, next: usize, near: &Near) -> Owner {
        let at = comment.at;
        if !comment.alone {
            let starting = (0..next)
                .rev()
                .take_while(|id| self.slots.get(*id).is_some_and(|slot| slot.start.0 == at.0));
            let ending = near.ends.get(&at.0).into_iter().flatten().copied();
            let touching = starting.chain(ending).filter_map(|id| {
                let slot = self.slots.get(id).filter(|slot| slot.start <= at)?;
                let edge = if slot.end <= at { slot.end } else { slot.start };
                (edge.0 == at.0).then_some((edge, id))
            });
            if let Some((_, id)) = touching.max() {
                return Owner::After(id);
            }
        }
        let following = self.slots.get(next);
        let mut open = next
            .checked_sub(1)
            .and_then(|id| self.slots.get(id))
            .map(|slot| slot.parent);
        // An empty bracket has no slot. The last one that starts before the comment is in the one around the comment.
        let last = near.brackets.partition_point(|(start, _)| *start < at);
        let last = last
            .checked_sub(1)
            .and_then(|index| near.brackets.get(index));
        let mut outwards = std::iter::successors(last.map(|(_, id)| *id), |id| {
            self.collections.get(*id)?.parent
        });
        let bracket = outwards.find(|id| {
            let brackets = self
                .collections
                .get(*id)
                .and_then(|collection| collection.brackets);
            brackets.is_some_and(|(start, end)| start < at && at < end)
        });
        if let Some(id) = bracket {
            let end = self
                .collections
                .get(id)
                .and_then(|c| c.brackets)
                .map(|(_, end)| end);
            return match following {
                Some(slot) if Some(slot.start) < end => Owner::Before(next),
                _ => Owner::Tail(id),
            };
        }
        if following.is_none_or(|slot| at.1 > slot.column) {
            // Deeper than what follows: it speaks of what is above, at the depth that it has. A list may
            // stand as deep as the mapping that it is in.
            let mut owner: Option<(usize, usize)> = None;
            while let Some(id) = open {
                let Some(collection) = self.collections.get(id) else {
                    break;
                };
                if following.is_some_and(|slot| self.holds(id, slot)) {
                    break;
                }
                let deep = owner.map_or(at.1, |(column, _)| column);
                let fits = match owner {
                    None => collection.column <= deep,
                    Some(_) => collection.column == deep,
                };
                if collection.brackets.is_none() && fits {
                    owner = Some((collection.column, id));
                }
                open = collection.parent;
            }
            if let Some((_, id)) = owner {
                return Owner::Tail(id);
            }
        }
        match following {
            Some(_) => Owner::Before(next),
            None => self.end(),
        }
    }

    /// What the last lines of a file belong to.
    fn end(&self) -> Owner {
        if self.collections.is_empty() {
            Owner::File
        } else {
            Owner::Tail(0)
        }
    }
}
