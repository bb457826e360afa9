//! The body and the reply of a page's operation, of its tables and its examples.

use std::rc::Rc;

use super::field_type::USED_EXAMPLE;
use super::fields::ask;
use super::shape::{any, list, object, of_example, of_fields};
use super::{At, Body, Builder, Evidence, FieldRow, Inferred, Known, Node, Tables, Ty};
use crate::diagnostic::quoted;
use crate::spec::{Field, Fields, Operation, Shape};

impl Builder<'_> {
    /// Bodies of other kinds than JSON.
    pub(super) fn other_bodies(&mut self) {
        for request in &self.sections.parts.requests {
            let mut headers = (1..).zip(&request.headers);
            let other = headers.find(|(_, (name, kind))| {
                name.eq_ignore_ascii_case("content-type")
                    && !kind.to_ascii_lowercase().contains("json")
            });
            let Some((line, (_, kind))) = other else {
                continue;
            };
            let at = At::line(request.at.line + line);
            let question = format!("The example sends {}. Is the body JSON?", quoted(kind));
            let help = "the spec supports JSON bodies only";
            return match self.known {
                Some(_) => self.note(at, question, help),
                None => self.findings.ask(at, question, help),
            };
        }
    }

    /// Examples that are not JSON.
    pub(super) fn unread_json(&mut self) {
        let parts = &self.sections.parts;
        let requests = parts.requests.iter().chain(&parts.skeleton);
        let requests = requests.map(|request| &request.body);
        let bodies = requests.chain(parts.replies.iter().map(|reply| &reply.body));
        let mut told: Vec<&'static str> = Vec::new();
        for (at, what) in bodies.flat_map(|body| &body.slips) {
            if !told.contains(what) {
                told.push(what);
                let message = format!("the example is not valid JSON: {what}");
                self.note(*at, message, "check the example in the spec");
            }
        }
    }

    /// What the tables and the examples say of the body and of the reply.
    pub(super) fn contents(&mut self, operation: &mut Operation, tables: Tables) {
        let parts = &self.sections.parts;
        // The older layout has the request once more, with words for types.
        let requests = parts.requests.iter().chain(&parts.skeleton);
        let example = inferred(requests.map(|request| &request.body));
        let known = self.known.and_then(Known::body);
        let rows = tables.has_body.then_some(tables.body);
        let body = self.content("body", rows, Evidence::of_whole(example, known));
        let good = parts.replies.iter().filter(|reply| reply.status < 300);
        let example = inferred(good.map(|reply| &reply.body));
        let known = self.known.and_then(Known::reply);
        let rows = tables.has_reply.then_some(tables.reply);
        let reply = self.content("response", rows, Evidence::of_whole(example, known));
        (operation.body, operation.body_type) = self.parted(body, tables.has_body);
        let known = self
            .known
            .and_then(|known| known.operation.response.as_ref());
        (operation.response, operation.response_type) = self.parted(reply, known.is_some());
    }

    /// A body or a reply as fields, or as something else. What is asked about fields is asked of the operation.
    fn parted(
        &mut self,
        content: Option<Field>,
        empty: bool,
    ) -> (Option<Fields>, Option<Box<Field>>) {
        match content {
            Some(Field {
                object: Some(fields),
                undecided,
                ..
            }) => {
                self.findings.questions.extend(undecided);
                (
                    Some(fields).filter(|fields| empty || !fields.is_empty()),
                    None,
                )
            }
            whole => (None, whole.map(Box::new)),
        }
    }

    /// A body or a reply, of its table or else of its example. `key` is `body` or `response`; what has no fields
    /// has `_type` behind it.
    fn content(
        &mut self,
        key: &str,
        table: Option<Vec<FieldRow>>,
        of: Evidence<'_>,
    ) -> Option<Field> {
        let Some(rows) = table else {
            return self.without_table(key, &of);
        };
        let typed = format!("{key}_type");
        let at = rows.first().map(|row| row.at).unwrap_or_default();
        let placed = self.place(rows, &of, key == "body");
        if let Some(node) = placed.whole {
            let is_object =
                matches!(node.row.ty, Ty::Object | Ty::Named(_)) && !node.fields.is_empty();
            let key = if is_object { key } else { &typed };
            return Some(self.within(&[key], node.row.at, |builder| builder.whole(&node, of)));
        }
        let shape = of.known.map(|known| known.shape);
        let known_list = matches!(shape, Some(Shape::List(_)));
        let known_object = matches!(shape, Some(Shape::Object(_)));
        let example = of.example.as_ref();
        let shown_list = example.is_some_and(|shown| shown.element.is_some());
        let is_list = known_list || (shown_list && !known_object);
        let keys = if is_list {
            vec![&*typed, "list", "object"]
        } else {
            vec![key]
        };
        let known = if known_object {
            of.known
        } else {
            of.known.and_then(|known| known.inside(false))
        };
        let of = Evidence { known, ..of };
        let fields = self.within(&keys, at, |builder| builder.fields(&placed.top, &of));
        self.close_table();
        let mut whole = object(fields);
        if is_list {
            whole = list(whole);
        }
        if known_list {
            let message = "the table does not say that the whole body is a list";
            self.note(at, message, "kept the spec's list");
        } else if is_list {
            let question = "The table lists fields, but the example is a list of objects with them. Is it a list?";
            self.ask(&mut whole, at, question, "assumed a list");
        } else if shown_list {
            let message = "the example is a list, but the spec has an object";
            self.note(at, message, "kept the spec's");
        }
        Some(whole)
    }

    /// A row that describes the whole body.
    fn whole(&mut self, node: &Node, of: Evidence<'_>) -> Field {
        let row = &node.row;
        if !row.name.is_empty() {
            let name = quoted(&row.name);
            let message = format!("the row {name} describes the whole body, as the example shows");
            self.note(row.at, message, "used what is inside it");
        }
        let field = self.field(node, &Evidence { row, ..of });
        self.close_table();
        field
    }

    /// Without a table: what the example shows, unless the spec knows.
    fn without_table(&mut self, key: &str, of: &Evidence<'_>) -> Option<Field> {
        let example = of.example.as_deref();
        let example = example.filter(|example| !example.shows_nothing())?;
        let what = if key == "body" {
            "the body"
        } else {
            "the reply"
        };
        let at = example.at.unwrap_or_default();
        let message = format!("the page has no table for {what}");
        let spec = of.known.map(|_| "kept the spec's".to_owned());
        let question = self.settle(at, &message, "Is it as in the example?", spec, USED_EXAMPLE)?;
        let mut field = match &example.fields {
            Some(fields) => object(of_fields(fields)),
            None => of_example(example).unwrap_or_else(any),
        };
        ask(&mut field, Some(question));
        self.within(&[key], at, |_| ());
        Some(field)
    }
}

/// What an example shows of a body, from all blocks that have one.
fn inferred<'b>(bodies: impl Iterator<Item = &'b Body>) -> Option<Rc<Inferred>> {
    let all = bodies
        .filter_map(|body| body.json.as_ref())
        .map(Inferred::of);
    all.reduce(|mut one, other| {
        one.add(&other);
        one
    })
    .map(Rc::new)
}
