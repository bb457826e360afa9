//! Bodies and replies as a whole: objects with fields, lists, or what an example shows.

use std::rc::Rc;

use super::builder::Builder;
use super::fields::{Beside, ask};
use super::inferred::Inferred;
use super::rows::FieldRow;
use super::shape::{list, of_example, of_fields, scalar};
use super::source::At;
use super::spec_type::SpecType;
use super::types::Ty;
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, Fields, ScalarOrNamed, Shape};

/// A body or a reply: fields, or something else.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) fields: Option<Fields>,
    pub(super) whole: Option<Field>,
    /// What is to be asked of the operation because of it.
    pub(super) question: Option<String>,
}

impl<'a> Builder<'a> {
    /// A body or a reply, of its table or else of its example. `key` is `body` or `response`; the whole has `_type`
    /// behind it.
    pub(super) fn content(
        &mut self,
        key: &str,
        table: Option<Vec<FieldRow>>,
        example: Option<Rc<Inferred>>,
        known: Option<SpecType<'a>>,
    ) -> Content {
        let Some(rows) = table else {
            return self.without_table(key, example.as_deref(), known.is_some());
        };
        let known_shape = known.map(SpecType::inferred);
        let shown: Vec<_> = example.iter().cloned().chain(known_shape).collect();
        let at = rows.first().map_or(At::line(1), |row| row.at);
        self.open_table(rows, &shown, key == "body");
        self.leftover();
        let whole = self.placed.whole.filter(|_| self.placed.top.is_empty());
        if let Some(row) = whole.and_then(|number| self.row(number).cloned().zip(Some(number))) {
            return self.whole(key, row.1, &row.0, example, known);
        }
        let known_list = known.is_some_and(|spec_type| matches!(spec_type.shape, Shape::List(_)));
        let known_object =
            known.is_some_and(|spec_type| matches!(spec_type.shape, Shape::Object(_)));
        let inner = known.and_then(|spec_type| {
            if known_object {
                Some(spec_type)
            } else {
                spec_type.element()
            }
        });
        let shown_list = example
            .as_deref()
            .is_some_and(|example| example.element.is_some());
        let is_list = known_list || (shown_list && !known_object);
        let steps: &[&str] = if is_list {
            &["_type", "list", "object"]
        } else {
            &[]
        };
        self.enter(key, steps, at);
        let top = self.placed.top.clone();
        let beside = Beside {
            example,
            known: inner,
        };
        let fields = self.fields(&top, &beside);
        self.close_table();
        self.leave(steps);
        if !is_list {
            if shown_list {
                let message = "the example is a list, the spec has an object";
                self.findings.note(at, message, "the spec's stays");
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
            self.ask(&mut whole, at, question, "a list was taken");
        }
        Content {
            whole: Some(whole),
            ..Content::default()
        }
    }

    /// What a row says that describes the whole.
    fn whole(
        &mut self,
        key: &str,
        number: usize,
        row: &FieldRow,
        example: Option<Rc<Inferred>>,
        known: Option<SpecType<'a>>,
    ) -> Content {
        if !row.name.is_empty() {
            let message = format!(
                "the row {} stands for the whole, as the example shows",
                shown(&row.name)
            );
            self.findings
                .note(row.at, message, "what is inside it was taken");
        }
        let fields = self.placed.fields.get(number);
        let object = matches!(row.ty, Ty::Object | Ty::Named(_))
            && fields.is_some_and(|fields| !fields.is_empty());
        let steps: &[&str] = if object { &[] } else { &["_type"] };
        self.enter(key, steps, row.at);
        let mut field = self.field(number, row, &Beside { example, known });
        self.close_table();
        self.leave(steps);
        if object {
            return Content {
                fields: field.object.take(),
                question: field.undecided.take(),
                ..Content::default()
            };
        }
        field.required &= self.request;
        Content {
            whole: Some(field),
            ..Content::default()
        }
    }

    /// Without a table: what the example shows, if the spec does not say it.
    fn without_table(&mut self, key: &str, example: Option<&Inferred>, is_known: bool) -> Content {
        let Some(example) = example.filter(|example| !is_nothing(example)) else {
            return Content::default();
        };
        let what = if key == "body" {
            "the body"
        } else {
            "the reply"
        };
        let at = example.at.unwrap_or(At::line(1));
        if is_known {
            let message = format!("the page has no table of {what}");
            self.findings
                .note(at, message, "the spec has one, which stays");
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

/// An example that shows nothing.
fn is_nothing(inferred: &Inferred) -> bool {
    inferred.is_empty() || inferred.fields.as_ref().is_some_and(Vec::is_empty)
}
