//! Values of a reply that are not what is documented: where one can be left out, it is left out and told.

use std::cell::RefCell;
use std::fmt;

use super::View;

/// A value of a reply that does not fit its documented type and was left out.
///
/// A reply's documentation is not always right, and one value must not cost all others. So an optional field with such
/// a value is unset, and an item or a map's entry with one is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    path: String,
    expected: &'static str,
    found: String,
}

impl Misfit {
    /// Where the value is in the reply, for example `list[3].age`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is documented, for example `an integer`.
    pub fn expected(&self) -> &str {
        self.expected
    }

    /// What came: the beginning of the value, or its kind if the field is a secret, for example `"x"` or `a list`.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// Takes out of the texts what must not be shown.
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
        write!(f, "{path}: expected {expected}, found {found}")
    }
}

/// More are not kept: a reply may hold a million of them.
const KEPT: usize = 100;

/// What the reading of a reply has met.
#[derive(Default)]
pub(crate) struct Misfits(RefCell<Vec<Misfit>>);

impl Misfits {
    pub(super) fn add(&self, path: &dyn fmt::Display, expected: &'static str, found: String) {
        let mut kept = self.0.borrow_mut();
        if kept.len() < KEPT {
            kept.push(Misfit {
                path: path.to_string(),
                expected,
                found,
            });
        }
    }

    pub(super) fn into_kept(self) -> Vec<Misfit> {
        self.0.into_inner()
    }
}

/// Whether nothing is left of a value but what holds values.
pub(super) fn is_hollow(view: View<'_>) -> bool {
    match view {
        View::Unset => true,
        View::Object(model) => super::fields(model).all(|(_, view)| is_hollow(view)),
        View::List(list) => list.iter().all(is_hollow),
        View::Map(map) => map.entries().all(|(_, view)| is_hollow(view)),
        View::Str(_) | View::Int(_) | View::Num(_) | View::Bool(_) | View::Json(_) => false,
    }
}
