//! Parameters, and what fields of all parts are made with.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::fields::{Maker, Objects};
use super::finding::Findings;
use super::http::{Body, Request};
use super::json::{self, Entry, Json, Value};
use super::known::Known;
use super::operation::Reader;
use super::path::{self, address};
use super::places::Places;
use super::rows::FieldRow;
use super::shape::scalar;
use super::sketch::{Kinds, Sketch};
use super::source::At;
use super::tables::Tables;
use super::tree::Tree;
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, Fields, NamedType, Operation, ScalarOrNamed};

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
            asked: BTreeSet::new(),
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

impl Reader<'_> {
    /// The values of the query, the headers and the path.
    pub(super) fn parameters(
        &mut self,
        operation: &mut Operation,
        tables: &Tables,
        example: Option<&Request>,
        known: Option<Known<'_>>,
        names: &BTreeSet<String>,
        types: &mut Vec<(String, NamedType)>,
    ) {
        let path_rows = self.path_rows(&tables.path, &operation.path);
        let mut making = Making {
            findings: &mut self.findings,
            places: &mut self.places,
            names,
            types,
            with_text: self.options.with_text,
        };
        let queries = example.map(|request| {
            texts(
                request.query.iter().map(|(name, value)| (name, value)),
                request.at,
            )
        });
        let headers = example.map(|request| {
            texts(
                request.headers.iter().map(|(name, value, _)| (name, value)),
                request.at,
            )
        });
        let values = example.and_then(|request| {
            let found = path::values(&operation.path, &address(&request.path).path)?;
            Some(texts(
                found.iter().map(|(name, value)| (name, value)),
                request.at,
            ))
        });
        let has = |sketch: Option<Sketch>| sketch.filter(Sketch::is_object).map(Rc::new);
        let known_of =
            |fields: fn(&Operation) -> &Fields| known.map(|known| (known, fields(known.operation)));
        operation.query = making.parameters(
            "query",
            &tables.query,
            has(queries).as_ref(),
            known_of(|op| &op.query),
        );
        operation.headers = making.parameters(
            "headers",
            &tables.headers,
            has(headers).as_ref(),
            known_of(|op| &op.headers),
        );
        let params = making.parameters(
            "path_params",
            &path_rows,
            has(values).as_ref(),
            known_of(|op| &op.path_params),
        );
        // In the order of the path, and all that are in it.
        let mut all: Vec<(String, Field)> = Vec::new();
        let template = operation.path.clone();
        for name in path::names(&template) {
            let found = params.get(name).cloned();
            if found.is_none() {
                let message = format!("no row describes {}, which is in the path", shown(name));
                self.findings
                    .note(self.target.path_at, message, "it was taken for a text");
            }
            let mut field = found.unwrap_or_else(|| scalar(ScalarOrNamed::String));
            field.required = false;
            all.push((name.to_owned(), field));
        }
        operation.path_params = all.into_iter().collect();
    }
}

/// Values of a query or of headers as an example. They are texts, whatever they stand for.
fn texts<'t>(pairs: impl Iterator<Item = (&'t String, &'t String)>, at: At) -> Sketch {
    let entries = pairs.map(|(name, value)| Entry {
        key: name.clone(),
        at,
        json: Json {
            value: typed(value),
            at,
        },
    });
    let mut sketch = Sketch::of(&Json {
        value: Value::Object(entries.collect()),
        at,
    });
    // Nothing is known of their kinds: `1` may be a text.
    for (_, field) in sketch.fields.iter_mut().flatten() {
        let field = Rc::make_mut(field);
        if field.fields.is_none() && field.element.is_none() {
            field.kinds = Kinds::default();
        }
    }
    sketch
}

/// A value of a query: JSON, if it is a list or an object.
fn typed(text: &str) -> Value {
    if text.starts_with(['[', '{']) {
        let read = json::read([(1, text)].into_iter());
        if let (Some(json), true) = (read.json, read.slips.is_empty()) {
            return json.value;
        }
    }
    Value::Text(text.to_owned())
}
