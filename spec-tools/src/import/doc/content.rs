//! Bodies and replies as a whole: objects with fields, lists, or what an example shows.

use std::rc::Rc;

use super::fields::{Beside, Objects, ask, held_names};
use super::known::{Held, Known};
use super::request::Making;
use super::rows::FieldRow;
use super::shape::{list, of_example, of_fields, scalar};
use super::sketch::Sketch;
use super::source::At;
use super::tree::Tree;
use super::types::Ty;
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, Fields, ScalarOrNamed};

/// A body or a reply: fields, or something else.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) fields: Option<Fields>,
    pub(super) whole: Option<Field>,
    /// What is to be asked of the operation because of it.
    pub(super) question: Option<String>,
}

impl Making<'_> {
    /// A body or a reply. `key` is `body` or `response`; the whole has `_type` behind it.
    pub(super) fn content(
        &mut self,
        key: &str,
        rows: &[FieldRow],
        example: Option<Rc<Sketch>>,
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
        let shown: Vec<_> = example.iter().cloned().chain(known_sketch).collect();
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
        if known_list {
            self.findings.note(
                at,
                "the table does not say that the whole is a list",
                "the spec has a list, which stays",
            );
        } else {
            let question =
                "The table has fields, the example is a list of objects with them. Is it a list?";
            let question = self.findings.undecided(at, question, "a list was taken");
            ask(&mut whole, Some(question));
        }
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
        let question = self
            .findings
            .undecided(at, question, "what the example shows was taken");
        self.places.enter(Step::Key(key.to_owned()), at);
        self.places.leave();
        if let Some(fields) = &example.fields {
            Content {
                fields: Some(of_fields(fields)),
                question: Some(question),
                ..Content::default()
            }
        } else {
            let mut whole = of_example(example).unwrap_or_else(|| scalar(ScalarOrNamed::Json));
            ask(&mut whole, Some(question));
            Content {
                whole: Some(whole),
                ..Content::default()
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
