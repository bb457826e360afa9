//! An object that is open while rows are read.

use std::rc::Rc;

use super::price;
use crate::import::doc::{FieldRow, Inferred, Ty, alike, among};

/// An object that is open.
#[derive(Debug, Clone)]
pub(super) struct Frame<'s> {
    pub(super) row: Option<usize>,
    pub(super) names: Vec<usize>,
    /// Names in the examples here whose row went further in, because another row with the name follows.
    pub(super) owed: Vec<&'s str>,
    pub(super) shown: Vec<Rc<Inferred>>,
    /// The cost if the frame stays empty.
    pub(super) empty: u64,
    /// The cost of a field that nothing shows.
    pub(super) unseen: u64,
    /// True until the row that says what it consists of has come, or a field.
    pub(super) bare: bool,
    /// True once another row says what it consists of.
    pub(super) filled: bool,
    /// True if it is a type that pages describe elsewhere, or where they have it first.
    pub(super) again: bool,
    pub(super) ty: &'s Ty,
}

impl<'s> Frame<'s> {
    /// What a row opens, if rows behind it may say what is inside.
    pub(super) fn of(row: usize, line: &'s FieldRow, shown: Vec<Rc<Inferred>>) -> Option<Self> {
        let seen = shown.iter().any(|inferred| inferred.content().is_some());
        let is_single = shown.iter().any(|inferred| !inferred.kinds.is_empty());
        let opens = line.ty.may_have_fields() || is_container(&line.ty) || (seen && !is_single);
        opens.then(|| Self::new(Some(row), &line.ty, shown))
    }

    pub(super) fn new(row: Option<usize>, ty: &'s Ty, shown: Vec<Rc<Inferred>>) -> Self {
        let seen = shown.iter().any(|inferred| inferred.content().is_some());
        let single = |inferred: &Rc<Inferred>| {
            let element = inferred.element.as_ref();
            !inferred.kinds.is_empty() || element.is_some_and(|element| !element.kinds.is_empty())
        };
        let empty = match (ty.needs_fields(), seen) {
            (true, true) => price::EMPTY_BUT_SHOWN,
            (true, false) if !shown.iter().any(single) => price::EMPTY,
            _ => 0,
        };
        let unseen = match (ty.needs_fields(), ty.may_have_fields()) {
            (true, _) => price::UNSEEN,
            (false, true) => price::UNSEEN + price::OF_NAMED,
            (false, false) => price::NEVER,
        };
        let shown = match ty {
            Ty::Map(_) => shown.iter().filter_map(|one| one.map_value()).collect(),
            _ => shown,
        };
        Self {
            row,
            names: Vec::new(),
            owed: Vec::new(),
            shown,
            empty,
            unseen,
            bare: true,
            filled: false,
            again: is_named(ty),
            ty,
        }
    }

    /// A type that contains itself, as far as an example or the spec shows: it has a field named as the one
    /// it is in, and none that the object around it has not. Pages describe such a type once, so that rows
    /// behind this one are those of the outer object.
    pub(super) fn inside(mut self, name: &str, outer: &Self) -> Self {
        let mut names = self.objects().flat_map(Inferred::names);
        let again = self.has(name) && names.all(|name| outer.has(name));
        drop(names);
        if again {
            self.again = true;
            self.empty = 0;
        }
        self
    }

    /// Whether an example has the object.
    pub(super) fn is_shown(&self) -> bool {
        self.objects().next().is_some()
    }

    /// Whether an example has the field here.
    pub(super) fn has(&self, name: &str) -> bool {
        self.objects().any(|object| object.field(name).is_some())
    }

    pub(super) fn owe(&mut self, name: &'s str) {
        if !self.owed.contains(&name) {
            self.owed.push(name);
        }
    }

    /// The cost of closing it now.
    pub(super) fn close(&self) -> u64 {
        u64::from(self.bare) * self.empty + self.owed.iter().map(|_| price::MISPLACED).sum::<u64>()
    }

    /// A row with a name that says what the elements are: it has the name of its type, or the
    /// examples have its fields in its place. Where they have a field of its name, that is another row, which
    /// comes `again` behind it.
    pub(super) fn may_consist_of(&self, line: &FieldRow, again: bool) -> bool {
        let own_name = match &line.ty {
            Ty::Named(name) => *name == line.name || alike(name, &line.name),
            _ => false,
        };
        let element = self.row.is_some() && is_container(self.ty) && own_name;
        let holds = is_container(&line.ty) || line.ty.may_have_fields();
        let first = self.row.is_none() && self.names.is_empty();
        let whole = first && is_word_for_whole(&line.name) && holds;
        (element || whole) && (again || !self.has(&line.name))
    }

    /// The row of the same name that is in the object already.
    fn row_of<'l>(&self, name: &str, lines: &'l [FieldRow]) -> Option<&'l FieldRow> {
        let mut rows = self.names.iter().filter_map(|row| lines.get(*row));
        rows.find(|known| known.name == name)
    }

    fn objects(&self) -> impl Iterator<Item = &Inferred> {
        self.shown.iter().filter_map(|inferred| inferred.content())
    }

    /// Whether an example has the field here, and no row has come for it yet.
    pub(super) fn wants(&self, line: &FieldRow, lines: &[FieldRow]) -> bool {
        !self.filled && self.has(&line.name) && self.row_of(&line.name, lines).is_none()
    }

    /// The names of the fields that an example has here and no row has come for.
    pub(super) fn wanted(&self, lines: &[FieldRow]) -> impl Iterator<Item = &str> {
        let objects = self.objects().filter(|_| !self.filled);
        let names = objects.flat_map(Inferred::names);
        names.filter(|name| self.row_of(name, lines).is_none())
    }

    /// The cost of reading a row as a field. `wanted` is whether something wants it.
    pub(super) fn price(&self, line: &FieldRow, lines: &[FieldRow], wanted: bool) -> u64 {
        let twice = match self.row_of(&line.name, lines) {
            Some(first) if first.ty == line.ty && first.text == line.text => price::REPEATED,
            Some(_) => price::TWICE,
            None => 0,
        };
        let exact = self.has(&line.name);
        // Names that are nearly the same are looked for only where it matters.
        let near = || {
            let mut names = self.objects().flat_map(Inferred::names);
            names.any(|name| alike(name, &line.name))
        };
        let fit = if self.filled {
            price::NEVER
        } else if exact {
            0
        } else if near() {
            price::ALIKE
        } else if self.is_shown() {
            // The keys of a map of texts, say, look like fields.
            self.unseen.max(price::NOT_SHOWN)
        } else {
            self.unseen
        };
        let misplaced = u64::from(wanted && !exact) * price::MISPLACED;
        let again = u64::from(self.again) * price::OF_NAMED;
        twice + misplaced + fit + again
    }

    /// What is shown of a field.
    pub(super) fn shown_in(&self, name: &str) -> Vec<Rc<Inferred>> {
        let fields = self.objects().filter_map(|object| object.near(name));
        fields.cloned().collect()
    }
}

/// A type with a name, or a list or a map of it.
fn is_named(ty: &Ty) -> bool {
    match ty {
        Ty::Named(_) => true,
        Ty::List(Some(inner)) | Ty::Map(Some(inner)) => is_named(inner),
        _ => false,
    }
}

pub(super) fn is_container(ty: &Ty) -> bool {
    matches!(ty, Ty::List(_) | Ty::Map(_))
}

/// Some tables begin with a row for the whole body.
fn is_word_for_whole(name: &str) -> bool {
    const WORDS: &str = "body|requestbody|responsebody|请求体|响应体";
    among(WORDS, &name.to_ascii_lowercase())
}
