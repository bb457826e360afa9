//! From tables and examples to the fields of a request and a reply.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::fields::{Beside, Maker, Objects, ask, held_names};
use super::finding::Findings;
use super::http::Body;
use super::known::{Held, Known};
use super::places::Places;
use super::rows::FieldRow;
use super::shape::{list, of_example, of_fields, scalar};
use super::sketch::Sketch;
use super::source::At;
use super::tree::Tree;
use super::types::Ty;
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, Fields, NamedType, ScalarOrNamed};

/// What the fields of all parts are made with.
pub(super) struct Making<'a> {
    pub(super) findings: &'a mut Findings,
    pub(super) places: &'a mut Places,
    pub(super) names: &'a BTreeSet<String>,
    pub(super) types: &'a mut Vec<(String, NamedType)>,
    pub(super) with_text: bool,
}

/// A body or a reply: fields, or something else.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) fields: Option<Fields>,
    pub(super) whole: Option<Field>,
    /// What is to be asked of the operation because of it.
    pub(super) question: Option<String>,
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
        example: Option<Rc<Sketch>>,
        known: Option<(Known<'_>, &Fields)>,
    ) -> Fields {
        let known_sketch = known.map(|(known, fields)| Rc::new(known.sketch(fields)));
        let shown: Vec<_> = example.iter().cloned().chain(known_sketch).collect();
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
                example: example.as_deref(),
                known: &field,
                known_names: &names,
            },
        );
        maker.close();
        self.places.leave();
        self.leftover(rows, &tree);
        fields
    }

    fn maker<'m>(&'m mut self, rows: &'m [FieldRow], tree: &'m Tree, request: bool) -> Maker<'m> {
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
        }
    }

    /// A row for the whole beside which others stand.
    fn leftover(&mut self, rows: &[FieldRow], tree: &Tree) {
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

    /// A body or a reply. `key` is `body` or `response`; the whole has `_type` behind it.
    pub(super) fn content(
        &mut self,
        key: &str,
        rows: &[FieldRow],
        example: Option<Rc<Sketch>>,
        skeleton: Option<Rc<Sketch>>,
        known: Option<(Known<'_>, Option<&Fields>, Option<&Field>)>,
    ) -> Content {
        let request = key == "body";
        let held = |known: Known<'_>, whole: &Field| -> Option<Rc<Sketch>> {
            let shape = whole.shape()?;
            Some(Rc::new(known.shape_sketch(shape)))
        };
        let known_sketch = known.and_then(|(known, fields, whole)| match (fields, whole) {
            (Some(fields), _) => Some(Rc::new(known.sketch(fields))),
            (None, Some(whole)) => held(known, whole),
            (None, None) => None,
        });
        let shown: Vec<_> = example
            .iter()
            .cloned()
            .chain(skeleton)
            .chain(known_sketch)
            .collect();
        let tree = Tree::build(rows, &shown, self.findings);
        let at = rows.first().map_or(At::line(1), |row| row.at);
        let whole_row = tree
            .whole
            .filter(|_| tree.top.is_empty())
            .and_then(|number| Some((number, rows.get(number)?.clone())));
        self.leftover(rows, &tree);
        if let Some((number, row)) = whole_row {
            return self.whole(key, number, &row, rows, &tree, example, known);
        }
        let field = |name: &str| match known {
            Some((known, Some(fields), _)) => known.field(fields, name),
            Some((known, None, Some(whole))) => known.held(whole.shape()?).element()?.field(name),
            _ => None,
        };
        let names: Vec<String> = match known {
            Some((_, Some(fields), _)) => fields.iter().map(|(name, _)| name.clone()).collect(),
            Some((known, None, Some(whole))) => {
                let element = whole.shape().and_then(|shape| known.held(shape).element());
                element.map(held_names).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let known_list = known.is_some_and(|(_, fields, whole)| {
            fields.is_none() && whole.is_some_and(|whole| whole.list.is_some())
        });
        let shown_list = example
            .as_deref()
            .is_some_and(|example| example.element.is_some());
        let is_list =
            known_list || (shown_list && known.is_none_or(|(_, fields, _)| fields.is_none()));
        let steps: Vec<&str> = if is_list {
            vec!["_type", "list", "object"]
        } else {
            Vec::new()
        };
        self.enter(key, &steps, at);
        let mut maker = self.maker(rows, &tree, request);
        let fields = maker.fields(
            &tree.top,
            Objects {
                example: example.as_deref(),
                known: &field,
                known_names: &names,
            },
        );
        maker.close();
        self.leave(&steps);
        if !is_list {
            if shown_list {
                self.findings.note(
                    at,
                    "the example is a list, the spec has an object",
                    "the spec's stays",
                );
            }
            return Content {
                fields: Some(fields),
                ..Content::default()
            };
        }
        let mut whole = list(super::shape::object(fields));
        let mut question = None;
        if known_list {
            self.findings.note(
                at,
                "the table does not say that the whole is a list",
                "the spec has a list, which stays",
            );
        } else {
            let text =
                "The table has fields, the example is a list of objects with them. Is it a list?"
                    .to_owned();
            self.findings
                .undecided(at, text.clone(), "a list was taken");
            ask(&mut whole, Some(text.clone()));
            question = Some(text);
        }
        let _ = question;
        Content {
            whole: Some(whole),
            ..Content::default()
        }
    }

    /// What a row says that describes the whole.
    #[expect(
        clippy::too_many_arguments,
        reason = "all of a table and what is known beside it"
    )]
    fn whole(
        &mut self,
        key: &str,
        number: usize,
        row: &FieldRow,
        rows: &[FieldRow],
        tree: &Tree,
        example: Option<Rc<Sketch>>,
        known: Option<(Known<'_>, Option<&Fields>, Option<&Field>)>,
    ) -> Content {
        let request = key == "body";
        if !row.name.is_empty() {
            let message = format!(
                "the row {} stands for the whole, as the example shows",
                shown(&row.name)
            );
            self.findings
                .note(row.at, message, "what is inside it was taken");
        }
        let object = matches!(row.ty, Ty::Object | Ty::Named(_))
            && tree
                .fields
                .get(number)
                .is_some_and(|fields| !fields.is_empty());
        let held: Option<Held<'_>> =
            known.and_then(|(known, fields, whole)| match (fields, whole) {
                (Some(fields), _) => Some(known.held(crate::spec::Shape::Object(fields))),
                (None, Some(whole)) => Some(known.held(whole.shape()?)),
                (None, None) => None,
            });
        let beside = Beside {
            example,
            known: held,
        };
        let steps: &[&str] = if object { &[] } else { &["_type"] };
        self.enter(key, steps, row.at);
        let mut maker = self.maker(rows, tree, request);
        let mut field = maker.field(number, row, &beside);
        maker.close();
        self.leave(steps);
        if object {
            return Content {
                fields: field.object.take(),
                question: field.undecided.take(),
                ..Content::default()
            };
        }
        field.required = request && field.required;
        Content {
            whole: Some(field),
            ..Content::default()
        }
    }

    /// Without a table: what the example shows, if the spec does not say it.
    pub(super) fn without_table(
        &mut self,
        key: &str,
        what: &str,
        example: &Sketch,
        is_known: bool,
    ) -> Content {
        let at = example.at.unwrap_or(At::line(1));
        if is_known {
            self.findings.note(
                at,
                format!("the page has no table of {what}"),
                "the spec has one, which stays",
            );
            return Content::default();
        }
        let question = format!("The page has no table of {what}. Is it as in the example?");
        self.findings
            .undecided(at, question.clone(), "what the example shows was taken");
        self.places.enter(Step::Key(key.to_owned()), at);
        self.places.leave();
        match &example.fields {
            Some(fields) => Content {
                fields: Some(of_fields(fields)),
                question: Some(question),
                ..Content::default()
            },
            None => {
                let mut whole = of_example(example).unwrap_or_else(|| scalar(ScalarOrNamed::Json));
                ask(&mut whole, Some(question));
                Content {
                    whole: Some(whole),
                    ..Content::default()
                }
            }
        }
    }

    /// Goes to where the keys of a body or a reply stand.
    fn enter(&mut self, key: &str, steps: &[&str], at: At) {
        let first = if steps.is_empty() {
            key.to_owned()
        } else {
            format!("{key}_type")
        };
        self.places.enter(Step::Key(first), at);
        for step in steps.iter().skip(1) {
            self.places.enter(Step::Key((*step).to_owned()), at);
        }
    }

    fn leave(&mut self, steps: &[&str]) {
        for _ in 0..steps.len().max(1) {
            self.places.leave();
        }
    }
}

impl Maker<'_> {
    /// Tells in one finding what holds for several fields of a table.
    fn close(self) {
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
