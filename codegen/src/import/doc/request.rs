//! Parameters, and what fields of all parts are made with.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::fields::{Maker, Objects};
use super::finding::Findings;
use super::http::Body;
use super::known::Known;
use super::places::Places;
use super::rows::FieldRow;
use super::sketch::Sketch;
use super::source::At;
use super::tree::Tree;
use crate::diagnostic::{Step, shown};
use crate::spec::{Fields, NamedType};

/// What the fields of all parts are made with.
pub(super) struct Making<'a> {
    pub(super) findings: &'a mut Findings,
    pub(super) places: &'a mut Places,
    pub(super) names: &'a BTreeSet<String>,
    pub(super) types: &'a mut Vec<(String, NamedType)>,
    pub(super) with_text: bool,
}

/// What an example shows of a body, from all blocks that have one.
pub(super) fn sketch<'b>(bodies: impl Iterator<Item = &'b Body>) -> Option<Rc<Sketch>> {
    let mut all: Option<Sketch> = None;
    for json in bodies.filter_map(|body| body.json.as_ref()) {
        let one = Sketch::of(json);
        match &mut all {
            Some(sketch) => sketch.add(&one),
            None => all = Some(one),
        }
    }
    all.map(Rc::new)
}

impl Making<'_> {
    /// Parameters, each a single value as a rule.
    pub(super) fn parameters(
        &mut self,
        section: &str,
        rows: &[FieldRow],
        example: Option<&Rc<Sketch>>,
        known: Option<(Known<'_>, &Fields)>,
    ) -> Fields {
        let known_sketch = known.map(|(known, fields)| Rc::new(known.sketch(fields)));
        let shown: Vec<_> = example.cloned().into_iter().chain(known_sketch).collect();
        let tree = Tree::build(rows, &shown, self.findings);
        let field = |name: &str| known.and_then(|(known, fields)| known.field(fields, name));
        let names: Vec<String> = known
            .map(|(_, fields)| fields.iter().map(|(name, _)| name.clone()).collect())
            .unwrap_or_default();
        let first = rows.first().map_or(At::line(1), |row| row.at);
        self.places.enter(Step::Key(section.to_owned()), first);
        let mut maker = self.maker(rows, &tree, true);
        let fields = maker.fields(
            &tree.top,
            Objects {
                example: example.map(Rc::as_ref),
                known: &field,
                known_names: &names,
            },
        );
        maker.close();
        self.places.leave();
        self.leftover(rows, &tree);
        fields
    }

    pub(super) fn maker<'m>(
        &'m mut self,
        rows: &'m [FieldRow],
        tree: &'m Tree,
        request: bool,
    ) -> Maker<'m> {
        Maker {
            rows,
            tree,
            findings: self.findings,
            places: self.places,
            names: self.names,
            types: self.types,
            with_text: self.with_text,
            request,
            truths: Vec::new(),
            not_shown: Vec::new(),
            open: Vec::new(),
        }
    }

    /// A row for the whole beside which others stand.
    pub(super) fn leftover(&mut self, rows: &[FieldRow], tree: &Tree) {
        if let Some(row) = tree
            .whole
            .filter(|_| !tree.top.is_empty())
            .and_then(|n| rows.get(n))
        {
            let message = "this row describes the whole, and others stand beside it";
            self.findings.left_out_rows(
                &[row.line],
                row.at,
                message,
                "the others were taken for its fields",
            );
        }
    }
}

impl Maker<'_> {
    /// Tells in one finding what holds for several fields of a table.
    pub(super) fn close(self) {
        let names = |all: &[(String, At)]| {
            let names: Vec<String> = all.iter().map(|(name, _)| shown(name)).collect();
            names.join(", ")
        };
        if let Some((_, at)) = self.truths.first() {
            let message = format!(
                "`true` and `false` are listed as values of {}",
                names(&self.truths)
            );
            self.findings.note(*at, message, "they are no enum");
        }
        if let Some((_, at)) = self.not_shown.first() {
            let message = format!("the example does not have {}", names(&self.not_shown));
            self.findings
                .note(*at, message, "they were taken as the table has them");
        }
    }
}
