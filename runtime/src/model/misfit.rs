//! Values of a reply that do not have their documented type: optional ones are left out and reported.

use std::cell::{Cell, RefCell};
use std::fmt;

use super::View;

/// A value of a reply or an event that was left out because it does not have its documented type.
///
/// The documentation is not always right, and one wrong value must not cost the whole reply: an optional field with
/// such a value stays unset, and such an item of a list or entry of a map is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    path: String,
    expected: &'static str,
    found: String,
}

impl Misfit {
    /// Where the value is in the reply, for example `list[3].age`; empty if it is the whole of an event's data.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The documented type, for example `an integer`.
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// The value in the reply, cut if it is long, for example `"x"` or `a list`. Of a secret field, only its type.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Masks what must not be shown.
    pub(crate) fn scrub(&mut self, clean: impl Fn(&str) -> String) {
        self.path = clean(&self.path);
        self.found = clean(&self.found);
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            found,
        } = self;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "expected {expected}, found {found}")
    }
}

/// More are not kept: a reply may hold a million of them.
const KEPT: usize = 100;

/// One reading of a reply, and what it meets.
#[derive(Default)]
pub(crate) struct Reading {
    misfits: RefCell<Vec<Misfit>>,
    /// A number came whose digits count, and `serde_json` gave it as a float.
    lost_digits: Cell<bool>,
    /// No further reading can give the digits.
    last: bool,
    /// An event is read: its keys have several spellings, and nothing in it is an error.
    event: bool,
}

impl Reading {
    /// The last reading.
    pub(super) fn last() -> Self {
        Self {
            last: true,
            ..Self::default()
        }
    }

    /// The reading of an event, which has all digits.
    pub(super) fn of_event() -> Self {
        Self {
            event: true,
            ..Self::last()
        }
    }

    pub(super) fn is_event(&self) -> bool {
        self.event
    }

    pub(super) fn add(&self, path: &dyn fmt::Display, expected: &'static str, found: String) {
        let mut kept = self.misfits.borrow_mut();
        if kept.len() < KEPT {
            kept.push(Misfit {
                path: path.to_string(),
                expected,
                found,
            });
        }
    }

    /// Notes that a number's digits count; says whether there will be a reading that gives them.
    pub(super) fn asks_for_digits(&self) -> bool {
        self.lost_digits.set(!self.last);
        !self.last
    }

    pub(super) fn has_lost_digits(&self) -> bool {
        self.lost_digits.get()
    }

    pub(super) fn into_misfits(self) -> Vec<Misfit> {
        self.misfits.into_inner()
    }
}

/// Whether nothing is left of a value but what holds values.
pub(super) fn is_hollow(view: View<'_>) -> bool {
    match view {
        View::Unset => true,
        View::Object(model) => super::fields(model).all(|(_, view)| is_hollow(view)),
        View::List(list) => list.iter().all(is_hollow),
        View::Map(map) => map.entries().all(|(_, view)| is_hollow(view)),
        View::String(_)
        | View::Integer(_)
        | View::Number(_)
        | View::Boolean(_)
        | View::Json(_)
        | View::File(_) => false,
    }
}
