//! Builds the facts of a page.

use std::collections::BTreeSet;

use super::fields::ask;
use super::{
    At, Evidence, FieldRow, Findings, Known, Options, Placed, Places, Sections, SpecType, Target,
    listed, plain,
};
use crate::diagnostic::Step;
use crate::spec::{Field, NamedType};

/// Makes fields of rows, one table after the other.
pub(super) struct Builder<'a> {
    pub(super) sections: &'a Sections<'a>,
    pub(super) options: &'a Options,
    /// The operation as the spec has it.
    pub(super) known: Option<Known<'a>>,
    pub(super) target: Target,
    pub(super) findings: Findings,
    pub(super) places: Places,
    /// All names of parameters and fields in the page.
    pub(super) names: BTreeSet<String>,
    /// Types that the page names and describes nowhere; their fields are from examples.
    pub(super) types: Vec<(String, NamedType)>,
    /// Whether the table is of a request: the fields of a reply are not required.
    pub(super) request: bool,
    /// Booleans whose description lists both values.
    pub(super) truths: Vec<(String, At)>,
    /// Fields that the example does not have.
    pub(super) not_shown: Vec<(String, At)>,
    /// The names of the fields of each object that is being made, from the outermost.
    pub(super) open: Vec<Vec<String>>,
    /// The lines of rows that an object's question already covers: do they belong to it?
    pub(super) asked: BTreeSet<usize>,
}

impl Builder<'_> {
    /// Places the rows of a table, ready to make its fields.
    pub(super) fn place(
        &mut self,
        rows: Vec<FieldRow>,
        of: &Evidence<'_>,
        request: bool,
    ) -> Placed {
        self.request = request;
        let known = of.known.map(SpecType::inferred);
        let shown: Vec<_> = of.example.iter().cloned().chain(known).collect();
        Placed::of(rows, &shown, &mut self.findings)
    }

    /// Reports in one finding what holds for several fields of a table.
    pub(super) fn close_table(&mut self) {
        let names = |all: &[(String, At)]| listed(all.iter().map(|(name, _)| name));
        let truths = std::mem::take(&mut self.truths);
        if let Some((_, at)) = truths.first() {
            let message = format!(
                "`true` and `false` are listed as values of {}",
                names(&truths)
            );
            self.note(*at, message, "a boolean needs no enum");
        }
        let not_shown = std::mem::take(&mut self.not_shown);
        if let Some((_, at)) = not_shown.first() {
            let message = format!("the example lacks {}", names(&not_shown));
            self.note(*at, message, "used the table's");
        }
    }

    /// Works inside the value of some keys, which comes from a place in the page.
    pub(super) fn within<T>(
        &mut self,
        keys: &[&str],
        at: At,
        work: impl FnOnce(&mut Self) -> T,
    ) -> T {
        for key in keys {
            self.places.enter(Step::Key((*key).to_owned()), at);
        }
        let made = work(self);
        for _ in keys {
            self.places.leave();
        }
        made
    }

    /// A row's description, if it is wanted.
    pub(super) fn doc(&self, row: &FieldRow) -> Option<String> {
        let text = plain(&row.text);
        (self.options.with_text && !text.is_empty()).then_some(text)
    }

    pub(super) fn note(&mut self, at: At, message: impl Into<String>, help: impl Into<String>) {
        self.findings.note(at, message, help);
    }

    /// Asks a question about a field.
    pub(super) fn ask(
        &mut self,
        field: &mut Field,
        at: At,
        question: impl Into<String>,
        help: &str,
    ) {
        let question = self.findings.undecided(at, question, help);
        ask(field, Some(question));
    }
}
