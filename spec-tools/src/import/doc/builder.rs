//! Builds the facts of a page.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::address::Target;
use super::facts::{Options, Sections};
use super::fields::ask;
use super::finding::Findings;
use super::inferred::Inferred;
use super::placed::Placed;
use super::places::Places;
use super::rows::FieldRow;
use super::source::At;
use super::spec_type::Known;
use crate::diagnostic::quoted;
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
    /// The table of which fields are made.
    pub(super) placed: Rc<Placed>,
    /// Whether it is of a request: the fields of a reply are not required.
    pub(super) request: bool,
    /// Booleans whose description lists both values.
    pub(super) truths: Vec<(String, At)>,
    /// Fields that the example does not have.
    pub(super) not_shown: Vec<(String, At)>,
    /// The names of the fields of each object that is being made, from the outermost.
    pub(super) open: Vec<Vec<String>>,
    /// Rows of which an object asks whether they are in it.
    pub(super) asked: BTreeSet<usize>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        sections: &'a Sections<'a>,
        options: &'a Options,
        known: Option<Known<'a>>,
        target: Target,
        findings: Findings,
    ) -> Self {
        Self {
            sections,
            options,
            known,
            target,
            findings,
            places: Places::default(),
            names: BTreeSet::new(),
            types: Vec::new(),
            placed: Rc::default(),
            request: false,
            truths: Vec::new(),
            not_shown: Vec::new(),
            open: Vec::new(),
            asked: BTreeSet::new(),
        }
    }

    /// Places the rows of a table, ready to make its fields.
    pub(super) fn open_table(
        &mut self,
        rows: Vec<FieldRow>,
        shown: &[Rc<Inferred>],
        request: bool,
    ) {
        self.placed = Rc::new(Placed::of(rows, shown, &mut self.findings));
        self.request = request;
        self.asked.clear();
    }

    /// Reports in one finding what holds for several fields of a table.
    pub(super) fn close_table(&mut self) {
        let names = |all: &[(String, At)]| {
            let names: Vec<String> = all.iter().map(|(name, _)| quoted(name)).collect();
            names.join(", ")
        };
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
            let help = "used the table's";
            self.note(*at, message, help);
        }
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
        help: impl Into<String>,
    ) {
        let question = self.findings.undecided(at, question, help);
        ask(field, Some(question));
    }

    /// Reports a row for the whole body if there are others beside it.
    pub(super) fn leftover(&mut self) {
        let whole = self.placed.whole.filter(|_| !self.placed.top.is_empty());
        if let Some(row) = whole.and_then(|number| self.placed.rows.get(number)) {
            let message = "this row describes the whole body, but other rows stand beside it";
            let help = "read the others as its fields";
            self.findings
                .left_out_rows(&[row.line], row.at, message, help);
        }
    }
}
