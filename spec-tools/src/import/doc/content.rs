//! Bodies and replies as a whole: objects with fields, lists, or what an example shows.

use std::rc::Rc;

use super::builder::Builder;
use super::fields::{Beside, ask};
use super::inferred::Inferred;
use super::rows::FieldRow;
use super::shape::{any, list, object, of_example, of_fields};
use super::source::At;
use super::spec_type::SpecType;
use super::types::Ty;
use crate::diagnostic::{Step, quoted};
use crate::spec::{Field, Fields, Shape};

/// A body or a reply: fields, or something else.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) fields: Option<Fields>,
    pub(super) whole: Option<Field>,
    /// What to ask about the operation because of it.
    pub(super) question: Option<String>,
}

impl Content {
    fn of_fields(fields: Fields, question: Option<String>) -> Self {
        Self {
            fields: Some(fields),
            whole: None,
            question,
        }
    }

    fn of_whole(whole: Field) -> Self {
        Self {
            whole: Some(whole),
            ..Self::default()
        }
    }
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
        if let Some((number, row)) = whole.and_then(|number| Some((number, self.row(number)?))) {
            let row = row.clone();
            return self.whole(key, number, &row, example, known);
        }
        let shape = known.map(|spec_type| spec_type.shape);
        let known_list = matches!(shape, Some(Shape::List(_)));
        let known_object = matches!(shape, Some(Shape::Object(_)));
        let inner = known.and_then(|known| {
            if known_object {
                Some(known)
            } else {
                known.element()
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
        let fields = self.fields(
            &top,
            &Beside {
                example,
                known: inner,
            },
        );
        self.close_table();
        self.leave(steps);
        if !is_list {
            if shown_list {
                let message = "the example is a list, but the spec has an object";
                self.note(at, message, "kept the spec's");
            }
            return Content::of_fields(fields, None);
        }
        let mut whole = list(object(fields));
        if known_list {
            let message = "the table does not say that the whole body is a list";
            self.note(at, message, "kept the spec's list");
        } else {
            let question = "The table lists fields, but the example is a list of objects with them. Is it a list?";
            self.ask(&mut whole, at, question, "assumed a list");
        }
        Content::of_whole(whole)
    }

    /// A row that describes the whole body.
    fn whole(
        &mut self,
        key: &str,
        number: usize,
        row: &FieldRow,
        example: Option<Rc<Inferred>>,
        known: Option<SpecType<'a>>,
    ) -> Content {
        if !row.name.is_empty() {
            let name = quoted(&row.name);
            let message = format!("the row {name} describes the whole body, as the example shows");
            self.note(row.at, message, "used what is inside it");
        }
        let fields = self.placed.fields.get(number);
        let is_object = matches!(row.ty, Ty::Object | Ty::Named(_))
            && fields.is_some_and(|fields| !fields.is_empty());
        let steps: &[&str] = if is_object { &[] } else { &["_type"] };
        self.enter(key, steps, row.at);
        let mut field = self.field(number, row, &Beside { example, known });
        self.close_table();
        self.leave(steps);
        if is_object {
            let fields = field.object.take().unwrap_or_default();
            return Content::of_fields(fields, field.undecided.take());
        }
        field.required &= self.request;
        Content::of_whole(field)
    }

    /// Without a table: what the example shows, unless the spec knows.
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
            let message = format!("the page has no table for {what}");
            self.note(at, message, "kept the spec's");
            return Content::default();
        }
        let question = format!("The page has no table for {what}. Is it as in the example?");
        let help = "used what the example shows";
        let question = self.findings.undecided(at, question, help);
        self.enter(key, &[], at);
        self.leave(&[]);
        if let Some(fields) = &example.fields {
            return Content::of_fields(of_fields(fields), Some(question));
        }
        let mut whole = of_example(example).unwrap_or_else(any);
        ask(&mut whole, Some(question));
        Content::of_whole(whole)
    }

    /// Enters the keys of a body or a reply.
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
